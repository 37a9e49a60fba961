//! Data that several crates are tested with. Only tests depend on this crate.

mod data;
pub mod parity;

pub use data::{dataset_of, events, held_out, interactions, items, shown};
#[cfg(not(target_arch = "wasm32"))]
pub use data::{folder_with, real_data};
