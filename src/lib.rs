//! datatrawl finds personal data in exports, logs and dumps, and writes its findings as Parquet.
//!
//! The program `datatrawl` is a thin front of this library. The library is silent: it prints nothing and does not look at the
//! clock or the environment; time, key and sources are arguments. Only [`cli`] does these things.
//!
//! # The way of the data
//!
//! ```text
//! source → unpack → read → detect → score → finding → sink
//!                    └────── examine ────────┘
//! └──────────────────────── scan ────────────────────────┘
//! ```
//!
//! 1. [`source`] walks folders and lists. Out come [`Object`]s, and for everything that is left out an item with its reason.
//! 2. [`unpack`] undoes codecs and looks into containers, under caps. Out comes each [`Leaf`]: one uncompressed document.
//! 3. [`read`] tells the format by content and cuts the leaf into [`Block`]s at record boundaries. A [`Layout`] finds records and
//!    cells in a block, only where they are asked for.
//! 4. [`detect`] finds [`Candidate`]s: spans with a verdict and signals. What it looks for is a [`RuleSet`], compiled by
//!    [`pattern`] from TOML files.
//! 5. [`score`] adds what words, names of columns and whole columns say. Every reason is a named [`Signal`]; their sum is a
//!    [`Likelihood`].
//! 6. [`finding`] turns a value into a [`Finding`]: a keyed token, a mask and a place, never the value.
//! 7. [`sink`] writes `findings/`, `objects.parquet` and `columns.parquet`.
//!
//! What options and settings files say – levels, rules that are off, rows, allow lists – is worked out for each leaf by [`settings`].
//! [`examine`] does steps 3 to 6 for one leaf, [`scan`] all of them for many leaves, on several threads. What the files hold is
//! in FINDINGS.md, why things are as they are in ARCHITECTURE.md.
//!
//! The second conveyor begins with files: [`plan`] holds a run against a [`policy`] and writes what is to be deleted; [`apply`] carries that out and tells
//! the [`ledger`]. [`run_folder`] reads runs back; a [`report`] tells of a run, or certifies an erasure; a [`gate`] says whether data may go on. PLANS.md and GATE.md say what these files hold.
//!
//! # Example: a text in memory
//!
//! ```
//! use std::sync::Arc;
//!
//! use datatrawl::{Detector, Examiner, Key, Likelihood, RuleSet, Settings, Tokens, probe};
//!
//! let rules = Arc::new(RuleSet::load(&[], &[])?); // the built-in patterns and no others
//! let detector = Arc::new(Detector::new(rules, &["PH".parse()?]));
//! let tokens = Tokens::new(&Key::new([7; 32])); // a real key is 32 random bytes
//! let examiner = Arc::new(Examiner::new(detector, tokens, Settings::default()));
//!
//! let text = "call 0917 555 0123 or write to maria@example.com\n";
//! let mut found = Vec::new();
//! for finding in probe(&examiner, "note.txt", text.into())? {
//!     let entity = &examiner.rules()[usize::from(finding.rule)].entity;
//!     println!("{entity} {} {}", finding.likelihood(), finding.preview);
//!     found.push((entity.to_string(), finding.likelihood()));
//! }
//! assert_eq!(found, [("phone".into(), Likelihood::VeryLikely), ("email".into(), Likelihood::Likely)]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: a run folder
//!
//! A run takes items of a [`Walk`] to a folder. [`Manifest`] is what `scan.json` will say.
//!
//! ```no_run
//! use datatrawl::{Examiner, Manifest, Progress, Root, Run, RunFacts, Selection, Walk, run, unpack::Caps};
//! # use std::{path::Path, sync::{Arc, atomic::AtomicBool}};
//! # fn scan(examiner: Arc<Examiner>, facts: RunFacts, manifest: Manifest) -> Result<(), datatrawl::Error> {
//! let cancel = AtomicBool::new(false);
//! let items = Walk::new(vec![Root::parse("exports".as_ref())], &Selection::default())?;
//! let summary = run(
//!     Run {
//!         examiner,
//!         folder: Path::new("run"),
//!         facts, // a random name, the time and the key's id
//!         jobs: 2,
//!         caps: Caps::default(),
//!         members: None, // nothing is left out of archives
//!         clock: || 1_768_435_200_000_000, // microseconds since 1970
//!         cancel: &cancel,
//!         progress: Arc::new(Progress::default()),
//!         manifest,
//!     },
//!     items,
//! )?;
//! # Ok(())
//! # }
//! ```

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used))]

pub mod apply;
#[expect(clippy::disallowed_methods, reason = "the one room that exits and reads the environment and the clock")]
pub mod cli;
pub mod detect;
pub mod examine;
pub mod finding;
pub mod gate;
pub mod ledger;
pub mod model;
pub mod pattern;
pub mod plan;
pub mod policy;
pub mod read;
pub mod report;
pub mod run_folder;
pub mod scan;
pub mod score;
pub mod seal;
pub mod settings;
pub mod sink;
pub mod source;
pub mod unpack;

pub use detect::Detector;
pub use examine::{Examiner, LeafRun, Settings, probe};
pub use finding::{Coverage, Finding, Key, RunFacts, Tokens};
pub use model::{Block, Candidate, Error, ErrorKind, Id, Layout, Leaf, Likelihood, Object, Region, Result, Signal, Signals, Status};
pub use pattern::{Rule, RuleSet};
pub use scan::{Manifest, Progress, Run, Summary, run};
pub use settings::Layers;
pub use source::{Item, Root, Selection, Walk};
