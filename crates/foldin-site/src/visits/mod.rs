//! Visits: from requests to what people read together.
//!
//! A visitor is a hash of address and user agent with a random key that is made when the program starts and is gone when
//! it ends (`visitors.rs`). No address, user agent or hash leaves this module.
//!
//! | file | holds |
//! |---|---|
//! | `funnel` | how many requests were left out, and why |
//! | `visitors` | addresses to numbers |
//! | `behaviour` | programs that call themselves browsers |
//! | `sessions` | page views to sessions |
//! | `read` | files to sessions |
//! | `events` | exports of analytics tools to sessions |

mod behaviour;
mod events;
mod funnel;
mod read;
mod sessions;
mod visitors;

pub use self::events::from_dataset;
pub use self::funnel::Funnel;
pub use self::read::{LogOptions, Visits, read_logs};
pub use self::sessions::Session;

/// One view of a page of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct View {
    /// The visitor's number in this run.
    visitor: u32,
    /// Seconds since 1970.
    time: i64,
    /// The page's place in the catalogue.
    page: u32,
}
