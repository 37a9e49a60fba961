//! Bytes: what every section of a model file is made of, and the container around the sections.
//!
//! The lowest floor of the crate. It knows no part of a model.

pub(crate) mod container;
mod decode;
mod error;
mod lists;
mod strings;

pub use self::container::FileKind;
#[cfg(test)]
pub(crate) use self::decode::decoded;
pub(crate) use self::decode::{Decode, Input, decode_fields};
pub use self::error::FileError;
pub use self::lists::Lists;
pub use self::strings::Strings;
