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
    /// Read the start of each file alone: its first N records, or those that start in its first N bytes
    #[arg(long, value_name = "records=N|bytes=N", value_parser = sample)]
    pub sample: Option<Sample>,
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

/// `records=1000`, `bytes=1048576`, `bytes=64MiB`
fn sample(text: &str) -> Result<Sample, &'static str> {
    const EXPECTED: &str = "expected records=N or bytes=N, with N of 1 or more (bytes also as 64KiB, 16MiB, 1GiB)";
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
        "records" => Ok(Sample { records: Some(number), bytes: None }),
        "bytes" => Ok(Sample { records: None, bytes: Some(number) }),
        _ => Err(EXPECTED),
    }
}

impl Reported {
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
        assert_eq!(sample("records=10"), Ok(Sample { records: Some(10), bytes: None }));
        assert_eq!(sample("bytes=2MiB"), Ok(Sample { records: None, bytes: Some(2 << 20) }));
        for wrong in ["", "10", "records", "records=", "records=0", "records=1KiB", "rows=1", "bytes=99999999999GiB", "bytes=-1"] {
            assert!(sample(wrong).is_err(), "{wrong}");
        }
    }
}
