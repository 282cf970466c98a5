//! `datatrawl key new|id`

use std::path::PathBuf;

use super::exit::Exit;
use super::key::{self, KeyArguments};
use super::terminal::print;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Make a key: print it, or write it to a new file that only you can read
    New {
        /// File to write; it must not exist
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Print the public name of the key that a scan would use
    Id {
        #[command(flatten)]
        key: KeyArguments,
    },
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::New { file: Some(path) } => print(&format!("{}\n", key::make(path)?.id())),
        Command::New { file: None } => print(&format!("{}\n", key::random()?.to_hex().as_str())),
        Command::Id { key } => print(&format!("{}\n", key.required()?.id())),
    }
    Ok(Exit::Done)
}
