//! Years and word order of titles.

use std::ops::RangeInclusive;

/// Years that a number in parentheses may mean.
const YEARS: RangeInclusive<i32> = 1850..=2100;

/// What IMDb puts after the year of a film that was not made for the cinema.
const MARKERS: [&str; 3] = ["(V)", "(TV)", "(VG)"];

/// Articles as they stand at the end of titles in MovieLens. Case matters: there they are written with a capital.
const ARTICLES: [&str; 40] = [
    "The", "A", "An", // English
    "Le", "La", "Les", "L'", "Un", "Une", // French
    "Il", "Lo", "I", "Gli", "Uno", "Una", "Un'", // Italian
    "El", "Los", "Las", // Spanish
    "Der", "Die", "Das", "Ein", "Eine", // German
    "O", "Os", "As", "Um", "Uma", // Portuguese
    "De", "Den", "Det", "En", "Et", "Ett", // Danish, Norwegian, Swedish
    "Het", "Een", // Dutch
    "L’", "Un’", "Da",
];

/// What stands before another title of the same film.
const ALSO_KNOWN_AS: [&str; 3] = ["a.k.a. ", "A.K.A. ", "aka "];

/// Takes a trailing `(1995)`, `(1995-1997)` or `(1995-)` off a title; its first year, and what is left.
///
/// A title that is nothing but a year in parentheses stays as it is, without a year.
pub(super) fn title_and_year(title: &str) -> (&str, Option<i32>) {
    let title = title.trim();
    let year_cut = || {
        let (start, inside) = trailing_parenthesis(title)?;
        let year = first_year(inside)?;
        let left = title[..start].trim_end();
        (!left.is_empty()).then_some((left, Some(year)))
    };
    year_cut().unwrap_or((title, None))
}

/// The title of a film in MovieLens, in natural word order, and its year.
///
/// `City of Lost Children, The (Cité des enfants perdus, La) (1995)` is
/// `The City of Lost Children (La Cité des enfants perdus)` of 1995.
pub(super) fn movielens_title(title: &str) -> (String, Option<i32>) {
    let title = title.trim();
    let unmarked = MARKERS.iter().find_map(|marker| title.strip_suffix(marker)).map(title_and_year);
    let (title, year) = match unmarked {
        Some((left, Some(year))) => (left, Some(year)),
        _ => title_and_year(title),
    };
    (natural_order(title), year)
}

/// Puts the article of a title, and those of other titles in parentheses after it, where they are spoken.
fn natural_order(title: &str) -> String {
    let mut main = title.trim();
    let mut others = Vec::new();
    while let Some((start, inside)) = trailing_parenthesis(main) {
        others.push(format!("({})", article_first(inside)));
        main = main[..start].trim_end();
    }
    let main = (!main.is_empty()).then(|| article_first(main));
    main.into_iter().chain(others.into_iter().rev()).collect::<Vec<_>>().join(" ")
}

fn article_first(title: &str) -> String {
    let title = title.trim();
    let prefix = ALSO_KNOWN_AS.iter().find(|prefix| title.starts_with(**prefix)).copied().unwrap_or_default();
    let name = &title[prefix.len()..];
    match name.rsplit_once(", ") {
        Some((rest, article)) if ARTICLES.contains(&article) => {
            let space = if article.ends_with(['\'', '’']) { "" } else { " " };
            format!("{prefix}{article}{space}{}", rest.trim_end())
        }
        _ => title.to_owned(),
    }
}

/// Where the parenthesis at the end of a text opens, and what is in it.
fn trailing_parenthesis(text: &str) -> Option<(usize, &str)> {
    if !text.ends_with(')') {
        return None;
    }
    let mut depth = 0_usize;
    for (place, byte) in text.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((place, &text[place + 1..text.len() - 1]));
        }
    }
    None
}

/// The year of `1995`, or the first of `1995-1997` and `1995-`, with any dash.
fn first_year(text: &str) -> Option<i32> {
    let four_digits = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = text.split_once(['-', '–', '—']).unwrap_or((text, ""));
    let (first, last) = (first.trim(), last.trim());
    if !four_digits(first) || !(last.is_empty() || four_digits(last)) {
        return None;
    }
    first.parse().ok().filter(|year| YEARS.contains(year))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn movielens(title: &str) -> (String, Option<i32>) {
        movielens_title(title)
    }

    #[test]
    fn the_year_at_the_end_is_cut_off() {
        assert_eq!(title_and_year("Toy Story (1995)"), ("Toy Story", Some(1995)));
        assert_eq!(title_and_year(" Superman/Doomsday (2007)  "), ("Superman/Doomsday", Some(2007)));
        assert_eq!(title_and_year("Toy Story(1995)"), ("Toy Story", Some(1995)));
        assert_eq!(title_and_year("\"Great Performances\" Cats (1998)"), ("\"Great Performances\" Cats", Some(1998)));
    }

    #[test]
    fn of_a_span_of_years_the_first_counts() {
        for span in ["1995–1997", "2012-", "1995-1997", "2009– ", "1995 — 1997"] {
            let year = span[..4].parse().ok();
            assert_eq!(title_and_year(&format!("Series ({span})")), ("Series", year), "{span}");
        }
    }

    #[test]
    fn a_number_that_is_no_year_stays() {
        for title in
            ["Apollo (13)", "Future (3000)", "Past (1849)", "Odd (19955)", "Oomph (1995x)", "X (1995-96)", "Y (-)"]
        {
            assert_eq!(title_and_year(title), (title, None));
        }
        assert_eq!(title_and_year("Babylon 5"), ("Babylon 5", None));
        assert_eq!(title_and_year("Broken 1995)"), ("Broken 1995)", None));
    }

    #[test]
    fn titles_of_numbers_come_out_right() {
        assert_eq!(movielens("1984 (1984)"), ("1984".into(), Some(1984)));
        assert_eq!(movielens("(500) Days of Summer (2009)"), ("(500) Days of Summer".into(), Some(2009)));
        assert_eq!(movielens("2001: A Space Odyssey (1968)"), ("2001: A Space Odyssey".into(), Some(1968)));
        assert_eq!(movielens("301, 302 (1995)"), ("301, 302".into(), Some(1995)));
        assert_eq!(movielens("(1995)"), ("(1995)".into(), None));
    }

    #[test]
    fn articles_come_first() {
        for (written, spoken) in [
            ("Usual Suspects, The", "The Usual Suspects"),
            ("Fish Called Wanda, A", "A Fish Called Wanda"),
            ("American Werewolf in London, An", "An American Werewolf in London"),
            ("Postino, Il", "Il Postino"),
            ("Vitelloni, I", "I Vitelloni"),
            ("Avventura, L'", "L'Avventura"),
            ("Boot, Das", "Das Boot"),
            ("Wonderful, Horrible Life of Leni Riefenstahl, The", "The Wonderful, Horrible Life of Leni Riefenstahl"),
        ] {
            assert_eq!(movielens(&format!("{written} (1990)")), (spoken.into(), Some(1990)));
        }
    }

    #[test]
    fn words_that_are_no_articles_stay_last() {
        for title in
            ["Paris, Texas", "Girl, Interrupted", "I, Robot", "Now, Voyager", "Theodore, the", "Good Bye, Lenin!"]
        {
            assert_eq!(movielens(&format!("{title} (1990)")).0, title);
        }
    }

    #[test]
    fn other_titles_in_parentheses_are_turned_too() {
        for (written, spoken) in [
            (
                "City of Lost Children, The (Cité des enfants perdus, La)",
                "The City of Lost Children (La Cité des enfants perdus)",
            ),
            ("Star Maker, The (Uomo delle stelle, L')", "The Star Maker (L'Uomo delle stelle)"),
            (
                "City of the Living Dead (a.k.a. Gates of Hell, The) (Paura nella città dei morti viventi)",
                "City of the Living Dead (a.k.a. The Gates of Hell) (Paura nella città dei morti viventi)",
            ),
            ("Hate (Haine, La)", "Hate (La Haine)"),
            ("Postino, Il (The Postman)", "Il Postino (The Postman)"),
            ("Twelve Monkeys (a.k.a. 12 Monkeys)", "Twelve Monkeys (a.k.a. 12 Monkeys)"),
            ("Ciao, Professore! (Io speriamo che me la cavo )", "Ciao, Professore! (Io speriamo che me la cavo)"),
        ] {
            assert_eq!(movielens(&format!("{written} (1990)")), (spoken.into(), Some(1990)));
        }
    }

    #[test]
    fn a_marker_after_the_year_goes_with_it() {
        assert_eq!(movielens("Land Before Time III (1995) (V)"), ("Land Before Time III".into(), Some(1995)));
        assert_eq!(movielens("Two Friends (1986) (TV)"), ("Two Friends".into(), Some(1986)));
        assert_eq!(movielens("Henry (V)"), ("Henry (V)".into(), None));
    }

    #[test]
    fn an_empty_title_stays_empty() {
        assert_eq!(movielens("  "), (String::new(), None));
    }

    proptest! {
        #[test]
        fn no_title_makes_the_reading_panic(title in "[()a-zéTheA, 0-9'–-]{0,30}") {
            movielens_title(&title);
        }

        #[test]
        fn a_year_behind_any_title_is_found(title in "[A-Za-zé]{1,20}", year in 1850..=2100) {
            let written = format!("{title} ({year})");
            prop_assert_eq!(title_and_year(&written), (title.as_str(), Some(year)));
        }
    }
}
