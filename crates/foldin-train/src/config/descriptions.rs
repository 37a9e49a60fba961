//! What every setting means, and which values it takes.

use std::fmt;

use foldin_core::Source;
use foldin_core::linalg::MAX_COLS;
use foldin_core::model::MAX_TERMS;
use foldin_core::model::ranker::MAX_LEAVES;

use super::LEARNABLE;

/// A section of the file.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Its name, as between the brackets.
    pub name: &'static str,
    /// What its settings are about: a sentence.
    pub description: &'static str,
    /// Its settings, in the order in which they are printed.
    pub settings: &'static [Setting],
}

/// A key of a section.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name.
    pub key: &'static str,
    /// What it means: a sentence.
    pub description: &'static str,
    /// Which values it takes.
    pub expected: Expected,
    /// For those that have no value by default.
    pub unset: Option<Unset>,
}

/// A setting that is left out by default.
#[derive(Debug, Clone, Copy)]
pub struct Unset {
    /// What then happens.
    pub description: &'static str,
    /// A value that it could have.
    pub example: &'static str,
}

/// The values that a setting takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// A whole number between two, both included.
    Whole(i64, i64),
    /// A number between two, both included.
    Number(f64, f64),
    /// A number between two, or one of these words.
    NumberOr(f64, f64, &'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of some of these sources.
    Sources(&'static [Source]),
    /// A list of pairs of a number of likes, ascending, and something that holds from there on: its name, and its
    /// values.
    ByLikes(&'static str, &'static Expected),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            // Nobody counts beyond it.
            Expected::Whole(least, i64::MAX) => write!(f, "a whole number of at least {least}"),
            Expected::Whole(least, most) => write!(f, "a whole number from {least} to {most}"),
            Expected::Number(least, most) => write!(f, "a number from {} to {}", short(least), short(most)),
            Expected::NumberOr(least, most, words) => {
                write!(f, "a number from {} to {}, or {}", short(least), short(most), Expected::Word(words))
            }
            Expected::Switch => f.write_str("true or false"),
            Expected::Word([word]) => write!(f, "\"{word}\""),
            Expected::Word(words) => write!(f, "one of {}", quoted(words)),
            Expected::Sources(sources) => {
                let names: Vec<&str> = sources.iter().map(|source| source.name()).collect();
                write!(f, "a list of any of {}", quoted(&names))
            }
            Expected::ByLikes(name, expected) => {
                write!(f, "a list of [likes, {name}], likes ascending, each {name} {expected}")
            }
        }
    }
}

/// A number as people write it: `1e-9`, `0.5`, `1e6`.
fn short(number: f64) -> String {
    let is_plain = number == 0.0 || (1e-3..1e5).contains(&number.abs());
    if is_plain { number.to_string() } else { format!("{number:e}") }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

const fn setting(key: &'static str, expected: Expected, description: &'static str) -> Setting {
    Setting { key, description, expected, unset: None }
}

/// All settings, by their sections.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "data",
        description: "What is read, and what counts as a like.",
        settings: &[
            setting(
                "threshold",
                Expected::NumberOr(-1e6, 1e6, &["automatic", "none"]),
                "Ratings from here on are likes. \"automatic\" takes four fifths of the highest rating where there are \
                 stars, and every event where there are none; \"none\" takes every event.",
            ),
            setting(
                "skip-bad-lines",
                Expected::Switch,
                "Whether lines that cannot be read are left out and counted, instead of ending the reading.",
            ),
        ],
    },
    Section {
        name: "train",
        description: "What is learned. Popularity is in every model.",
        settings: &[
            setting("sources", Expected::Sources(LEARNABLE), "Where recommendations can come from."),
            setting("stars", Expected::Switch, "Whether the prediction of stars is learned, where there are stars."),
            setting(
                "with-users",
                Expected::Switch,
                "Whether what every user liked is written into a file of its own, so that `recommend --user` works \
                 anywhere. Whoever can fetch that file can read everybody's history.",
            ),
        ],
    },
    Section {
        name: "search",
        description: "Whether settings are searched on held-out users. A file without this section is not searched.",
        settings: &[
            setting("enabled", Expected::Switch, "Whether settings are searched, starting from those of this file."),
            setting("trials", Expected::Whole(1, 10_000), "Trials per learner, at most."),
            setting(
                "patience",
                Expected::Whole(1, 10_000),
                "A learner stops after so many trials that have not improved it.",
            ),
            setting("keep", Expected::Sources(LEARNABLE), "Sources whose settings are left as they are."),
            setting("seed", Expected::Whole(0, i64::MAX), "Seed of the trials."),
        ],
    },
    Section {
        name: "evaluate",
        description: "Whether the model is measured on held-out users.",
        settings: &[
            setting("enabled", Expected::Switch, "Whether it is measured."),
            setting(
                "seed",
                Expected::Whole(0, i64::MAX),
                "Seed of the split, which also decides whom settings and ranker are chosen on.",
            ),
        ],
    },
    Section {
        name: "als",
        description: "The factors behind taste: implicit alternating least squares (iALS).",
        settings: &[
            setting("factors", Expected::Whole(1, MAX_COLS as i64), "Number of factors; a file grows with it."),
            setting("iterations", Expected::Whole(1, 1000), "How often both sides of the factors are solved."),
            setting("alpha0", Expected::Number(1e-9, 1e6), "Weight of what was not liked; that of a like is 1."),
            Setting {
                unset: Some(Unset {
                    description: "chosen by the size of the data, about 0.003 for a million ratings",
                    example: "0.003",
                }),
                ..setting("reg", Expected::Number(1e-9, 1e6), "Strength of the regularisation.")
            },
            setting(
                "nu",
                Expected::Number(0.0, 2.0),
                "How the regularisation grows with the number of likes of a row: 0 not at all, 1 in proportion.",
            ),
            setting(
                "solver",
                Expected::Word(&["cg", "cholesky", "subspace"]),
                "How rows are solved: \"cg\" by a few steps of conjugate gradients, which is fast, \"cholesky\" exactly, \
                 \"subspace\" by blocks of factors (iALS++).",
            ),
            setting("cg-steps", Expected::Whole(1, 1000), "Steps of \"cg\"."),
            setting("block", Expected::Whole(1, MAX_COLS as i64), "Factors in a block of \"subspace\"."),
            setting(
                "confidence",
                Expected::Word(&["none", "constant", "linear", "log"]),
                "How much a like counts: \"none\" 1, \"constant\" 1 + alpha, \"linear\" 1 + alpha * rating, \"log\" \
                 1 + alpha * ln(1 + rating / epsilon).",
            ),
            setting("confidence-alpha", Expected::Number(0.0, 1e4), "The alpha of the confidence."),
            setting("confidence-epsilon", Expected::Number(1e-6, 1e6), "The epsilon of the confidence \"log\"."),
            setting("seed", Expected::Whole(0, i64::MAX), "Start of the random numbers."),
        ],
    },
    Section {
        name: "neighbours",
        description: "What is liked together: weighted counts, of which cosine is a case.",
        settings: &[
            setting("user-exponent", Expected::Number(0.0, 2.0), "By how much users who like much count less."),
            setting("item-exponent", Expected::Number(0.0, 2.0), "By how much what popular items say counts less."),
            setting("shrinkage", Expected::Number(0.0, 1e6), "The higher, the less do items say that few have liked."),
            setting(
                "rare-shrinkage",
                Expected::Number(0.0, 1e6),
                "How few likes hold an item back: one of so many counts at 0.7 of its say; 0 holds none back.",
            ),
            setting("per-item", Expected::Whole(1, 1000), "Entries of a list, on average; a file grows with it."),
            setting(
                "damping",
                Expected::ByLikes("eighths", &Expected::Whole(0, 16)),
                "By how much popular items are damped, by the number of likes from which on it holds: scores are divided \
                 by the likes of an item to the power of so many eighths.",
            ),
            setting("decay", DECAY, "What an event of a visitor counts beside the next newer one."),
        ],
    },
    Section {
        name: "ease",
        description: "What predicts likes: EASE. It is learned where `sources` names it.",
        settings: &[
            Setting {
                unset: Some(Unset { description: "chosen by the likes that an item has", example: "500.0" }),
                ..setting("reg", Expected::Number(1.0, 1e9), "Strength of the regularisation.")
            },
            setting("per-item", Expected::Whole(1, 1000), "Entries of a list, on average; a file grows with it."),
            setting("max-memory", Expected::Whole(1, 1_000_000), "Memory that the learning may take, in MB."),
            setting(
                "beyond",
                Expected::Word(&["refuse", "most-liked"]),
                "What becomes of a catalogue that takes more: \"refuse\" it, or learn the \"most-liked\" items that fit.",
            ),
        ],
    },
    Section {
        name: "sequence",
        description: "What is liked next, where events have an order.",
        settings: &[
            setting("window", Expected::Whole(1, 1000), "How many events after each one count as liked next."),
            setting("decay", DECAY, "What a step counts beside one that is a place shorter."),
            setting("backward", Expected::Number(0.0, 1.0), "What a step back counts beside a step on."),
            setting("length-exponent", Expected::Number(0.0, 2.0), "By how much users with many events count less."),
            setting("shrinkage", Expected::Number(0.0, 1e6), "The higher, the less do items say that few have liked."),
            setting(
                "normalisation",
                Expected::Number(0.0, 2.0),
                "By how much what popular items say counts less: 1 makes probabilities, 0 leaves counts.",
            ),
            setting("per-item", Expected::Whole(1, 1000), "The longest list of an item; a file grows with it."),
            setting("profile-window", Expected::Whole(1, u32::MAX as i64), "How many of a visitor's events count."),
            setting("profile-decay", DECAY, "What an event of a visitor counts beside the next newer one."),
            setting("damping", Expected::Whole(0, 16), "By how much popular items are damped, in eighths of a power."),
        ],
    },
    Section {
        name: "content",
        description: "What items are about: TF-IDF of genres, tags, words and year.",
        settings: &[
            setting("genre-weight", WEIGHT, "What a genre counts; 0 leaves genres out."),
            setting("tag-weight", WEIGHT, "What a tag counts; 0 leaves tags out."),
            setting("title-weight", WEIGHT, "What a word of the title counts; 0 leaves titles out."),
            setting("text-weight", WEIGHT, "What a word of the text counts; 0 leaves texts out."),
            setting("year-weight", WEIGHT, "What the last year counts; the first counts nothing."),
            setting("min-df", Expected::Whole(1, i64::MAX), "Tags and words that fewer items bear are left out."),
            setting(
                "max-df",
                Expected::Number(1e-6, 1.0),
                "Words that a larger share of the items bears are left out.",
            ),
            setting("max-terms", Expected::Whole(1, MAX_TERMS as i64), "The most terms there may be."),
        ],
    },
    Section {
        name: "popularity",
        description: "What is popular lately, where events have times, and what is rated well, where there are stars.",
        settings: &[
            Setting {
                unset: Some(Unset { description: "a fifth of the time that the events span", example: "90.0" }),
                ..setting("half-life-days", Expected::Number(1e-3, 1e6), "After so many days a like counts half.")
            },
            setting(
                "damping",
                Expected::Number(0.0, 1e6),
                "As many ratings as this, all of them the mean, every item has beside its own.",
            ),
        ],
    },
    Section {
        name: "ratings",
        description: "The prediction of stars: matrix factorisation by variational Bayes.",
        settings: &[
            setting("factors", Expected::Whole(1, MAX_COLS as i64), "Number of factors; a file grows with it."),
            setting("iterations", Expected::Whole(1, 1000), "How often both sides are solved at most."),
            setting("tolerance", Expected::Number(0.0, 1.0), "The change of the noise below which learning ends."),
            setting("seed", Expected::Whole(0, i64::MAX), "Start of the random numbers."),
        ],
    },
    Section {
        name: "ranker",
        description: "What puts the candidates of all sources in order, learned on held-out users.",
        settings: &[
            setting(
                "kind",
                Expected::Word(&["trees", "blend", "fixed"]),
                "What it is made of: \"blend\" is a linear blend of what the sources say, \"trees\" adds gradient-boosted \
                 trees to it, and \"fixed\" learns nothing.",
            ),
            setting("profiles", Expected::Whole(50, 1_000_000), "From so many profiles it is learned at most."),
            setting("trees", Expected::Whole(1, 1000), "How many trees; a file grows with it."),
            setting("leaves", Expected::Whole(2, MAX_LEAVES as i64), "How many leaves each has at most."),
            setting("learning-rate", Expected::Number(1e-3, 1.0), "What each tree counts beside those before it."),
            setting(
                "min-leaf",
                Expected::Number(0.0, 1e6),
                "The least sum of second derivatives in a leaf: larger values make leaves of more candidates.",
            ),
            setting("ridge", Expected::Number(0.0, 1e6), "Strength of the pull of leaves towards 0."),
            setting(
                "top",
                Expected::Whole(1, 1000),
                "Pairs of which neither candidate is among so many first ones count for nothing.",
            ),
            setting("seed", Expected::Whole(0, i64::MAX), "Start of the random numbers."),
        ],
    },
    Section {
        name: "map",
        description: "The catalogue as a map of taste, for pages that show one: what the same people like lies together.",
        settings: &[
            setting("enabled", Expected::Switch, "Whether there is one; it takes 4 bytes an item in the show file."),
            setting(
                "neighbours",
                Expected::Whole(2, 200),
                "How many neighbours of an item count: few show small groups, many the large picture.",
            ),
            setting("epochs", Expected::Whole(1, 10_000), "How often neighbours are drawn together."),
            setting(
                "items",
                Expected::Whole(1, 100_000),
                "How many of the most liked items are laid out at most; the others are placed between them.",
            ),
            setting(
                "min-likes",
                Expected::Whole(0, 1_000_000),
                "How many likes an item must have to be laid out; a small catalogue asks for none.",
            ),
            setting("seed", Expected::Whole(0, i64::MAX), "Start of the random numbers."),
        ],
    },
];

const DECAY: Expected = Expected::Number(1e-3, 1.0);
const WEIGHT: Expected = Expected::Number(0.0, 1e3);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, fields};

    #[test]
    fn every_setting_has_its_sentence_and_every_sentence_its_setting() {
        let told: Vec<(&str, Vec<&str>)> =
            SECTIONS.iter().map(|one| (one.name, one.settings.iter().map(|setting| setting.key).collect())).collect();
        assert_eq!(fields::of::<Config>(), told, "left: the fields of Config; right: config/sentences.rs");
    }

    #[test]
    fn a_setting_without_a_value_by_default_description_what_then_happens() {
        let defaults: toml::Table = Config::default().to_toml().parse().unwrap();
        for section in SECTIONS {
            for setting in section.settings {
                let has_default = defaults[section.name].get(setting.key).is_some();
                assert_eq!(has_default, setting.unset.is_none(), "{}.{}", section.name, setting.key);
            }
        }
    }

    #[test]
    fn sentences_are_sentences() {
        let settings = SECTIONS.iter().flat_map(|section| section.settings);
        for description in
            settings.map(|setting| setting.description).chain(SECTIONS.iter().map(|section| section.description))
        {
            assert!(description.starts_with(char::is_uppercase) && description.ends_with('.'), "{description}");
        }
    }

    #[test]
    fn values_are_described_as_people_write_them() {
        for (expected, text) in [
            (Expected::Whole(1, 512), "a whole number from 1 to 512"),
            (Expected::Whole(0, i64::MAX), "a whole number of at least 0"),
            (Expected::Number(1e-9, 1e6), "a number from 1e-9 to 1e6"),
            (Expected::Number(0.0, 2.0), "a number from 0 to 2"),
            (Expected::NumberOr(-0.5, 1.0, &["x"]), "a number from -0.5 to 1, or \"x\""),
            (Expected::Word(&["a", "b"]), "one of \"a\", \"b\""),
            (Expected::Sources(&[Source::Factors, Source::TopRated]), "a list of any of \"taste\", \"top-rated\""),
        ] {
            assert_eq!(expected.to_string(), text);
        }
    }
}
