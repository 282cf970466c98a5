//! The integration tests, one binary. `run` is how they run the program and read its files, `transcript` how they write down
//! what it says; every other module is a matter.

mod cli;
mod coverage;
mod determinism;
mod patterns_command;
mod planted;
mod run;
mod secret;
mod tidy;
mod transcript;
