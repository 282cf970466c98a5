//! How old records are: bars of months, a dataset each, over one axis of time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::gather::Gathered;
use crate::policy::{Duty, Policy, Target};

/// Bars of a chart.
const MOST_BARS: i64 = 72;
/// Charts.
const MOST_CHARTS: usize = 12;
/// Height of a chart, in its own units; its width is ten units a bar.
const HEIGHT: f64 = 64.0;

/// Charts over one axis.
#[derive(Serialize)]
pub(super) struct Timeline {
    pub width: i64,
    pub months_a_bar: i64,
    pub ticks: Vec<Tick>,
    pub charts: Vec<Chart>,
    pub charts_left_out: usize,
    /// Before what month records share the first bar.
    pub earlier: Option<String>,
}

/// A year at the axis.
#[derive(Serialize)]
pub(super) struct Tick {
    pub x: i64,
    pub text: String,
}

/// The records of a dataset.
#[derive(Serialize)]
pub(super) struct Chart {
    pub dataset: String,
    pub owner: String,
    pub records: u64,
    pub overdue: u64,
    pub first: String,
    pub last: String,
    pub bars: Vec<Bar>,
    pub limits: Vec<Limit>,
}

/// Records of some months.
#[derive(Serialize)]
pub(super) struct Bar {
    pub x: i64,
    pub from: String,
    pub records: u64,
    pub overdue: u64,
    pub y: f64,
    pub height: f64,
    pub overdue_y: f64,
    pub overdue_height: f64,
}

/// The age beyond which a rule acts.
#[derive(Serialize)]
pub(super) struct Limit {
    pub x: f64,
    pub rule: String,
    pub after: String,
}

fn name(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

fn number(year: i16, month: i8) -> i64 {
    i64::from(year) * 12 + i64::from(month) - 1
}

/// Makes the charts; none where no record has a time.
pub(super) fn timeline(gathered: &Gathered, policy: Option<&Policy>, now: Timestamp) -> Option<Timeline> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let this = number(today.year(), today.month());
    let all: u64 = gathered.months.values().map(|month| month.records).sum();
    let mut by_month: BTreeMap<i64, u64> = BTreeMap::new();
    for ((_, year, month), count) in &gathered.months {
        *by_month.entry(number(*year, *month).min(this)).or_default() += count.records;
    }
    // A handful of strange old dates must not press all others together: what is before all but one in 500 shares the first bar.
    let mut before = 0;
    let earliest = *by_month.first_key_value()?.0;
    let start = by_month
        .iter()
        .find(|(_, count)| {
            before += **count;
            before * 500 > all
        })
        .map_or(this, |(month, _)| *month);
    let months_a_bar = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|n| (this - start) / n < MOST_BARS).unwrap_or(12 * 200);
    let start = start.div_euclid(months_a_bar) * months_a_bar;
    let bars = (this - start) / months_a_bar + 1;
    let width = bars * 10;

    let mut sets: BTreeMap<u32, BTreeMap<i64, (u64, u64)>> = BTreeMap::new();
    for ((dataset, year, month), count) in &gathered.months {
        let bar = (number(*year, *month).clamp(start, this) - start) / months_a_bar;
        let own = sets.entry(*dataset).or_default().entry(bar).or_default();
        own.0 += count.records;
        own.1 += count.overdue;
    }
    let mut sets: Vec<_> = sets.into_iter().collect();
    let sum = |set: &BTreeMap<i64, (u64, u64)>| set.values().fold((0, 0), |sum, bar| (sum.0 + bar.0, sum.1 + bar.1));
    sets.sort_by_key(|(_, set)| {
        let (records, overdue) = sum(set);
        std::cmp::Reverse((overdue, records))
    });
    let charts_left_out = sets.len().saturating_sub(MOST_CHARTS);
    let charts = sets
        .iter()
        .take(MOST_CHARTS)
        .map(|(dataset, set)| {
            let (id, owner) = &gathered.datasets[*dataset as usize];
            let most = set.values().map(|bar| bar.0).max().unwrap_or(1).max(1) as f64;
            let scale = |count: u64| if count == 0 { 0.0 } else { (count as f64 / most * (HEIGHT - 4.0)).max(1.0) };
            let (records, overdue) = sum(set);
            Chart {
                dataset: id.clone(),
                owner: owner.clone(),
                records,
                overdue,
                first: set.first_key_value().map_or(String::new(), |(bar, _)| name(start + bar * months_a_bar)),
                last: set.last_key_value().map_or(String::new(), |(bar, _)| name(start + bar * months_a_bar)),
                bars: set
                    .iter()
                    .map(|(bar, (records, overdue))| Bar {
                        x: bar * 10 + 1,
                        from: name(start + bar * months_a_bar),
                        records: *records,
                        overdue: *overdue,
                        y: HEIGHT - scale(*records),
                        height: scale(*records),
                        overdue_y: HEIGHT - scale(*overdue),
                        overdue_height: scale(*overdue),
                    })
                    .collect(),
                limits: limits(policy, id, start, months_a_bar, bars, now),
            }
        })
        .collect();
    let years = bars * months_a_bar / 12;
    let every = [1, 2, 5, 10, 25, 50, 100].into_iter().find(|n| years / n <= 8).unwrap_or(500);
    let ticks = (start.div_euclid(12)..=this.div_euclid(12))
        .filter(|year| year % every == 0)
        .map(|year| Tick { x: (year * 12 - start) * 10 / months_a_bar, text: year.to_string() })
        .filter(|tick| tick.x >= 0 && tick.x < width - 10)
        .collect();
    Some(Timeline { width, months_a_bar, ticks, charts, charts_left_out, earlier: (earliest < start).then(|| name(start)) })
}

/// Where the rules of a dataset begin to act: the youngest month that is due.
fn limits(policy: Option<&Policy>, id: &str, start: i64, months_a_bar: i64, bars: i64, now: Timestamp) -> Vec<Limit> {
    let Some(policy) = policy else { return Vec::new() };
    let Some(dataset) = policy.datasets.iter().position(|dataset| dataset.id == id) else { return Vec::new() };
    let of = |duty: &&Duty| duty.dataset.is_none_or(|own| own == dataset) && !duty.after.is_zero() && !matches!(duty.target, Target::Files);
    let mut out: Vec<Limit> = Vec::new();
    for duty in policy.duties.iter().filter(of) {
        // A day of each month is asked, because terms only reckon forward.
        let is_due = |month: i64, day: i8| {
            let time = i16::try_from(month.div_euclid(12)).ok().map(|year| date(year, month.rem_euclid(12) as i8 + 1, day));
            let time = time.and_then(|day| day.to_zoned(policy.zone.clone()).ok()).map(|day| day.timestamp());
            let term =
                |time| [Some(&duty.after), duty.min_keep.as_ref()].into_iter().flatten().map(|term| term.after(time, &policy.zone)).max();
            time.is_some_and(|time| term(time).flatten().is_some_and(|due| due <= now))
        };
        let last = (start..start + bars * months_a_bar).rev().find(|month| is_due(*month, 1));
        let Some(last) = last else { continue };
        let day = (1..=28).rev().find(|day| is_due(last, *day)).unwrap_or(1);
        let x = ((last - start) as f64 + f64::from(day) / 30.0) * 10.0 / months_a_bar as f64;
        out.push(Limit { x: (x * 10.0).round() / 10.0, rule: duty.id.clone(), after: duty.after.to_string() });
        if out.len() == 6 {
            break;
        }
    }
    out
}
