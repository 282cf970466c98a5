//! The name that was probably meant.

/// Returns the known name that is nearest to a mistyped one, if one is near enough.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may be wrong. What is far longer than any name is none.
    let most = (typed.chars().count() / 3).max(1);
    let near = known.filter(|name| typed.len() <= 64 && !name.is_empty()).map(|name| (distance(typed, name), name));
    near.filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name)
}

/// Letters to add, take away, change, or swap with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = || ["regions", "rows", "rules", "allow", "paths"].into_iter();
        assert_eq!(nearest("regoins", known()), Some("regions"));
        assert_eq!(nearest("rule", known()), Some("rules"));
        assert_eq!(nearest("alow", known()), Some("allow"));
        assert_eq!(nearest("zebra", known()), None);
        assert_eq!(nearest("", known()), None);
    }
}
