//! Options of a scan that are settings too: levels and rows by entity, samples. As typed they become a layer.

use std::str::FromStr;

use crate::examine::Sample;
use crate::model::{Error, ErrorKind, Likelihood, Result};
use crate::pattern::RuleSet;
use crate::settings::{Layer, Rows};

/// `--min-likelihood`, `--rows`, `--sample`
#[derive(clap::Args)]
pub(super) struct Reported {
    /// Lowest likelihood to report, of all entities or of one; may be repeated [default: possible]
    #[arg(long, value_name = "[ENTITY=]LEVEL", value_delimiter = ',', value_parser = level)]
    pub min_likelihood: Vec<Level>,
    /// Rows that findings of an entity have in each file: all, sample:N (the first N) or count; all are counted
    #[arg(long, value_name = "ENTITY=ROWS", value_delimiter = ',', value_parser = rows)]
    pub rows: Vec<(String, Rows)>,
    /// Read the first N files of each folder alone, of each file its first N records, or those that start in its first N bytes; may be repeated
    #[arg(long, value_name = "files=N|records=N|bytes=N", value_delimiter = ',', value_parser = share)]
    sample: Vec<Share>,
}

/// One `--sample`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    Files(u64),
    Records(u64),
    Bytes(u64),
}

/// One `--min-likelihood`.
#[derive(Clone)]
pub(super) struct Level {
    entity: Option<String>,
    level: Likelihood,
}

fn level(text: &str) -> Result<Level, String> {
    let (entity, level) = text.split_once('=').map_or((None, text), |(entity, level)| (Some(entity.to_owned()), level));
    Ok(Level { entity, level: level.parse()? })
}

fn rows(text: &str) -> Result<(String, Rows), String> {
    let (entity, rows) = text.split_once('=').ok_or("expected an entity, = and all, count or sample:N")?;
    Ok((entity.to_owned(), rows.parse()?))
}

/// `files=3`, `records=1000`, `bytes=1048576`, `bytes=64MiB`
fn share(text: &str) -> Result<Share, &'static str> {
    const EXPECTED: &str = "expected files=N, records=N or bytes=N, with N of 1 or more (bytes also as 64KiB, 16MiB, 1GiB)";
    let (of, number) = text.split_once('=').ok_or(EXPECTED)?;
    let (digits, unit) = number.split_at(number.bytes().take_while(u8::is_ascii_digit).count());
    let factor: u64 = match (of, unit) {
        (_, "") => 1,
        ("bytes", "KiB") => 1 << 10,
        ("bytes", "MiB") => 1 << 20,
        ("bytes", "GiB") => 1 << 30,
        _ => return Err(EXPECTED),
    };
    let number = u64::from_str(digits).ok().and_then(|n| n.checked_mul(factor)).filter(|n| *n > 0).ok_or(EXPECTED)?;
    match of {
        "files" => Ok(Share::Files(number)),
        "records" => Ok(Share::Records(number)),
        "bytes" => Ok(Share::Bytes(number)),
        _ => Err(EXPECTED),
    }
}

impl Reported {
    /// How many files of each folder are read; the last word counts.
    pub(super) fn files(&self) -> Option<u64> {
        self.sample.iter().rev().find_map(|share| if let Share::Files(files) = share { Some(*files) } else { None })
    }

    /// How much of each file is read; none: all.
    pub(super) fn sample(&self) -> Option<Sample> {
        let mut sample = Sample { records: None, bytes: None };
        for share in &self.sample {
            match share {
                Share::Files(_) => {}
                Share::Records(records) => sample.records = Some(*records),
                Share::Bytes(bytes) => sample.bytes = Some(*bytes),
            }
        }
        (sample.records.is_some() || sample.bytes.is_some()).then_some(sample)
    }

    /// Makes the layer of the options.
    ///
    /// # Errors
    /// `Usage` where an entity is one that no rule finds.
    pub(super) fn layer(&self, rules: &RuleSet) -> Result<Layer> {
        let mut layer = Layer {
            origin: "the command line".to_owned(),
            levels: vec![None; rules.rules().len()],
            rows: vec![None; rules.rules().len()],
            ..Layer::default()
        };
        // Levels of all entities first, so that their order does not matter.
        for level in self.min_likelihood.iter().filter(|level| level.entity.is_none()) {
            layer.levels.fill(Some(level.level));
        }
        for level in &self.min_likelihood {
            if let Some(entity) = &level.entity {
                fill(&mut layer.levels, rules, entity, level.level)?;
            }
        }
        for (entity, rows) in &self.rows {
            fill(&mut layer.rows, rules, entity, *rows)?;
        }
        Ok(layer)
    }
}

/// Says something of all rules of an entity.
fn fill<T: Copy>(by_rule: &mut [Option<T>], rules: &RuleSet, entity: &str, what: T) -> Result<()> {
    let own = rules.iter().filter(|(_, rule)| *rule.entity == *entity).map(|(index, _)| usize::from(index));
    let own: Vec<usize> = own.collect();
    if own.is_empty() {
        let error = Error::new(ErrorKind::Usage, format!("no rule finds the entity {entity}"));
        return Err(error.hint("datatrawl patterns list shows them"));
    }
    own.into_iter().for_each(|index| by_rule[index] = Some(what));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_samples() {
        assert_eq!(share("files=3"), Ok(Share::Files(3)));
        assert_eq!(share("records=10"), Ok(Share::Records(10)));
        assert_eq!(share("bytes=2MiB"), Ok(Share::Bytes(2 << 20)));
        for wrong in ["", "10", "records", "records=", "records=0", "records=1KiB", "rows=1", "files=0", "bytes=99999999999GiB", "bytes=-1"]
        {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }
}
