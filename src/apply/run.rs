//! The protocol: each file is checked, written anew beside itself, checked again, and put in its place.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::codec::{Encoder, Hashed};
use super::editor::{Checked, Editor, Step, Stop, Task, editor_of, open};
use super::files::{self, Temporary};
use super::quarantine::{Keeper, Kept};
use crate::examine::Examiner;
use crate::finding::content_token;
use crate::ledger::{Entry, Event, Ledger, State, approvals, is_same_person};
use crate::model::{Error, ErrorKind, Result};
use crate::plan::{Keeping, Leaves, OpLeaf, Plan};

/// What is carried out, and by whom.
pub struct Order<'a> {
    /// Folder of the plan.
    pub folder: &'a Path,
    /// The plan.
    pub plan: &'a Plan,
    /// Its digest.
    pub digest: &'a str,
    /// Examines files as the scan did, under the plan's key.
    pub examiner: &'a Arc<Examiner>,
    /// The ledger.
    pub ledger: &'a Path,
    /// Where originals are kept, where the policy asks for that.
    pub quarantine: &'a Path,
    /// Who carries it out.
    pub operator: &'a str,
    /// Tells the time, RFC 3339 in UTC.
    pub clock: &'a dyn Fn() -> String,
    /// When set, the file at hand is finished and no other begun.
    pub cancel: &'a AtomicBool,
}

/// A file that was left as it was.
pub struct Left {
    /// Its path.
    pub path: String,
    /// Why.
    pub state: State,
    /// In a few words.
    pub detail: String,
}

/// A file that is as planned.
pub struct Carried {
    /// Its path.
    pub path: String,
    /// Records that went; none: the whole file.
    pub dropped: Option<u64>,
    /// Records that were changed.
    pub changed: u64,
    /// Whether it was so before: an earlier call had done it.
    pub before: bool,
}

/// What came of it.
#[derive(Default)]
pub struct Report {
    /// Files that are as planned.
    pub carried: Vec<Carried>,
    /// Files that were left.
    pub left: Vec<Left>,
    /// Whether it was stopped.
    pub stopped: bool,
}

/// Carries a plan out. Each file is replaced as a whole or not at all, and the ledger says so before and after.
///
/// # Errors
/// `Run` where plan or ledger are not as they were written; `Refused` where another process writes to the ledger, or approvals are missing; `Io` where the ledger
/// cannot be written: nothing is changed that cannot be told.
pub fn apply(order: &Order<'_>) -> Result<Report> {
    let leaves = Leaves::open(order.folder)?;
    let (mut ledger, entries) = Ledger::open(order.ledger)?;
    refuse_unapproved(order, &entries)?;
    let mut intended = intentions(&entries, order.digest);
    let operations = leaves.leaves.iter().map(|leaf| leaf.operations).sum();
    ledger.append(
        &(order.clock)(),
        Event::Begun {
            plan: order.digest.to_owned(),
            policy: order.plan.policy.digest.clone(),
            policy_id: order.plan.policy.id.clone(),
            operator: order.operator.to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            key_id: order.plan.key_id.clone(),
            operations,
        },
    )?;
    let (zone, tokens) = (order.plan.policy.timezone.as_deref(), order.examiner.tokens());
    let mut keeper = Keeper::new(order.quarantine, order.digest, zone, tokens, &entries);
    let mut report = Report::default();
    for leaf in &leaves.leaves {
        if order.cancel.load(Ordering::Relaxed) {
            report.stopped = true;
            break;
        }
        let id = leaf.object_id.to_string();
        let before = intended.remove(&id);
        match (Job { order, leaves: &leaves, leaf, ledger: &mut ledger, keeper: &mut keeper }).run(before)? {
            Ok(carried) => report.carried.push(carried),
            Err(left) => {
                let (plan, state, detail) = (order.digest.to_owned(), left.state, left.detail.clone());
                ledger.append(&(order.clock)(), Event::Left { plan, object_id: id, state, detail })?;
                report.left.push(left);
            }
        }
    }
    let (verified, left) = (report.carried.len() as u64, report.left.len() as u64);
    ledger.append(&(order.clock)(), Event::Ended { plan: order.digest.to_owned(), verified, left })?;
    Ok(report)
}

/// Refuses a plan that too few others than the operator agreed to.
fn refuse_unapproved(order: &Order<'_>, entries: &[Entry]) -> Result<()> {
    let others = approvals(entries, order.digest).into_iter().filter(|(by, _)| !is_same_person(by, order.operator)).count();
    let needed = order.plan.approvals_needed();
    if others as u64 >= needed {
        return Ok(());
    }
    let what = format!("the policy asks for {needed} approvals by others than {}; the ledger has {others}", order.operator);
    Err(Error::new(ErrorKind::Refused, what).hint("datatrawl plan approve PLAN --by NAME, into the same ledger"))
}

/// What a ledger says was intended for the files of a plan: what they hold then, by leaf.
fn intentions(entries: &[Entry], digest: &str) -> HashMap<String, Option<String>> {
    let mut out = HashMap::new();
    for entry in entries {
        if let Event::Intended { plan, object_id, post, .. } = &entry.event
            && plan == digest
        {
            out.insert(object_id.clone(), post.clone());
        }
    }
    out
}

/// One file.
struct Job<'a, 'k> {
    order: &'a Order<'a>,
    leaves: &'a Leaves,
    leaf: &'a OpLeaf,
    ledger: &'a mut Ledger,
    keeper: &'a mut Keeper<'k>,
}

/// Something that ends with a file: it is as planned, or left.
type Ending<T = Carried> = std::result::Result<T, Left>;

impl Job<'_, '_> {
    fn left(&self, state: State, detail: impl Into<String>) -> Left {
        Left { path: self.leaf.path.clone(), state, detail: detail.into() }
    }

    fn run(mut self, before: Option<Option<String>>) -> Result<Ending> {
        let path = PathBuf::from(&self.leaf.uri);
        let drops_file = self.leaves.ops(self.leaf.object_id)?.drops_file()?;
        let found = match files::meta(&path) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && drops_file && before == Some(None) => return self.was_done(0),
            Err(error) => return Ok(Err(self.left(State::Unreachable, error.to_string()))),
        };
        if self.leaf.member.is_some() {
            return Ok(Err(self.left(State::Unsupported, "it is a member of an archive")));
        }
        if !found.is_file() {
            return Ok(Err(self.left(State::Unsupported, "it is a link or no regular file")));
        }
        if files::names(&found) > 1 {
            return Ok(Err(
                self.left(State::Unsupported, format!("it has {} names: the others would keep what goes", files::names(&found)))
            ));
        }
        let held = match files::lock(&path) {
            Ok(Some(held)) => held,
            Ok(None) => return Ok(Err(self.left(State::Failed, "another process carries a plan out in it"))),
            Err(error) => return Ok(Err(self.left(State::Unreachable, error.to_string()))),
        };
        if !held.metadata().is_ok_and(|now| files::is_same(&found, &now)) {
            return Ok(Err(self.left(State::Stale, "it was exchanged while it was opened")));
        }
        let content = match self.content(&path) {
            Ok(content) => content,
            Err(error) => return Ok(Err(self.left(State::Unreachable, error.to_string()))),
        };
        if before.flatten().as_ref() == Some(&content) {
            return self.was_done(self.leaf.operations);
        }
        if content != self.leaf.content_token {
            return Ok(Err(self.left(State::Stale, "it is not what was scanned")));
        }
        if drops_file {
            return self.drop_file(&path, &found);
        }
        let Some(editor) = editor_of(&self.leaf.format) else {
            return Ok(Err(self.left(State::Unsupported, format!("there is no editor for {}", self.leaf.format))));
        };
        let name = format!("{}-{}", &self.order.digest[..16], &self.leaf.object_id.to_string()[..16]);
        let temporary = match Temporary::beside(&path, &found, &name) {
            Ok(temporary) => temporary,
            Err(error) => return Ok(Err(self.left(State::Failed, format!("no file can be written beside it: {error}")))),
        };
        let (post, checked) = match self.write(&temporary, editor)? {
            Ok(written) => written,
            Err(left) => return Ok(Err(left)),
        };
        self.replace(&path, &found, temporary, post, &checked)
    }

    /// An earlier call got so far, and was cut off before it could tell.
    fn was_done(&mut self, changed: u64) -> Result<Ending> {
        self.done()?;
        Ok(Ok(Carried { path: self.leaf.path.clone(), dropped: Some(0), changed, before: true }))
    }

    fn done(&mut self) -> Result<()> {
        let (plan, object_id) = (self.order.digest.to_owned(), self.leaf.object_id.to_string());
        self.ledger.append(&(self.order.clock)(), Event::Done { plan, object_id, state: State::Verified })
    }

    fn intend(&mut self, post: Option<String>, dropped: Option<u64>) -> Result<()> {
        let event = Event::Intended {
            plan: self.order.digest.to_owned(),
            object_id: self.leaf.object_id.to_string(),
            pre: self.leaf.content_token.clone(),
            post,
            operations: self.leaf.operations,
            records_dropped: dropped,
        };
        self.ledger.append(&(self.order.clock)(), event)
    }

    /// The keyed digest of a file's stored bytes.
    fn content(&self, path: &Path) -> std::io::Result<String> {
        let mut hasher = blake3::Hasher::new_keyed(self.order.examiner.tokens().content_key());
        Ok(content_token(hasher.update_reader(File::open(path)?)?.finalize().as_bytes()))
    }

    /// Keeps the file as it is, encrypted, where the policy asks for that, and tells the ledger. What cannot be kept is not replaced.
    fn keep_original(&mut self) -> Result<Ending<()>> {
        let (plan, object_id) = (self.order.digest.to_owned(), self.leaf.object_id.to_string());
        let event = match self.order.plan.keeping(self.leaf.object_id, &self.leaves.shares(self.leaf.object_id)?) {
            Keeping::NotAsked => return Ok(Ok(())),
            Keeping::Unlike => return Ok(Err(self.left(State::Unsupported, "its datasets keep originals for different recipients"))),
            Keeping::Not(why) => Event::NotQuarantined { plan, object_id, why: why.to_owned() },
            Keeping::For { recipient, spans } => match self.keeper.keep(self.leaf, &recipient, &spans, &(self.order.clock)())? {
                Err(what) => return Ok(Err(self.left(State::Failed, format!("its original cannot be kept: {what}")))),
                Ok(None) => return Ok(Ok(())),
                Ok(Some(Kept { group, kept_until, blake3 })) => Event::Quarantined { plan, object_id, group, kept_until, blake3 },
            },
        };
        self.ledger.append(&(self.order.clock)(), event)?;
        Ok(Ok(()))
    }

    fn drop_file(mut self, path: &Path, found: &Metadata) -> Result<Ending> {
        if let Err(left) = self.keep_original()? {
            return Ok(Err(left));
        }
        if !files::meta(path).is_ok_and(|now| files::is_same(found, &now)) {
            return Ok(Err(self.left(State::Stale, "it changed before it was removed")));
        }
        self.intend(None, None)?;
        if let Err(error) = files::remove(path) {
            return Ok(Err(self.left(State::Failed, format!("it cannot be removed: {error}"))));
        }
        files::sync_folder(path)?;
        self.done()?;
        Ok(Ok(Carried { path: self.leaf.path.clone(), dropped: None, changed: 0, before: false }))
    }

    /// Writes the new file and checks it; returns what its stored bytes are.
    fn write(&self, temporary: &Temporary, editor: &dyn Editor) -> Result<Ending<(String, Checked)>> {
        match self.written(temporary, editor) {
            Ok(written) => Ok(Ok(written)),
            Err(Stop::Left(state, detail)) => Ok(Err(self.left(state, detail))),
            Err(Stop::Error(error)) => Err(error),
        }
    }

    fn written(&self, temporary: &Temporary, editor: &dyn Editor) -> Step<(String, Checked)> {
        let (tokens, new) = (self.order.examiner.tokens(), temporary.path().to_string_lossy());
        let task = Task { leaves: self.leaves, leaf: self.leaf, plan: self.order.plan, examiner: self.order.examiner };
        let codecs = open(&self.leaf.uri, tokens)?.leaf.codecs;
        let file = Hashed::new(temporary.file().map_err(|error| Stop::failed(error.to_string()))?, tokens.content_key());
        let encoder = Encoder::new(&codecs, file).map_err(|error| Stop::failed(error.to_string()))?;
        let mut encoder = encoder.ok_or_else(|| Stop::unsupported(format!("it is packed as {}", codecs.join(" in "))))?;
        editor.write(&task, &mut encoder)?;
        let post = encoder.finish().map_err(|error| Stop::failed(format!("it cannot be written: {error}")))?;
        let checked = editor.check(&task, &new).map_err(|stop| stop.because("the new file is not as planned"))?;
        Ok((post, checked))
    }

    /// Puts the new file in the place of the old one.
    fn replace(mut self, path: &Path, found: &Metadata, temporary: Temporary, post: String, checked: &Checked) -> Result<Ending> {
        if let Err(left) = self.keep_original()? {
            return Ok(Err(left));
        }
        if !files::meta(path).is_ok_and(|now| files::is_same(found, &now)) {
            return Ok(Err(self.left(State::Stale, "it changed while it was written anew")));
        }
        self.intend(Some(post), Some(checked.dropped))?;
        if let Err(error) = temporary.replace(path) {
            return Ok(Err(self.left(State::Failed, format!("the new file cannot take its place: {error}"))));
        }
        files::sync_folder(path)?;
        self.done()?;
        Ok(Ok(Carried { path: self.leaf.path.clone(), dropped: Some(checked.dropped), changed: checked.changed, before: false }))
    }
}
