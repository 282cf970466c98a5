//! `datatrawl report DIR --to FORM…`: a run told in the forms that other programs read, and as a page for people.

use std::ffi::OsStr;
use std::io::{BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use jiff::Timestamp;

use super::exit::Exit;
use super::plan::as_of;
use super::policy_command;
use super::rules::Rules;
use super::terminal::{plain, print};
use crate::model::{Error, ErrorKind, Result};
use crate::report::forms::{FORMS, Form};
use crate::report::{MOST_ROWS, PageOf, Told};
use crate::run_folder::RunFolder;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Run folder
    run: PathBuf,
    /// Form of the report; may be repeated
    #[arg(long = "to", value_name = "FORM", required = true, value_delimiter = ',', value_parser = PossibleValuesParser::new(names()))]
    to: Vec<String>,
    /// File to write, or for several forms a folder; - is standard output [default: standard output]
    #[arg(long, short, value_name = "FILE|DIR")]
    out: Option<PathBuf>,
    /// Policy: the page says what is overdue by it
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Day or time for which the page says what is overdue [default: now]
    #[arg(long, value_name = "TIME", requires = "policy")]
    as_of: Option<String>,
    /// Earlier run under the same key: the page says what is new and what is gone
    #[arg(long, value_name = "RUN")]
    since: Option<PathBuf>,
    /// Rows of the page's table; where there are more findings, those that are alike share one
    #[arg(long, value_name = "N", default_value_t = MOST_ROWS, value_parser = rows)]
    rows: usize,
    #[command(flatten)]
    rules: Rules,
}

fn rows(text: &str) -> std::result::Result<usize, String> {
    text.parse().ok().filter(|rows| (1..=1_000_000).contains(rows)).ok_or_else(|| "expected 1 to 1000000".to_owned())
}

fn names() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|form| form.name)
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let mut forms: Vec<&Form> = Vec::new();
    for form in FORMS.iter().filter(|form| arguments.to.iter().any(|name| name == form.name)) {
        forms.push(form);
    }
    let out = arguments.out.as_deref().filter(|out| out.as_os_str() != OsStr::new("-"));
    if out.is_none() && forms.len() > 1 {
        return Err(Error::new(ErrorKind::Usage, "standard output takes one form").hint("give a folder with --out").into());
    }
    let is_page = forms.iter().any(|form| form.name == "html");
    if is_page && out.is_none() && arguments.out.is_none() && std::io::stdout().is_terminal() {
        return Err(Error::new(ErrorKind::Usage, "a page is not written to a terminal").hint("give a file: --out report.html").into());
    }
    if !is_page && (arguments.policy.is_some() || arguments.since.is_some()) {
        return Err(Error::new(ErrorKind::Usage, "--policy and --since are for a page: --to html").into());
    }
    let run = RunFolder::open(&arguments.run)?;
    let since = arguments.since.as_deref().map(RunFolder::open).transpose()?;
    let policy = match &arguments.policy {
        Some(path) => Some(policy_command::load(path, &policy_command::rules(path, &arguments.rules)?, Some(&run.facts.key_id))?),
        None => None,
    };
    let now = Timestamp::now();
    let page = PageOf {
        run: &run,
        shown: &arguments.run.display().to_string(),
        policy: policy.as_ref(),
        since: since.as_ref(),
        now,
        as_of: policy.as_ref().map_or(Ok(now), |policy| as_of(arguments.as_of.as_deref(), now, policy))?,
        most_rows: arguments.rows,
    };
    let rules = arguments.rules.load(&[])?;
    let base = std::env::current_dir().map_err(|error| Error::io("the working folder", &error))?;
    let told = Told { run: &run, rules: &rules, base: &base, page: Some(&page) };
    let Some(out) = out else {
        // A reader that has gone away ends nothing.
        let mut text = Piped(BufWriter::new(std::io::stdout().lock()));
        (forms[0].write)(&told, &mut text)?;
        let _ = text.0.flush();
        return Ok(Exit::Done);
    };
    let is_folder = forms.len() > 1 || out.is_dir();
    if is_folder {
        std::fs::create_dir_all(out).map_err(|error| Error::new(ErrorKind::Usage, format!("{}: {error}", out.display())))?;
    }
    let mut said = String::new();
    for form in forms {
        let path = if is_folder { out.join(form.file) } else { out.to_owned() };
        write(&path, |file| (form.write)(&told, file))?;
        said += &format!("{}\n", plain(&path.display().to_string()));
    }
    print(&said);
    Ok(Exit::Done)
}

/// Writes a file whole, beside its place first. What stands there stays: it may be anybody's.
pub(super) fn write(path: &Path, content: impl FnOnce(&mut dyn std::io::Write) -> Result<()>) -> Result<()> {
    let failed = |error: std::io::Error| Error::new(ErrorKind::Usage, format!("{}: {error}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    {
        let mut buffer = BufWriter::new(file.as_file_mut());
        content(&mut buffer)?;
        buffer.flush().map_err(failed)?;
    }
    file.persist_noclobber(path).map_err(|error| failed(error.error).hint("nothing is written over: give another name"))?;
    Ok(())
}

/// Standard output, which may close early.
struct Piped<W>(W);

impl<W: std::io::Write> std::io::Write for Piped<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            other => other,
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all_and_replaces_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r");
        let text = |text: &'static str| move |out: &mut dyn std::io::Write| out.write_all(text.as_bytes()).map_err(|e| Error::io("x", &e));
        let failed = write(&path, |out| {
            text("half")(out)?;
            Err(Error::new(ErrorKind::Run, "broken"))
        });
        assert!(failed.is_err() && folder.path().read_dir().unwrap().count() == 0);
        write(&path, text("first")).unwrap();
        assert!(write(&path, text("second")).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}
