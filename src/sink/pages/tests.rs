//! Columns are written by themselves and read back as any reader would.

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{Field, Schema};
use parquet::schema::types::SchemaDescriptor;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::file::PageFile;
use super::*;
use crate::finding::schema;
use crate::model::{Id, Signal, Signals};
use crate::sink::tests::{cell, id, read};

/// Rows of a page, and pages of a row group.
type Cut = (usize, usize);

fn field(name: &str) -> Field {
    schema::findings().field_with_name(name).expect("the column").clone()
}

/// What a test does with a column.
struct Steps<C, T> {
    new: fn(&SchemaDescriptor, &str) -> C,
    push: fn(&mut C, &[T]),
    page: fn(&mut C, &mut Packer),
    close: fn(&mut C, &mut Packer) -> Closed,
}

/// Writes a column of findings and reads it back.
fn written<C, T>(name: &str, values: &[T], (page, group): Cut, steps: &Steps<C, T>) -> ArrayRef {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = Schema::new(vec![field(name)]);
    let mut file = PageFile::create(folder.path(), "x.parquet".to_owned(), "x", &schema).expect("a file");
    let mut packer = Packer::new().expect("a packer");
    let mut column = (steps.new)(file.schema(), name);
    for rows in values.chunks(page * group) {
        for rows in rows.chunks(page) {
            rows.chunks(5).for_each(|values| (steps.push)(&mut column, values));
            (steps.page)(&mut column, &mut packer);
        }
        let chunk = (steps.close)(&mut column, &mut packer);
        file.write_group(vec![chunk], rows.len(), &mut packer).expect("written");
    }
    file.close().expect("closed");
    let batch: RecordBatch = read(&folder.path().join("x.parquet"));
    assert_eq!(batch.schema().fields(), schema.fields());
    assert_eq!(batch.num_rows(), values.len());
    batch.column(0).clone()
}

fn cells(column: &ArrayRef) -> Vec<Option<String>> {
    (0..column.len()).map(|row| cell(column, row)).collect()
}

fn texts<T: ToString>(values: &[Option<T>]) -> Vec<Option<String>> {
    values.iter().map(|value| value.as_ref().map(T::to_string)).collect()
}

const IDS: Steps<Ids, Option<Id>> = Steps {
    new: Ids::new,
    push: |column, ids| column.extend_some(ids.iter().copied()),
    page: |column, packer| column.page(packer, &mut Frames::new()),
    close: |column, _| column.close().expect("closed"),
};

fn numbers<T: delta::Integer>() -> Steps<Numbers<T>, Option<T>> {
    Steps {
        new: Numbers::new,
        push: |column, values| column.extend_some(values.iter().copied()),
        page: |column, packer| column.page(packer).expect("a page"),
        close: |column, _| column.close().expect("closed"),
    }
}

const TEXTS: Steps<Texts, Option<String>> = Steps {
    new: Texts::new,
    push: |column, texts| texts.iter().for_each(|text| column.push(text.as_deref())),
    page: |column, packer| column.page(packer).expect("a page"),
    close: |column, _| column.close().expect("closed"),
};

const FLAGS: Steps<Flags, Option<bool>> = Steps {
    new: Flags::new,
    push: |column, flags| column.extend_some(flags.iter().copied()),
    page: |column, packer| column.page(packer).expect("a page"),
    close: |column, _| column.close().expect("closed"),
};

const WORDS: Steps<Words, Option<u16>> = Steps {
    new: Words::new,
    push: |column, words| {
        words.iter().for_each(|word| match word {
            Some(word) => column.push(usize::from(*word), |words| words.text(&format!("word {word}"))),
            None => column.push_absent(),
        });
    },
    page: |column, packer| column.page(packer).expect("a page"),
    close: |column, packer| column.close(None, packer).expect("closed"),
};

const SIGNALS: Steps<SignalWords, Signals> = Steps {
    new: SignalWords::new,
    push: |column, signals| signals.iter().for_each(|signals| column.push(signals)),
    page: |column, packer| column.page(packer).expect("a page"),
    close: |column, packer| column.close(packer).expect("closed"),
};

/// Runs have no pages of their own.
const RUNS: Steps<Runs, (Option<u8>, usize)> = Steps {
    new: Runs::new,
    push: |column, runs| {
        runs.iter().for_each(|(word, rows)| column.push(word.map(|word| format!("leaf {word}")).as_deref(), *rows));
    },
    page: |_, _| (),
    close: |column, packer| column.close(packer).expect("closed"),
};

fn cut() -> impl Strategy<Value = Cut> {
    (1_usize..300, 1_usize..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn ids(numbers in vec(option::weighted(0.9, 0_usize..400), 0..600), cut in cut()) {
        let ids: Vec<_> = numbers.iter().map(|number| number.map(id)).collect();
        prop_assert_eq!(cells(&written("value_token", &ids, cut, &IDS)), texts(&ids));
    }

    #[test]
    fn numbers_of_64_bits(values in vec(option::weighted(0.9, any::<i64>()), 0..600), shift in 0_u32..64, cut in cut()) {
        let values: Vec<_> = values.iter().map(|value| value.map(|value| value >> shift)).collect();
        prop_assert_eq!(cells(&written("record", &values, cut, &numbers())), texts(&values));
    }

    #[test]
    fn numbers_of_32_bits(values in vec(option::weighted(0.9, any::<i32>()), 0..600), shift in 0_u32..32, cut in cut()) {
        let values: Vec<_> = values.iter().map(|value| value.map(|value| value >> shift)).collect();
        prop_assert_eq!(cells(&written("value_length", &values, cut, &numbers())), texts(&values));
    }

    #[test]
    fn previews(values in vec(option::weighted(0.9, ".{0,40}"), 0..400), cut in cut()) {
        prop_assert_eq!(cells(&written("preview", &values, cut, &TEXTS)), texts(&values));
    }

    #[test]
    fn flags(values in vec(option::weighted(0.9, any::<bool>()), 0..600), cut in cut()) {
        prop_assert_eq!(cells(&written("validated", &values, cut, &FLAGS)), texts(&values));
    }

    #[test]
    fn words(values in vec(option::weighted(0.9, any::<u16>()), 0..1_200), most in 1_u16..2_000, cut in cut()) {
        let values: Vec<_> = values.iter().map(|value| value.map(|value| value % most)).collect();
        let expected: Vec<_> = values.iter().map(|value| value.map(|value| format!("word {value}"))).collect();
        prop_assert_eq!(cells(&written("region", &values, cut, &WORDS)), expected);
    }

    #[test]
    fn signals(lists in vec(vec((0..Signal::ALL.len(), any::<i8>()), 0..15), 0..400), cut in cut()) {
        let lists: Vec<_> = lists.iter().map(|list| {
            let mut signals = Signals::default();
            list.iter().for_each(|(signal, delta)| signals.add(Signal::ALL[*signal], *delta));
            signals
        }).collect();
        let text = |signals: &Signals| signals.iter().map(|(signal, delta)| super::super::gather::signal_text(signal.name(), delta).into()).collect::<Vec<String>>().join(" ");
        let expected: Vec<_> = lists.iter().map(|signals| Some(text(signals))).collect();
        prop_assert_eq!(cells(&written("signals", &lists, cut, &SIGNALS)), expected);
    }
}

/// Ids of all shapes, over the border of a zstd block and of a page.
#[test]
fn many_ids() {
    type Shape = fn(usize) -> usize;
    let shapes: [Shape; 8] =
        [|at| at, |_| 0, |at| at / 5, |at| at % 4_500, |at| at / 5_000, |at| at % 3, |at| at * at % 7_001, |at| at & !1];
    for shape in shapes {
        for len in [1, 7, 8, 9, 4_095, 4_096, 4_097, 4_103, 12_290] {
            let ids: Vec<_> = (0..len).map(|at| Some(id(shape(at)))).collect();
            assert_eq!(cells(&written("guard_token", &ids, (9_000, 1), &IDS)), texts(&ids));
        }
    }
}

#[test]
fn ids_that_are_not_null_by_the_schema() {
    let ids: Vec<_> = (0..100).map(|at| Some(id(at))).collect();
    assert_eq!(cells(&written("finding_id", &ids, (70, 1), &IDS)), texts(&ids));
}

#[test]
fn ids_whose_bits_agree() {
    let ids: Vec<_> = (0..3_000_u16)
        .map(|at| {
            Some(Id::new(
                [[0; 8], [at.to_le_bytes(); 4].as_flattened().try_into().expect("eight")].as_flattened().try_into().expect("sixteen"),
            ))
        })
        .collect();
    assert_eq!(cells(&written("guard_token", &ids, (4_000, 1), &IDS)), texts(&ids));
}

/// An id takes its sixteen bytes, and next to nothing where it stood before.
#[test]
fn ids_are_small() {
    let size = |shape: fn(usize) -> usize| {
        let (mut out, ids) = (Vec::new(), (0..8_192).map(|at| id(shape(at))).collect::<Vec<_>>());
        Frames::new().write(&[], 0, &ids, &mut out);
        out.len() * 10 / ids.len()
    };
    assert_eq!([size(|at| at), size(|at| at / 5), size(|at| at % 1_000)], [160, 38, 19]);
}

#[test]
fn numbers_tell_the_smallest_and_the_largest() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = Schema::new(vec![field("record")]);
    let mut file = PageFile::create(folder.path(), "x.parquet".to_owned(), "x", &schema).expect("a file");
    let mut packer = Packer::new().expect("a packer");
    let mut column = Numbers::<i64>::new(file.schema(), "record");
    for rows in [vec![Some(7), None, Some(-3)], vec![None, None]] {
        column.extend_some(rows.iter().copied());
        column.page(&mut packer).expect("a page");
        let chunk = column.close().expect("closed");
        file.write_group(vec![chunk], rows.len(), &mut packer).expect("written");
    }
    file.close().expect("closed");
    let footer = crate::sink::tests::footer(&folder.path().join("x.parquet"));
    let told = footer.row_groups().iter().map(|group| match group.column(0).statistics() {
        Some(parquet::file::statistics::Statistics::Int64(values)) => {
            (values.min_opt().copied(), values.max_opt().copied(), values.null_count_opt())
        }
        other => panic!("{other:?}"),
    });
    assert_eq!(told.collect::<Vec<_>>(), [(Some(-3), Some(7), Some(1)), (None, None, Some(2))]);
}

#[test]
fn numbers_that_do_not_pack_are_stored() {
    let mut state = 5_i64;
    let random = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Some(state)
    });
    // The second and third page of each group are stored, in blocks of 128 KiB at most.
    let values: Vec<_> = random.take(100_000).chain((0..20_000).map(Some)).collect();
    assert_eq!(cells(&written("record", &values, (20_000, 3), &numbers::<i64>())), texts(&values));
}

#[test]
fn runs_of_leaves() {
    let runs = [(Some(1), 5_000), (None, 3), (Some(2), 1), (Some(1), 2), (Some(1), 9), (None, 70_000)];
    let folder = tempfile::tempdir().expect("a folder");
    let schema = Schema::new(vec![field("member"), field("record_key"), field("owner"), field("group_id")]);
    let mut file = PageFile::create(folder.path(), "x.parquet".to_owned(), "x", &schema).expect("a file");
    let mut packer = Packer::new().expect("a packer");
    let mut column = (RUNS.new)(file.schema(), "member");
    for runs in runs.chunks(4) {
        (RUNS.push)(&mut column, runs);
        let chunk = (RUNS.close)(&mut column, &mut packer);
        file.write_group(vec![chunk], runs.iter().map(|(_, rows)| rows).sum(), &mut packer).expect("written");
    }
    file.close().expect("closed");
    let batch = read(&folder.path().join("x.parquet"));
    let expected: Vec<_> =
        runs.iter().flat_map(|(word, rows)| std::iter::repeat_n(word.map(|word| format!("leaf {word}")), *rows)).collect();
    assert_eq!(cells(batch.column(0)), expected);
    // Columns without a chunk are null, however deep they are.
    assert!(batch.columns()[1..].iter().all(|column| column.null_count() == expected.len()));
}

#[test]
fn columns_that_follow_from_one_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = Schema::new(["entity", "rule", "sensitivity", "rule_version"].map(field).to_vec());
    let mut file = PageFile::create(folder.path(), "x.parquet".to_owned(), "x", &schema).expect("a file");
    let mut packer = Packer::new().expect("a packer");
    let mut columns = ["entity", "rule", "sensitivity", "rule_version"].map(|name| KeyedWords::new(file.schema(), name));
    let text = |at: usize, key: u16| match at {
        0 => format!("entity {}", key / 2),
        1 => format!("rule {key}"),
        2 => "high".to_owned(),
        _ => (key % 3).to_string(),
    };
    let keys: Vec<u16> = (0..5_000_u16).map(|at| at * 7 % 40).collect();
    for keys in keys.chunks(2_000) {
        for keys in keys.chunks(900) {
            for (at, column) in columns.iter_mut().enumerate() {
                for key in keys {
                    column.know(
                        *key,
                        |words| if at == 3 { words.number(&i32::from(key % 3).to_le_bytes()) } else { words.text(&text(at, *key)) },
                    );
                }
            }
            KeyedWords::pages(&mut columns.each_mut(), keys, &mut packer).expect("pages");
        }
        let chunks = columns.each_mut().map(|column| column.close(None, &mut packer).expect("closed"));
        file.write_group(chunks.into(), keys.len(), &mut packer).expect("written");
    }
    file.close().expect("closed");
    let batch = read(&folder.path().join("x.parquet"));
    for at in 0..columns.len() {
        let expected: Vec<_> = keys.iter().map(|key| Some(text(at, *key))).collect();
        assert_eq!(cells(batch.column(at)), expected, "column {at}");
    }
}
