//! `datatrawl scan SRC…`

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::Exit;
use super::key::KeyArguments;
use super::known::KnownArguments;
use super::manifest::manifest;
use super::options::Reported;
use super::policy_command;
use super::progress::{Expected, Form, Shown};
use super::regions::Regions;
use super::rules::Rules;
use super::settings_files::{Files, For, Loaded};
use super::summary::{self, Told};
use super::terminal::{print, say};
use encoding_rs::Encoding;

use crate::detect::Detector;
use crate::examine::{Examiner, Known, KnownFacts, Settings};
use crate::finding::{Key, RunFacts, Tokens};
use crate::model::{Error, ErrorKind, Id, Likelihood, Region, Result, Status};
use crate::pattern::RuleSet;
use crate::policy::Policy;
use crate::scan::{self, KeyMode, Progress, Run, Summary};
use crate::settings::{AllowFacts, Layers};
use crate::source::{Item, MemberSelection, Root, Selection, Walk};
use crate::unpack::Caps;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Run folder to write; it must not exist or be empty [default: datatrawl-run-TIME]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Exit with 1 where a finding has at least this likelihood
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<Likelihood>,
}

/// What is scanned, and how: also of the commands that scan on the way.
#[derive(clap::Args)]
pub(super) struct Input {
    /// Files and folders; NAME=PATH names a root, - is standard input
    #[arg(value_name = "SRC")]
    pub sources: Vec<OsString>,
    /// Read the list of files from a file or, with -, from standard input: one a line, or separated by NUL
    #[arg(long, value_name = "LIST", conflicts_with = "sources")]
    pub files_from: Option<PathBuf>,
    #[command(flatten)]
    regions: Regions,
    #[command(flatten)]
    pub rules: Rules,
    /// Do not read the patterns that a scanned folder has in .datatrawl/patterns
    #[arg(long)]
    no_root_patterns: bool,
    #[command(flatten)]
    pub settings: Files,
    #[command(flatten)]
    known: KnownArguments,
    /// Policy: findings and objects say whose and how old records are, and their dataset, owner and key
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    #[command(flatten)]
    pub reported: Reported,
    /// Only files that match; a glob without / matches names anywhere
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave out files and folders that match
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Leave out hidden files and folders
    #[arg(long)]
    pub no_hidden: bool,
    /// Leave out what .gitignore and .ignore files name (.datatrawlignore always counts)
    #[arg(long)]
    pub ignore_files: bool,
    /// Follow symbolic links
    #[arg(long)]
    pub follow_links: bool,
    /// Character set of text without a byte order mark, as the WHATWG Encoding Standard names them [default: detected]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static Encoding>,
    /// Threads
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    pub key: KeyArguments,
    /// Exit with 3 also where files had no reader or were left out
    #[arg(long)]
    strict: bool,
    /// Print nothing but warnings and errors
    #[arg(long, short)]
    pub quiet: bool,
    /// Print progress on standard error as JSON, an object a line, every second and at the end; goes with --quiet
    #[arg(long)]
    json_progress: bool,
}

/// Arguments with everything looked up.
pub(super) struct Resolved {
    pub roots: Vec<Root>,
    selection: Selection,
    pub rules: Arc<RuleSet>,
    tokens: Tokens,
    key_id: String,
    pub key_mode: KeyMode,
    jobs: usize,
    pub regions: Vec<Region>,
    /// What people are told of the settings files.
    pub told: Told,
    /// What the files and options come to; it goes to the examiner.
    layers: Layers,
    detector: Arc<Detector>,
    known: Option<Arc<Known>>,
    pub known_facts: Option<KnownFacts>,
    pub policy: Option<Arc<Policy>>,
}

static CANCEL: AtomicBool = AtomicBool::new(false);

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let started_us = now();
    let folder = arguments.out.clone().unwrap_or_else(|| default_folder(started_us));
    let key = || arguments.input.key.resolve();
    let (summary, told) = perform(&arguments.input, &folder, &key, Naming::Scan, started_us)?;
    if !arguments.input.quiet {
        print(&summary::text(&summary, &folder, &told, now() - started_us));
    }
    Ok(exit(&arguments.input, arguments.fail_on, &summary, &told))
}

/// How places that were given are named in paths.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// One place has no name, several have those by which they were typed.
    Scan,
    /// Each is named as it lies below the working folder, so that a file has one path however it was reached.
    Below,
}

/// Scans into a folder.
pub(super) fn perform(
    input: &Input,
    folder: &Path,
    key: &dyn Fn() -> Result<(Key, KeyMode)>,
    naming: Naming,
    started_us: i64,
) -> anyhow::Result<(Summary, Told)> {
    perform_on(input, folder, key, naming, started_us, None)
}

/// What is scanned instead of what the input names.
pub(super) enum Given {
    /// Items that the caller makes.
    Items(Box<dyn Iterator<Item = Item> + Send>),
    /// Files below the working folder, separated by NUL.
    List(Vec<u8>),
}

/// Scans what the caller gives, with the settings and rules of the input.
pub(super) fn perform_on(
    input: &Input,
    folder: &Path,
    key: &dyn Fn() -> Result<(Key, KeyMode)>,
    naming: Naming,
    started_us: i64,
    given: Option<Given>,
) -> anyhow::Result<(Summary, Told)> {
    let mut resolved = resolve(input, folder, key, naming, started_us)?;
    let layers = Arc::new(std::mem::take(&mut resolved.layers));
    let (sample, encoding, known) = (input.reported.sample(), input.encoding, resolved.known.take());
    let settings = Settings { layers, sample, encoding, known, policy: resolved.policy.clone(), ..Settings::default() };
    let examiner = Arc::new(Examiner::new(Arc::clone(&resolved.detector), resolved.tokens.clone(), settings));
    let progress = Arc::new(Progress::default());
    let mut scan_id = [0; 16];
    getrandom::fill(&mut scan_id).map_err(|e| Error::new(ErrorKind::Io, format!("no random bytes: {e}")))?;
    let facts = RunFacts {
        scan_id: Id::new(scan_id),
        scanned_at_us: started_us,
        key_id: resolved.key_id.clone(),
        has_policy: resolved.policy.is_some(),
    };
    let run = Run {
        manifest: manifest(input, &resolved, &examiner),
        examiner,
        folder,
        facts,
        jobs: resolved.jobs,
        members: Some(MemberSelection::compile(&resolved.selection)?),
        caps: Caps { spool_folder: Some(std::env::temp_dir()), ..Caps::default() },
        clock: now,
        cancel: &CANCEL,
        progress: Arc::clone(&progress),
    };
    // A second Ctrl-C ends the process at once. Who scans twice has a handler already.
    let handled = ctrlc::set_handler(|| {
        if CANCEL.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        say("stopping: writing what was done; again to stop at once");
    });
    if let Err(error) = handled
        && !matches!(error, ctrlc::Error::MultipleHandlers)
    {
        return Err(error.into());
    }
    let items = match given {
        None => items(input, &resolved)?,
        Some(Given::Items(items)) => items,
        Some(Given::List(list)) => {
            let here = Root { name: None, path: PathBuf::from(".") };
            Box::new(Walk::from_list(std::io::Cursor::new(list), here, &resolved.selection)?)
        }
    };
    let form = match () {
        () if input.json_progress => Some(Form::Json),
        () if input.quiet => None,
        () => Some(Form::People),
    };
    let shown = form.map(|form| Shown::start(Arc::clone(&progress), expected(input, &resolved), form));
    let done = scan::run(run, items);
    drop(shown);
    Ok((done?, resolved.told))
}

fn encoding(label: &str) -> std::result::Result<&'static Encoding, String> {
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| *encoding != encoding_rs::ISO_2022_JP && *encoding != encoding_rs::REPLACEMENT)
        .ok_or_else(|| "not a name such as utf-8, utf-16le, windows-1252, shift_jis, gbk, euc-kr".to_owned())
}

/// The real time, in microseconds since the epoch.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

fn resolve(
    arguments: &Input,
    folder: &Path,
    key: &dyn Fn() -> Result<(Key, KeyMode)>,
    naming: Naming,
    started_us: i64,
) -> Result<Resolved> {
    if arguments.sources.is_empty() && arguments.files_from.is_none() {
        return Err(Error::new(ErrorKind::Usage, "nothing to scan").hint("give files or folders, or a list of files with --files-from"));
    }
    let mut roots: Vec<Root> = arguments.sources.iter().map(|source| Root::parse(source)).collect();
    if naming == Naming::Below {
        let here = std::env::current_dir().map_err(|error| Error::io("the working folder", &error))?;
        roots.iter_mut().for_each(|root| from_here(root, &here));
    }
    if roots.len() > 1 || naming == Naming::Below {
        roots.iter_mut().for_each(Root::name_as_typed);
    }
    refuse_overlap(&roots)?;
    outside_input(folder, &roots)?;
    let mut selection = Selection {
        include: arguments.include.clone(),
        exclude: arguments.exclude.clone(),
        hidden: !arguments.no_hidden,
        ignore_files: arguments.ignore_files,
        follow_links: arguments.follow_links,
        never: vec![folder.to_owned()],
        narrowed: Vec::new(),
        files: arguments.reported.files(),
    };
    let scanned = if arguments.no_root_patterns { Vec::new() } else { root_patterns(&roots) };
    for found in &scanned {
        say(&format!("using the patterns in {}", found.display()));
    }
    let mut rules = arguments.rules.load(&scanned)?;
    let (key, key_mode) = key()?;
    let jobs = match arguments.jobs {
        Some(0) => return Err(Error::new(ErrorKind::Usage, "--jobs is at least 1")),
        Some(jobs) => jobs,
        None => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    };
    let (tokens, key_id) = (Tokens::new(&key), key.id());
    let loaded = {
        let what = For { rules: &rules, key_id: Some(&key_id), now_us: started_us };
        arguments.settings.load(&settings_roots(arguments, &roots), &what, Some(&tokens))?
    };
    loaded.select(&mut selection);
    let policy = arguments.policy.as_ref().map(|path| policy_command::load(path, &rules, Some(&key_id))).transpose()?;
    let (regions, told) = tell(arguments, &loaded, policy.as_ref())?;
    let list = arguments.known.asked(&loaded);
    list.iter().try_for_each(|list| list.add_rules(&mut rules))?;
    let rules = Arc::new(rules);
    let detector = Arc::new(Detector::new(Arc::clone(&rules), &regions));
    let known = list.map(|list| list.read(&detector, &tokens, arguments.quiet)).transpose()?;
    let (known, known_facts) = known.unzip();
    let layers = loaded.layers(arguments.reported.layer(&rules)?, &roots, &detector, &tokens)?;
    Ok(Resolved {
        roots,
        selection,
        rules,
        tokens,
        key_id,
        key_mode,
        jobs,
        regions,
        told,
        layers,
        detector,
        known,
        known_facts,
        policy: policy.map(Arc::new),
    })
}

/// The folders whose settings count: a list of files is one of paths below the working folder.
fn settings_roots(arguments: &Input, roots: &[Root]) -> Vec<Root> {
    if arguments.files_from.is_some() { vec![Root { name: None, path: PathBuf::from(".") }] } else { roots.to_vec() }
}

/// Chooses the regions, and says what settings files lie beside the data and which of their lists have expired.
fn tell(arguments: &Input, loaded: &Loaded, policy: Option<&Policy>) -> Result<(Vec<Region>, Told)> {
    let facts = loaded.facts();
    for file in facts.iter().filter(|file| file.scope == "root") {
        say(&format!("using the settings in {}", file.file));
    }
    let lists: Vec<AllowFacts> = loaded.lists().map(|list| list.facts.clone()).collect();
    for list in lists.iter().filter(|list| list.expired) {
        let date = list.expires.as_deref().unwrap_or("");
        say(&format!("warning: the allow list `{}` in {} expired on {date}: it is not applied", list.name, list.file));
    }
    let given = if arguments.regions.regions.is_empty() { loaded.regions()? } else { None };
    let of_policy = policy.zip(arguments.policy.as_ref()).filter(|(policy, _)| !policy.regions.is_empty());
    let of_policy = of_policy.filter(|_| arguments.regions.regions.is_empty());
    let given = given.or_else(|| of_policy.map(|(policy, path)| (policy.regions.clone(), path.display().to_string())));
    let (regions, origin) = given.map_or_else(|| (arguments.regions.regions.clone(), None), |(regions, file)| (regions, Some(file)));
    let narrowing = loaded.narrowing().cloned().collect();
    Ok((regions.clone(), Told { regions, regions_from: origin, files: facts, lists, narrowing }))
}

/// Makes a path below the working folder one from there.
pub(super) fn from_here(root: &mut Root, here: &Path) {
    if let Ok(below) = root.path.strip_prefix(here) {
        root.path = if below.as_os_str().is_empty() { PathBuf::from(".") } else { below.to_owned() };
    }
}

/// What is read twice would be counted twice.
fn refuse_overlap(roots: &[Root]) -> Result<()> {
    let mut real: Vec<(PathBuf, &Root)> =
        roots.iter().filter(|root| !root.is_stdin()).filter_map(|root| root.path.canonicalize().ok().map(|path| (path, root))).collect();
    // Sorted by their parts, what lies in a folder comes right after it.
    real.sort_by(|a, b| a.0.cmp(&b.0));
    for pair in real.windows(2) {
        if pair[1].0.starts_with(&pair[0].0) {
            let (inner, outer) = (pair[1].1.path.display(), pair[0].1.path.display());
            return Err(Error::new(ErrorKind::Usage, format!("{inner} is scanned with {outer} already")).hint("name it once"));
        }
    }
    Ok(())
}

fn default_folder(started_us: i64) -> PathBuf {
    let time =
        jiff::Timestamp::from_microsecond(started_us).map_or_else(|_| started_us.to_string(), |t| t.strftime("%Y%m%dT%H%M%SZ").to_string());
    PathBuf::from(format!("datatrawl-run-{time}"))
}

/// A scan never writes into what it reads.
fn outside_input(folder: &Path, roots: &[Root]) -> Result<()> {
    let place = real_place(folder);
    for root in roots.iter().filter(|root| root.path.is_dir()) {
        if root.path.canonicalize().is_ok_and(|root| place.starts_with(root)) {
            let what = format!("the run folder {} would lie inside the scanned folder {}", folder.display(), root.path.display());
            return Err(Error::new(ErrorKind::Usage, what).hint("choose another place with --out"));
        }
    }
    Ok(())
}

/// The path without links, also where its last parts are yet to be made.
pub(super) fn real_place(folder: &Path) -> PathBuf {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let known = whole.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    let Some((ancestor, mut place)) = known else { return whole };
    for part in whole.strip_prefix(ancestor).expect("it is an ancestor").components() {
        if part == Component::ParentDir {
            place.pop();
        } else {
            place.push(part);
        }
    }
    place
}

/// Where a scanned folder has patterns of its own.
pub(super) const ROOT_PATTERNS: &str = ".datatrawl/patterns";

/// The patterns that lie beside what is scanned.
pub(super) fn beside(input: &Input) -> Vec<PathBuf> {
    let roots: Vec<Root> = input.sources.iter().map(|source| Root::parse(source)).collect();
    if input.no_root_patterns { Vec::new() } else { root_patterns(&roots) }
}

fn root_patterns(roots: &[Root]) -> Vec<PathBuf> {
    roots.iter().map(|root| root.path.join(ROOT_PATTERNS)).filter(|path| path.is_dir()).collect()
}

fn items(arguments: &Input, resolved: &Resolved) -> Result<Box<dyn Iterator<Item = Item> + Send>> {
    let Some(list) = &arguments.files_from else {
        return Ok(Box::new(Walk::new(resolved.roots.clone(), &resolved.selection)?));
    };
    let here = Root { name: None, path: PathBuf::from(".") };
    let walk = if list.as_os_str() == OsStr::new("-") {
        Walk::from_list(std::io::BufReader::new(std::io::stdin()), here, &resolved.selection)?
    } else {
        let file = std::fs::File::open(list).map_err(|e| Error::new(ErrorKind::Usage, format!("{}: {e}", list.display())))?;
        Walk::from_list(std::io::BufReader::new(file), here, &resolved.selection)?
    };
    Ok(Box::new(walk))
}

/// Counts what is to be read, on a thread of its own, for the bar's end.
fn expected(arguments: &Input, resolved: &Resolved) -> Arc<Expected> {
    let expected = Arc::new(Expected::default());
    let stdin = resolved.roots.iter().any(Root::is_stdin);
    if arguments.files_from.is_none()
        && !stdin
        && std::io::IsTerminal::is_terminal(&std::io::stderr())
        && let Ok(walk) = Walk::new(resolved.roots.clone(), &resolved.selection)
    {
        let counted = Arc::clone(&expected);
        std::thread::spawn(move || {
            for item in walk {
                counted.bytes.fetch_add(item.object().size.unwrap_or(0), Ordering::Relaxed);
                counted.files.fetch_add(1, Ordering::Relaxed);
                if CANCEL.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
    }
    expected
}

pub(super) fn exit(arguments: &Input, fail_on: Option<Likelihood>, summary: &Summary, told: &Told) -> Exit {
    let gaps = Status::ALL.into_iter().filter(|s| scan::is_gap(*s)).map(|s| summary.count(s)).sum::<u64>() - summary.sampled;
    let unread = summary.count(Status::Unsupported) + summary.count(Status::Excluded) - summary.left_by_sample;
    let met = fail_on.is_some_and(|level| summary.highest.is_some_and(|highest| highest >= level));
    if summary.count(Status::Unsupported) > 0 && !arguments.strict {
        say(&format!("warning: objects without a reader: {} (see objects.parquet)", summary.count(Status::Unsupported)));
    }
    if gaps > 0 {
        say(&format!("warning: objects that failed or were read in part: {gaps} (see objects.parquet)"));
    }
    match () {
        () if summary.faults > 0 => Exit::Fault,
        () if summary.interrupted => Exit::Interrupted,
        () if met => {
            say("findings at the level of --fail-on: exit code 1");
            Exit::Met
        }
        () if arguments.strict && unread > 0 => {
            say(&format!("{unread} objects have no reader or were left out (--strict): see objects.parquet: exit code 3"));
            Exit::Gaps
        }
        () if arguments.strict && !told.narrowing.is_empty() => {
            say("settings beside the data may hide findings (--strict): see --no-root-settings: exit code 3");
            Exit::Gaps
        }
        () if arguments.strict && summary.sampled + summary.left_by_sample > 0 => {
            say("files were read in part or not at all, as --sample asks (--strict): exit code 3");
            Exit::Gaps
        }
        () if gaps > 0 => Exit::Gaps,
        () => Exit::Done,
    }
}
