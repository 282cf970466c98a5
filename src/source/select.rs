//! The selection: which of the entries that are met are read, and why the others are not.

use std::path::{Path, PathBuf};

use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::model::{Error, ErrorKind, Result};

/// Folders whose content is the store of a version-control system.
const VERSION_STORES: &[&str] = &[".git", ".hg", ".svn"];

/// What the user wants read.
///
/// Globs are matched against the path below the root, with `/`: `*` and `?` stop at `/`, `**` does not, `{a,b}` are
/// alternatives, `\` escapes. A glob without `/` matches a name at any depth; one with `/` starts at the root; one that ends
/// in `/` means a folder. A glob that names a folder means all that is in it. Letters match in their own case.
///
/// Folders that hold a version-control store (`.git`, `.hg`, `.svn`) are never read below a root, and `.datatrawlignore`
/// files in and below a root are always obeyed; those above it are not looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Only these, where there are any.
    pub include: Vec<String>,
    /// Not these; goes before `include`.
    pub exclude: Vec<String>,
    /// Whether files and folders whose name starts with a dot are read.
    pub hidden: bool,
    /// Whether `.gitignore` and `.ignore` files below the root are obeyed.
    pub ignore_files: bool,
    /// Whether symbolic links are followed. A root that is a link always is.
    pub follow_links: bool,
    /// Files and folders that are never read, such as the folder that the run writes to.
    pub never: Vec<PathBuf>,
    /// What single roots leave out beside that.
    pub narrowed: Vec<Narrowing>,
    /// How many files of each folder are read, the first ones in the order of the walk. Roots that are files all are.
    pub files: Option<u64>,
}

/// Globs of one root's own. They can only leave out more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowing {
    /// The root's name.
    pub root: Option<String>,
    /// Where the globs come from, for reasons.
    pub origin: String,
    /// Only these, where there are any.
    pub include: Vec<String>,
    /// Not these.
    pub exclude: Vec<String>,
}

impl Selection {
    /// Says why a file is not read, by its path below a root, which is written with `/`. Ignore files are not asked.
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Usage`] on a glob that is not valid.
    pub fn leaves_out(&self, root: Option<&str>, path: &str) -> Result<Option<String>> {
        let selectors = Selectors::compile(self)?;
        let mut above: Vec<&Path> = parents(Path::new(path)).collect();
        above.reverse();
        let pruned = above.into_iter().find_map(|folder| selectors.ask(root, |selector| selector.prunes(folder)));
        Ok(pruned.or_else(|| selectors.ask(root, |selector| selector.drops(Path::new(path), false))))
    }
}

/// The selection of the run and those of single roots.
pub(super) struct Selectors {
    run: Selector,
    own: Vec<(Option<String>, String, Selector)>,
}

impl Selectors {
    pub(super) fn compile(selection: &Selection) -> Result<Self> {
        let own = |narrowing: &Narrowing| {
            let globs = Selection { include: narrowing.include.clone(), exclude: narrowing.exclude.clone(), ..Selection::default() };
            Ok((narrowing.root.clone(), narrowing.origin.clone(), Selector::compile(&globs)?))
        };
        Ok(Self { run: Selector::compile(selection)?, own: selection.narrowed.iter().map(own).collect::<Result<_>>()? })
    }

    /// Asks the selection of the run, then those of a root, for a reason to leave something out.
    pub(super) fn ask(&self, root: Option<&str>, reason: impl Fn(&Selector) -> Option<String>) -> Option<String> {
        reason(&self.run).or_else(|| {
            let mut own = self.own.iter().filter(|(name, ..)| name.as_deref() == root);
            own.find_map(|(_, origin, selector)| Some(format!("{} of {origin}", reason(selector)?)))
        })
    }
}

impl Default for Selection {
    /// Everything, hidden files too, but for what is behind symbolic links.
    fn default() -> Self {
        Self {
            include: Vec::new(),
            exclude: Vec::new(),
            hidden: true,
            ignore_files: false,
            follow_links: false,
            never: Vec::new(),
            narrowed: Vec::new(),
            files: None,
        }
    }
}

/// A selection with its globs compiled.
pub(super) struct Selector {
    include: Option<Globs>,
    exclude: Globs,
    hidden: bool,
}

impl Selector {
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Usage`] on a glob that is not valid.
    pub(super) fn compile(selection: &Selection) -> Result<Self> {
        let include = if selection.include.is_empty() { None } else { Some(Globs::compile(&selection.include)?) };
        Ok(Self { include, exclude: Globs::compile(&selection.exclude)?, hidden: selection.hidden })
    }

    /// Says why a folder below the root is not entered.
    pub(super) fn prunes(&self, relative: &Path) -> Option<String> {
        let name = relative.file_name()?;
        if VERSION_STORES.iter().any(|store| name == *store) {
            return Some("store of a version-control system".to_owned());
        }
        if !self.hidden && name.as_encoded_bytes().starts_with(b".") {
            return Some("hidden folder".to_owned());
        }
        self.exclude.match_folder(relative).map(excluded_by)
    }

    /// Says why a file is not read, where its name or path decides. `named` is a file that the user named himself.
    pub(super) fn drops(&self, relative: &Path, named: bool) -> Option<String> {
        let name = relative.file_name()?;
        if !named && !self.hidden && name.as_encoded_bytes().starts_with(b".") {
            return Some("hidden file".to_owned());
        }
        if let Some(glob) = self.exclude.match_file(relative) {
            return Some(excluded_by(glob));
        }
        let wanted = self.include.as_ref().is_none_or(|include| include.match_file(relative).is_some() || include.match_parent(relative));
        (!wanted).then(|| "matches no include glob".to_owned())
    }

    /// Says why a place that the user named himself is not read: an exclude glob names it, or a folder above it.
    pub(super) fn excludes_named(&self, relative: &Path) -> Option<String> {
        let itself = self.exclude.match_file(relative).or_else(|| self.exclude.match_folder(relative));
        itself.or_else(|| parents(relative).find_map(|parent| self.exclude.match_folder(parent))).map(excluded_by)
    }
}

/// What a selection says of members of containers.
///
/// An include glob that names a container means all that is in it. Exclude globs are matched against a member's path as if its
/// container were a folder, and as if it were the root. Hidden members and version-control stores are treated as such files are.
pub struct MemberSelection {
    run: Selector,
    /// Those of single roots: name, where the globs come from.
    own: Vec<(Option<String>, String, Selector)>,
}

impl MemberSelection {
    /// Compiles the globs.
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Usage`] on a glob that is not valid.
    pub fn compile(selection: &Selection) -> Result<Self> {
        let Selectors { run, own } = Selectors::compile(selection)?;
        let only_exclude = |selector| Selector { include: None, ..selector };
        let own = own.into_iter().map(|(root, origin, selector)| (root, origin, only_exclude(selector)));
        Ok(Self { own: own.collect(), run: only_exclude(run) })
    }

    /// Says why a member is not read; `object` is the path of what it is in, `member` its path there, with `/` only.
    #[must_use]
    pub fn drops(&self, object: &str, member: &str) -> Option<String> {
        self.run.drops_member(object, member).or_else(|| {
            self.own.iter().find_map(|(root, origin, selector)| {
                let below = match root {
                    Some(name) => object.strip_prefix(name.as_str())?.strip_prefix('/')?,
                    None => object,
                };
                Some(format!("{} of {origin}", selector.drops_member(below, member)?))
            })
        })
    }
}

impl Selector {
    fn drops_member(&self, object: &str, member: &str) -> Option<String> {
        let alone = Path::new(member);
        let whole = PathBuf::from(format!("{object}/{}", member.trim_start_matches('/')));
        let folder = |path: &Path| parents(path).find_map(|parent| self.prunes(parent));
        let itself = |path: &Path| self.drops(path, false);
        folder(alone)
            .or_else(|| itself(alone))
            .or_else(|| itself(&whole))
            .or_else(|| parents(&whole).find_map(|parent| self.exclude.match_folder(parent)).map(excluded_by))
    }
}

fn excluded_by(glob: &str) -> String {
    format!("excluded by the glob `{glob}`")
}

fn parents(relative: &Path) -> impl Iterator<Item = &Path> {
    relative.ancestors().skip(1).filter(|parent| !parent.as_os_str().is_empty())
}

/// Globs as typed, in the form of [`Selection`], compiled once for files and once for folders.
pub struct Globs {
    typed: Vec<String>,
    files: GlobSet,
    folders: GlobSet,
}

impl Globs {
    /// Compiles globs.
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Usage`] on a glob that is not valid.
    pub fn compile(typed: &[String]) -> Result<Self> {
        let mut files = GlobSetBuilder::new();
        let mut folders = GlobSetBuilder::new();
        for text in typed {
            let (pattern, folder_only) = anchor(text)?;
            folders.add(glob(text, pattern.strip_suffix("/**").unwrap_or(&pattern))?);
            // Both sets keep the index of the typed glob: a folder's glob holds a place that no file can match.
            files.add(if folder_only { glob(text, "/")? } else { glob(text, &pattern)? });
        }
        let build = |set: GlobSetBuilder| set.build().map_err(|error| Error::new(ErrorKind::Usage, format!("invalid globs: {error}")));
        Ok(Self { typed: typed.to_vec(), files: build(files)?, folders: build(folders)? })
    }

    /// Says whether one of them names a file, or a folder above it. `path` is written with `/`, below the root.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        self.match_file(Path::new(path)).is_some() || self.match_parent(Path::new(path))
    }

    fn match_file(&self, relative: &Path) -> Option<&str> {
        self.first(&self.files, relative)
    }

    fn match_folder(&self, relative: &Path) -> Option<&str> {
        self.first(&self.folders, relative)
    }

    fn match_parent(&self, relative: &Path) -> bool {
        parents(relative).any(|parent| self.folders.is_match(parent))
    }

    fn first(&self, set: &GlobSet, relative: &Path) -> Option<&str> {
        let index = *set.matches_candidate(&Candidate::new(relative)).first()?;
        Some(&self.typed[index])
    }
}

/// Turns a glob as typed into one on the whole path below the root, and says whether it means folders only.
fn anchor(typed: &str) -> Result<(String, bool)> {
    if typed.starts_with('!') {
        let error = Error::new(ErrorKind::Usage, format!("invalid glob `{typed}`: `!` does not negate here"));
        return Err(error.hint("name what to read with an include glob; write `\\!` for the character"));
    }
    let folder_only = typed.ends_with('/');
    let trimmed = typed.strip_prefix("./").unwrap_or(typed);
    let body = trimmed.trim_matches('/');
    if body.is_empty() {
        return Err(Error::new(ErrorKind::Usage, format!("invalid glob `{typed}`: it names nothing")));
    }
    let anchored = trimmed.trim_end_matches('/').contains('/') || trimmed != typed;
    Ok((if anchored { body.to_owned() } else { format!("**/{body}") }, folder_only))
}

fn glob(typed: &str, pattern: &str) -> Result<globset::Glob> {
    let built = GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build();
    built.map_err(|error| Error::new(ErrorKind::Usage, format!("invalid glob `{typed}`: {}", error.kind())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(include: &[&str], exclude: &[&str]) -> Selector {
        let owned = |globs: &[&str]| globs.iter().map(ToString::to_string).collect();
        Selector::compile(&Selection { include: owned(include), exclude: owned(exclude), ..Selection::default() }).unwrap()
    }

    fn reads(selector: &Selector, path: &str) -> bool {
        let path = Path::new(path);
        selector.drops(path, false).is_none() && parents(path).all(|parent| selector.prunes(parent).is_none())
    }

    #[test]
    fn matches_a_name_at_any_depth() {
        let s = selector(&["*.csv"], &[]);
        assert!(reads(&s, "a.csv") && reads(&s, "x/y/a.csv") && !reads(&s, "a.csv.gz"));
    }

    #[test]
    fn starts_globs_with_a_slash_at_the_root() {
        for glob in ["logs/*.log", "/logs/*.log", "./logs/*.log"] {
            let s = selector(&[], &[glob]);
            assert!(!reads(&s, "logs/a.log") && reads(&s, "x/logs/a.log") && reads(&s, "logs/x/a.log"), "{glob}");
        }
        let s = selector(&[], &["/a.log"]);
        assert!(!reads(&s, "a.log") && reads(&s, "x/a.log"));
        let s = selector(&[], &["logs/**/*.log"]);
        assert!(!reads(&s, "logs/a.log") && !reads(&s, "logs/x/y/a.log"));
    }

    #[test]
    fn takes_a_folders_glob_for_all_that_is_in_it() {
        for glob in ["tmp", "tmp/", "**/tmp/**", "tmp/**", "/tmp"] {
            assert!(!reads(&selector(&[], &[glob]), "tmp/x/a"), "{glob}");
            assert!(reads(&selector(&[glob], &[]), "tmp/x/a"), "{glob}");
            assert!(!reads(&selector(&[glob], &[]), "other/x/a"), "{glob}");
            assert!(selector(&[], &[glob]).prunes(Path::new("tmp")).is_some(), "{glob}");
        }
        assert!(reads(&selector(&[], &["tmp/"]), "x/tmp"), "a file is no folder");
        assert!(!reads(&selector(&[], &["tmp/"]), "x/tmp/a"));
    }

    #[test]
    fn treats_containers_as_folders() {
        let compile = |exclude: &[&str], hidden| {
            let exclude = exclude.iter().map(ToString::to_string).collect();
            let selection = Selection { include: vec!["*.tar".into()], exclude, hidden, ..Selection::default() };
            MemberSelection::compile(&selection).unwrap()
        };
        let all = compile(&[], true);
        assert!(all.drops("a.tar", "x/y.csv").is_none() && all.drops("a.tar", ".env").is_none());
        assert_eq!(all.drops("a.tar", ".git/config").unwrap(), "store of a version-control system");
        assert_eq!(compile(&[], false).drops("a.tar", "x/.env").unwrap(), "hidden file");
        for glob in ["*.bak", "x/", "x", "/x/y.bak", "x/*.bak", "exports/a.tar/x/y.bak", "exports/**/y.bak", "a.tar/"] {
            let some = compile(&[glob], true);
            assert_eq!(some.drops("exports/a.tar", "x/y.bak").unwrap(), format!("excluded by the glob `{glob}`"));
            assert!(some.drops("exports/b.tar", "z/y.csv").is_none(), "{glob}");
        }
        let narrowed =
            vec![Narrowing { root: Some("shop".into()), origin: "a file".into(), include: vec![], exclude: vec!["x/*.bak".into()] }];
        let own = MemberSelection::compile(&Selection { narrowed, ..Selection::default() }).unwrap();
        assert_eq!(own.drops("shop/x/a.tar", "x/y.bak").unwrap(), "excluded by the glob `x/*.bak` of a file");
        assert!(own.drops("crm/x/a.tar", "x/y.bak").is_none() && own.drops("shopping/a.tar", "x/y.bak").is_none());
        for odd in ["", "..", "../x.bak", "/abs/x.bak", "a//b.bak"] {
            assert_eq!(compile(&["*.bak"], true).drops("a.tar", odd).is_some(), odd.ends_with(".bak"), "{odd}");
        }
    }

    #[test]
    fn lets_exclusion_win() {
        let s = selector(&["*.csv"], &["secret*"]);
        assert!(reads(&s, "a.csv") && !reads(&s, "secret.csv") && !reads(&s, "secrets/a.csv"));
    }

    #[test]
    fn names_the_glob_that_excluded() {
        let s = selector(&[], &["a/", "*.log", "*.csv"]);
        assert_eq!(s.drops(Path::new("x.csv"), false).unwrap(), "excluded by the glob `*.csv`");
        assert_eq!(s.prunes(Path::new("a")).unwrap(), "excluded by the glob `a/`");
    }

    #[test]
    fn refuses_invalid_globs_by_name() {
        for glob in ["a[", "{a", "", "/", "!x"] {
            let error = Selector::compile(&Selection { exclude: vec![glob.into()], ..Selection::default() }).err().unwrap();
            assert_eq!(error.kind(), ErrorKind::Usage);
            assert!(error.to_string().contains(&format!("`{glob}`")), "{error}");
        }
    }

    #[test]
    fn leaves_hidden_files_out_only_where_asked() {
        let mut selection = Selection::default();
        assert!(reads(&Selector::compile(&selection).unwrap(), ".env"));
        selection.hidden = false;
        let s = Selector::compile(&selection).unwrap();
        assert!(!reads(&s, ".env") && !reads(&s, ".ssh/id") && reads(&s, "a.b"));
        assert!(s.drops(Path::new(".env"), true).is_none(), "a file that the user named is read");
    }
}
