//! The integration tests, one binary. `run` is how they run the program and read its files, `transcript` how they write down
//! what it says; every other module is a matter.

mod cli;
mod patterns_command;
mod run;
mod tidy;
mod transcript;
