//! Words of a text as the content of a model compares them: in lower case, without stop words, reduced to their stems.
//!
//! Languages that put no spaces between words (Chinese, Japanese, Thai) and Korean are cut into pairs of letters, as
//! Lucene's CJK analyzer does: no dictionary is needed, and a word of two letters is one of the pairs.

mod stems;

use unicode_normalization::UnicodeNormalization;

pub use self::stems::Language;

/// The terms of a text, in its order.
///
/// ```
/// use foldin_site::text::{Language, terms};
/// assert_eq!(terms("The cats are running!", &Language::of("en")), ["cat", "run"]);
/// assert_eq!(terms("東京都 2024", &Language::of("ja")), ["東京", "京都", "2024"]);
/// ```
pub fn terms(text: &str, language: &Language) -> Vec<String> {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut terms = Vec::new();
    let mut word = String::new();
    let mut is_of_pairs = false;
    let mut end = |word: &mut String, is_of_pairs: bool| {
        if !word.is_empty() {
            add(&mut terms, word, is_of_pairs, language);
            word.clear();
        }
    };
    for letter in text.chars() {
        // Apostrophes belong to words such as l'eau, which languages treat each in their way.
        let is_letter =
            letter.is_alphanumeric() || is_mark(letter) || (matches!(letter, '\'' | '’') && !word.is_empty());
        let pairs = has_no_spaces(letter);
        if !is_letter || pairs != is_of_pairs {
            end(&mut word, is_of_pairs);
        }
        if is_letter {
            is_of_pairs = pairs;
            word.push(if letter == '’' { '\'' } else { letter });
        }
    }
    end(&mut word, is_of_pairs);
    terms
}

fn add(terms: &mut Vec<String>, word: &str, is_of_pairs: bool, language: &Language) {
    if is_of_pairs {
        let letters: Vec<char> = word.chars().collect();
        match letters.as_slice() {
            [one] => terms.push(one.to_string()),
            letters => terms.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>())),
        }
        return;
    }
    let word = word.trim_end_matches('\'');
    if word.chars().nth(1).is_none() || language.is_stop_word(word) {
        return;
    }
    // What stands before an apostrophe is an article in French and Italian, what stands behind it an ending in English.
    let word = match word.split_once('\'') {
        Some((article, noun)) if article.chars().count() <= 2 => noun,
        Some((noun, _)) => noun,
        None => word,
    };
    if word.chars().nth(1).is_some() && !language.is_stop_word(word) {
        terms.push(language.stem(word));
    }
}

/// Marks that belong to the letter before them, as in Hindi and Thai.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Letters of scripts that are cut into pairs.
fn has_no_spaces(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(language: &str, text: &str) -> Vec<String> {
        terms(text, &Language::of(language))
    }

    #[test]
    fn each_language_has_its_own_stop_words_and_stems() {
        assert_eq!(of("de", "Die Häuser und das Haus"), ["haus", "haus"]);
        assert_eq!(of("fr", "L’eau et les chevaux"), ["eau", "cheval"]);
        assert_eq!(of("en", "It's John's dogs"), ["john", "dog"]);
        assert_eq!(of("pl", "Kot i pies"), ["kot", "pies"]);
        assert_eq!(of("xx", "The cats"), ["the", "cats"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(of("zh", "机器学习 and AI"), ["机器", "器学", "学习", "and", "ai"]);
        assert_eq!(of("ja", "猫。ねこ"), ["猫", "ねこ"]);
        assert_eq!(of("ko", "한국어"), ["한국", "국어"]);
    }

    #[test]
    fn no_text_has_no_terms() {
        assert!(of("en", " — … ' ’ a").is_empty());
    }
}
