//! A file that was written, held against the one that it was made of: what was copied by its bytes, what was written anew by its levels and
//! values, the footer by all that it says, and what should be gone by a scan of the row groups that were changed.

use std::collections::VecDeque;

use super::column::{At, compare, shifted};
use super::footer::{Footer, MAGIC, Place, Span, field as f, first_page, read};
use super::splice::Struct;
use super::targets::{Change, Targets};
use super::{COPIED, is_written, keep_sorting, unfollowed};
use crate::apply::editor::{Checked, Step, Stop, Task, damage};
use crate::apply::verify::watch;

pub(super) fn check(task: &Task<'_>, old: &Footer, new: &Footer) -> Step<Checked> {
    let mut targets = Targets::new(task, old)?;
    let (mut checked, mut next, mut scanned, mut rows) = (Checked::default(), 0, Vec::new(), 0);
    for group in 0..old.groups.len() {
        let change = if targets.touched[group] { targets.of_group(group)? } else { Change::default() };
        checked.dropped += change.dropped.len() as u64;
        checked.changed += change.changed;
        let kept = old.groups[group].rows - change.dropped.len() as u64;
        if kept == 0 && !change.dropped.is_empty() {
            continue;
        }
        if new.groups.get(next).is_none_or(|found| found.rows != kept) {
            return Err(Stop::failed("a row group has not as many records as it should"));
        }
        check_group(old, group, new, next, &change)?;
        if targets.touched[group] {
            scanned.push(next);
        }
        (next, rows) = (next + 1, rows + kept);
    }
    let touched = std::mem::take(&mut targets.touched);
    targets.end()?;
    let (mut of_old, mut of_new) = (old.structure(), new.structure());
    let counts = (of_new.long(f::FILE_ROWS), new.groups.len());
    for number in [f::FILE_ROWS, f::FILE_GROUPS] {
        of_old.remove(number);
        of_new.remove(number);
    }
    if of_old != of_new || counts != (i64::try_from(rows).ok(), next) {
        return Err(Stop::failed("the footer is not as it should be"));
    }
    nothing_else(new)?;
    let parts = new.only(&scanned, task.tokens());
    if scanned.is_empty() {
        return Ok(checked);
    }
    match watch(parts, "parquet", task.ops()?, VecDeque::new(), Box::new(place(old, &touched)), task.examiner)? {
        (false, _) => Err(Stop::failed("it cannot be scanned")),
        (true, Some(what)) => Err(Stop::failed(what)),
        (true, None) => Ok(checked),
    }
}

/// Where a record stands among those of the row groups that were changed.
fn place(old: &Footer, touched: &[bool]) -> impl Fn(i64) -> i64 + Send + use<> {
    let mut at = 0_u64;
    let groups: Vec<(Span, u64)> = old
        .groups
        .iter()
        .zip(touched)
        .filter(|(_, touched)| **touched)
        .map(|(group, _)| {
            at += group.rows;
            (group.first..group.first + group.rows, at - group.rows)
        })
        .collect();
    move |record| {
        let record = u64::try_from(record).unwrap_or(u64::MAX);
        let found = groups.iter().find(|(records, _)| records.contains(&record));
        found.map_or(-1, |(records, at)| i64::try_from(at + (record - records.start)).unwrap_or(i64::MAX))
    }
}

/// Each byte of the file belongs to something that the footer names.
fn nothing_else(new: &Footer) -> Step<()> {
    let spans = |place: &Place| [Some(place.pages.clone()), place.index.clone(), place.offsets.clone(), place.bloom.clone()];
    let mut spans: Vec<Span> = new.groups.iter().flat_map(|group| &group.chunks).flat_map(spans).flatten().collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut at = MAGIC.len() as u64;
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        if span.start != at {
            return Err(Stop::failed("it holds something that the footer does not name"));
        }
        at = span.end;
    }
    if at + new.bytes.len() as u64 + 8 == new.file.size() {
        Ok(())
    } else {
        Err(Stop::failed("it holds something that the footer does not name"))
    }
}

fn check_group(old: &Footer, group: usize, new: &Footer, next: usize, change: &Change) -> Step<()> {
    let (of_old, of_new) = (&old.groups[group], &new.groups[next]);
    let (mut before, mut after) =
        (Struct::read(&of_old.bytes).ok_or_else(unfollowed)?, Struct::read(&of_new.bytes).ok_or_else(unfollowed)?);
    let chunks =
        [&before, &after].map(|group| group.list(f::GROUP_COLUMNS).map(|raws| raws.into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>()));
    let [Some(raws), Some(written)] = chunks else { return Err(unfollowed()) };
    keep_sorting(&mut before, change);
    for number in [f::GROUP_COLUMNS, f::GROUP_DECODED, f::GROUP_ROWS, f::GROUP_OFFSET, f::GROUP_STORED, f::GROUP_ORDINAL] {
        if before.has(number) != after.has(number) {
            return Err(Stop::failed("a row group is not described as it should be"));
        }
        before.remove(number);
        after.remove(number);
    }
    if before != after {
        return Err(Stop::failed("a row group is not described as it should be"));
    }
    for column in 0..of_old.chunks.len() {
        let (raw, own) = (Struct::read(&raws[column]).ok_or_else(unfollowed)?, Struct::read(&written[column]).ok_or_else(unfollowed)?);
        if is_written(change, column) {
            let same = |number: i64| {
                let field = |chunk: &Struct<'_>| chunk.inner(f::CHUNK_META).and_then(|meta| meta.bytes(number).map(<[u8]>::to_vec));
                field(&raw) == field(&own)
            };
            let has = |chunk: &Struct<'_>| chunk.inner(f::CHUNK_META).is_some_and(|meta| meta.has(f::STATISTICS));
            if ![f::META_PATH, f::META_CODEC].into_iter().all(same) || has(&own) && !has(&raw) {
                return Err(Stop::failed("a column is not described as it should be"));
            }
            compare(At { footer: old, group, column }, At { footer: new, group: next, column }, change)?;
        } else {
            same_chunk(old, &raw, &of_old.chunks[column], new, &own, &of_new.chunks[column])?;
        }
    }
    Ok(())
}

/// Compares a chunk that was copied.
fn same_chunk(old: &Footer, raw: &Struct<'_>, place: &Place, new: &Footer, own: &Struct<'_>, now: &Place) -> Step<()> {
    let by = now.pages.start as i64 - place.pages.start as i64;
    let part = |footer: &Footer, span: &Option<Span>| span.as_ref().map(|span| read(&footer.file, span)).transpose();
    let offsets = match part(old, &place.offsets)? {
        Some(offsets) => Some(shifted(&offsets, by).ok_or_else(unfollowed)?),
        None => None,
    };
    let same = bare(raw, place) == bare(own, now)
        && same_bytes(old, &place.pages, new, &now.pages)?
        && part(old, &place.index)? == part(new, &now.index)?
        && offsets == part(new, &now.offsets)?
        && part(old, &place.bloom)? == part(new, &now.bloom)?;
    if same { Ok(()) } else { Err(Stop::failed("a column that should be the same is not")) }
}

/// What a chunk's structure says, but for where things stand.
fn bare(chunk: &Struct<'_>, place: &Place) -> Option<Struct<'static>> {
    let mut out = chunk.clone().into_owned();
    let mut meta = chunk.inner(f::CHUNK_META)?.into_owned();
    let start = i64::try_from(place.pages.start).ok()?;
    debug_assert_eq!(first_page(&meta), Some(start));
    for number in [f::DATA_AT, f::INDEX_PAGE_AT, f::DICTIONARY_AT] {
        if meta.long(number).is_some_and(|at| at > 0) {
            meta.shift(number, -start).then_some(())?;
        }
    }
    for number in [f::BLOOM_AT, f::BLOOM_LENGTH] {
        meta.remove(number);
    }
    for number in [f::CHUNK_OFFSET, f::OFFSETS_AT, f::OFFSETS_LENGTH, f::INDEX_AT, f::INDEX_LENGTH] {
        out.remove(number);
    }
    out.set_inner(f::CHUNK_META, &meta);
    Some(out)
}

fn same_bytes(old: &Footer, a: &Span, new: &Footer, b: &Span) -> Step<bool> {
    if a.end - a.start != b.end - b.start {
        return Ok(false);
    }
    let length = a.end - a.start;
    let mut buffers = [0, 1].map(|_| vec![0; usize::try_from(COPIED.min(length)).expect("it is bounded")]);
    let mut at = 0;
    while at < length {
        let wanted = usize::try_from(COPIED.min(length - at)).expect("it is bounded");
        for ((footer, start), buffer) in [(old, a.start), (new, b.start)].into_iter().zip(&mut buffers) {
            footer.file.read_exact_at(start + at, &mut buffer[..wanted]).map_err(|error| Stop::failed(damage(&error)))?;
        }
        if buffers[0][..wanted] != buffers[1][..wanted] {
            return Ok(false);
        }
        at += wanted as u64;
    }
    Ok(true)
}
