//! Every leaf has a row in `objects`, with what became of it and why; `scan.json` counts the same.

use std::collections::BTreeMap;
use std::process::Stdio;

use crate::run::{Desk, Done, KEY, Row, of, text};
use crate::transcript::gz;

const CSV: &[u8] = b"id,email\n1,ana.reyes@example.com\n2,ben.cruz@example.org\n3,cara.lim@example.net\n";

/// Path, status and reason of every object, by path.
fn statuses(desk: &Desk) -> BTreeMap<String, (String, String)> {
    let rows = desk.objects();
    let found: BTreeMap<_, _> =
        rows.iter().map(|row| (text(row, "path").to_owned(), (text(row, "status").to_owned(), text(row, "reason").to_owned()))).collect();
    assert_eq!(found.len(), rows.len(), "a path has two rows");
    found
}

fn check(name: &str, bytes: &[u8], code: i32, status: &str, reason: &str) -> Row {
    let desk = Desk::with(&[(name, bytes), ("z-good.csv", CSV)]);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--quiet"]);
    assert_eq!(done.code, code, "{}", done.stderr);
    let row = desk.object(name);
    assert_eq!(text(&row, "status"), status);
    assert!(text(&row, "reason").contains(reason), "{}", text(&row, "reason"));
    assert_eq!(text(&desk.object("z-good.csv"), "status"), "scanned");
    assert_eq!(of(&desk.findings(), "email").filter(|row| row["path"] == "z-good.csv").count(), 3);
    row
}

#[test]
fn an_empty_file_is_scanned() {
    let row = check("empty.csv", b"", 0, "scanned", "");
    assert_eq!(row["bytes_read"], 0);
    assert!(row["content_token"].is_string());
}

#[test]
fn a_file_of_newlines_is_scanned() {
    check("blank.txt", b"\n\n\n", 0, "scanned", "");
}

#[test]
fn a_truncated_gzip_is_partial_and_its_beginning_is_examined() {
    let rows: String = (0..5_000).map(|n| format!("{n},user{n}@example.com\n")).collect();
    let whole = gz(format!("id,email\n{rows}").as_bytes());
    let row = check("cut.csv.gz", &whole[..whole.len() / 2], 3, "partial", "truncated");
    assert!(row["bytes_read"].as_i64() > Some(1_000));
    assert!(row["entities"]["email"].as_i64() > Some(100));
}

#[test]
fn a_gzip_of_nothing_but_its_magic_is_not_taken_as_read() {
    let row = check("stub.gz", b"\x1f\x8b\x08", 3, "partial", "truncated");
    assert_eq!(row["bytes_read"], 0);
}

#[test]
fn a_corrupt_gzip_is_told() {
    let mut bytes = gz(&CSV.repeat(50));
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8].copy_from_slice(&[0xFF; 8]);
    let desk = Desk::with(&[("bad.gz", &bytes)]);
    assert_eq!(desk.keyed(&["scan", "in", "--out", "out", "--quiet"]).code, 3);
    let row = desk.object("bad.gz");
    assert!(["partial", "failed"].contains(&text(&row, "status")));
    assert!(text(&row, "reason").starts_with("corrupt"), "{}", text(&row, "reason"));
}

#[test]
fn a_gzip_with_a_wrong_checksum_is_partial_and_all_of_it_is_examined() {
    let mut bytes = gz(CSV);
    let crc = bytes.len() - 8;
    bytes[crc] ^= 0xFF;
    let row = check("sum.csv.gz", &bytes, 3, "partial", "corrupt");
    assert_eq!(row["entities"]["email"], 3);
}

#[test]
fn garbage_after_a_gzip_is_told() {
    let mut bytes = gz(CSV);
    bytes.extend_from_slice(b"left behind");
    let row = check("tail.csv.gz", &bytes, 3, "partial", "follow the compressed stream");
    assert_eq!(row["entities"]["email"], 3);
}

#[test]
fn formats_without_a_reader_are_recognised_by_their_bytes() {
    let cases: [(&[u8], &str); 2] = [(b"GIF89a\x01\0 rest", "gif"), (b"%PDF-1.7 rest", "pdf")];
    for (bytes, format) in cases {
        let row = check("data.csv", bytes, 0, "unsupported", "no reader");
        assert_eq!(row["format"], format);
    }
}

#[test]
fn bytes_that_are_no_text_are_unsupported() {
    let noise: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    assert_eq!(check("noise.csv", &noise, 0, "unsupported", "control character")["format"], "binary");
}

#[test]
fn invalid_utf_8_is_partial_and_the_rest_is_examined() {
    let bytes = b"\xC3\xA9 caf\xE9 ole\nmail ana.reyes@example.com\n";
    let row = check("latin.txt", bytes, 3, "partial", "not UTF-8 from byte 6 on");
    assert_eq!(row["entities"]["email"], 1);
    assert!(row["charset"].is_null());
}

#[cfg(unix)]
#[test]
fn special_files_and_links_are_rows_and_never_opened() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with(&[("a.csv", CSV)]);
    let status = std::process::Command::new("mkfifo").arg(desk.path("in/pipe")).status().expect("mkfifo");
    assert!(status.success());
    symlink(desk.path("in/a.csv"), desk.path("in/link.csv")).expect("a link");
    symlink(desk.path("in"), desk.path("in/loop")).expect("a link");
    symlink("nowhere", desk.path("in/dangling")).expect("a link");
    assert_eq!(desk.keyed(&["scan", "in", "--out", "out", "--quiet"]).code, 0);
    let found = statuses(&desk);
    assert_eq!(found["a.csv"].0, "scanned");
    for name in ["pipe", "link.csv", "loop", "dangling"] {
        assert_eq!(found[name].0, "excluded", "{name}");
        assert_ne!(found[name].1, "", "{name} has no reason");
    }
    assert_eq!(desk.keyed(&["scan", "in", "--out", "strict", "--quiet", "--strict"]).code, 3);
}

#[cfg(unix)]
#[test]
fn followed_links_end_where_they_lead_back() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with(&[("a.csv", CSV)]);
    symlink(desk.path("in"), desk.path("in/loop")).expect("a link");
    symlink("nowhere", desk.path("in/dangling")).expect("a link");
    desk.keyed(&["scan", "in", "--out", "out", "--quiet", "--follow-links"]);
    let found = statuses(&desk);
    assert_eq!(found["a.csv"].0, "scanned");
    assert_ne!(found["loop"].0, "scanned");
    assert_ne!(found["loop"].1, "");
    assert_eq!(found["dangling"].0, "failed");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_fails_and_the_rest_is_scanned() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with(&[("a.csv", CSV), ("secret.csv", CSV)]);
    let path = desk.path("in/secret.csv");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("it is ours");
    if std::fs::read(&path).is_ok() {
        return; // Nothing is unreadable to root.
    }
    assert_eq!(desk.keyed(&["scan", "in", "--out", "out", "--quiet"]).code, 3);
    assert_eq!(text(&desk.object("secret.csv"), "status"), "failed");
    assert_eq!(text(&desk.object("a.csv"), "status"), "scanned");
}

#[test]
fn what_settings_leave_out_is_a_row_with_its_reason() {
    let desk = Desk::with(&[("a.csv", CSV), ("b.log", b"x\n"), (".hidden", CSV)]);
    assert_eq!(desk.keyed(&["scan", "in", "--out", "out", "--quiet", "--exclude", "*.log", "--no-hidden"]).code, 0);
    let found = statuses(&desk);
    let status: Vec<(&str, &str)> = found.iter().map(|(path, (status, _))| (path.as_str(), status.as_str())).collect();
    assert_eq!(status, [(".hidden", "excluded"), ("a.csv", "scanned"), ("b.log", "excluded")]);
    assert!(found.values().all(|(status, reason)| (status == "excluded") != reason.is_empty()));
}

#[test]
fn scan_json_counts_what_the_tables_hold() {
    let cut = gz(&CSV.repeat(300));
    let files: [(&str, &[u8]); 5] =
        [("a.csv", CSV), ("b/b.csv", CSV), ("c.png", b"GIF89a\x01\0"), ("d.gz", &cut[..cut.len() / 2]), ("e.csv", b"")];
    let desk = Desk::with(&[]);
    files.iter().for_each(|(name, bytes)| desk.write(&format!("in/{name}"), bytes));
    desk.keyed(&["scan", "in", "--out", "out", "--quiet"]);
    let (manifest, objects, findings) = (desk.manifest(), desk.objects(), desk.findings());
    assert_eq!(manifest["status"], "complete");
    for (status, count) in manifest["totals"]["objects"].as_object().expect("counts by status") {
        let rows = objects.iter().filter(|row| row["status"] == status.as_str()).count();
        assert_eq!(count.as_u64(), Some(rows as u64), "{status}");
    }
    assert_eq!(objects.len(), files.len());
    for name in ["records", "bytes_read"] {
        let sum: i64 = objects.iter().filter_map(|row| row[name].as_i64()).sum();
        assert_eq!(manifest["totals"][name].as_i64(), Some(sum), "{name}");
    }
    assert_eq!(manifest["totals"]["findings"]["email"].as_u64(), Some(of(&findings, "email").count() as u64));
    let rows: i64 = manifest["parts"].as_array().expect("parts").iter().filter_map(|part| part["rows"].as_i64()).sum();
    assert_eq!(rows, (findings.len() + objects.len() + desk.columns().len()) as i64);
    for part in manifest["parts"].as_array().expect("parts") {
        let bytes = std::fs::read(desk.path("out").join(part["path"].as_str().expect("a path"))).expect("the part is there");
        assert_eq!(part["blake3"], blake3::hash(&bytes).to_hex().as_str());
        assert_eq!(part["bytes"].as_u64(), Some(bytes.len() as u64));
    }
}

/// Standard input is held open, so the scan cannot end by itself; it has read a line when the signal comes because the pipe,
/// which is far larger than a kernel's buffer, was taken.
#[cfg(unix)]
#[test]
fn an_interrupted_run_is_partial_and_exits_130() {
    use std::io::{Read as _, Write as _};
    let desk = Desk::new();
    let mut command = desk.command(&["scan", "-", "--out", "out", "--jobs", "1"]);
    command.env("DATATRAWL_KEY", KEY).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut stderr = child.stderr.take().expect("it is piped");
    let line = b"2026-03-01 12:00:00 mail ana.reyes@example.com\n";
    stdin.write_all(&line.repeat(100_000)).expect("it reads on");
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    // The answer to the signal is awaited before the input goes on: now the scan knows.
    let mut said = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&said).contains("stopping") && stderr.read(&mut byte).expect("it is open") > 0 {
        said.push(byte[0]);
    }
    stdin.write_all(&line.repeat(100_000)).ok();
    drop(stdin);
    let done = Done::from(child.wait_with_output().expect("it ends"));
    assert_eq!(done.code, 130);
    assert!(done.stdout.contains("interrupted"), "{}", done.stdout);
    assert_eq!(desk.manifest()["status"], "partial");
    let row = desk.object("stdin");
    assert_eq!((text(&row, "status"), text(&row, "reason")), ("partial", "interrupted"));
    assert!(row["content_token"].is_null());
    assert_eq!(desk.findings().len() as i64, row["entities"]["email"].as_i64().expect("a count"));
}

#[test]
fn a_table_that_begins_like_a_format_is_a_table() {
    for name in ["ORCID", "RIFF", "PAR1", "GIF8"] {
        let bytes = format!("{name},email\n{}", "1,ana@example.com\n".repeat(5));
        assert_eq!(check("a.csv", bytes.as_bytes(), 0, "scanned", "")["format"], "csv", "{name}");
    }
}
