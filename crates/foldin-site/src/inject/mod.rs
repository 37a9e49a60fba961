//! Links in pages: a marked section that is put in, replaced and taken out again, with every other byte left as it was.
//!
//! | file | holds |
//! |---|---|
//! | `place` | where in a page the section goes |
//! | `section` | marks, and taking a section out |
//! | `list` | the section's HTML |
//! | `texts` | its texts in the language of the page |

mod list;
mod place;
mod section;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

pub use self::list::{Link, List};
pub use self::place::{Place, PlaceError};
pub use self::section::remove;
pub use self::texts::{Texts, texts};
use crate::whole_file;

/// Why a page cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum InjectError {
    /// It cannot be read or written.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// `read`, `write` or `clear`.
        action: &'static str,
        /// The page.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no place for the list.
    #[error(transparent)]
    Place(#[from] PlaceError),
}

/// A page with this section at its place, instead of an earlier one. `None`: the page has no such place.
///
/// # Errors
/// [`PlaceError`].
pub fn inject(html: &[u8], place: &Place, list: &List<'_>) -> Result<Option<Vec<u8>>, PlaceError> {
    let html = remove(html);
    let Some(spot) = place.find(&html)? else { return Ok(None) };
    let section = list.to_html(spot.is_inside);
    Ok(Some([&html[..spot.at], section.as_bytes(), &html[spot.at..]].concat()))
}

/// Replaces a page where its content has changed, as a whole or not at all; whether it was.
///
/// # Errors
/// [`InjectError::Io`].
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<bool, InjectError> {
    if before == after {
        return Ok(false);
    }
    let written = whole_file::write(path, after);
    written.map_err(|source| InjectError::Io { action: "write", path: path.to_owned(), source })?;
    Ok(true)
}

/// Removes the unfinished pages that a killed run has left in a site's folder.
///
/// # Errors
/// [`InjectError::Io`].
pub fn remove_unfinished(folder: &Path) -> Result<(), InjectError> {
    let removed = whole_file::remove_parts(folder, usize::MAX);
    removed.map_err(|source| InjectError::Io { action: "clear", path: folder.to_owned(), source })
}

/// The content of a page.
///
/// # Errors
/// [`InjectError::Io`].
pub fn read(path: &Path) -> Result<Vec<u8>, InjectError> {
    fs::read(path).map_err(|source| InjectError::Io { action: "read", path: path.to_owned(), source })
}
