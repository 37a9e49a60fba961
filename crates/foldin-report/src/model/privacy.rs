//! What is said of the people that a model was learned from, on the card and by the program.

use foldin_data::text::{count, grouped};
use foldin_train::artefacts::{NamedLikes, PrivacyFigures, SupportRange};

/// One line: the floor, and what can be named from the files.
pub fn privacy_line(figures: &PrivacyFigures) -> String {
    let floor = match figures.min_support {
        0 | 1 => "one person is enough for an entry".to_owned(),
        n => format!("at least {n} people behind every entry"),
    };
    format!("{floor}; {}", named(figures))
}

/// What can be named, of whom.
pub fn named(figures: &PrivacyFigures) -> String {
    let NamedLikes { right, people, .. } = figures.named;
    let likes = count(figures.likes, "like");
    let wrong = match figures.named.precision() {
        Some(precision) if precision < 1.0 => format!(" ({:.1} % of what is named is right)", 100.0 * precision),
        _ => String::new(),
    };
    match people {
        0 => format!("0 of {likes} can be named from the files"),
        _ => format!(
            "{} of {likes}, of {} of {} people, can be named from the files{wrong}",
            grouped(right as u64),
            grouped(people as u64),
            grouped(figures.people as u64)
        ),
    }
}

/// The entries of the lists by the number of people behind them: a head, and a row for each kind of lists.
pub fn support_table(figures: &PrivacyFigures) -> Vec<Vec<String>> {
    let head = std::iter::once("people behind an entry".to_owned());
    let head = head.chain(SupportRange::ALL.map(SupportRange::text)).collect();
    let row = |list: &foldin_train::artefacts::ListSupport| {
        let entries = list.entries.iter().map(|&entries| grouped(entries as u64));
        std::iter::once(list.source.clone()).chain(entries).collect()
    };
    std::iter::once(head).chain(figures.lists.iter().map(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_can_be_named() {
        let named = |claims, right, people| NamedLikes { claims, right, people };
        let line = |min_support, named| {
            privacy_line(&PrivacyFigures { min_support, people: 1609, likes: 2000, named, ..Default::default() })
        };
        assert_eq!(
            line(3, named(0, 0, 0)),
            "at least 3 people behind every entry; 0 of 2,000 likes can be named from the files"
        );
        assert_eq!(
            line(1, named(1200, 1200, 1012)),
            "one person is enough for an entry; 1,200 of 2,000 likes, of 1,012 of 1,609 people, can be named from the \
             files"
        );
        assert!(line(1, named(10, 9, 2)).ends_with("(90.0 % of what is named is right)"));
    }
}
