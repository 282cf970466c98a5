//! The integration tests, one binary. `run` is how they run the program and read its files, `transcript` how they write down
//! what it says; every other module is a matter.

mod archive;
mod cards;
mod cli;
mod column_names;
mod columnar;
mod commands;
mod containers;
mod contract;
mod coverage;
mod determinism;
mod docs;
mod encodings;
mod formats;
mod json_documents;
mod json_in_cells;
mod keys;
mod patterns_command;
mod pictures;
mod pitfalls;
mod plan;
mod planted;
mod readers;
mod run;
mod run_folder;
mod sampling;
mod secret;
mod settings;
mod sql_dump;
mod tables;
mod tidy;
mod torn;
mod transcript;
mod unnamed_columns;
mod vcard;
mod wholes;
