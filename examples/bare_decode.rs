//! Decodes a gzip or zstd file and does nothing with it: what a scan of it is held against (`benches/archives.py`).

use std::fs::File;
use std::io::{BufReader, Read};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("a file is named");
    let file = BufReader::with_capacity(256 * 1024, File::open(&path)?);
    let mut decoder: Box<dyn Read> = if path.ends_with(".gz") {
        Box::new(flate2::bufread::MultiGzDecoder::new(file))
    } else {
        Box::new(zstd::Decoder::with_buffer(file)?)
    };
    let mut buffer = vec![0; 512 * 1024];
    let mut bytes = 0;
    loop {
        match decoder.read(&mut buffer)? {
            0 => break,
            read => bytes += read,
        }
    }
    println!("{bytes}");
    Ok(())
}
