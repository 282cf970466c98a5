//! The rows of a page as a script reads them: dictionaries, and columns of small numbers in base 64.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::gather::Gathered;
use super::table::Row;
use super::words::shown;
use crate::model::base64;

/// Days between 1900-01-01, where times of the page begin, and 1970.
const DAYS_BEFORE_1970: i64 = 25_567;

/// Entries of a dictionary that rows use, renumbered.
struct Used<'a> {
    numbers: HashMap<u32, u32>,
    texts: Vec<Value>,
    text: &'a dyn Fn(u32) -> Value,
}

impl<'a> Used<'a> {
    fn new(text: &'a dyn Fn(u32) -> Value) -> Self {
        Self { numbers: HashMap::new(), texts: Vec::new(), text }
    }

    fn number(&mut self, own: u32) -> i64 {
        let next = u32::try_from(self.numbers.len()).expect("rows are bounded");
        let number = *self.numbers.entry(own).or_insert(next);
        if number == next {
            self.texts.push((self.text)(own));
        }
        i64::from(number)
    }
}

/// Numbers from 0 on, in as few bytes each as the largest needs, little-endian.
fn column(numbers: &[i64]) -> Value {
    let most = numbers.iter().copied().max().unwrap_or(0);
    let width = match most {
        ..0x100 => 1,
        0x100..0x1_0000 => 2,
        0x1_0000..0x1_0000_0000 => 4,
        _ => 8,
    };
    let mut bytes = Vec::with_capacity(numbers.len() * width);
    for number in numbers {
        match width {
            // Whole numbers up to 2^53 are what a script can count with.
            8 => bytes.extend((*number as f64).to_le_bytes()),
            _ => bytes.extend(&number.max(&0).to_le_bytes()[..width]),
        }
    }
    json!({ "width": width, "bytes": base64(&bytes) })
}

/// A day, counted from 1 for 1900-01-01; 0: not known.
fn day(us: Option<i64>) -> i64 {
    us.map_or(0, |us| (us.div_euclid(86_400_000_000) + DAYS_BEFORE_1970 + 1).max(0))
}

/// Writes rows as JSON that may stand inside a `script` element.
pub(super) fn data(rows: &[Row], gathered: &Gathered, has: &Value) -> String {
    let place_text = |n: u32| json!([gathered.places.text(n), gathered.words.text(gathered.formats[n as usize])]);
    let column_text = |n: u32| json!(gathered.columns.text(n));
    let kind_text = |n: u32| {
        let kind = &gathered.kinds[n as usize];
        let facts = &gathered.entities[kind.entity as usize];
        json!([gathered.entity_names.text(kind.entity), facts.category, facts.sensitivity, kind.rule, kind.version])
    };
    let dataset_text = |n: u32| json!(gathered.datasets[n as usize]);
    let region_text = |n: u32| json!(gathered.words.text(n));
    let mut used = [&place_text as &dyn Fn(u32) -> Value, &column_text, &kind_text, &dataset_text, &region_text].map(Used::new);
    let mut previews: HashMap<&str, i64> = HashMap::new();
    let mut preview_texts = Vec::new();
    let mut ids = Vec::with_capacity(rows.len() * 16);
    let mut columns: [Vec<i64>; 12] = std::array::from_fn(|_| Vec::with_capacity(rows.len()));
    for row in rows {
        ids.extend(row.finding_id.bytes());
        let preview = *previews.entry(&row.preview).or_insert_with(|| {
            preview_texts.push(shown(&row.preview));
            preview_texts.len() as i64 - 1
        });
        let [places, names, kinds, datasets, regions] = &mut used;
        let numbers = [
            places.number(row.place),
            names.number(row.column),
            kinds.number(row.kind),
            datasets.number(row.dataset),
            regions.number(row.region),
            i64::from(row.score),
            i64::from(row.flags),
            row.record + 1,
            row.line + 1,
            day(row.time),
            i64::from(row.count),
            preview,
        ];
        columns.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
    }
    let names = ["place", "name", "kind", "dataset", "region", "score", "flags", "record", "line", "day", "count", "preview"];
    let columns: serde_json::Map<String, Value> =
        names.iter().zip(&columns).map(|(name, numbers)| ((*name).to_owned(), column(numbers))).collect();
    let [places, names, kinds, datasets, regions] = used.map(|used| used.texts);
    let all = json!({
        "rows": rows.len(),
        "has": has,
        "ids": base64(&ids),
        "columns": columns,
        "places": places,
        "names": names,
        "kinds": kinds,
        "datasets": datasets,
        "regions": regions,
        "previews": preview_texts,
    });
    inside_script(&all.to_string())
}

/// JSON that neither ends the element it stands in nor begins a comment, and is a script's string, too.
fn inside_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_many_bytes_as_the_largest_needs() {
        assert_eq!(column(&[0, 255]), json!({ "width": 1, "bytes": "AP8=" }));
        assert_eq!(column(&[1, 256]), json!({ "width": 2, "bytes": "AQAAAQ==" }));
        assert_eq!(column(&[70_000]), json!({ "width": 4, "bytes": "cBEBAA==" }));
        assert_eq!(column(&[1 << 40])["width"], 8);
        assert_eq!(column(&[])["bytes"], "");
    }

    #[test]
    fn days_count_from_1900() {
        assert_eq!([None, Some(0), Some(-1), Some(86_400_000_000)].map(day), [0, 25_568, 25_567, 25_569]);
    }

    #[test]
    fn nothing_ends_the_element_that_data_stand_in() {
        let text = inside_script(&json!("</script><!--\u{2028}&amp;").to_string());
        assert_eq!(text, r#""\u003c/script\u003e\u003c!--\u2028\u0026amp;""#);
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "</script><!--\u{2028}&amp;");
    }
}
