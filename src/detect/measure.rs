//! Keys of measures: `used=6439596361`, `"bytes":6379528`, `heap_max=8402376459`.
//!
//! In comes where digits begin, out goes whether the key before them counts, times or sizes something. Such digits are no number
//! of a person or a register, whatever plan or check they fit, and most long digits of a log are such.

use super::packed::{LONGEST, pack, sorted};

/// What measures are called, by the last word of their keys.
#[rustfmt::skip]
const WORDS: [u64; 70] = sorted([
    pack("used"), pack("max"), pack("min"), pack("avg"), pack("sum"), pack("mean"), pack("offset"), pack("bytes"), pack("byte"),
    pack("size"), pack("len"), pack("length"), pack("count"), pack("cnt"), pack("counter"), pack("seq"), pack("sequence"), pack("ts"),
    pack("time"), pack("epoch"), pack("pid"), pack("tid"), pack("ppid"), pack("port"), pack("heap"), pack("alloc"), pack("free"),
    pack("rss"), pack("ttl"), pack("duration"), pack("latency"), pack("elapsed"), pack("took"), pack("build"), pack("revision"),
    pack("checksum"), pack("crc"), pack("lag"), pack("rows"), pack("lines"), pack("ms"), pack("us"), pack("ns"), pack("kb"), pack("mb"),
    pack("mem"), pack("memory"), pack("cpu"), pack("capacity"), pack("nanos"), pack("millis"), pack("micros"), pack("seconds"),
    pack("index"), pack("idx"), pack("width"), pack("height"), pack("depth"), pack("rank"), pack("weight"), pack("price"), pack("amount"),
    pack("balance"), pack("qty"), pack("quantity"), pack("hits"), pack("misses"), pack("seed"), pack("uptime"), pack("commit"),
]);

/// Words above [`LONGEST`] bytes.
const LONG_WORDS: [&[u8]; 3] = [b"committed", b"timestamp", b"throughput"];

/// Says whether the digits that begin at `at` are the value of a key that is called as measures are.
#[inline]
pub(super) fn is_before(text: &[u8], at: usize) -> bool {
    let end = match text[..at] {
        [.., b'='] => at - 1,
        [.., b'"', b':'] => at - 2,
        [.., b'"', b':', b' '] => at - 3,
        _ => return false,
    };
    let (mut packed, mut len) = (0_u64, 0);
    for byte in text[..end].iter().rev() {
        match byte {
            b'a'..=b'z' if len < LONGEST => packed |= u64::from(*byte) << (8 * len),
            b'a'..=b'z' => return LONG_WORDS.iter().any(|word| text[..end].ends_with(word)),
            // The last word of `heapUsed`.
            b'A'..=b'Z' => {
                packed |= u64::from(byte | 0x20) << (8 * len).min(56);
                break;
            }
            _ => break,
        }
        len += 1;
    }
    WORDS.binary_search(&packed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_before;

    #[test]
    fn keys_of_measures_are_known_by_their_last_word() {
        for text in ["heap used=", "heap_max=", "heapUsed=", "{\"bytes\":", "{\"ts\": ", "committed=", "created_timestamp=", "size="] {
            assert!(is_before(text.as_bytes(), text.len()), "{text}");
        }
    }

    #[test]
    fn other_keys_and_texts_are_none() {
        for text in ["phone=", "used ", "=", "", "user=", "{\"number\":", "ssn=", "uncommitted_no=", "max:", "confused="] {
            assert!(!is_before(text.as_bytes(), text.len()), "{text}");
        }
    }
}
