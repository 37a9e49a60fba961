//! Ids as people give them on the command line.

use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::model::Catalogue;
use unicode_normalization::UnicodeNormalization;

/// A file of more bytes holds no list of ids that somebody wants recommendations for.
const MOST_BYTES: u64 = 16 << 20;

/// An id in the form in which training compares ids: Unicode's composed form (NFC), without spaces around it.
pub(crate) fn composed(id: &str) -> String {
    id.trim().nfc().collect()
}

/// The ids that arguments name. One that is the id of an item is that item, also if it holds a comma. All others are
/// lists of ids, separated by commas; `@FILE` is a file of ids, separated by commas, spaces or line breaks.
pub(crate) fn named(arguments: &[String], catalogue: &Catalogue) -> anyhow::Result<Vec<String>> {
    let mut ids = Vec::new();
    for argument in arguments {
        let whole = composed(argument);
        if catalogue.find(&whole).is_some() {
            ids.push(whole);
        } else if let Some(file) = whole.strip_prefix('@') {
            ids.extend(of_file(Path::new(file))?);
        } else {
            for id in whole.split(',').map(str::trim) {
                if id.is_empty() {
                    bail!("an id is empty in \"{whole}\"; expected ids with a comma between two, as in 1,260,1198");
                }
                ids.push(id.to_owned());
            }
        }
    }
    Ok(ids)
}

fn of_file(path: &Path) -> anyhow::Result<Vec<String>> {
    let reading = || format!("cannot read the ids in {}", path.display());
    let about = std::fs::metadata(path).with_context(reading)?;
    if !about.is_file() || about.len() > MOST_BYTES {
        bail!("{} is no list of ids: expected a file of text of at most 16 MB", path.display());
    }
    let text = std::fs::read_to_string(path).with_context(reading)?;
    let parted = |letter: char| letter == ',' || letter.is_whitespace();
    Ok(text.split(parted).filter(|id| !id.is_empty()).map(composed).collect())
}

#[cfg(test)]
mod tests {
    use foldin_core::model::CatalogueItem;

    use super::*;

    fn catalogue() -> Catalogue {
        let item = |id: &str| CatalogueItem { id: id.to_owned(), ..CatalogueItem::default() };
        Catalogue::new(["a", "b", "a,c", "\u{d55c}"].map(item).to_vec())
    }

    fn named_by(arguments: &[&str]) -> anyhow::Result<Vec<String>> {
        named(&arguments.iter().map(|&argument| argument.to_owned()).collect::<Vec<_>>(), &catalogue())
    }

    #[test]
    fn an_id_with_a_comma_is_one_where_an_item_has_it() {
        assert_eq!(named_by(&["a,b", "a,c"]).unwrap(), ["a", "b", "a,c"]);
        assert_eq!(named_by(&[" a , b "]).unwrap(), ["a", "b"]);
        assert!(named_by(&["a,,b"]).unwrap_err().to_string().contains("is empty"));
    }

    #[test]
    fn ids_in_decomposed_letters_are_those_of_the_model() {
        assert_eq!(named_by(&["\u{1112}\u{1161}\u{11ab}"]).unwrap(), ["\u{d55c}"]);
    }

    #[test]
    fn a_file_of_ids_is_read_and_what_is_none_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ids.txt");
        std::fs::write(&file, "a\nb, a\r\n\n").unwrap();
        assert_eq!(named_by(&[&format!("@{}", file.display())]).unwrap(), ["a", "b", "a"]);
        assert!(named_by(&[&format!("@{}", folder.path().display())]).unwrap_err().to_string().contains("no list"));
        assert!(named_by(&["@nowhere"]).unwrap_err().to_string().contains("cannot read"));
    }
}
