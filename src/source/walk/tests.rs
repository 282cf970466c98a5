//! What a walk promises: order, coverage, and an end.

use std::fs;
use std::io::Cursor;
use std::os::unix::fs::symlink;

use super::*;
use crate::model::Status;

/// A folder with these files, each holding its own path. Names that end in `/` are folders.
fn tree(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name.ends_with('/') { fs::create_dir_all(path).unwrap() } else { fs::write(path, name).unwrap() }
    }
    folder
}

fn root(path: impl Into<PathBuf>) -> Root {
    Root { name: None, path: path.into() }
}

/// Writes each item as `path` or `path: status, reason`.
fn show(walk: Walk) -> Vec<String> {
    walk.map(|item| match item {
        Item::File { object, .. } => object.path,
        Item::Left { object, status, reason, .. } => format!("{}: {}, {reason}", object.path, status.name()),
    })
    .collect()
}

fn walk(folder: &tempfile::TempDir, selection: &Selection) -> Vec<String> {
    show(Walk::new(vec![root(folder.path())], selection).unwrap())
}

fn globs(globs: &[&str]) -> Vec<String> {
    globs.iter().map(ToString::to_string).collect()
}

fn mkfifo(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn walks_in_the_order_of_names() {
    let folder = tree(&["b/2", "b/1", "a", "c", "b/.x", "empty/"]);
    assert_eq!(walk(&folder, &Selection::default()), ["a", "b/.x", "b/1", "b/2", "c"]);
}

#[test]
fn tells_what_a_file_is_and_opens_it() {
    let folder = tree(&["a"]);
    let mut walk = Walk::new(vec![Root { name: Some("crm".into()), path: folder.path().into() }], &Selection::default()).unwrap();
    let Some(Item::File { object, open }) = walk.next() else { panic!("a file") };
    let meta = fs::metadata(folder.path().join("a")).unwrap();
    let modified = meta.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_micros();
    assert_eq!((object.path.as_str(), object.size), ("crm/a", Some(1)));
    assert_eq!(object.uri, folder.path().join("a").display().to_string());
    assert_eq!(object.modified_us, Some(i64::try_from(modified).unwrap()));
    assert_eq!((object.device, object.inode), (meta::identity(&meta).map(|i| i.0), meta::identity(&meta).map(|i| i.1)));
    assert_eq!(io::read_to_string(open.open().unwrap().stream).unwrap(), "a");
    assert!(walk.next().is_none());
}

#[test]
fn takes_a_file_and_standard_input_as_roots() {
    let folder = tree(&["x/a.csv"]);
    let file = root(folder.path().join("x/a.csv"));
    let named = Root { name: Some("n".into()), ..file.clone() };
    let walk = Walk::new(vec![file, root("-"), named], &Selection::default()).unwrap();
    assert_eq!(show(walk), ["a.csv", "stdin", "n/a.csv"]);
}

#[test]
fn refuses_roots_before_it_starts() {
    let folder = tree(&["a"]);
    let refused = |roots: Vec<Root>| Walk::new(roots, &Selection::default()).err().map(|error| (error.kind(), error.to_string())).unwrap();
    let (kind, text) = refused(vec![root(folder.path()), root("/no/such")]);
    assert_eq!((kind, text.as_str()), (ErrorKind::Usage, "no such file or folder: /no/such"));
    let named = Root { name: Some("n".into()), path: folder.path().into() };
    assert_eq!(refused(vec![named.clone(), named]).1, "two roots have the name `n`");
    assert_eq!(refused(vec![root("-"), root("-")]).1, "standard input is named twice");
}

#[test]
fn gives_one_row_for_what_is_left_out() {
    let folder = tree(&["a.csv", "b.log", "tmp/1", "tmp/2", ".git/config", "sub/.git/config", "mod/.git"]);
    let selection = Selection { exclude: globs(&["tmp/", "*.log"]), ..Selection::default() };
    assert_eq!(
        walk(&folder, &selection),
        [
            ".git: excluded, store of a version-control system",
            "a.csv",
            "b.log: excluded, excluded by the glob `*.log`",
            "mod/.git",
            "sub/.git: excluded, store of a version-control system",
            "tmp: excluded, excluded by the glob `tmp/`",
        ]
    );
    let only = Selection { include: globs(&["*.csv"]), exclude: globs(&["tmp", ".git", "mod", "sub"]), ..Selection::default() };
    assert_eq!(walk(&folder, &only)[1..3], ["a.csv", "b.log: excluded, matches no include glob"]);
}

#[test]
fn leaves_hidden_entries_out_where_asked() {
    let folder = tree(&[".env", ".ssh/id", "a"]);
    let selection = Selection { hidden: false, ..Selection::default() };
    assert_eq!(walk(&folder, &selection), [".env: excluded, hidden file", ".ssh: excluded, hidden folder", "a"]);
}

#[test]
fn obeys_its_own_ignore_file_always_and_others_where_asked() {
    let folder = tree(&["a", "b", "sub/a", "sub/b", "sub/c", "z/1"]);
    fs::write(folder.path().join(".datatrawlignore"), "\u{feff}/a\r\nz/\n[").unwrap();
    fs::write(folder.path().join(".gitignore"), "b\n").unwrap();
    fs::write(folder.path().join("sub/.ignore"), "!b\nc\n").unwrap();
    let z = "z: excluded, ignored by `.datatrawlignore`";
    let a = "a: excluded, ignored by `.datatrawlignore`";
    let rows = |selection: &Selection| walk(&folder, selection).into_iter().filter(|row| !row.ends_with("ignore")).collect::<Vec<_>>();
    assert_eq!(rows(&Selection::default()), [a, "b", "sub/a", "sub/b", "sub/c", z]);
    let asked = Selection { ignore_files: true, ..Selection::default() };
    let (b, c) = ("b: excluded, ignored by `.gitignore`", "sub/c: excluded, ignored by `sub/.ignore`");
    assert_eq!(rows(&asked), [a, b, "sub/a", "sub/b", c, z]);
}

#[test]
fn does_not_wait_on_an_ignore_file_that_is_a_pipe() {
    let folder = tree(&["a"]);
    mkfifo(&folder.path().join(".datatrawlignore"));
    assert_eq!(walk(&folder, &Selection::default()), [".datatrawlignore: excluded, named pipe, not opened", "a"]);
}

#[test]
fn never_opens_special_files() {
    let folder = tree(&[]);
    mkfifo(&folder.path().join("pipe"));
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    let rows = ["pipe: excluded, named pipe, not opened", "socket: excluded, socket, not opened"];
    assert_eq!(walk(&folder, &Selection::default()), rows);
    let walk = Walk::new(vec![root(folder.path().join("pipe")), root("/dev/null")], &Selection::default()).unwrap();
    assert_eq!(show(walk), [rows[0], "null: excluded, device, not opened"]);
}

#[test]
fn follows_links_only_where_asked() {
    let folder = tree(&["real/a"]);
    symlink("real", folder.path().join("folder")).unwrap();
    symlink("real/a", folder.path().join("file")).unwrap();
    symlink("nowhere", folder.path().join("broken")).unwrap();
    let left = |name: &str| format!("{name}: excluded, symbolic link, not followed");
    assert_eq!(walk(&folder, &Selection::default()), [left("broken"), left("file"), left("folder"), "real/a".into()]);
    let follow = Selection { follow_links: true, ..Selection::default() };
    let broken = "broken: failed, symbolic link that leads nowhere";
    assert_eq!(walk(&folder, &follow), [broken, "file", "folder/a", "real/a"]);
    let excluded = Selection { exclude: globs(&["broken"]), ..follow };
    assert_eq!(walk(&folder, &excluded)[0], "broken: excluded, excluded by the glob `broken`");
}

#[test]
fn follows_a_root_that_is_a_link() {
    let folder = tree(&["real/a", "b"]);
    symlink("real", folder.path().join("link")).unwrap();
    symlink("b", folder.path().join("file")).unwrap();
    let roots = vec![root(folder.path().join("link")), root(folder.path().join("file"))];
    let items: Vec<_> = Walk::new(roots, &Selection::default()).unwrap().collect();
    for (item, (path, content)) in items.iter().zip([("a", "real/a"), ("file", "b")]) {
        let Item::File { object, open } = item else { panic!("a file") };
        assert_eq!((object.path.as_str(), io::read_to_string(open.open().unwrap().stream).unwrap().as_str()), (path, content));
    }
}

#[test]
fn ends_in_spite_of_link_loops() {
    let folder = tree(&["a/b/file"]);
    symlink("../..", folder.path().join("a/b/up")).unwrap();
    symlink("self", folder.path().join("self")).unwrap();
    let rows = walk(&folder, &Selection { follow_links: true, ..Selection::default() });
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0], "a/b/file");
    assert!(rows[1].starts_with("a/b/up: failed, link loop: leads back to `"), "{}", rows[1]);
    assert!(rows[2].starts_with("self: failed, "), "{}", rows[2]);
}

#[test]
fn never_enters_the_folder_of_the_run() {
    let folder = tree(&["a", "run/findings", "report"]);
    let never = vec![folder.path().join("./run"), folder.path().join("report"), "/no/such".into()];
    let rows = walk(&folder, &Selection { never, ..Selection::default() });
    assert_eq!(rows, ["a", "report: excluded, written by this run", "run: excluded, written by this run"]);
}

#[test]
fn tells_of_a_folder_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tree(&["shut/a", "z"]);
    let shut = folder.path().join("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    let readable_all_the_same = fs::read_dir(&shut).is_ok();
    let rows = walk(&folder, &Selection { include: globs(&["z"]), ..Selection::default() });
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).unwrap();
    // Root reads everything.
    if !readable_all_the_same {
        assert!(rows[0].starts_with("shut: failed, cannot be read: "), "{rows:?}");
        assert_eq!(rows[1], "z");
    }
}

#[test]
fn opens_names_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tree(&[]);
    if fs::write(folder.path().join(OsStr::from_bytes(b"caf\xe9")), "x").is_err() {
        return; // Some file systems take UTF-8 names only.
    }
    let mut walk = Walk::new(vec![root(folder.path())], &Selection::default()).unwrap();
    let Some(Item::File { object, open }) = walk.next() else { panic!("a file") };
    assert_eq!(object.path, "caf\u{fffd}e9");
    assert_eq!(io::read_to_string(open.open().unwrap().stream).unwrap(), "x");
}

#[test]
fn walks_a_list() {
    let folder = tree(&["a", "sub/1", "sub/2", "x/b.log", "c\nd"]);
    symlink("a", folder.path().join("link")).unwrap();
    let at = root(folder.path());
    // The same file once more: it is read once.
    let absolute = folder.path().join("a").display().to_string();
    let list = format!("./a\0missing\0sub\0{absolute}\0link\0x/b.log\0c\nd\0");
    let selection = Selection { exclude: globs(&["x/"]), ..Selection::default() };
    let walk = Walk::from_list(Cursor::new(list), at, &selection).unwrap();
    assert_eq!(
        show(walk),
        [
            "a",
            "missing: failed, no such file or folder",
            "sub/1",
            "sub/2",
            "link: excluded, symbolic link, not followed",
            "x/b.log: excluded, excluded by the glob `x/`",
            "c\nd",
        ]
    );
}

#[test]
fn follows_listed_links_where_asked() {
    let folder = tree(&["real/a"]);
    symlink("real", folder.path().join("folder")).unwrap();
    symlink("real/a", folder.path().join("file")).unwrap();
    let follow = Selection { follow_links: true, ..Selection::default() };
    let items: Vec<_> = Walk::from_list(Cursor::new("folder\nfile\n"), root(folder.path()), &follow).unwrap().collect();
    for (item, path) in items.iter().zip(["folder/a", "file"]) {
        let Item::File { object, open } = item else { panic!("a file") };
        assert_eq!((object.path.as_str(), open.open().is_ok()), (path, true));
    }
}

#[test]
fn keeps_the_uri_of_a_list_as_given() {
    let folder = tree(&["a"]);
    let list = format!("{}\n/no/such\n", folder.path().join("a").display());
    let items: Vec<_> = Walk::from_list(Cursor::new(list), root("."), &Selection::default()).unwrap().collect();
    assert_eq!(items[0].object().uri, folder.path().join("a").display().to_string());
    assert_eq!((items[1].object().uri.as_str(), items[1].object().path.as_str()), ("/no/such", "no/such"));
    assert!(matches!(&items[1], Item::Left { status: Status::Failed, .. }));
}
