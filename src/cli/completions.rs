//! `datatrawl completions SHELL`: what a shell completes, made from the commands and options themselves.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::exit::Exit;
use super::terminal::print;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "datatrawl", &mut script);
    print(&String::from_utf8_lossy(&script));
    Exit::Done
}
