//! Finding an item by its title: for pickers, and to suggest what a wrong id may have meant.
//!
//! Titles and queries are compared without case, accents and punctuation. The better kinds of match come first, and
//! within one kind the more popular item:
//!
//! 1. the title is the query (a leading article aside);
//! 2. the title begins with the query;
//! 3. the id is the query, whatever the title;
//! 4. every word of the query begins a word of the title;
//! 5. the query stands somewhere in the title;
//! 6. every word of the query is a typing error away from what begins with a word of the title, whether parted or not:
//!    one error in words of four letters and more, two in words of eight and more;
//! 7. all words of the query written as one are. These two are tried only where the others give too few.

use crate::codec::Strings;
use crate::index::ItemIdx;
use crate::linalg::top_k::{Scored, top_k};
use crate::model::Catalogue;
use crate::model::Descriptions;

/// Titles prepared for searching.
#[derive(Debug, Clone)]
pub struct Search {
    /// Titles in the order of the catalogue: lower case, no accents, one space between words.
    folded: Strings,
}

impl Search {
    /// Prepares all titles, `O(total length)`.
    pub fn new(descriptions: &Descriptions) -> Self {
        let folded: Vec<String> = descriptions.titles().iter().map(fold).collect();
        Search { folded: folded.iter().map(String::as_str).collect() }
    }

    /// The best `k` matches, the best first; nothing for a query without a letter or digit, unless it is an id.
    pub fn find(&self, catalogue: &Catalogue, query: &str, k: usize) -> Vec<ItemIdx> {
        let by_id = catalogue.find(query.trim());
        let query = fold(query);
        let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
        let kind_of = |item: ItemIdx| exact_kind(self.folded.get(item.at()), &query, &words, by_id == Some(item));
        // Scored by the kind of match, so that the best are taken as everywhere else.
        let mut found: Vec<Scored> = catalogue.items().filter_map(|item| Some((item, -kind_of(item)?))).collect();
        if found.len() < k && !words.is_empty() {
            let mut near = NearWords::new(&query);
            let others = catalogue.items().filter(|&item| kind_of(item).is_none());
            found.extend(others.filter_map(|item| Some((item, -near.kind(self.folded.get(item.at()))?))));
        }
        top_k(&found, k).into_iter().map(|(item, _)| item).collect()
    }
}

/// Which of the first five kinds of match this is.
fn exact_kind(title: &str, query: &str, words: &[&str], is_id: bool) -> Option<f32> {
    let short = ["the ", "a ", "an "].iter().find_map(|article| title.strip_prefix(article)).unwrap_or(title);
    let some_words = !words.is_empty();
    if some_words && (title == query || short == query) {
        Some(1.0)
    } else if some_words && (title.starts_with(query) || short.starts_with(query)) {
        Some(2.0)
    } else if is_id {
        // Not first: an id that is a number is a title, too, and who types 1984 rather means the film.
        Some(3.0)
    } else if some_words && words.iter().all(|word| title.split(' ').any(|other| other.starts_with(word))) {
        Some(4.0)
    } else if some_words && contains(title, query) {
        Some(5.0)
    } else {
        None
    }
}

/// Whether `part` stands somewhere in `whole`; it is not empty. `O(length * length)`, and short for titles: the linear
/// search of the standard library is a twentieth of the wasm module.
fn contains(whole: &str, part: &str) -> bool {
    whole.as_bytes().windows(part.len()).any(|place| place == part.as_bytes())
}

/// The words of a query, to be found with typing errors.
struct NearWords {
    /// The letters of each word, and how many errors are allowed in it; first of all words written as one.
    words: Vec<(Vec<char>, usize)>,
    /// Rows of the table of errors: two before, one before, and the current one.
    rows: [Vec<usize>; 3],
    /// The letters of the title that is looked at, and where its words begin among them.
    title: Vec<char>,
    begins: Vec<usize>,
}

impl NearWords {
    fn new(query: &str) -> Self {
        let mut words = vec![(Vec::new(), 0)];
        for text in query.split(' ') {
            let word: Vec<char> = text.chars().collect();
            words[0].0.extend_from_slice(&word);
            words.push((word, 0));
        }
        for (word, allowed) in &mut words {
            *allowed = match word.len() {
                0..4 => 0,
                4..8 => 1,
                _ => 2,
            };
        }
        NearWords { words, rows: Default::default(), title: Vec::new(), begins: Vec::new() }
    }

    /// Which of the last two kinds of match this is.
    fn kind(&mut self, title: &str) -> Option<f32> {
        self.title.clear();
        self.begins.clear();
        let mut begins = true;
        for letter in title.chars() {
            if begins {
                self.begins.push(self.title.len());
            }
            begins = letter == ' ';
            if !begins {
                self.title.push(letter);
            }
        }
        let NearWords { words, rows, title, begins } = self;
        let mut is_in = |(word, allowed): &(Vec<char>, usize)| {
            begins.iter().any(|&begin| {
                // What lies beyond the word by more than the allowed errors cannot match.
                let end = title.len().min(begin + word.len() + allowed);
                is_near(word, &title[begin..end], *allowed, rows)
            })
        };
        if words[1..].iter().all(&mut is_in) { Some(6.0) } else { is_in(&words[0]).then_some(7.0) }
    }
}

/// Whether at most `allowed` insertions, deletions, replacements and swaps of neighbours turn `word` into a beginning
/// of `other` (optimal string alignment). `O(length of word * length of other)`, less where the first letters tell.
fn is_near(word: &[char], other: &[char], allowed: usize, rows: &mut [Vec<usize>; 3]) -> bool {
    if allowed == 0 {
        return other.starts_with(word);
    }
    let [two_before, before, current] = rows;
    before.clear();
    before.extend(0..=other.len());
    for (i, &letter) in word.iter().enumerate() {
        current.clear();
        current.push(i + 1);
        for (j, &with) in other.iter().enumerate() {
            let mut cost = (before[j] + usize::from(letter != with)).min(before[j + 1] + 1).min(current[j] + 1);
            if i > 0 && j > 0 && letter == other[j - 1] && word[i - 1] == with {
                cost = cost.min(two_before[j - 1] + 1);
            }
            current.push(cost);
        }
        if current.iter().all(|&cost| cost > allowed) {
            return false;
        }
        std::mem::swap(two_before, before);
        std::mem::swap(before, current);
    }
    before.iter().any(|&cost| cost <= allowed)
}

/// Lower case, without accents; apostrophes vanish, `&` is "and", all else that is no letter or digit parts words.
///
/// Case of Latin, Greek and Cyrillic letters and accents of Latin ones are told by ranges instead of by the tables of the standard library:
/// those would be an eighth of the wasm module.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().map(lower_case) {
        match letter {
            '\'' | '’' | '`' | '\u{300}'..='\u{36f}' => {}
            '&' => folded.push_str(" and "),
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => folded.push('g'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ĺ' | 'ļ' | 'ľ' | 'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => folded.push('o'),
            'ŕ' | 'ŗ' | 'ř' => folded.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => folded.push('s'),
            'ţ' | 'ť' | 'ț' => folded.push('t'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '\u{80}'..='¿' | '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' => folded.push(' '),
            letter if letter.is_ascii_alphanumeric() || !letter.is_ascii() => folded.push(letter),
            _ => folded.push(' '),
        }
    }
    let mut spaced = String::with_capacity(folded.len());
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// The small form of a Latin, Greek or Cyrillic capital; anything else as it is.
fn lower_case(letter: char) -> char {
    let distance = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Ÿ' => return 'ÿ',
        // Capitals and small letters in turn: the capital is even, or odd in these two stretches.
        'Ĺ'..='ň' | 'Ź'..='ž' => (letter as u32) % 2,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ș'..='ț' => 1 - (letter as u32) % 2,
        _ => 0,
    };
    char::from_u32(letter as u32 + distance).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CatalogueItem;

    /// Titles, the most popular first.
    fn found(titles: &[&str], query: &str) -> Vec<String> {
        let item = |(n, title): (usize, &&str)| {
            let likes = (titles.len() - n) as u32;
            CatalogueItem { id: format!("{title}-id"), likes, ..Default::default() }
        };
        let catalogue = Catalogue::new(titles.iter().enumerate().map(item).collect());
        let descriptions = Descriptions::new(&catalogue, titles, &vec![Vec::new(); titles.len()]);
        let search = Search::new(&descriptions);
        search.find(&catalogue, query, 5).iter().map(|&item| descriptions.title(item).to_owned()).collect()
    }

    #[test]
    fn the_title_itself_comes_before_longer_and_more_popular_ones() {
        let titles = ["The Matrix Reloaded", "The Matrix", "Dot the Matrix"];
        assert_eq!(found(&titles, "matrix"), ["The Matrix", "The Matrix Reloaded", "Dot the Matrix"]);
    }

    #[test]
    fn accents_case_and_punctuation_do_not_matter() {
        assert_eq!(found(&["Amélie", "WALL·E", "Schindler's List"], "AMELIE"), ["Amélie"]);
        assert_eq!(found(&["Amélie", "WALL·E", "Schindler's List"], "schindlers"), ["Schindler's List"]);
        assert_eq!(found(&["Léon: The Professional"], "leon the pro"), ["Léon: The Professional"]);
    }

    #[test]
    fn capitals_of_latin_greek_and_cyrillic_are_folded() {
        for letter in "ABCZÀÉÖØÞŸĀĐĞİĶĹŁŇŌŐŒŘŠŢŮŷŹŻŽȘȚΑΩБЯЁЉ".chars().filter(|&letter| letter != 'İ')
        {
            let expected = letter.to_lowercase().next().unwrap();
            assert_eq!(lower_case(letter), expected, "{letter}");
            assert_eq!(lower_case(expected), expected, "{expected}");
        }
        assert_eq!(fold("Ōkami no  Kodomo: AME & YUKI – «Ёлки»"), "okami no kodomo ame and yuki ёлки");
    }

    #[test]
    fn typing_errors_are_forgiven_by_the_length_of_the_word() {
        let titles = ["Casablanca", "The Godfather", "Jaws"];
        assert_eq!(found(&titles, "casabalnca"), ["Casablanca"]);
        assert_eq!(found(&titles, "godfahter"), ["The Godfather"]);
        assert_eq!(found(&titles, "jwas"), ["Jaws"]);
        assert!(found(&titles, "jxxs").is_empty());
    }

    #[test]
    fn words_may_be_written_as_one_and_apart() {
        let titles = ["Star Wars: A New Hope", "Spider-Man", "Goodfellas", "Men in Black"];
        for query in ["starwars", "star wrs", "starwrs", "new hpoe"] {
            assert_eq!(found(&titles, query), ["Star Wars: A New Hope"], "{query}");
        }
        assert_eq!(found(&titles, "spiderman"), ["Spider-Man"]);
        assert_eq!(found(&titles, "good fellas"), ["Goodfellas"]);
        assert_eq!(found(&titles, "meninblack"), ["Men in Black"]);
        assert_eq!(found(&["Chapter 7", "Chapter 77"], "chaptr 77"), ["Chapter 77", "Chapter 7"]);
        assert!(found(&titles, "wars star").len() == 1 && found(&titles, "warstar").is_empty());
    }

    #[test]
    fn a_title_that_is_a_number_comes_before_an_id_that_is() {
        assert_eq!(found(&["Alien", "1984-id is no title", "1984"], "1984"), ["1984", "1984-id is no title"]);
        assert_eq!(found(&["Jaws", "Alien", "Jaws-id fan film"], "Jaws-id"), ["Jaws-id fan film", "Jaws"]);
    }

    #[test]
    fn an_id_is_found_too_and_nothing_finds_nothing() {
        assert_eq!(found(&["Alien", "Aliens"], "Aliens-id"), ["Aliens"]);
        assert!(found(&["Alien"], "  ?! ").is_empty());
    }
}
