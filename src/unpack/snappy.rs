//! Snappy in its framing format.

use snap::read::FrameDecoder;

use super::codec::{Format, Start};

/// The registry row: the first chunk names the stream.
pub(super) const FORMAT: Format = Format {
    name: "snappy",
    magic_bytes: 10,
    fits: |head| b"\xFF\x06\x00\x00sNaPpY".starts_with(head),
    start: Start::Pull(|input| Box::new(FrameDecoder::new(input))),
};
