//! The project's own labelled texts (`tests/accuracy`): what is found against what is marked, a floor for each entity, and the page
//! that shows the figures.
//!
//! A value is marked `«entity|value»`; the marks are taken out before the text is scanned. Each paragraph of a `.txt` file is a leaf,
//! any other file is one as a whole. A finding is right where it touches a mark of its entity.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use datatrawl::{Detector, Examiner, Key, RuleSet, Settings, Tokens, probe};
use serde::Deserialize;

/// Countries whose national forms count, as for a scan with `--region PH,US`.
const REGIONS: [&str; 2] = ["PH", "US"];
/// What the page is made with.
const MADE_BY: &str = "<!-- made by: MEND_DOCS=1 cargo test --test it accuracy -->";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A text and where in it values of which entities stand.
struct Case {
    text: String,
    labels: Vec<(String, Range<usize>)>,
}

impl Case {
    /// Takes the marks out of a text.
    fn parse(marked: &str) -> Self {
        let mut case = Self { text: String::new(), labels: Vec::new() };
        let mut rest = marked;
        while let Some((before, behind)) = rest.split_once('«') {
            case.text.push_str(before);
            let (label, behind) = behind.split_once('»').expect("a mark has an end");
            let (entity, value) = label.split_once('|').expect("a mark is «entity|value»");
            let start = case.text.len();
            case.text.push_str(value);
            case.labels.push((entity.to_owned(), start..case.text.len()));
            rest = behind;
        }
        assert!(!rest.contains('»'), "a mark has a beginning");
        case.text.push_str(rest);
        case
    }
}

/// Files by name, and their leaves.
fn sources() -> BTreeMap<String, Vec<Case>> {
    let files = crate::run::files(&root().join("tests/accuracy"));
    let case = |path: &PathBuf| {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let text = fs::read_to_string(path).expect("it is UTF-8");
        let leaves = if name.ends_with(".txt") { text.split("\n\n").map(Case::parse).collect() } else { vec![Case::parse(&text)] };
        (name, leaves)
    };
    files.iter().map(case).collect()
}

/// What was found of an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Figures {
    /// Values that are marked.
    labels: usize,
    /// Of these, those that a finding touches.
    hit: usize,
    /// Findings that touch a mark.
    right: usize,
    /// Findings that touch none.
    wrong: usize,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.labels += other.labels;
        self.hit += other.hit;
        self.right += other.right;
        self.wrong += other.wrong;
    }

    /// Thousandths, rounded down, so that a floor is what was reached.
    fn precision(self) -> u32 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> u32 {
        share(self.hit, self.labels)
    }

    fn f1(self) -> u32 {
        let (p, r) = (self.precision(), self.recall());
        (2 * p * r).checked_div(p + r).unwrap_or(0)
    }

    fn row(self) -> String {
        let cells = [self.precision(), self.recall(), self.f1()].map(|n| format!("{}.{:03}", n / 1000, n % 1000));
        format!("| {} | {} | {} |", self.labels, self.wrong, cells.join(" | "))
    }
}

fn share(part: usize, of: usize) -> u32 {
    (part * 1000).checked_div(of).map_or(1000, |share| u32::try_from(share).expect("at most 1000"))
}

/// By source and entity.
type Measured = BTreeMap<String, BTreeMap<String, Figures>>;

/// One measurement serves all tests here.
static MEASURED: LazyLock<Measured> = LazyLock::new(|| {
    let rules = Arc::new(RuleSet::load(&[], &[]).expect("built-in rules"));
    let regions: Vec<_> = REGIONS.iter().map(|name| name.parse().expect("a country")).collect();
    let examiner = Arc::new(Examiner::new(Arc::new(Detector::new(rules, &regions)), Tokens::new(&Key::new([7; 32])), Settings::default()));
    let mut misses = String::new();
    let measure = |(name, leaves): (String, Vec<Case>)| {
        let mut by_entity: BTreeMap<String, Figures> = BTreeMap::new();
        for case in &leaves {
            measure(&examiner, &name, case, &mut by_entity, &mut misses);
        }
        (name, by_entity)
    };
    let measured = sources().into_iter().map(measure).collect();
    if let Some(path) = std::env::var_os("DATATRAWL_MISSES") {
        fs::write(path, &misses).expect("the file that was asked for");
    }
    measured
});

/// Scans a text and adds what was found; for whoever works on detection, what was not as marked goes to `misses`.
fn measure(examiner: &Arc<Examiner>, name: &str, case: &Case, by_entity: &mut BTreeMap<String, Figures>, misses: &mut String) {
    let findings = probe(examiner, name, case.text.clone().into_bytes()).expect("memory takes all");
    let at = |offset: i64| usize::try_from(offset).expect("not negative");
    let found: Vec<(&str, Range<usize>)> = findings
        .iter()
        .map(|f| {
            let (start, end) = f.bytes.expect("texts have bytes");
            (&*examiner.rules()[usize::from(f.rule)].entity, at(start)..at(end))
        })
        .collect();
    let touch = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    for (entity, span) in &case.labels {
        let figures = by_entity.entry(entity.clone()).or_default();
        let is_hit = found.iter().any(|(of, other)| of == entity && touch(span, other));
        figures.labels += 1;
        figures.hit += usize::from(is_hit);
        if !is_hit {
            let _ = writeln!(misses, "{name} missed {entity}: {}", &case.text[span.clone()]);
        }
    }
    for (entity, span) in &found {
        let figures = by_entity.entry((*entity).to_owned()).or_default();
        let is_right = case.labels.iter().any(|(of, other)| of == entity && touch(span, other));
        figures.right += usize::from(is_right);
        figures.wrong += usize::from(!is_right);
        if !is_right {
            let _ = writeln!(misses, "{name} wrong {entity}: {}", &case.text[span.clone()]);
        }
    }
}

/// Figures by entity over all sources; `all` is over all entities.
fn totals() -> BTreeMap<String, Figures> {
    let mut totals: BTreeMap<String, Figures> = BTreeMap::new();
    for (entity, figures) in MEASURED.values().flatten() {
        totals.entry(entity.clone()).or_default().add(*figures);
        totals.entry("all".to_owned()).or_default().add(*figures);
    }
    totals
}

/// The least precision and recall of an entity, in thousandths.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Floor {
    precision: u32,
    recall: u32,
}

fn floors_path() -> PathBuf {
    root().join("tests/accuracy.toml")
}

fn floors() -> BTreeMap<String, Floor> {
    toml::from_str(&fs::read_to_string(floors_path()).expect("tests/accuracy.toml")).expect("a table by entity")
}

/// Floors as they were, or as high as what is reached now.
fn raised(floors: &BTreeMap<String, Floor>, totals: &BTreeMap<String, Figures>) -> String {
    let mut out = "# The least precision and recall of each entity over tests/accuracy, in thousandths; `all` is over all entities.\n\
        # RAISE_ACCURACY=1 cargo test --test it accuracy   writes what is reached now where that is more. Nothing lowers them but a hand.\n"
        .to_owned();
    for (entity, figures) in totals {
        let held = floors.get(entity).copied().unwrap_or(Floor { precision: 0, recall: 0 });
        let (precision, recall) = (held.precision.max(figures.precision()), held.recall.max(figures.recall()));
        let _ = writeln!(out, "{entity} = {{ precision = {precision}, recall = {recall} }}");
    }
    out
}

/// What is below its floor.
fn fallen(floors: &BTreeMap<String, Floor>, totals: &BTreeMap<String, Figures>) -> Vec<String> {
    let mut out = Vec::new();
    for (entity, figures) in totals {
        let Some(floor) = floors.get(entity) else {
            out.push(format!("{entity} has no floor"));
            continue;
        };
        for (what, now, least) in [("precision", figures.precision(), floor.precision), ("recall", figures.recall(), floor.recall)] {
            if now < least {
                out.push(format!("{what} of {entity} is {now} and was {least} (thousandths)"));
            }
        }
    }
    out.extend(floors.keys().filter(|entity| !totals.contains_key(*entity)).map(|entity| format!("{entity} has a floor and no case")));
    out
}

#[test]
fn no_entity_is_found_worse_than_before() {
    let (floors, totals) = (floors(), totals());
    if std::env::var_os("RAISE_ACCURACY").is_some() {
        fs::write(floors_path(), raised(&floors, &totals)).expect("tests/accuracy.toml");
        return;
    }
    let fallen = fallen(&floors, &totals);
    assert!(fallen.is_empty(), "{fallen:#?}\nDATATRAWL_MISSES=FILE cargo test --test it accuracy   lists what was missed or wrong");
}

#[test]
fn a_fall_and_an_entity_without_a_floor_are_seen() {
    let figures = Figures { labels: 10, hit: 9, right: 9, wrong: 1 };
    let totals = BTreeMap::from([("phone".to_owned(), figures), ("email".to_owned(), figures)]);
    let floor = |precision, recall| BTreeMap::from([("phone".to_owned(), Floor { precision, recall })]);
    assert_eq!(fallen(&floor(900, 900), &totals), ["email has no floor"]);
    assert_eq!(fallen(&floor(901, 1000), &totals).len(), 3);
    let written: BTreeMap<String, Floor> = toml::from_str(&raised(&floor(950, 100), &totals)).expect("it is TOML");
    assert_eq!(written["phone"], Floor { precision: 950, recall: 900 });
}

#[test]
fn every_entity_has_cases_and_a_mark_names_one() {
    let rules = RuleSet::load(&[], &[]).expect("built-in rules");
    let known: BTreeSet<&str> = rules.rules().iter().map(|rule| &*rule.entity).collect();
    let marked: BTreeSet<String> = sources().values().flatten().flat_map(|case| &case.labels).map(|(entity, _)| entity.clone()).collect();
    assert_eq!(marked.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

/// The tables of the page.
fn tables() -> String {
    let sources = sources();
    let leaves: usize = sources.values().map(Vec::len).sum();
    let totals = totals();
    let head = "| labels | wrong | precision | recall | F1 |\n|---|---|---|---|---|---|\n";
    let mut out = format!("{} files, {leaves} texts, {} marked values.\n\n| entity {head}", sources.len(), totals["all"].labels);
    for (entity, figures) in totals.iter().filter(|(entity, _)| *entity != "all").chain(totals.get_key_value("all")) {
        let _ = writeln!(out, "| `{entity}` {}", figures.row());
    }
    let _ = write!(out, "\n| source {head}");
    for (source, by_entity) in &*MEASURED {
        let mut figures = Figures::default();
        by_entity.values().for_each(|own| figures.add(*own));
        let _ = writeln!(out, "| [{source}](../tests/accuracy/{source}) {}", figures.row());
    }
    let _ = write!(out, "\n| entity in source {head}");
    let mut both: Vec<(&str, &str, Figures)> = Vec::new();
    for (source, by_entity) in &*MEASURED {
        both.extend(by_entity.iter().map(|(entity, figures)| (&**entity, &**source, *figures)));
    }
    both.sort_by_key(|(entity, source, _)| (*entity, *source));
    for (entity, source, figures) in both {
        let _ = writeln!(out, "| `{entity}` in {source} {}", figures.row());
    }
    out
}

#[test]
fn the_page_shows_the_figures_of_this_version() {
    let path = root().join("docs/ACCURACY.md");
    let page = fs::read_to_string(&path).expect("docs/ACCURACY.md");
    let (before, rest) = page.split_once(MADE_BY).expect("the page has a place for its tables");
    let (_, behind) = rest.split_once("<!-- end -->").expect("the place has an end");
    let anew = format!("{before}{MADE_BY}\n{}<!-- end -->{behind}", tables());
    if std::env::var_os("MEND_DOCS").is_some() {
        fs::write(&path, anew).expect("docs/ACCURACY.md");
    } else {
        assert!(anew == page, "docs/ACCURACY.md shows other figures: mend it with MEND_DOCS=1 cargo test --test it accuracy");
    }
}

#[test]
fn marks_are_taken_out() {
    let case = Case::parse("a «email|x@example.com», «phone|12»");
    assert_eq!(case.text, "a x@example.com, 12");
    assert_eq!(case.labels, [("email".to_owned(), 2..15), ("phone".to_owned(), 17..19)]);
}
