//! Layers of settings, and what they come to for one leaf.
//!
//! Layers of the run come first, the most important one first: options, then the file of `--config`. Where none of them has a
//! word on a rule, the layer of the leaf's root may narrow it.

use std::sync::Arc;

use super::{AllowList, Reported, Rows};
use crate::model::Likelihood;
use crate::source::Globs;

/// The level of a rule that is off: no score reaches it.
const OFF: i16 = i16::MAX;

/// What a layer holds for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Everything that is scanned.
    #[default]
    Run,
    /// What lies below one root, by its name; such a layer may only narrow.
    Root(Option<String>),
}

/// One source of settings. What it says by rule stands at the rule's index; a shorter list says nothing of the others.
#[derive(Default)]
pub struct Layer {
    /// Where it comes from, for people.
    pub origin: String,
    /// What it holds for.
    pub scope: Scope,
    /// Reporting levels.
    pub levels: Vec<Option<Likelihood>>,
    /// Rows of findings.
    pub rows: Vec<Option<Rows>>,
    /// Rules on and off; later ones win.
    pub switches: Vec<Switch>,
}

/// Rules that are off, or on after all, below some paths.
pub struct Switch {
    /// Where; none: everywhere.
    pub paths: Option<Globs>,
    /// Rules, by index, that are off.
    pub off: Vec<u16>,
    /// Rules, by index, that are on after all.
    pub on: Vec<u16>,
}

/// All settings of a run.
#[derive(Default)]
pub struct Layers {
    /// Layers, the most important first.
    pub layers: Vec<Layer>,
    /// Names of all roots, with which paths of their objects begin.
    pub roots: Vec<String>,
    /// Allow lists, also those that have expired.
    pub lists: Arc<Vec<AllowList>>,
}

/// What is in force for one leaf. It stays the same while the leaf is examined.
#[derive(Clone)]
pub struct InForce {
    levels: Vec<i16>,
    /// Most rows in any leaf, and in a log, by rule.
    rows: Vec<(Option<i64>, Option<i64>)>,
    lists: Arc<Vec<AllowList>>,
    /// Lists that have a word on each rule, as indices; empty where there are none at all.
    by_rule: Vec<Vec<u16>>,
}

impl InForce {
    /// What holds where no layer has a word: one level for all rules, and limits of rows in logs.
    #[must_use]
    pub fn standard(level: Likelihood, log_rows: impl Iterator<Item = Option<u64>>) -> Self {
        let signed = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
        let rows: Vec<_> = log_rows.map(|rows| (None, rows.map(signed))).collect();
        Self { levels: vec![level.floor(); rows.len()], rows, lists: Arc::default(), by_rule: Vec::new() }
    }

    /// Returns the score from which findings of each rule are reported, by index.
    #[must_use]
    pub fn levels(&self) -> &[i16] {
        &self.levels
    }

    /// Whether a rule finds nothing here, whatever its score.
    #[must_use]
    pub fn is_off(&self, rule: u16) -> bool {
        self.levels[usize::from(rule)] == OFF
    }

    /// Whether an allow list has a word on findings of a rule.
    #[must_use]
    pub fn has_lists(&self, rule: u16) -> bool {
        self.by_rule.get(usize::from(rule)).is_some_and(|lists| !lists.is_empty())
    }

    /// Returns the allow lists that have a word on findings of a rule, by index.
    #[must_use]
    pub fn lists(&self, rule: u16) -> &[u16] {
        self.by_rule.get(usize::from(rule)).map_or(&[], Vec::as_slice)
    }

    /// Returns the index of the first allow list that holds a value.
    #[must_use]
    pub fn allowed(&self, rule: u16, reported: &Reported<'_>) -> Option<u16> {
        self.lists(rule).iter().copied().find(|list| self.lists[usize::from(*list)].holds(reported))
    }

    /// Returns the most rows that findings of each rule may have.
    #[must_use]
    pub fn limits(&self, is_log: bool) -> Vec<Option<i64>> {
        self.rows.iter().map(|(any, log)| narrower(*any, log.filter(|_| is_log))).collect()
    }
}

/// The lower of two limits; none is no limit.
fn narrower(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (limit, None) | (None, limit) => limit,
    }
}

impl Layers {
    /// Returns what is in force for a leaf. A member is taken for a file in a folder that has the archive's name.
    #[must_use]
    pub fn in_force(&self, standard: &Arc<InForce>, path: &str, member: Option<&str>) -> Arc<InForce> {
        if self.layers.is_empty() && self.lists.is_empty() {
            return Arc::clone(standard);
        }
        let (root, below) = self.place(path);
        let below = member.map_or_else(|| below.to_owned(), |member| format!("{below}/{}", member.replace('!', "/")));
        let mut out = InForce::clone(standard);
        for rule in 0..out.levels.len() {
            self.decide(rule, root, &below).apply(&mut out, rule);
        }
        if !self.lists.is_empty() {
            out.lists = Arc::clone(&self.lists);
            let here: Vec<_> = self.lists.iter().zip(0..).filter(|(list, _)| list.is_in_force(root, &below)).collect();
            let of_rule = |rule| here.iter().filter(|(list, _)| list.is_of(rule)).map(|(_, index)| *index).collect();
            out.by_rule = (0..).zip(&out.levels).map(|(rule, _)| of_rule(rule)).collect();
        }
        Arc::new(out)
    }

    /// Returns the name of the root that a path begins with, and the path below it.
    #[must_use]
    pub fn place<'a>(&'a self, path: &'a str) -> (Option<&'a str>, &'a str) {
        let below = |root: &str| match path.strip_prefix(root)? {
            "" => Some(path.rsplit('/').next().unwrap_or(path)),
            rest => rest.strip_prefix('/'),
        };
        let named = self.roots.iter().filter_map(|root| Some((root.as_str(), below(root)?))).max_by_key(|(root, _)| root.len());
        named.map_or((None, path), |(root, below)| (Some(root), below))
    }

    /// What the layers say of one rule at a place, and who says it.
    #[must_use]
    pub fn decide(&self, rule: usize, root: Option<&str>, path: &str) -> Decision<'_> {
        Decision {
            level: self.first(root, |layer| *layer.levels.get(rule)?),
            rows: self.first(root, |layer| *layer.rows.get(rule)?),
            is_on: self.first(root, |layer| layer.says(rule, path)),
        }
    }

    /// What the first layer says that says anything: layers of the run first, then that of the root.
    fn first<T>(&self, root: Option<&str>, says: impl Fn(&Layer) -> Option<T>) -> Option<Word<'_, T>> {
        let run = self.layers.iter().filter(|layer| layer.is_of_run());
        let own = self.layers.iter().filter(|layer| layer.is_of_root(root));
        run.chain(own).find_map(|layer| Some(Word { what: says(layer)?, origin: &layer.origin, may_widen: layer.is_of_run() }))
    }
}

/// What a layer says.
pub struct Word<'a, T> {
    /// What it says.
    pub what: T,
    /// Which layer.
    pub origin: &'a str,
    /// Whether it may report more than the standard.
    may_widen: bool,
}

/// What layers say of one rule at one place.
pub struct Decision<'a> {
    /// Its level.
    pub level: Option<Word<'a, Likelihood>>,
    /// Its rows.
    pub rows: Option<Word<'a, Rows>>,
    /// Whether it is on.
    pub is_on: Option<Word<'a, bool>>,
}

impl Decision<'_> {
    fn apply(&self, out: &mut InForce, rule: usize) {
        if let Some(word) = &self.level {
            let level = word.what.floor();
            out.levels[rule] = if word.may_widen { level } else { level.max(out.levels[rule]) };
        }
        if let Some(word) = &self.rows {
            let limit = word.what.limit();
            out.rows[rule] = if word.may_widen { (limit, None) } else { (narrower(out.rows[rule].0, limit), out.rows[rule].1) };
        }
        if self.is_on.as_ref().is_some_and(|word| !word.what) {
            out.levels[rule] = OFF;
        }
    }
}

impl Layer {
    fn is_of_run(&self) -> bool {
        self.scope == Scope::Run
    }

    fn is_of_root(&self, root: Option<&str>) -> bool {
        matches!(&self.scope, Scope::Root(name) if name.as_deref() == root)
    }

    /// Whether a rule is on or off at a path; none: the layer does not say.
    fn says(&self, rule: usize, path: &str) -> Option<bool> {
        let rule = u16::try_from(rule).ok()?;
        let on = |switch: &Switch| {
            let word = if switch.on.contains(&rule) { Some(true) } else { switch.off.contains(&rule).then_some(false) };
            word.filter(|_| switch.paths.as_ref().is_none_or(|globs| globs.matches(path)))
        };
        self.switches.iter().rev().find_map(on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard() -> Arc<InForce> {
        Arc::new(InForce::standard(Likelihood::Possible, [None, Some(1_000)].into_iter()))
    }

    fn globs(typed: &[&str]) -> Option<Globs> {
        Some(Globs::compile(&typed.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap())
    }

    fn root(name: Option<&str>) -> Scope {
        Scope::Root(name.map(str::to_owned))
    }

    #[test]
    fn a_root_may_narrow_and_never_widen() {
        let layer = |level, rows| Layer { scope: root(None), levels: vec![Some(level); 2], rows: vec![Some(rows); 2], ..Layer::default() };
        let wide = Layers { layers: vec![layer(Likelihood::VeryUnlikely, Rows::All)], ..Layers::default() };
        let force = wide.in_force(&standard(), "a.log", None);
        assert_eq!((force.levels(), force.limits(true)), (&[40, 40][..], vec![None, Some(1_000)]));
        let narrow = Layers { layers: vec![layer(Likelihood::Likely, Rows::Count)], ..Layers::default() };
        let force = narrow.in_force(&standard(), "a.log", None);
        assert_eq!((force.levels(), force.limits(false)), (&[60, 60][..], vec![Some(0), Some(0)]));
    }

    #[test]
    fn the_run_goes_before_the_root_and_options_before_the_file() {
        let of = |scope, level, rows| Layer { scope, levels: vec![level], rows: vec![rows], ..Layer::default() };
        let layers = Layers {
            layers: vec![
                of(Scope::Run, Some(Likelihood::Unlikely), None),
                of(Scope::Run, Some(Likelihood::Likely), Some(Rows::All)),
                of(root(None), Some(Likelihood::VeryLikely), Some(Rows::Count)),
            ],
            ..Layers::default()
        };
        let force = layers.in_force(&standard(), "a.csv", None);
        assert_eq!((force.levels()[0], force.limits(true)[0]), (20, None));
    }

    #[test]
    fn rules_are_off_below_paths_and_the_last_word_counts() {
        let switch = |paths, off: &[u16], on: &[u16]| Switch { paths, off: off.into(), on: on.into() };
        let own = Layer { scope: root(None), switches: vec![switch(None, &[0, 1], &[])], ..Layer::default() };
        let given =
            Layer { switches: vec![switch(globs(&["logs/"]), &[0], &[]), switch(globs(&["logs/pay.log"]), &[], &[0])], ..Layer::default() };
        let layers = Layers { layers: vec![given, own], ..Layers::default() };
        let off = |path, member| {
            let force = layers.in_force(&standard(), path, member);
            (force.is_off(0), force.is_off(1))
        };
        assert_eq!(off("logs/app.log", None), (true, true));
        assert_eq!(off("logs/pay.log", None), (false, true));
        assert_eq!(off("logs/all.tar", Some("x.log")), (true, true));
    }

    #[test]
    fn a_root_has_a_say_in_its_own_paths_alone() {
        let layer = Layer { scope: root(Some("crm")), levels: vec![Some(Likelihood::Likely); 2], ..Layer::default() };
        let layers = Layers { layers: vec![layer], roots: vec!["crm".to_owned(), "crm/b".to_owned(), "c".to_owned()], ..Layers::default() };
        let level = |path| layers.in_force(&standard(), path, None).levels()[0];
        assert_eq!([level("crm/a.csv"), level("crm"), level("crm/b/a.csv"), level("crmx/a"), level("c/crm")], [60, 60, 40, 40, 40]);
    }
}
