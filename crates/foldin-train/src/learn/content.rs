//! Content: what items are about, as weighted terms (TF-IDF).
//!
//! An item's terms are its genres, its tags, the words of its title and text, and its year. With `n` items and `df(t)`
//! of them bearing term `t`:
//!
//! ```text
//! idf(t) = ln((1 + n) / (1 + df(t))) + 1          value(i, t) = weight of the group of t * tf(i, t) * idf(t)
//! year(i) = (year of i - first) / (last - first)  value(i, year) = year weight * year(i)
//! ```
//!
//! and every row is scaled to length 1. That is the smooth idf of scikit-learn's `TfidfVectorizer`. `tf` is how often a
//! word stands in the title or the text, and 1 for genres and tags. A term of one group is another than the same word in
//! another group: the genre `War` is not the word `war`. Where `sublinear` is set, `1 + ln(tf)` takes the place of `tf`
//! (Salton and Buckley 1988): in whole articles the tenth time says less than the first. `per_item` keeps the heaviest
//! terms of each item, for a smaller model.
//!
//! Genres and tags take part whole, in lower case. Words are runs of letters and digits, in lower case, at least two
//! long. Tags and words that fewer than `min_df` items bear tell no two items apart or alike and are left out, and so
//! are words that more than `max_df` of all items bear (stop words of any language, without a list). Of what is left
//! the `max_terms` most borne stay.
//!
//! No event is needed: a catalogue alone is enough, and items that nobody has touched have their row.
//!
//! Cost: `O(terms of all items)`, one item after the other.

use std::collections::{BTreeMap, HashMap};

use foldin_core::linalg::SparseRows;
use foldin_core::model::{Content, MAX_TERMS};
use serde::{Deserialize, Serialize};
use sprs::{CsMatI, TriMatI};

use foldin_data::ItemRecord;

/// Settings of the terms. A group of weight 0 is left out.
///
/// Of the defaults, the weights of title and year were looked at on the validation parts of `loo` and `strong` on
/// ml-1m-timed and ml-latest-small (ratings from 4 on). Words of titles cost figures where there are no tags (NDCG@10 of
/// `strong` on ml-1m-timed .033 without them, .028 at a weight of 0.2, .022 at 0.5), and bring sequels together: hence
/// the little weight. Years of any weight up to 2 changed nothing beyond the noise, and cost beyond. The others are
/// customary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContentSettings {
    /// What a genre counts.
    pub genre_weight: f32,
    /// What a tag counts.
    pub tag_weight: f32,
    /// What a word of the title counts.
    pub title_weight: f32,
    /// What a word of the text counts.
    pub text_weight: f32,
    /// What the last year counts; the first counts nothing.
    pub year_weight: f32,
    /// Tags and words that fewer items bear are left out.
    pub min_df: usize,
    /// Words that a larger share of the items bears are left out: above 0, up to 1.
    pub max_df: f32,
    /// The most terms there may be; at most [`MAX_TERMS`].
    pub max_terms: usize,
    /// Whether the tenth time that a word stands in a text counts less than the first.
    pub sublinear: bool,
    /// The most terms of an item, the heaviest; `None`: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_item: Option<usize>,
}

impl Default for ContentSettings {
    fn default() -> Self {
        ContentSettings {
            genre_weight: 1.0,
            tag_weight: 1.0,
            title_weight: 0.25,
            text_weight: 0.5,
            year_weight: 0.1,
            min_df: 2,
            max_df: 0.1,
            max_terms: 1 << 16,
            sublinear: false,
            per_item: None,
        }
    }
}

/// Where a term comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Group {
    Genre,
    Tag,
    Title,
    Text,
}

impl Group {
    fn weight(self, settings: &ContentSettings) -> f32 {
        match self {
            Group::Genre => settings.genre_weight,
            Group::Tag => settings.tag_weight,
            Group::Title => settings.title_weight,
            Group::Text => settings.text_weight,
        }
    }

    fn is_of_words(self) -> bool {
        matches!(self, Group::Title | Group::Text)
    }
}

type Term = (Group, String);

/// The vectors of items, in the order of `records`, which is that of the catalogue; one that has no term has none.
pub fn content(records: &[&ItemRecord], settings: &ContentSettings) -> Content {
    let vectors = vectors(records, settings);
    let rows = vectors.outer_iterator().map(|row| -> Vec<(u32, f32)> {
        let length = row.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
        let scaled = |(term, &value): (usize, &f64)| (term as u32, (value / length) as f32);
        let terms = if length > 0.0 { row.iter().map(scaled).collect() } else { Vec::new() };
        with_largest_1(heaviest(terms, settings.per_item))
    });
    Content::new(SparseRows::quantise(rows.collect::<Vec<_>>()))
}

/// A row of the same direction whose largest value is 1: rows then have one scale, which compresses to nothing.
fn with_largest_1(mut terms: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let largest = terms.iter().fold(0.0_f32, |largest, (_, value)| largest.max(value.abs()));
    terms.iter_mut().for_each(|(_, value)| *value /= largest);
    terms
}

/// The heaviest terms, in the order of all; of the same weight, the first.
fn heaviest(mut terms: Vec<(u32, f32)>, most: Option<usize>) -> Vec<(u32, f32)> {
    if let Some(most) = most.filter(|&most| most < terms.len()) {
        terms.sort_by(|a, b| b.1.total_cmp(&a.1));
        terms.truncate(most);
        terms.sort_unstable_by_key(|term| term.0);
    }
    terms
}

/// Items by terms, not yet of length 1. Terms stand in the order of their group and spelling, the year is the last.
fn vectors(records: &[&ItemRecord], settings: &ContentSettings) -> CsMatI<f64, u32, usize> {
    let terms: Vec<BTreeMap<Term, f64>> = records.iter().map(|record| terms_of(record, settings)).collect();
    let vocabulary = vocabulary(&terms, settings);
    let year_column = vocabulary.len();
    let mut triplets = TriMatI::new((records.len(), year_column + 1));
    for (item, terms) in terms.iter().enumerate() {
        for (term, tf) in terms {
            if let Some(&(column, idf)) = vocabulary.get(term) {
                let tf = if settings.sublinear { 1.0 + tf.ln() } else { *tf };
                triplets.add_triplet(item, column, tf * idf * f64::from(term.0.weight(settings)));
            }
        }
    }
    let years = records.iter().filter_map(|record| record.year);
    let (first, last) = years.fold((i32::MAX, i32::MIN), |(first, last), year| (first.min(year), last.max(year)));
    for (item, record) in records.iter().enumerate() {
        if let Some(year) = record.year.filter(|&year| year > first && settings.year_weight > 0.0) {
            let share = f64::from(year - first) / f64::from(last - first);
            triplets.add_triplet(item, year_column, f64::from(settings.year_weight) * share);
        }
    }
    triplets.to_csr()
}

fn terms_of(record: &ItemRecord, settings: &ContentSettings) -> BTreeMap<Term, f64> {
    let mut terms = BTreeMap::new();
    for (group, names) in [(Group::Genre, &record.genres), (Group::Tag, &record.tags)] {
        terms.extend(names.iter().map(|name| ((group, name.to_lowercase()), 1.0)));
    }
    for (group, text) in [(Group::Title, &record.title), (Group::Text, &record.text)] {
        for word in words(text) {
            *terms.entry((group, word)).or_insert(0.0) += 1.0;
        }
    }
    terms.retain(|(group, _), _| group.weight(settings) > 0.0);
    terms
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().nth(1).is_some()).map(str::to_lowercase)
}

/// The terms that count, with their column and idf.
fn vocabulary<'a>(terms: &'a [BTreeMap<Term, f64>], settings: &ContentSettings) -> HashMap<&'a Term, (usize, f64)> {
    let mut df: HashMap<&Term, usize> = HashMap::new();
    terms.iter().flat_map(BTreeMap::keys).for_each(|term| *df.entry(term).or_default() += 1);
    let n_items = terms.len() as f64;
    let counts = |(term, df): &(&Term, usize)| match term.0 {
        Group::Genre => true,
        _ if *df < settings.min_df => false,
        group => !group.is_of_words() || *df as f64 <= f64::from(settings.max_df) * n_items,
    };
    let mut kept: Vec<(&Term, usize)> = df.into_iter().filter(counts).collect();
    kept.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    // One column is the year's.
    kept.truncate(settings.max_terms.min(MAX_TERMS).saturating_sub(1));
    kept.sort_unstable_by_key(|(term, _)| *term);
    let idf = |df: usize| ((1.0 + n_items) / (1.0 + df as f64)).ln() + 1.0;
    kept.into_iter().enumerate().map(|(column, (term, df))| (term, (column, idf(df)))).collect()
}

#[cfg(test)]
mod tests;
