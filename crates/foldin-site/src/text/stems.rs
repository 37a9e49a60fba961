//! What a language adds to the cutting of words: stop words, and Snowball's stemmers.

use std::collections::HashSet;

use rust_stemmers::{Algorithm, Stemmer};

/// Stop words and stemmer of a language; one that has neither leaves words as they are.
pub struct Language {
    stemmer: Option<Stemmer>,
    stop_words: HashSet<&'static str>,
}

impl Language {
    /// The language of a code such as `en`.
    pub fn of(code: &str) -> Self {
        let stop_words = stop_words::lookup(code).unwrap_or_default().iter().copied().collect();
        Language { stemmer: algorithm(code).map(Stemmer::create), stop_words }
    }

    /// Whether a word, in lower case, says nothing of what a text is about.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains(word)
    }

    /// The stem of a word in lower case.
    pub fn stem(&self, word: &str) -> String {
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(word).into_owned(),
            None => word.to_owned(),
        }
    }
}

fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
