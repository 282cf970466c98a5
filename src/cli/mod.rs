//! The command line: arguments as typed become settings, a command runs, a code comes out.
//!
//! Only this room prints, exits, reads the environment or the clock.

mod apply;
mod baseline;
mod certificate;
mod completions;
mod exit;
mod explain;
mod formats;
mod gate;
mod ground;
mod key;
mod key_command;
mod known;
mod ledger;
mod manifest;
mod options;
mod patterns;
mod person;
mod plan;
mod plan_diff;
mod plan_export;
mod policy_command;
mod progress;
mod quarantine;
mod regions;
mod report;
mod rules;
mod scan;
mod settings_command;
mod settings_files;
mod since;
mod subject;
mod summary;
mod terminal;
mod token;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::Exit;

/// Finds personal data in exports, logs and dumps, and writes its findings as Parquet.
#[derive(Parser)]
#[command(name = "datatrawl", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scan files and folders; write a run folder
    Scan(Box<scan::Arguments>),
    /// Say whether data may go on: fail on personal data, for CI and hooks
    Gate(Box<gate::Arguments>),
    /// Accept findings, so that the gate fails on new ones alone
    Baseline(baseline::Arguments),
    /// Tell of a run: a page for people, and forms that other programs read
    Report(report::Arguments),
    /// Say why a finding is one
    Explain(explain::Arguments),
    /// List, show, test and begin patterns
    Patterns(patterns::Arguments),
    /// List the formats, codecs and character sets that are read
    Formats(formats::Arguments),
    /// Begin, check and explain settings files
    Settings(settings_command::Arguments),
    /// Plan what a retention policy has to be deleted; nothing is changed
    Plan(Box<plan::Arguments>),
    /// Carry a plan out; without --execute say what it would do
    Apply(apply::Arguments),
    /// Find what a person asks for, and plan its erasure
    Subject(subject::Arguments),
    /// List, give back or destroy originals that apply kept, encrypted
    Quarantine(quarantine::Arguments),
    /// Say what was erased, how that was verified, and what was not: a page and a statement
    Certificate(certificate::Arguments),
    /// Look whether what a plan deletes is gone, whoever carried it out
    Verify(verify::Arguments),
    /// Check a ledger of what was carried out; note what another program did
    Ledger(ledger::Arguments),
    /// Begin, check, compare and explain retention policies
    Policy(policy_command::Arguments),
    /// Make a key, or name the one in use
    Key(key_command::Arguments),
    /// Make the token of a value read from standard input
    Token(token::Arguments),
    /// Print the completions of a shell
    Completions(completions::Arguments),
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    terminal::hide_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            let is_help = !error.use_stderr();
            return if is_help { Exit::Done } else { Exit::Usage }.into();
        }
    };
    let done = match arguments.command {
        Command::Scan(arguments) => scan::run(&arguments),
        Command::Gate(arguments) => gate::run(&arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Patterns(arguments) => patterns::run(arguments),
        Command::Formats(arguments) => formats::run(&arguments),
        Command::Settings(arguments) => settings_command::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Apply(arguments) => apply::run(&arguments),
        Command::Subject(arguments) => subject::run(&arguments),
        Command::Quarantine(arguments) => quarantine::run(&arguments),
        Command::Certificate(arguments) => certificate::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Ledger(arguments) => ledger::run(&arguments),
        Command::Policy(arguments) => policy_command::run(&arguments),
        Command::Key(arguments) => key_command::run(&arguments),
        Command::Token(arguments) => token::run(&arguments),
        Command::Completions(arguments) => Ok(completions::run(&arguments)),
    };
    done.unwrap_or_else(|error| exit::report(&error)).into()
}
