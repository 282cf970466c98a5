//! Where a run may be written: to a new or empty folder that no scanned folder holds.

use insta::assert_snapshot;

use crate::run::Desk;
use crate::transcript::{check, transcript};

const SMALL: &[u8] = b"id,email\n1,ana.reyes@example.com\n2,ben.cruz@example.org\n3,cara.lim@example.net\n";

#[test]
fn refuses_a_run_folder_that_is_not_empty() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    desk.write("out/mine.txt", "keep");
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out"])), @r#"
    stderr:
    error: out is not empty, expected a new or empty folder
    hint: name a folder that does not exist yet; runs are never mixed or overwritten
    exit code 2
    "#);
    assert_eq!(std::fs::read_dir(desk.path("out")).expect("it stays").count(), 1);
}

#[test]
fn refuses_a_run_folder_inside_the_scanned_one() {
    assert_snapshot!(check(&[("a.csv", SMALL)], &["scan", "in", "--out", "in/out"]), @r#"
    stderr:
    error: the run folder in/out would lie inside the scanned folder in
    hint: choose another place with --out
    exit code 2
    "#);
}

/// Every way to say it: a folder that is yet to be made, dots, links.
#[cfg(unix)]
#[test]
fn refuses_every_spelling_of_a_place_inside_the_scanned_folder() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    std::fs::create_dir_all(desk.path("in/empty")).expect("a folder");
    std::os::unix::fs::symlink(desk.path("in"), desk.path("link")).expect("a link");
    std::os::unix::fs::symlink(desk.path("in/empty"), desk.path("link-to-empty")).expect("a link");
    let absolute = desk.path("in/out").display().to_string();
    for out in
        ["in", "in/x/y/z", "./in/../in/x", "absent/../in/x", "absent/deeper/../../in/x", "link/x", "link/x/y", "link-to-empty", &absolute]
    {
        let done = desk.keyed(&["scan", "in", "--out", out, "--quiet"]);
        assert_eq!(done.code, 2, "{out}: {}", done.stderr);
    }
    let names: Vec<String> = crate::run::files(&desk.path("in")).iter().map(|path| path.display().to_string()).collect();
    assert_eq!(names, [desk.path("in/a.csv").display().to_string()]);
}

#[test]
fn takes_places_beside_the_scanned_folder() {
    for out in ["in-out", "deep/er/out", "in/../out"] {
        let desk = Desk::with(&[("a.csv", SMALL)]);
        let done = desk.keyed(&["scan", "in", "--out", out, "--quiet"]);
        assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{out}");
        assert_eq!(crate::run::findings(&desk.path(out)).len(), 3);
    }
}

#[test]
fn takes_a_run_folder_that_is_empty() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    std::fs::create_dir(desk.path("out")).expect("a folder");
    assert_eq!(desk.scan(&[]).len(), 3);
}

#[test]
fn refuses_a_file_as_run_folder() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    desk.write("out", "mine");
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out"])), @r#"
    stderr:
    error: out is not a folder, expected a new or empty folder
    hint: name a folder that does not exist yet; runs are never mixed or overwritten
    exit code 2
    "#);
    assert_eq!(std::fs::read(desk.path("out")).expect("it stays"), b"mine");
}

#[test]
fn names_a_run_by_its_time_where_no_folder_is_given() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    assert_eq!(desk.keyed(&["scan", "in", "--quiet"]).code, 0);
    let names: Vec<String> = std::fs::read_dir(desk.root())
        .expect("the desk")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let form = regex::Regex::new("^datatrawl-run-[0-9]{8}T[0-9]{6}Z$").expect("a constant");
    assert_eq!(names.iter().filter(|name| form.is_match(name)).count(), 1, "{names:?}");
}
