//! What the page says, as its template takes it.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::PageOf;
use super::coverage::{Column, Coverage, Format, NotRead};
use super::due::{Due, Tally};
use super::gather::Gathered;
use super::since::{Before, Gone};
use super::table::Table;
use super::timeline::{Timeline, timeline};
use super::words::shown;

/// Rows and columns of the map of places and entities.
const MOST_PLACES: usize = 24;
const MOST_ENTITIES: usize = 14;
/// Rules of the policy that are shown with what is overdue.
const MOST_DUE: usize = 200;

/// How much a sensitivity weighs.
pub(super) fn rank(sensitivity: &str) -> u32 {
    match sensitivity {
        "prohibited" => 4,
        "high" => 3,
        "medium" => 2,
        "low" => 1,
        _ => 0,
    }
}

/// A number, and whether it is only near it.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Count {
    pub n: u64,
    pub is_exact: bool,
}

impl Count {
    fn exact(n: u64) -> Self {
        Self { n, is_exact: true }
    }
}

#[derive(Serialize)]
struct Sensitivity {
    name: String,
    entities: u64,
    findings: u64,
    records: Count,
}

#[derive(Serialize)]
struct EntityRow {
    name: String,
    category: String,
    sensitivity: String,
    findings: u64,
    without_row: u64,
    likely: u64,
    records: Count,
    values: Option<Count>,
    people: Count,
    leaves: u64,
}

#[derive(Serialize)]
struct PeopleRow {
    role: String,
    by: Vec<(String, Count)>,
}

#[derive(Serialize)]
struct DueRow {
    dataset: String,
    owner: String,
    rule: String,
    says: String,
    is_of_records: bool,
    tally: TallyRow,
}

#[derive(Serialize)]
struct TallyRow {
    findings: u64,
    records: u64,
    since: Option<String>,
    days: i64,
    held: u64,
    unknown: u64,
    in_doubt: u64,
    later: u64,
    next: Option<String>,
}

#[derive(Default, Serialize)]
struct OwnerRow {
    owner: String,
    datasets: Vec<String>,
    records: u64,
    overdue: u64,
}

#[derive(Serialize)]
struct Overdue {
    policy: String,
    modified: String,
    digest: String,
    is_other: bool,
    zone: String,
    records: u64,
    owners: Vec<OwnerRow>,
    rows: Vec<DueRow>,
    more: usize,
    unknown: u64,
    in_doubt: u64,
    held: u64,
    files: Vec<String>,
    outside: u64,
}

#[derive(Serialize)]
struct ChangeRow {
    entity: String,
    before: u64,
    now: u64,
    fresh: u64,
    gone: u64,
    not_read: u64,
    absent: u64,
}

#[derive(Serialize)]
struct Change {
    scan_id: String,
    started_at: String,
    fresh: u64,
    gone: u64,
    not_read: u64,
    absent: u64,
    rows: Vec<ChangeRow>,
    other_rules: bool,
    other_regions: bool,
    is_partial: bool,
}

#[derive(Serialize)]
struct Cell {
    n: u64,
    level: u8,
}

#[derive(Serialize)]
struct Place {
    name: String,
    cells: Vec<Cell>,
    rest: u64,
    total: u64,
}

#[derive(Serialize)]
struct Map {
    by_dataset: bool,
    entities: Vec<String>,
    entities_left_out: usize,
    places: Vec<Place>,
    places_left_out: usize,
    left_out: u64,
}

#[derive(Serialize)]
struct RuleRow {
    rule: String,
    version: i64,
    entity: String,
    findings: u64,
}

#[derive(Serialize)]
struct Shown {
    rows: usize,
    findings: u64,
    is_grouped: bool,
    left_out: u64,
    groups_left_out: u64,
}

/// All that the page says.
#[derive(Serialize)]
pub(super) struct View<'a> {
    run: String,
    quoted: String,
    roots: Vec<String>,
    made_at: String,
    as_of: String,
    scan_id: String,
    started_at: String,
    ended_at: String,
    is_partial: bool,
    tool_version: String,
    made_by: &'static str,
    rules_digest: String,
    policy_digest: Option<String>,
    scan_digest: String,
    key_id: String,
    key_mode: String,
    has_key: bool,
    regions: Vec<String>,
    findings: u64,
    without_row: u64,
    records: Count,
    records_read: u64,
    bytes: u64,
    leaves: u64,
    values: Count,
    people: Count,
    people_rows: Vec<PeopleRow>,
    has_people: bool,
    has_datasets: bool,
    has_times: bool,
    records_without_time: u64,
    sensitivities: Vec<Sensitivity>,
    entities: Vec<EntityRow>,
    overdue: Option<Overdue>,
    statuses: BTreeMap<&'static str, u64>,
    all_leaves: u64,
    not_read: &'a [NotRead],
    hiding: Vec<String>,
    off: Vec<String>,
    suppressed: Vec<(String, i64)>,
    change: Option<Change>,
    map: Option<Map>,
    timeline: Option<Timeline>,
    shown: Shown,
    formats: &'a [Format],
    columns: &'a [Column],
    columns_left_out: u64,
    rules: Vec<RuleRow>,
    rules_known: usize,
    parts: Vec<(String, String)>,
}

impl<'a> View<'a> {
    pub(super) fn new(
        of: &PageOf<'_>,
        coverage: &'a Coverage,
        gathered: &Gathered,
        due: &Due<'_>,
        before: Option<&Before>,
        table: &Table,
        rows: usize,
    ) -> Self {
        let facts = &of.run.facts;
        let entities = entities(of, gathered);
        let people_rows = people(gathered);
        let hiding = facts.settings_files.iter().filter(|file| file.hides()).map(|file| shown(&file.file)).collect();
        let off = facts.settings.min_likelihood.iter().filter(|(_, level)| *level == "off").map(|(entity, _)| shown(entity)).collect();
        let sum = |counts: &mut dyn Iterator<Item = Count>| {
            counts.fold(Count::exact(0), |sum, count| Count { n: sum.n + count.n, is_exact: sum.is_exact && count.is_exact })
        };
        let status = |name: &'static str| (name, coverage.statuses.get(name).copied().unwrap_or(0));
        Self {
            run: shown(of.shown),
            quoted: shown(&super::super::page::quoted(of.shown)),
            roots: facts.roots.values().map(|root| shown(root)).collect(),
            made_at: of.now.to_string(),
            as_of: of.as_of.to_string(),
            scan_id: shown(&facts.scan_id),
            started_at: shown(&facts.started_at),
            ended_at: shown(&facts.ended_at),
            is_partial: facts.status != "complete",
            tool_version: shown(&facts.tool_version),
            made_by: env!("CARGO_PKG_VERSION"),
            rules_digest: shown(&facts.rules_digest),
            policy_digest: facts.policy_digest.as_deref().map(shown),
            scan_digest: of.run.digest.clone(),
            key_id: shown(&facts.key_id),
            key_mode: shown(&facts.key_mode),
            has_key: facts.key_mode != "ephemeral",
            regions: facts.regions.iter().map(|region| shown(region)).collect(),
            findings: gathered.findings,
            without_row: facts.totals.without_row.values().filter_map(|n| u64::try_from(*n).ok()).sum(),
            records: Count { n: gathered.records, is_exact: gathered.records_exact },
            records_read: coverage.records,
            bytes: coverage.bytes,
            leaves: gathered.leaves,
            values: sum(&mut entities.iter().filter_map(|entity| entity.values)),
            people: sum(&mut people_rows.iter().filter_map(|row| row.by.first().map(|(_, count)| *count))),
            has_people: !people_rows.is_empty(),
            people_rows,
            has_datasets: gathered.datasets.len() > 1,
            has_times: !gathered.months.is_empty(),
            records_without_time: gathered.records_without_time,
            sensitivities: sensitivities(gathered),
            entities,
            overdue: overdue(of, gathered, due),
            statuses: ["scanned", "unchanged", "partial", "failed", "unsupported", "excluded"].map(status).into(),
            all_leaves: coverage.statuses.values().sum(),
            not_read: &coverage.not_read,
            hiding,
            off,
            suppressed: suppressed(of),
            change: before.zip(of.since).map(|(before, earlier)| change(of, earlier, before, gathered)),
            map: map(gathered),
            timeline: timeline(gathered, of.policy, of.as_of),
            shown: Shown {
                rows,
                findings: gathered.findings,
                is_grouped: table.is_grouped(),
                left_out: table.left_out,
                groups_left_out: table.groups_left_out,
            },
            formats: &coverage.formats,
            columns: &coverage.columns,
            columns_left_out: coverage.all_columns - coverage.columns.len() as u64,
            rules: rules(gathered),
            rules_known: facts.rules.len(),
            parts: facts.parts.iter().map(|part| (shown(&part.path), shown(&part.blake3))).take(200).collect(),
        }
    }
}

fn entities(of: &PageOf<'_>, gathered: &Gathered) -> Vec<EntityRow> {
    let row = |(at, facts): (usize, &super::gather::Entity)| {
        let name = gathered.entity_names.text(u32::try_from(at).expect("entities are few")).to_owned();
        EntityRow {
            without_row: of.run.facts.totals.without_row.get(&name).and_then(|n| u64::try_from(*n).ok()).unwrap_or(0),
            name,
            category: facts.category.clone(),
            sensitivity: facts.sensitivity.clone(),
            findings: facts.findings,
            likely: facts.likely,
            records: Count { n: facts.records, is_exact: gathered.records_exact },
            // Nothing tells values apart that must not be kept at all.
            values: (facts.sensitivity != "prohibited").then(|| Count { n: facts.values.count(), is_exact: facts.values.is_exact() }),
            people: Count { n: facts.people.count(), is_exact: facts.people.is_exact() },
            leaves: facts.leaves,
        }
    };
    let mut out: Vec<EntityRow> = gathered.entities.iter().enumerate().map(row).collect();
    out.sort_by(|a, b| (rank(&b.sensitivity), b.findings).cmp(&(rank(&a.sensitivity), a.findings)).then(a.name.cmp(&b.name)));
    out
}

fn sensitivities(gathered: &Gathered) -> Vec<Sensitivity> {
    let mut out: Vec<Sensitivity> = Vec::new();
    for facts in &gathered.entities {
        let at = out.iter().position(|own| own.name == facts.sensitivity).unwrap_or_else(|| {
            let n = gathered.records_by_sensitivity.get(&facts.sensitivity).copied().unwrap_or(0);
            let records = Count { n, is_exact: gathered.records_exact };
            out.push(Sensitivity { name: facts.sensitivity.clone(), entities: 0, findings: 0, records });
            out.len() - 1
        });
        out[at].entities += 1;
        out[at].findings += facts.findings;
    }
    out.sort_by_key(|own| std::cmp::Reverse(rank(&own.name)));
    out
}

/// By role: what tells its people apart, that which tells the most first.
fn people(gathered: &Gathered) -> Vec<PeopleRow> {
    let mut roles: BTreeMap<&str, Vec<(String, Count)>> = BTreeMap::new();
    for ((role, kind), people) in &gathered.people {
        roles.entry(role).or_default().push((shown(kind), Count { n: people.count(), is_exact: people.is_exact() }));
    }
    let row = |(role, mut by): (&str, Vec<(String, Count)>)| {
        by.sort_by_key(|(_, count)| std::cmp::Reverse(count.n));
        PeopleRow { role: shown(role), by }
    };
    let mut out: Vec<PeopleRow> = roles.into_iter().map(row).collect();
    out.sort_by_key(|row| std::cmp::Reverse(row.by.first().map_or(0, |(_, count)| count.n)));
    out
}

fn overdue(of: &PageOf<'_>, gathered: &Gathered, due: &Due<'_>) -> Option<Overdue> {
    let policy = of.policy?;
    let day = |time: jiff::Timestamp| time.to_zoned(policy.zone.clone()).date().to_string();
    let row = |((dataset, duty), tally): (&(u32, usize), &Tally)| {
        let duty = &policy.duties[*duty];
        let (dataset, owner) = &gathered.datasets[*dataset as usize];
        DueRow {
            dataset: dataset.clone(),
            owner: owner.clone(),
            rule: duty.id.clone(),
            says: shown(&policy.said(duty)),
            is_of_records: matches!(duty.target, crate::policy::Target::Records),
            tally: TallyRow {
                findings: tally.findings,
                records: tally.records,
                since: tally.since.map(day),
                days: tally.since.map_or(0, |since| (of.as_of.as_second() - since.as_second()) / 86_400),
                held: tally.held,
                unknown: tally.unknown,
                in_doubt: tally.in_doubt,
                later: tally.later,
                next: tally.next.map(day),
            },
        }
    };
    let mut rows: Vec<DueRow> = due.tallies.iter().map(row).collect();
    rows.sort_by(|a, b| (b.tally.records, b.tally.findings).cmp(&(a.tally.records, a.tally.findings)).then(a.dataset.cmp(&b.dataset)));
    let mut owners: BTreeMap<&str, OwnerRow> = BTreeMap::new();
    let mut datasets: Vec<(&u32, &u64)> = gathered.records_by_dataset.iter().filter(|(dataset, _)| **dataset != 0).collect();
    datasets.sort();
    for (dataset, records) in datasets {
        let (id, owner) = &gathered.datasets[*dataset as usize];
        let own = owners.entry(owner).or_insert_with(|| OwnerRow { owner: owner.clone(), ..OwnerRow::default() });
        own.datasets.push(id.clone());
        own.records += records;
        own.overdue += gathered.overdue_by_dataset.get(dataset).copied().unwrap_or(0);
    }
    let mut owners: Vec<OwnerRow> = owners.into_values().collect();
    owners.sort_by(|a, b| b.overdue.cmp(&a.overdue).then(a.owner.cmp(&b.owner)));
    let sum = |get: fn(&Tally) -> u64| due.tallies.values().map(get).sum();
    let files = policy.duties.iter().filter(|duty| matches!(duty.target, crate::policy::Target::Files)).map(|duty| duty.id.clone());
    let more = rows.len().saturating_sub(MOST_DUE);
    rows.truncate(MOST_DUE);
    Some(Overdue {
        policy: shown(&policy.id),
        modified: policy.modified.to_string(),
        digest: policy.digest.clone(),
        is_other: of.run.facts.policy_digest.as_ref().is_some_and(|digest| *digest != policy.digest),
        zone: policy.zone.iana_name().unwrap_or("UTC").to_owned(),
        records: gathered.overdue_by_dataset.values().sum(),
        owners,
        rows,
        more,
        unknown: sum(|tally| tally.unknown),
        in_doubt: sum(|tally| tally.in_doubt),
        held: sum(|tally| tally.held),
        files: files.collect(),
        outside: due.outside,
    })
}

fn suppressed(of: &PageOf<'_>) -> Vec<(String, i64)> {
    let lists = of.run.facts.allow_lists.iter();
    let sums = lists.map(|list| (shown(&list.name), list.suppressed.values().sum::<i64>()));
    sums.filter(|(_, held_back)| *held_back > 0).collect()
}

fn change(of: &PageOf<'_>, earlier: &crate::run_folder::RunFolder, before: &Before, gathered: &Gathered) -> Change {
    let mut rows: BTreeMap<String, ChangeRow> = BTreeMap::new();
    let fresh = |entity: &str| {
        let entity = entity.to_owned();
        ChangeRow { entity, before: 0, now: 0, fresh: 0, gone: 0, not_read: 0, absent: 0 }
    };
    for (at, facts) in gathered.entities.iter().enumerate() {
        let name = gathered.entity_names.text(u32::try_from(at).expect("entities are few"));
        let row = rows.entry(name.to_owned()).or_insert_with(|| fresh(name));
        (row.now, row.fresh) = (facts.findings, facts.fresh);
    }
    for (name, Gone { before, read, not_read, absent }) in before.gone() {
        let row = rows.entry(name.clone()).or_insert_with(|| fresh(&name));
        (row.before, row.gone, row.not_read, row.absent) = (before, read, not_read, absent);
    }
    let mut rows: Vec<ChangeRow> = rows.into_values().collect();
    rows.sort_by(|a, b| (b.fresh, b.gone).cmp(&(a.fresh, a.gone)).then(a.entity.cmp(&b.entity)));
    let sum = |get: fn(&ChangeRow) -> u64| rows.iter().map(get).sum();
    Change {
        scan_id: shown(&earlier.facts.scan_id),
        started_at: shown(&earlier.facts.started_at),
        fresh: sum(|row| row.fresh),
        gone: sum(|row| row.gone),
        not_read: sum(|row| row.not_read),
        absent: sum(|row| row.absent),
        other_rules: earlier.facts.rules_digest != of.run.facts.rules_digest,
        other_regions: earlier.facts.regions != of.run.facts.regions,
        is_partial: earlier.facts.status != "complete",
        rows,
    }
}

/// Where findings are: datasets, or folders as deep as there is room for.
fn map(gathered: &Gathered) -> Option<Map> {
    if gathered.findings == 0 {
        return None;
    }
    let mut order: Vec<u32> = (0..u32::try_from(gathered.entities.len()).expect("entities are few")).collect();
    let facts = |entity: &u32| &gathered.entities[*entity as usize];
    order.sort_by_key(|entity| std::cmp::Reverse((rank(&facts(entity).sensitivity), facts(entity).findings)));
    let by_dataset = gathered.datasets_of_findings() > 1;
    let depth = (1..=6).rev().find(|depth| folders(gathered, *depth).len() <= MOST_PLACES).unwrap_or(1);
    let mut places: HashMap<&str, HashMap<u32, u64>> = HashMap::new();
    for ((place, dataset, entity), count) in &gathered.heat {
        let name = if by_dataset { gathered.datasets[*dataset as usize].0.as_str() } else { folder(gathered.places.text(*place), depth) };
        *places.entry(name).or_default().entry(*entity).or_default() += count;
    }
    let kept = &order[..order.len().min(MOST_ENTITIES)];
    let most = places.values().flat_map(|cells| cells.values()).copied().max().unwrap_or(1);
    let row = |(name, cells): (&&str, &HashMap<u32, u64>)| {
        let total = cells.values().sum();
        let own: Vec<Cell> =
            kept.iter().map(|entity| cells.get(entity).copied().unwrap_or(0)).map(|n| Cell { n, level: level(n, most) }).collect();
        let told: u64 = own.iter().map(|cell| cell.n).sum();
        let name = if name.is_empty() { if by_dataset { "(no dataset)" } else { "." } } else { name };
        Place { name: name.to_owned(), cells: own, rest: total - told, total }
    };
    let mut rows: Vec<Place> = places.iter().map(row).collect();
    rows.sort_by(|a, b| b.total.cmp(&a.total).then(a.name.cmp(&b.name)));
    let rest: Vec<Place> = rows.split_off(rows.len().min(MOST_PLACES));
    Some(Map {
        by_dataset,
        entities: kept.iter().map(|entity| gathered.entity_names.text(*entity).to_owned()).collect(),
        entities_left_out: order.len() - kept.len(),
        places: rows,
        places_left_out: rest.len(),
        left_out: rest.iter().map(|place| place.total).sum(),
    })
}

/// One of seven tones: a step is a factor, so that few beside many still show.
fn level(n: u64, most: u64) -> u8 {
    match n {
        0 => 0,
        n => 1 + (5.0 * (n as f64).ln() / (most.max(2) as f64).ln()).round().clamp(0.0, 5.0) as u8,
    }
}

/// The first folders of a path; a file that lies higher is a place of its own.
fn folder(path: &str, depth: usize) -> &str {
    path.match_indices('/').nth(depth - 1).map_or(path, |(at, _)| &path[..at])
}

fn folders(gathered: &Gathered, depth: usize) -> std::collections::HashSet<&str> {
    let mut out = std::collections::HashSet::new();
    for (place, _, _) in gathered.heat.keys() {
        out.insert(folder(gathered.places.text(*place), depth));
        if out.len() > MOST_PLACES {
            break;
        }
    }
    out
}

fn rules(gathered: &Gathered) -> Vec<RuleRow> {
    let row = |kind: &super::gather::Kind| RuleRow {
        rule: kind.rule.clone(),
        version: kind.version,
        entity: gathered.entity_names.text(kind.entity).to_owned(),
        findings: kind.findings,
    };
    let mut out: Vec<RuleRow> = gathered.kinds.iter().map(row).collect();
    out.sort_by(|a, b| b.findings.cmp(&a.findings).then(a.rule.cmp(&b.rule)));
    out.truncate(500);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_grow_by_factors() {
        assert_eq!([0, 1, 10, 100, 1_000, 100_000].map(|n| level(n, 100_000)), [0, 1, 2, 3, 4, 6]);
        assert_eq!(level(1, 1), 1);
    }

    #[test]
    fn folders_are_cut_at_a_depth() {
        assert_eq!([1, 2, 3].map(|depth| folder("a/b/c.csv", depth)), ["a", "a/b", "a/b/c.csv"]);
        assert_eq!(folder("a.csv", 1), "a.csv");
    }
}
