//! What a nest promises: every member once, under its name, whatever the archive is like; bounded; nothing left out in silence.

use std::io::{self, Cursor, Read};
use std::sync::Arc;

use proptest::prelude::*;

use super::archive::{METHODS, Member as Made, SIZES_FOLLOW, end, gzip, member, tar, zip};
use super::*;

/// What was met: path (empty: the object itself), ordinal, content, what became of it and why.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    path: String,
    ordinal: i64,
    format: &'static str,
    bytes: Vec<u8>,
    status: Status,
    reason: String,
    token: Option<[u8; 32]>,
}

/// One header of a tar archive with a kind and any name, and its content.
fn tar_entry(kind: u8, name: &[u8], size: u64, content: &[u8]) -> Vec<u8> {
    let mut block = [0; 512];
    block[..name.len().min(100)].copy_from_slice(&name[..name.len().min(100)]);
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    block[136..148].copy_from_slice(b"14524770400\0");
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    seal(&mut block);
    let mut out = block.to_vec();
    out.extend_from_slice(content);
    out.resize(out.len().next_multiple_of(512), 0);
    out
}

/// Puts the right checksum into a header.
fn seal(block: &mut [u8]) {
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

fn object(size: Option<u64>) -> Object {
    Object { uri: "x".into(), path: "x".into(), size, modified_us: None, device: None, inode: None }
}

fn place(member: Option<Member>) -> (String, i64) {
    member.map_or((String::new(), -1), |member| (member.path, member.ordinal))
}

fn drain(mut opened: Opened, step_bytes: usize) -> Seen {
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; step_bytes]);
    let damage = loop {
        match opened.leaf.body.read(&mut chunk) {
            Ok(0) => break None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            Err(error) => break Some(Damage::of(&error).cloned().expect("every error of a body carries its damage")),
        }
    };
    if let (Some(random), None) = (&opened.leaf.random, &damage) {
        let mut again = vec![0; bytes.len()];
        random.read_exact_at(0, &mut again).expect("random bytes are those of the stream");
        assert!(again == bytes && random.size() == bytes.len() as u64);
    }
    let (path, ordinal) = place(opened.leaf.member);
    let status = damage.as_ref().map_or(Status::Scanned, |damage| damage.status(!bytes.is_empty()));
    let reason = damage.map_or_else(String::new, |damage| damage.to_string());
    Seen { path, ordinal, format: "", bytes, status, reason, token: opened.tap.finish() }
}

fn walk(raw: Raw, size: Option<u64>, caps: Caps, step_bytes: usize) -> Vec<Seen> {
    let setting = NestSetting { caps, key: [7; 32], total: Meter::default(), selection: None };
    let mut nest = Nest::open(object(size), raw, &Arc::new(setting));
    let mut seen = Vec::new();
    while let Some(met) = nest.next_met(&AtomicBool::new(false)) {
        seen.push(match met {
            Met::Leaf(opened) => drain(*opened, step_bytes),
            Met::Unread(unread) => {
                let (path, ordinal) = place(unread.member);
                let reason = unread.reason.unwrap_or_default();
                Seen { path, ordinal, format: unread.format, bytes: Vec::new(), status: unread.status, reason, token: unread.token }
            }
        });
    }
    seen
}

fn caps() -> Caps {
    Caps { spool_folder: Some(std::env::temp_dir()), ..Caps::default() }
}

fn file(stored: &[u8]) -> Vec<Seen> {
    walk(Raw::random(Arc::new(stored.to_vec())), Some(stored.len() as u64), caps(), 50_000)
}

fn under(stored: &[u8], caps: Caps) -> Vec<Seen> {
    walk(Raw::random(Arc::new(stored.to_vec())), Some(stored.len() as u64), caps, 50_000)
}

/// Gives one byte a read.
struct Trickle(Cursor<Vec<u8>>);

impl Read for Trickle {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = into.len().min(1);
        self.0.read(&mut into[..length])
    }
}

fn trickled(stored: &[u8]) -> Vec<Seen> {
    walk(Raw::stream(Trickle(Cursor::new(stored.to_vec()))), None, caps(), 7)
}

/// Paths and contents of what was read, and the row of the object itself.
fn read(seen: &[Seen]) -> (Vec<(&str, &[u8])>, &Seen) {
    let members = seen.iter().filter(|s| s.format.is_empty()).map(|s| (s.path.as_str(), s.bytes.as_slice())).collect();
    (members, seen.iter().find(|s| s.path.is_empty()).expect("the object has a row"))
}

fn find<'a>(seen: &'a [Seen], path: &str) -> &'a Seen {
    seen.iter().find(|s| s.path == path).unwrap_or_else(|| panic!("no row of {path} in {seen:?}"))
}

fn token(content: &[u8]) -> Option<[u8; 32]> {
    Some(*blake3::keyed_hash(&[7; 32], content).as_bytes())
}

fn prose(bytes: usize) -> Vec<u8> {
    crate::unpack::tests::prose(bytes)
}

#[test]
fn a_file_that_is_no_container_is_one_leaf() {
    for stored in [b"plain text".to_vec(), gzip(b"plain text")] {
        let seen = file(&stored);
        assert_eq!((seen.len(), seen[0].bytes.as_slice(), seen[0].token), (1, &b"plain text"[..], token(&stored)));
        assert_eq!(seen[0].ordinal, -1);
    }
}

#[test]
fn reads_every_member_of_tar_and_zip_plain_and_inside_codecs() {
    let (one, two) = (prose(300_000), prose(70));
    let archives = [
        tar(&[("a.csv", &one), ("d/b.csv", &two), ("empty", &Vec::new())]),
        zip(&[member("a.csv", &one), member("d/b.csv", &two), member("empty", b"")]),
    ];
    for archive in archives {
        for stored in [archive.clone(), gzip(&archive), zstd::encode_all(&*archive, 1).unwrap()] {
            for seen in [file(&stored), trickled(&stored)] {
                let (members, itself) = read(&seen);
                assert!(members == [("a.csv", &one[..]), ("d/b.csv", &two), ("empty", b"")]);
                assert_eq!((itself.status, itself.reason.as_str(), itself.token), (Status::Scanned, "", token(&stored)));
                assert_eq!(find(&seen, "d/b.csv").token, token(&two));
            }
        }
    }
}

#[test]
fn undoes_every_method_with_sizes_before_or_behind_the_member() {
    let content = prose(200_000);
    for method in METHODS {
        for flags in [0, SIZES_FOLLOW] {
            let made = |name: &str, content: &[u8]| Made { method, flags, ..member(name, content) };
            let stored = zip(&[made("a", &content), made("b", b""), made("c", b"xyz")]);
            let seen = file(&stored);
            let (members, itself) = read(&seen);
            assert!(members == [("a", &content[..]), ("b", b""), ("c", b"xyz")], "method {method}: {seen:?}");
            assert!(seen.iter().all(|s| s.status == Status::Scanned), "method {method}: {:?}", itself.reason);
        }
    }
}

#[test]
fn undoes_deflate64() {
    // A stored block, which deflate and deflate64 have in common.
    let content = b"mail ana.reyes@example.com";
    let length = content.len() as u16;
    let block = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), content].concat();
    let stored = zip(&[Made { method: 0, ..member("a", &block) }]);
    let patched = patch_method(&stored, 9, content);
    assert_eq!(read(&file(&patched)).0, [("a", &content[..])]);
}

/// Says of the only member, which is stored, that it is compressed by `method` and holds `content`.
fn patch_method(stored: &[u8], method: u16, content: &[u8]) -> Vec<u8> {
    let mut out = stored.to_vec();
    let central = memchr::memmem::find(&out, b"PK\x01\x02").unwrap();
    let mut crc = flate2::Crc::new();
    crc.update(content);
    for (method_at, crc_at) in [(8, 14), (central + 10, central + 16)] {
        out[method_at..method_at + 2].copy_from_slice(&method.to_le_bytes());
        out[crc_at..crc_at + 4].copy_from_slice(&crc.sum().to_le_bytes());
        out[crc_at + 8..crc_at + 12].copy_from_slice(&(content.len() as u32).to_le_bytes());
    }
    out
}

#[test]
fn looks_into_containers_in_containers() {
    let inner = tar(&[("c.csv", prose(1_000)), ("d.zip", zip(&[member("e.txt", b"deep")]))]);
    let outer = zip(&[member("a.tar.gz", gzip(&inner)), Made { method: 0, ..member("b.dat", &inner) }]);
    for seen in [file(&outer), trickled(&outer), file(&gzip(&outer))] {
        let paths: Vec<&str> = seen.iter().map(|s| s.path.as_str()).collect();
        let expected = [
            "a.tar.gz!c.csv",
            "a.tar.gz!d.zip!e.txt",
            "a.tar.gz!d.zip",
            "a.tar.gz",
            "b.dat!c.csv",
            "b.dat!d.zip!e.txt",
            "b.dat!d.zip",
            "b.dat",
            "",
        ];
        assert_eq!(paths, expected);
        assert_eq!(find(&seen, "b.dat!d.zip!e.txt").bytes, b"deep");
        assert!(seen.iter().all(|s| s.status == Status::Scanned && s.token.is_some()));
    }
}

#[test]
fn random_bytes_reach_members_that_are_stored_as_they_are() {
    let content = prose(10_000);
    let plain = tar(&[("a", &content)]);
    let cases = [plain.clone(), zip(&[Made { method: 0, ..member("a", &content) }]), zip(&[Made { method: 0, ..member("t", &plain) }])];
    for stored in cases {
        let setting = NestSetting { caps: caps(), key: [7; 32], total: Meter::default(), selection: None };
        let mut nest = Nest::open(object(None), Raw::random(Arc::new(stored)), &Arc::new(setting));
        let Some(Met::Leaf(opened)) = nest.next_met(&AtomicBool::new(false)) else { panic!("a leaf") };
        let mut part = [0; 10];
        opened.leaf.random.expect("nothing compresses it").read_exact_at(5_000, &mut part).unwrap();
        assert_eq!(part, content[5_000..5_010]);
    }
}

#[test]
fn what_is_no_file_is_a_row_and_folders_are_none() {
    let entries: Vec<u8> = [(b'5', "dir/"), (b'2', "link"), (b'1', "hard"), (b'6', "pipe"), (b'3', "chr"), (b'4', "blk"), (b'0', "v7dir/")]
        .iter()
        .flat_map(|(kind, name)| tar_entry(*kind, name.as_bytes(), 0, b""))
        .collect();
    let stored = [entries, vec![0; 1_024]].concat();
    let seen = file(&stored);
    let rows: Vec<_> = seen.iter().map(|s| (s.path.as_str(), s.status, s.reason.as_str())).collect();
    let excluded = |path, reason| (path, Status::Excluded, reason);
    assert_eq!(
        rows,
        [
            excluded("link", "symbolic link"),
            excluded("hard", "hard link to another member"),
            excluded("pipe", "named pipe"),
            excluded("chr", "device"),
            excluded("blk", "device"),
            ("", Status::Scanned, ""),
        ]
    );
    let link = Made { unix_mode: 0o120_777, ..member("link", b"/etc/passwd") };
    let seen = file(&zip(&[member("dir/", b""), link]));
    assert_eq!((seen.len(), seen[0].status, seen[0].reason.as_str()), (2, Status::Excluded, "symbolic link"));
}

#[test]
fn data_behind_what_should_have_none_is_still_found() {
    // A link and a folder that state a size: with content behind them, and without.
    let with = [tar_entry(b'1', b"hard", 5, b"hello"), tar_entry(b'5', b"dir", 4, b"data"), tar_entry(b'0', b"z", 1, b"z"), vec![0; 1_024]]
        .concat();
    assert_eq!(read(&file(&with)).0, [("hard", &b"hello"[..]), ("dir", b"data"), ("z", b"z")]);
    let without = [tar_entry(b'2', b"link", 5, b""), tar_entry(b'0', b"z", 1, b"z"), vec![0; 1_024]].concat();
    assert_eq!(read(&file(&without)).0, [("link", &b""[..]), ("z", b"z")]);
}

#[test]
fn names_of_strangers_are_escaped_and_told_apart() {
    let names: [&[u8]; 8] = [b"../../up", b"/abs", b"C:\\x", b"a\x1b[2J", b"caf\xe9", b"same", b"same", b"./same"];
    let shown = ["../../up", "/abs", "C:\\x", "a\\u{1b}[2J", "caf\\xe9", "same", "same", "same"];
    let entries: Vec<u8> = names.iter().flat_map(|name| tar_entry(b'0', name, 1, b"x")).collect();
    let archives = [[entries, vec![0; 1_024]].concat(), zip(&names.map(|name| member(name, b"x")))];
    for stored in archives {
        let seen = file(&stored);
        let paths: Vec<&str> = seen.iter().map(|s| s.path.as_str()).take(8).collect();
        assert_eq!(paths, shown);
        assert_eq!(seen.iter().map(|s| s.ordinal).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 0, 1, 2, -1]);
    }
    assert_eq!(file(&zip(&[member(b"", b"x")]))[0].path, "(no name)");
    // A NUL ends a name in tar; in zip it is a part of it.
    assert_eq!(file(&zip(&[member(b"a\0b", b"x")]))[0].path, "a\\u{0}b");
}

#[test]
fn an_archive_that_is_cut_gives_what_is_before_the_cut() {
    let members = [("a", prose(700)), ("b", prose(100)), ("c", prose(1_500))];
    let archives = [tar(&members), zip(&members.clone().map(|(name, content)| member(name, content)))];
    for (stored, first) in archives.iter().zip([512, 30]) {
        for cut in first..stored.len() {
            let seen = file(&stored[..cut]);
            for s in seen.iter().filter(|s| s.format.is_empty() && !s.path.is_empty()) {
                let whole = &members.iter().find(|(name, _)| *name == s.path).unwrap_or_else(|| panic!("{s:?}")).1;
                assert!(whole.starts_with(&s.bytes), "cut at {cut}");
                assert!(s.bytes == *whole || s.status != Status::Scanned, "cut at {cut}: {s:?}");
            }
            // One block of zeros is end mark enough.
            let is_whole = stored[cut..].iter().all(|&byte| byte == 0) && stored.len() - cut <= 512;
            let itself = find(&seen, "");
            assert!(is_whole || itself.status != Status::Scanned, "cut at {cut} of {}: {itself:?}", stored.len());
        }
    }
}

#[test]
fn a_corrupt_header_of_tar_costs_no_other_member() {
    let mut stored = tar(&[("a", prose(600)), ("b", prose(600)), ("c", prose(600))]);
    stored[512 + 1_024] ^= 1;
    let seen = file(&stored);
    assert_eq!(read(&seen).0.iter().map(|(path, _)| *path).collect::<Vec<_>>(), ["a", "c"]);
    let itself = find(&seen, "");
    assert_eq!((itself.status, itself.reason.as_str()), (Status::Partial, "1536 bytes that belong to no member were passed over"));
}

#[test]
fn a_corrupt_member_of_zip_costs_no_other() {
    let contents = [prose(5_000), prose(6_000), prose(7_000)];
    let mut stored = zip(&[member("a", &contents[0]), Made { wrong_crc: true, ..member("b", &contents[1]) }, member("c", &contents[2])]);
    let seen = file(&stored);
    assert!(read(&seen).0 == [("a", &contents[0][..]), ("b", &contents[1]), ("c", &contents[2])]);
    assert_eq!(
        (find(&seen, "b").status, find(&seen, "b").reason.as_str()),
        (Status::Partial, "corrupt: the checksum of the member is wrong")
    );
    let middle = 100;
    stored[middle..middle + 40].fill(0xFF);
    let seen = file(&stored);
    assert_ne!(find(&seen, "a").status, Status::Scanned);
    assert!(find(&seen, "c").bytes == contents[2]);
}

#[test]
fn what_an_archive_says_twice_must_agree() {
    let cases = [
        (Made { central_name: Some(b"other".to_vec()), ..member("a", b"xyz") }, "other", "it has another name in the central directory"),
        (Made { stated_bytes: Some(9), ..member("a", b"xyz") }, "a", "another length than the archive says"),
    ];
    for (made, path, reason) in cases {
        let seen = file(&zip(&[made]));
        let found = find(&seen, path);
        assert_eq!((found.bytes.as_slice(), found.status), (&b"xyz"[..], Status::Partial));
        assert!(found.reason.contains(reason), "{}", found.reason);
    }
}

#[test]
fn encrypted_and_unknown_members_are_rows_that_say_so() {
    let made = [
        Made { flags: 1, ..member("locked", b"xyz") },
        Made { method: 99, ..member("aes", b"xyz") },
        Made { method: 98, ..member("ppmd", b"xyz") },
        Made { method: 77, ..member("odd", b"xyz") },
        member("open", b"xyz"),
    ];
    let seen = file(&zip(&made));
    let rows: Vec<_> = seen.iter().map(|s| (s.path.as_str(), s.status, s.reason.as_str())).collect();
    assert_eq!(rows[..2], [("locked", Status::Failed, "encrypted"), ("aes", Status::Failed, "encrypted")]);
    assert_eq!(rows[2], ("ppmd", Status::Unsupported, "compressed by method 98 (PPMd), which is not read"));
    assert_eq!(rows[3].1, Status::Unsupported);
    assert_eq!(seen[4].bytes, b"xyz");
}

#[test]
fn what_is_before_between_and_behind_is_said() {
    let plain = zip(&[member("a", b"one"), member("b", b"two")]);
    let program = [b"MZ\x90\0".to_vec(), prose(5_000)].concat();
    let seen = file(&[program, plain.clone()].concat());
    assert_eq!(read(&seen).0, [("a", &b"one"[..]), ("b", b"two")]);
    assert!(find(&seen, "").reason.starts_with("5004 bytes before"), "{}", find(&seen, "").reason);

    let seen = file(&[plain.clone(), b"left behind".to_vec()].concat());
    assert_eq!((read(&seen).0.len(), find(&seen, "").reason.as_str()), (2, "11 bytes behind the archive were not examined"));

    let tarred = tar(&[("a", "one")]);
    let seen = file(&[tarred.clone(), b"left behind".to_vec()].concat());
    assert_eq!((find(&seen, "").status, read(&seen).0.len()), (Status::Partial, 1));
    // Archives may be appended to each other.
    let seen = file(&[tarred.clone(), tarred].concat());
    assert_eq!(read(&seen).0, [("a", &b"one"[..]), ("a", b"one")]);
    assert_eq!(find(&seen, "").status, Status::Scanned);
}

#[test]
fn a_member_that_the_directory_forgot_is_said() {
    let whole = zip(&[member("kept", b"one"), member("dropped", prose(500))]);
    let central = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    let mut stored = whole[..central + 46 + 4].to_vec();
    end(&mut stored, 1, 50, central);
    let seen = file(&stored);
    assert_eq!(read(&seen).0, [("kept", &b"one"[..])]);
    assert_eq!(find(&seen, "").status, Status::Partial);
    assert!(find(&seen, "").reason.contains("belong to no member"));
}

#[test]
fn archives_of_nothing_are_scanned() {
    for stored in [zip(&[]), vec![0; 1_024], vec![0; 10_240], gzip(&[0; 10_240])] {
        let seen = file(&stored);
        assert_eq!((seen.len(), seen[0].status, seen[0].reason.as_str()), (1, Status::Scanned, ""));
        assert!(!seen[0].format.is_empty());
    }
    assert!(file(&[0; 5_000])[0].format.is_empty(), "zeros are no archive by themselves");
}

#[test]
fn zip_with_64_bit_fields_is_read() {
    let content = prose(3_000);
    let narrow = zip(&[Made { is_wide: true, ..member("a", &content) }]);
    assert!(read(&file(&narrow)).0 == [("a", &content[..])]);
    // The end record, too, refers to a wide one.
    let at = memchr::memmem::rfind(&narrow, b"PK\x05\x06").unwrap();
    let central = memchr::memmem::find(&narrow, b"PK\x01\x02").unwrap();
    let mut stored = narrow[..at].to_vec();
    stored.extend_from_slice(b"PK\x06\x06");
    for number in [44_u64, 0, 0, 1, 1, (at - central) as u64, central as u64] {
        // The second covers versions, the third both disks.
        stored.extend_from_slice(&number.to_le_bytes()[..if number == 0 && stored.len() == at + 12 { 4 } else { 8 }]);
    }
    stored.extend_from_slice(b"PK\x06\x07\0\0\0\0");
    stored.extend_from_slice(&(at as u64).to_le_bytes());
    stored.extend_from_slice(&1_u32.to_le_bytes());
    stored.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    stored.extend_from_slice(&[0xFF; 12]);
    stored.extend_from_slice(&[0, 0]);
    for prefix in [Vec::new(), b"MZ stub".to_vec()] {
        let seen = file(&[prefix, stored.clone()].concat());
        assert!(read(&seen).0 == [("a", &content[..])], "{seen:?}");
    }
}

#[test]
fn hostile_headers_of_tar_are_bounded_and_said() {
    let ending = vec![0; 1_024];
    // An extended header that states far more than there is, and one that is longer than is looked at.
    let lying = [tar_entry(b'x', b"pax", 8_000_000_000, b"10 path=a\n"), tar_entry(b'0', b"a", 1, b"a"), ending.clone()].concat();
    assert_ne!(find(&file(&lying), "").status, Status::Scanned);
    let long = prose(3 << 20);
    let stored = [tar_entry(b'L', b"long", long.len() as u64, &long), tar_entry(b'0', b"a", 1, b"a"), ending.clone()].concat();
    let seen = file(&stored);
    assert_eq!((read(&seen).0, find(&seen, "").status), (vec![("a", &b"a"[..])], Status::Partial));
    // The size of the extended header counts.
    let wide = [tar_entry(b'x', b"pax", 9, b"9 size=5\n"), tar_entry(b'0', b"a", 0, b"hello"), ending.clone()].concat();
    assert_eq!(read(&file(&wide)).0, [("a", &b"hello"[..])]);
    // A negative size is no header.
    let mut negative = tar_entry(b'0', b"a", 0, b"");
    negative[124..136].fill(0xFF);
    seal(&mut negative);
    assert_eq!(find(&file(&[negative, ending].concat()), "").status, Status::Failed);
}

#[test]
fn sparse_members_are_examined_and_said() {
    let mut old = tar_entry(b'S', b"old", 5, b"hello");
    old[345..500].fill(0);
    seal(&mut old[..512]);
    let new = [tar_entry(b'x', b"pax", 22, b"22 GNU.sparse.major=1\n"), tar_entry(b'0', b"new", 5, b"hello")].concat();
    let seen = file(&[old, new, vec![0; 1_024]].concat());
    for path in ["old", "new"] {
        let found = find(&seen, path);
        assert_eq!((found.bytes.as_slice(), found.status), (&b"hello"[..], Status::Partial));
        assert!(found.reason.starts_with("sparse file"));
    }
}

#[test]
fn containers_deeper_than_the_cap_are_a_row() {
    let deep = (0..4).fold(b"core".to_vec(), |inner, level| if level % 2 == 0 { zip(&[member("i", inner)]) } else { tar(&[("i", inner)]) });
    assert_eq!(find(&under(&deep, Caps { container_depth: 4, ..caps() }), "i!i!i!i").bytes, b"core");
    let seen = under(&deep, Caps { container_depth: 3, ..caps() });
    let last = find(&seen, "i!i!i");
    assert_eq!((last.status, last.reason.as_str()), (Status::Failed, "more than 3 containers, one inside the other"));
}

#[test]
fn members_above_the_cap_are_said() {
    let many: Vec<Made> = (0..20).map(|n| member(format!("m{n}"), b"x")).collect();
    let inner = zip(&many);
    let seen = under(&tar(&[("a.zip", &inner), ("b.zip", &inner)]), Caps { members: 15, ..caps() });
    assert_eq!(seen.iter().filter(|s| s.format.is_empty()).count(), 14);
    for path in ["a.zip", ""] {
        assert!(find(&seen, path).reason.contains("more than 15 members"), "{:?}", find(&seen, path));
        assert_eq!(find(&seen, path).status, Status::Partial);
    }
}

#[test]
fn what_must_be_spooled_and_is_too_long_is_read_as_far_as_it_goes() {
    let stored = zip(&[Made { method: 0, ..member("a", prose(2 << 20)) }, Made { method: 0, ..member("b", prose(4 << 20)) }]);
    let seen = under(&gzip(&stored), Caps { spool_memory_bytes: 3 << 20, spool_folder: None, ..caps() });
    assert!(find(&seen, "a").bytes == prose(2 << 20));
    assert_ne!(find(&seen, "b").status, Status::Scanned);
    assert!(find(&seen, "").reason.contains("longer than the cap of 3145728 bytes"), "{}", find(&seen, "").reason);
}

#[test]
fn nothing_is_read_on_where_the_run_is_to_stop() {
    let setting = NestSetting { caps: caps(), key: [7; 32], total: Meter::default(), selection: None };
    let stored = tar(&[("t.tar", tar(&[("a", "one"), ("b", "two")]))]);
    let mut nest = Nest::open(object(None), Raw::random(Arc::new(stored)), &Arc::new(setting));
    let cancel = AtomicBool::new(false);
    assert!(matches!(nest.next_met(&cancel), Some(Met::Leaf(_))));
    cancel.store(true, Ordering::Relaxed);
    for path in ["t.tar", ""] {
        let Some(Met::Unread(unread)) = nest.next_met(&cancel) else { panic!("a row") };
        assert_eq!(place(unread.member).0, path);
        assert_eq!((unread.status, unread.reason.as_deref(), unread.token), (Status::Partial, Some("interrupted"), None));
    }
    assert!(nest.next_met(&cancel).is_none());
}

/// Members whose data is all of the archive behind them: each holds the records of the next ones.
#[test]
fn overlapping_members_are_refused() {
    let content = b"one and the same";
    let mut stored = zip(&[Made { method: 0, ..member("a", content) }]);
    let central = memchr::memmem::find(&stored, b"PK\x01\x02").unwrap();
    let record = stored[central..central + 47].to_vec();
    stored.truncate(central);
    for _ in 0..1_000 {
        stored.extend_from_slice(&record);
    }
    end(&mut stored, 1_000, 47_000, central);
    let seen = file(&stored);
    assert_eq!(seen.iter().filter(|s| s.bytes == content).count(), 1);
    let refused = seen.iter().filter(|s| s.reason == "it overlaps another member of the archive" && s.status == Status::Failed);
    assert_eq!(refused.count(), 999);
}

#[test]
fn archives_of_archives_of_zeros_stop_at_what_all_members_may_decode_to() {
    let zeros = zip(&[member("zeros", vec![0; 4 << 20])]);
    let nested: Vec<Made> = (0..16).map(|n| member(format!("{n}.zip"), &zeros)).collect();
    let bomb = zip(&(0..16).map(|n| member(format!("{n}.zip"), zip(&nested))).collect::<Vec<_>>());
    let cap = 20 << 20;
    let seen = under(&bomb, Caps { members_free_bytes: cap, ratio: 10, ratio_free_bytes: 8 << 20, ..caps() });
    let decoded: usize = seen.iter().map(|s| s.bytes.len()).sum();
    assert!(decoded as u64 <= cap && decoded > 8 << 20, "{decoded}");
    assert!(seen.iter().any(|s| s.reason.contains("decode to more than the cap of")), "{:?}", seen.last());
    assert!(seen.iter().any(|s| s.status == Status::Failed || s.status == Status::Partial));
}

#[test]
fn windows_of_decoders_in_decoders_are_capped_together() {
    let framed = |content: &[u8], log: u32| {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
        encoder.window_log(log).unwrap();
        io::Write::write_all(&mut encoder, content).unwrap();
        encoder.finish().unwrap()
    };
    let nested = (0..4).fold(prose(1_000), |inner, _| framed(&inner, 20));
    let seen = under(&nested, Caps { windows_bytes: 4 << 20, ..caps() });
    assert_eq!((seen[0].bytes.len(), seen[0].reason.as_str()), (1_000, ""));
    let seen = under(&nested, Caps { windows_bytes: 3 << 20, ..caps() });
    assert_eq!((seen[0].bytes.len(), seen[0].status), (0, Status::Failed));
    assert!(seen[0].reason.contains("3145728 bytes for their windows"), "{}", seen[0].reason);
    // What one member had is free for the next.
    let archive = tar(&[("a", framed(b"one", 21)), ("b", framed(b"two", 21))]);
    assert_eq!(read(&under(&archive, Caps { windows_bytes: 2 << 20, ..caps() })).0, [("a", &b"one"[..]), ("b", b"two")]);
}

/// Inputs of the fuzz target `unpack` that failed once: damaged members of bzip2, of which more or less came out by the sizes of reads.
#[test]
fn what_failed_once_gives_the_same_to_any_reader() {
    for stored in [&include_bytes!("regressions/bzip2-1.bin")[..], include_bytes!("regressions/bzip2-2.bin")] {
        let with = |step| walk(Raw::random(Arc::new(stored.to_vec())), Some(stored.len() as u64), caps(), step);
        let whole = with(64 * 1024);
        assert!(whole == with(7) && whole == with(5_000));
        assert!(whole.iter().any(|seen| seen.reason == "corrupt: invalid bzip2 stream"));
    }
}

fn tree() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let content = prop_oneof![prop::collection::vec(any::<u8>(), 0..60), (0..5_000_usize).prop_map(prose)];
    prop::collection::vec(("[a-z]{1,8}(/[a-z]{1,8}){0,2}", content), 0..6)
}

proptest! {
    #[test]
    fn members_come_out_as_they_went_in(
        members in tree(),
        methods in prop::collection::vec(prop::sample::select(METHODS.to_vec()), 6),
        follow in any::<bool>(),
        wrap in 0..3_u8,
        outer in any::<bool>(),
    ) {
        // What is an archive or compressed by itself would be looked into.
        let members: Vec<_> = members.into_iter().map(|(name, content)| (name, [b"#".to_vec(), content].concat())).collect();
        let flags = if follow { SIZES_FOLLOW } else { 0 };
        let made: Vec<Made> = members.iter().zip(&methods).map(|((name, content), method)| Made { method: *method, flags, ..member(name, content) }).collect();
        for archive in [tar(&members), zip(&made)] {
            let archive = match wrap { 0 => archive, 1 => gzip(&archive), _ => zstd::encode_all(&*archive, 1).unwrap() };
            let (stored, prefix) = if outer { (tar(&[("o", &archive)]), "o!") } else { (archive, "") };
            let seen = file(&stored);
            prop_assert!(seen == trickled(&stored));
            let leaves: Vec<_> = seen.iter().filter(|s| s.format.is_empty()).map(|s| (s.path.clone(), s.bytes.clone())).collect();
            let expected: Vec<_> = members.iter().map(|(name, content)| (format!("{prefix}{name}"), content.clone())).collect();
            prop_assert!(leaves == expected, "{leaves:?}");
            prop_assert!(seen.iter().all(|s| s.status == Status::Scanned), "{seen:?}");
        }
    }

    #[test]
    fn never_panics_on_a_damaged_archive(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        which in 0..4_usize,
    ) {
        let inner = zip(&[Made { flags: SIZES_FOLLOW, ..member("a", prose(300)) }, Made { method: 14, ..member("b", prose(200)) }]);
        let stored = [zip(&[member("i", &inner), member("t", tar(&[("x", "y")]))]), tar(&[("i", &inner), ("n", &prose(99))]), inner.clone(), gzip(&tar(&[("i", &inner)]))];
        let mut stored = stored[which].clone();
        for (at, byte) in at {
            let at = at.index(stored.len());
            stored[at] = byte;
        }
        stored.truncate(stored.len() - cut.index(stored.len()) / 8);
        let small = Caps { leaf_bytes: 1 << 20, members: 100, spool_memory_bytes: 1 << 20, spool_folder: None, ..caps() };
        let seen = under(&stored, small.clone());
        prop_assert!(seen.len() <= 110);
        let trickled = walk(Raw::random(Arc::new(stored.clone())), Some(stored.len() as u64), small, 1);
        prop_assert_eq!(seen, trickled);
    }
}
