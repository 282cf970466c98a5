//! The editor of Parquet: row groups that nothing is to be done in are copied byte for byte; in others so are columns that nothing
//! is to be done in, and the rest is read and written as levels and physical values, so that no value passes through another type.

mod check;
mod column;
mod footer;
mod levels;
mod splice;
mod targets;

use std::io::Write;

use self::column::{At, Out, Written, rewrite, shifted};
use self::footer::{Footer, MAGIC, Place, Span, field as f, first_page, read, tail};
use self::splice::Struct;
use self::targets::{Change, Targets};
use super::editor::{Checked, Editor, Step, Stop, Task, open};

/// Bytes that are copied at once.
const COPIED: u64 = 1024 * 1024;

pub(super) struct Parquet;

impl Editor for Parquet {
    fn write(&self, task: &Task<'_>, out: &mut (dyn Write + Send)) -> Step<()> {
        let old = Footer::open(open(&task.leaf.uri, task.tokens())?)?;
        let mut targets = Targets::new(task, &old)?;
        let mut out = Out { to: out, at: 0 };
        out.put(MAGIC)?;
        let mut groups = Vec::new();
        for group in 0..old.groups.len() {
            let change = if targets.touched[group] { targets.of_group(group)? } else { Change::default() };
            if change.dropped.len() as u64 == old.groups[group].rows && !change.dropped.is_empty() {
                continue;
            }
            groups.push(write_group(&old, group, &change, &mut out)?);
        }
        targets.end()?;
        write_footer(&old, groups, &mut out)
    }

    fn check(&self, task: &Task<'_>, new: &str) -> Step<Checked> {
        let footer = |path: &str| Footer::open(open(path, task.tokens())?);
        check::check(task, &footer(&task.leaf.uri)?, &footer(new)?)
    }
}

/// Which columns of a row group are written anew, and not copied.
fn is_written(change: &Change, column: usize) -> bool {
    !change.dropped.is_empty() || change.cells.contains_key(&column)
}

fn unfollowed() -> Stop {
    Stop::failed("the footer contradicts itself")
}

/// A column chunk of the new file.
struct NewChunk {
    /// Its structure; places of indexes are still those of the old file, or none.
    chunk: Struct<'static>,
    pages: Span,
    index: Option<Vec<u8>>,
    offsets: Option<Vec<u8>>,
}

/// A row group of the new file.
struct NewGroup {
    group: Struct<'static>,
    chunks: Vec<NewChunk>,
    rows: u64,
}

fn write_group(old: &Footer, group: usize, change: &Change, out: &mut Out<'_>) -> Step<NewGroup> {
    let of_old = &old.groups[group];
    let mut structure = Struct::read(&of_old.bytes).ok_or_else(unfollowed)?.into_owned();
    let raws: Vec<Vec<u8>> = structure.list(f::GROUP_COLUMNS).ok_or_else(unfollowed)?.into_iter().map(<[u8]>::to_vec).collect();
    let (mut chunks, mut blooms) = (Vec::new(), Vec::new());
    let (mut decoded, mut stored) = (0, 0);
    for (column, (raw, place)) in raws.iter().zip(&of_old.chunks).enumerate() {
        let own = Struct::read(raw).ok_or_else(unfollowed)?.into_owned();
        let sizes = |chunk: &Struct<'_>| {
            let meta = chunk.inner(f::CHUNK_META)?;
            Some((meta.long(f::META_DECODED)?, meta.long(f::META_STORED)?))
        };
        let before = sizes(&own).ok_or_else(unfollowed)?;
        let (chunk, bloom) = if is_written(change, column) {
            written_chunk(own, rewrite(At { footer: old, group, column }, change, out)?)
        } else {
            copied_chunk(old, own, place, out)?
        };
        let after = sizes(&chunk.chunk).ok_or_else(unfollowed)?;
        (decoded, stored) = (decoded + i128::from(after.0) - i128::from(before.0), stored + i128::from(after.1) - i128::from(before.1));
        chunks.push(chunk);
        blooms.push(bloom);
    }
    for (chunk, bloom) in chunks.iter_mut().zip(blooms) {
        if let Some(bloom) = bloom {
            let span = out.put(&bloom)?;
            let mut meta = chunk.chunk.inner(f::CHUNK_META).ok_or_else(unfollowed)?.into_owned();
            let is_told = meta.has(f::BLOOM_LENGTH) || !meta.has(f::BLOOM_AT);
            meta.set(f::BLOOM_AT, span.start as i64);
            if is_told {
                meta.set_int(f::BLOOM_LENGTH, bloom.len() as i64);
            }
            chunk.chunk.set_inner(f::CHUNK_META, &meta);
        }
    }
    let rows = of_old.rows - change.dropped.len() as u64;
    structure.set(f::GROUP_ROWS, rows as i64);
    for (number, by) in [(f::GROUP_DECODED, decoded), (f::GROUP_STORED, stored)] {
        let by = i64::try_from(by).map_err(|_| unfollowed())?;
        structure.shift(number, by).then_some(()).ok_or_else(unfollowed)?;
    }
    if structure.has(f::GROUP_OFFSET) {
        structure.set(f::GROUP_OFFSET, chunks.first().map_or(0, |chunk| chunk.pages.start as i64));
    }
    keep_sorting(&mut structure, change);
    Ok(NewGroup { group: structure, chunks, rows })
}

/// A row group is sorted by columns before the first one that was changed, and no further.
fn keep_sorting(group: &mut Struct<'_>, change: &Change) {
    let Some(sorting) = group.list(f::GROUP_SORTING) else { return };
    let is_kept = |raw: &&&[u8]| {
        let column = Struct::read(raw).and_then(|sorting| sorting.long(f::SORTING_COLUMN)).and_then(|column| usize::try_from(column).ok());
        column.is_some_and(|column| !change.cells.contains_key(&column))
    };
    let kept: Vec<Vec<u8>> = sorting.iter().take_while(is_kept).map(|raw| raw.to_vec()).collect();
    if kept.is_empty() {
        group.remove(f::GROUP_SORTING);
    } else if kept.len() < sorting.len() {
        group.set_list(f::GROUP_SORTING, &kept);
    }
}

/// Moves what a chunk's structure says of places in the file.
fn move_chunk(chunk: &mut Struct<'_>, pages: &Span, by: i64) -> Option<()> {
    let mut meta = chunk.inner(f::CHUNK_META)?.into_owned();
    for number in [f::DATA_AT, f::INDEX_PAGE_AT] {
        meta.shift(number, by).then_some(())?;
    }
    // Some writers say 0 where there is none.
    if meta.long(f::DICTIONARY_AT).is_some_and(|at| at > 0) {
        meta.shift(f::DICTIONARY_AT, by).then_some(())?;
    }
    chunk.set_inner(f::CHUNK_META, &meta);
    // It points at the pages, or at what stood behind them, or is 0.
    let at = chunk.long(f::CHUNK_OFFSET)?;
    let within = u64::try_from(at).is_ok_and(|at| pages.contains(&at));
    chunk.set(f::CHUNK_OFFSET, if within { at.checked_add(by)? } else { 0 });
    Some(())
}

fn copied_chunk(old: &Footer, mut chunk: Struct<'static>, place: &Place, out: &mut Out<'_>) -> Step<(NewChunk, Option<Vec<u8>>)> {
    let start = out.at;
    let mut at = place.pages.start;
    let mut buffer = vec![0; usize::try_from(COPIED.min(place.pages.end - at)).expect("it is bounded")];
    while at < place.pages.end {
        let wanted = usize::try_from((place.pages.end - at).min(COPIED)).expect("it is bounded");
        old.file.read_exact_at(at, &mut buffer[..wanted]).map_err(|error| Stop::failed(super::editor::damage(&error)))?;
        out.put(&buffer[..wanted])?;
        at += wanted as u64;
    }
    let by = start as i64 - place.pages.start as i64;
    move_chunk(&mut chunk, &place.pages, by).ok_or_else(unfollowed)?;
    let part = |span: &Option<Span>| span.as_ref().map(|span| read(&old.file, span)).transpose();
    let offsets = match part(&place.offsets)? {
        Some(offsets) => Some(shifted(&offsets, by).ok_or_else(unfollowed)?),
        None => None,
    };
    Ok((NewChunk { chunk, pages: start..out.at, index: part(&place.index)?, offsets }, part(&place.bloom)?))
}

fn written_chunk(mut chunk: Struct<'static>, written: Written) -> (NewChunk, Option<Vec<u8>>) {
    let Written { meta, pages, index, offsets, bloom } = written;
    let by = pages.start as i64;
    let had_offset = chunk.long(f::CHUNK_OFFSET).is_some_and(|at| at > 0);
    let mut meta = Struct::read(&meta).expect("it was written here").into_owned();
    for number in [f::DATA_AT, f::INDEX_PAGE_AT, f::DICTIONARY_AT] {
        meta.shift(number, by);
    }
    let first = first_page(&meta).unwrap_or(by);
    chunk.set_inner(f::CHUNK_META, &meta);
    chunk.set(f::CHUNK_OFFSET, if had_offset { first } else { 0 });
    let offsets = offsets.map(|offsets| shifted(&offsets, by).expect("it was written here"));
    (NewChunk { chunk, pages, index, offsets }, bloom)
}

fn write_footer(old: &Footer, mut groups: Vec<NewGroup>, out: &mut Out<'_>) -> Step<()> {
    type Index = fn(&NewChunk) -> &Option<Vec<u8>>;
    let indexes: [(Index, i64, i64); 2] =
        [(|chunk| &chunk.index, f::INDEX_AT, f::INDEX_LENGTH), (|chunk| &chunk.offsets, f::OFFSETS_AT, f::OFFSETS_LENGTH)];
    for (index, at, length) in indexes {
        for chunk in groups.iter_mut().flat_map(|group| &mut group.chunks) {
            match index(chunk) {
                Some(bytes) => {
                    let (span, bytes) = (out.put(bytes)?, bytes.len());
                    chunk.chunk.set(at, span.start as i64);
                    chunk.chunk.set_int(length, bytes as i64);
                }
                None => [at, length].into_iter().for_each(|number| chunk.chunk.remove(number)),
            }
        }
    }
    let mut of_file = old.structure();
    let rows: u64 = groups.iter().map(|group| group.rows).sum();
    let written: Vec<Vec<u8>> = groups
        .into_iter()
        .enumerate()
        .map(|(ordinal, NewGroup { mut group, chunks, .. })| {
            let chunks: Vec<Vec<u8>> = chunks.into_iter().map(|chunk| chunk.chunk.write()).collect();
            group.set_list(f::GROUP_COLUMNS, &chunks);
            if group.has(f::GROUP_ORDINAL) {
                group.set(f::GROUP_ORDINAL, i64::try_from(ordinal).unwrap_or(i64::MAX));
            }
            group.write()
        })
        .collect();
    of_file.set_list(f::FILE_GROUPS, &written);
    of_file.set(f::FILE_ROWS, rows as i64);
    out.put(&tail(&of_file)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;

    use super::*;
    use crate::model::{Object, Random};
    use crate::source::Raw;
    use crate::unpack::{self, Caps, Meter};

    fn file() -> Vec<u8> {
        let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..40));
        let names: ArrayRef = Arc::new(StringArray::from_iter_values((0..40).map(|n| format!("name {}", n % 7))));
        let batch = RecordBatch::try_from_iter([("id", ids), ("name", names)]).unwrap();
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(20)).set_bloom_filter_enabled(true);
        let mut out = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties.build())).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        out
    }

    fn open(bytes: Vec<u8>) -> Step<Footer> {
        let bytes: Random = Arc::new(bytes);
        Footer::open(unpack::open(Object::named("a"), Raw::random(bytes), &Caps::default(), &[0; 32], &Meter::default()))
    }

    /// Writes a file anew in which nothing, or a row of each row group, is to go.
    fn copied(old: &Footer, change: &Change) -> Step<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut out = Out { to: &mut bytes, at: 0 };
        out.put(MAGIC)?;
        let groups = (0..old.groups.len()).map(|group| write_group(old, group, change, &mut out)).collect::<Step<Vec<_>>>()?;
        write_footer(old, groups, &mut out)?;
        Ok(bytes)
    }

    #[test]
    fn a_file_without_changes_has_the_same_pages() {
        let old = open(file()).ok().unwrap();
        let new = open(copied(&old, &Change::default()).ok().unwrap()).ok().unwrap();
        for (a, b) in old.groups.iter().zip(&new.groups).flat_map(|(a, b)| a.chunks.iter().zip(&b.chunks)) {
            assert_eq!(read(&old.file, &a.pages).ok(), read(&new.file, &b.pages).ok());
            assert!(a.bloom.is_some() && b.bloom.is_some() && b.index.is_some() && b.offsets.is_some());
        }
    }

    #[test]
    fn any_byte_of_a_file_may_be_another() {
        let whole = file();
        let (mut read, mut refused) = (0, 0);
        for at in 0..whole.len() {
            for to in [0, 0x7f, 0xff, whole[at] ^ 1] {
                let mut bytes = whole.clone();
                bytes[at] = to;
                let change = Change { dropped: vec![1], ..Change::default() };
                match open(bytes).and_then(|old| copied(&old, &change)) {
                    Ok(_) => read += 1,
                    Err(_) => refused += 1,
                }
            }
        }
        assert!(read > 100 && refused > 100, "{read} {refused}");
        for end in 0..whole.len() {
            assert!(open(whole[..end].to_vec()).is_err());
        }
    }
}
