//! The program as people run it: every test gets a folder of its own, runs `foldin` in it, and looks at what it
//! printed and what it left behind.
//!
//! Tests on real data sets look for them in the folder that `FOLDIN_DATA_DIR` names, and say so where they skip.

mod build;
mod config;
mod data;
mod evaluate;
mod export;
mod fixtures;
mod harness;
#[cfg(feature = "parquet")]
mod import;
mod import_vectors;
mod inspect;
mod interrupted;
mod logs;
mod privacy;
mod real_data;
mod recommend;
mod refresh;
mod report;
mod runs;
mod sample;
mod seeds;
mod serve;
mod similar;
mod simulate;
mod streams;
mod train;
mod tune;
mod variants;
mod versions;
#[cfg(feature = "site")]
mod website;
#[cfg(feature = "site")]
mod website_size;
