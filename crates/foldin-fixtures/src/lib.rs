//! Data that several crates are tested with. Only tests depend on this crate.

pub mod parity;
