//! What every setting means, and which values it takes.

use std::fmt;

use foldin_core::Source;
use foldin_core::linalg::MAX_COLS;
use foldin_core::model::ranker::MAX_LEAVES;
use foldin_core::model::{MAX_TERMS, Transformer};

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
    /// Text of this form.
    Text(&'static str),
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
            Expected::Text(form) => write!(f, "text: {form}"),
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
                "Ratings of this or more are likes. \"automatic\" is four fifths of the highest rating, or every event where \
                 there are no ratings; \"none\" is every event.",
            ),
            setting(
                "skip-bad-lines",
                Expected::Switch,
                "Whether to skip and count lines that cannot be read, instead of stopping at the first.",
            ),
            setting(
                "columns",
                Expected::Text("user=COLUMN,item=COLUMN and perhaps rating, time and event"),
                "Which column of an event file holds what, by name or by number from 1. Empty: told by the names.",
            ),
            setting(
                "zero",
                Expected::Word(&["auto", "unrated", "rating", "like"]),
                "What a rating of 0, -1 or 99 outside the scale of the others means. \"auto\" is unrated where the others \
                 form a scale, else a rating.",
            ),
            setting(
                "dates",
                Expected::Word(&["auto", "dmy", "mdy"]),
                "The order of day and month in dates such as 1/2/2011. \"auto\" is told by a date with a number above 12.",
            ),
            setting(
                "match-ids",
                Expected::Text("any of decimals, leading-zeros, case, with a comma between two"),
                "Differences between the ids of events and of the catalogue that are overlooked.",
            ),
            setting(
                "event-weights",
                Expected::Text("TYPE=WEIGHT, with a comma between two"),
                "Weights of event types, beside those that are known (view 1, cart 3, purchase and like 5, remove -3, \
                 dislike -5). The weights of a user and an item are summed; a sum above 0 is a like.",
            ),
        ],
    },
    Section {
        name: "train",
        description: "What is learned. Popularity is in every model.",
        settings: &[
            setting("sources", Expected::Sources(LEARNABLE), "The sources to learn."),
            setting(
                "most-likes",
                Expected::Whole(1, u32::MAX as i64),
                "Of users with more likes than this, neighbours and EASE count only the newest: the work grows with the square.",
            ),
            setting("stars", Expected::Switch, "Whether to learn to predict ratings, where the data have some."),
            setting(
                "with-users",
                Expected::Switch,
                "Whether to write every user's history into a file of its own, so that `recommend --user` works anywhere. \
                 The file exposes every history to anyone who can download it.",
            ),
        ],
    },
    Section {
        name: "privacy",
        description: "What is not published of the people in the training data.",
        settings: &[setting(
            "min-support",
            Expected::Whole(1, 100),
            "Fewest people behind everything in the model that comes from behaviour: entries of lists, factors and counts \
             of an item. An item that fewer people like is recommended by its content alone. Below 3, the model gives away \
             histories of single people.",
        )],
    },
    Section {
        name: "search",
        description: "The search for settings on held-out users. A file without this section switches it off.",
        settings: &[
            setting("enabled", Expected::Switch, "Whether to search, starting from the settings of this file."),
            setting("trials", Expected::Whole(1, 10_000), "Trials per learner, at most."),
            setting(
                "patience",
                Expected::Whole(1, 10_000),
                "A learner stops after so many trials without an improvement.",
            ),
            setting("keep", Expected::Sources(LEARNABLE), "Sources whose settings stay as they are."),
            setting("seed", Expected::Whole(0, i64::MAX), "Seed of the trials."),
        ],
    },
    Section {
        name: "evaluate",
        description: "The measurement on held-out users.",
        settings: &[
            setting("enabled", Expected::Switch, "Whether to measure the model."),
            setting(
                "protocol",
                Expected::Word(&["strong", "sessions"]),
                "Whom to hold out: \"strong\" takes random users, \"sessions\" the newest, and asks what each did next.",
            ),
            setting(
                "seed",
                Expected::Whole(0, i64::MAX),
                "Seed of the split, which also decides on which users settings and ranker are chosen.",
            ),
        ],
    },
    Section {
        name: "als",
        description: "Matrix factorisation by implicit alternating least squares (iALS), the source `taste`.",
        settings: &[
            setting("factors", Expected::Whole(1, MAX_COLS as i64), "Number of factors; the file grows with it."),
            setting("iterations", Expected::Whole(1, 1000), "Iterations; each solves for all users and all items."),
            setting("alpha0", Expected::Number(1e-9, 1e6), "Weight of items without a like; a like has weight 1."),
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
                "Solver of the least-squares problems: \"cg\" takes a few steps of conjugate gradients, \"cholesky\" is \
                 exact, \"subspace\" solves blocks of factors (iALS++).",
            ),
            setting("cg-steps", Expected::Whole(1, 1000), "Steps of \"cg\"."),
            setting("block", Expected::Whole(1, MAX_COLS as i64), "Factors in a block of \"subspace\"."),
            setting(
                "confidence",
                Expected::Word(&["none", "constant", "linear", "log"]),
                "Weight of a like: \"none\" 1, \"constant\" 1 + alpha, \"linear\" 1 + alpha * rating, \"log\" \
                 1 + alpha * ln(1 + rating / epsilon).",
            ),
            setting("confidence-alpha", Expected::Number(0.0, 1e4), "The alpha of the confidence."),
            setting("confidence-epsilon", Expected::Number(1e-6, 1e6), "The epsilon of the confidence \"log\"."),
            setting("seed", Expected::Whole(0, i64::MAX), "Seed of the random numbers."),
        ],
    },
    Section {
        name: "neighbours",
        description: "Weighted counts of what is liked together; cosine similarity is a special case.",
        settings: &[
            setting("user-exponent", Expected::Number(0.0, 2.0), "How much less users with many likes count."),
            setting(
                "count-exponent",
                Expected::Number(0.1, 2.0),
                "Power of the count of people who like both: below 1, pairs that are liked together very often count less.",
            ),
            setting("item-exponent", Expected::Number(0.0, 2.0), "How much less the likes of popular items count."),
            setting(
                "shrinkage",
                Expected::Number(0.0, 1e6),
                "How much less items with few likes count; higher values trust them less.",
            ),
            setting(
                "rare-shrinkage",
                Expected::Number(0.0, 1e6),
                "How much items with few likes are held back: an item with so many likes counts 0.7; 0 holds none back.",
            ),
            setting("per-item", Expected::Whole(1, 1000), "Mean number of entries per item; the file grows with it."),
            setting(
                "damping",
                Expected::ByLikes("eighths", &Expected::Whole(0, 16)),
                "How much popular items are damped, by the number of likes in the profile: scores are divided by the \
                 likes of the item to the power of so many eighths.",
            ),
            setting("decay", DECAY, "Weight of a visitor's event relative to the next newer one."),
        ],
    },
    Section {
        name: "ease",
        description: "EASE: a linear model that predicts likes from other likes.",
        settings: &[
            Setting {
                unset: Some(Unset { description: "chosen by the mean number of likes per item", example: "500.0" }),
                ..setting("reg", Expected::Number(1.0, 1e9), "Strength of the regularisation.")
            },
            setting(
                "dropout",
                Expected::Number(0.0, 0.95),
                "Share of likes that are hidden while learning, so that popular items are not learned by heart (EDLAE). 0 is \
                 EASE.",
            ),
            setting("per-item", Expected::Whole(1, 1000), "Mean number of entries per item; the file grows with it."),
            setting("max-memory", Expected::Whole(1, 1_000_000), "Memory that learning may take, in MB."),
            setting(
                "beyond",
                Expected::Word(&["refuse", "most-liked"]),
                "What to do with a catalogue that needs more memory: \"refuse\" it, or learn the \"most-liked\" items that \
                 fit.",
            ),
        ],
    },
    Section {
        name: "sequence",
        description: "What is liked next, where events have an order in time.",
        settings: &[
            setting("window", Expected::Whole(1, 1000), "How many of the events after each one count as next."),
            setting("decay", DECAY, "Weight of an event relative to the one before it in the window."),
            setting(
                "backward",
                Expected::Number(0.0, 1.0),
                "Weight of a step back in time relative to a step forward.",
            ),
            setting("length-exponent", Expected::Number(0.0, 2.0), "How much less users with many events count."),
            setting(
                "shrinkage",
                Expected::Number(0.0, 1e6),
                "How much less items with few likes count; higher values trust them less.",
            ),
            setting(
                "normalisation",
                Expected::Number(0.0, 2.0),
                "How much less the followers of popular items count: 1 gives probabilities, 0 counts.",
            ),
            setting("per-item", Expected::Whole(1, 1000), "Most entries per item; the file grows with it."),
            setting(
                "profile-window",
                Expected::Whole(1, u32::MAX as i64),
                "How many of the visitor's newest events count.",
            ),
            setting("profile-decay", DECAY, "Weight of a visitor's event relative to the next newer one."),
            setting("damping", Expected::Whole(0, 16), "How much popular items are damped: the exponent in eighths."),
        ],
    },
    Section {
        name: "transformer",
        description: "A self-attentive network over likes in their order, where there are many of them.",
        settings: &[
            setting("min-likes", Expected::Whole(0, i64::MAX), "It is left out where fewer likes have an order."),
            setting(
                "max-items",
                Expected::Whole(1, 1_000_000),
                "Number of items that take part, the most liked; file and time grow with it.",
            ),
            setting("heads", Expected::Whole(1, 4), "Number of attention heads."),
            setting("head-width", Expected::Whole(1, 32), "Width of a head; embeddings are heads times as wide."),
            setting("blocks", Expected::Whole(1, Transformer::MOST_BLOCKS as i64), "Number of blocks."),
            setting(
                "length",
                Expected::Whole(1, Transformer::MOST_POSITIONS as i64),
                "How many of the newest likes are read.",
            ),
            setting("steps", Expected::Whole(1, 1_000_000), "Number of steps of learning; time grows with it."),
            setting("batch", Expected::Whole(1, 100_000), "Number of windows of likes in a step."),
            setting("learning-rate", Expected::Number(1e-6, 1.0), "The largest step size of Adam."),
            setting("dropout", Expected::Number(0.0, 0.9), "The share of values that are hidden while learning."),
            setting("seed", Expected::Whole(0, i64::MAX), "Seed of the random numbers."),
        ],
    },
    Section {
        name: "content",
        description: "Content vectors: TF-IDF of genres, tags, words and year.",
        settings: &[
            setting("genre-weight", WEIGHT, "Weight of a genre; 0 leaves genres out."),
            setting("tag-weight", WEIGHT, "Weight of a tag; 0 leaves tags out."),
            setting("title-weight", WEIGHT, "Weight of a word of the title; 0 leaves titles out."),
            setting("text-weight", WEIGHT, "Weight of a word of the text; 0 leaves texts out."),
            setting("year-weight", WEIGHT, "Weight of the year: the latest year has this weight, the first 0."),
            setting("min-df", Expected::Whole(1, i64::MAX), "Tags and words of fewer items than this are left out."),
            setting(
                "max-df",
                Expected::Number(1e-6, 1.0),
                "Words of a larger share of the items than this are left out.",
            ),
            setting("max-terms", Expected::Whole(1, MAX_TERMS as i64), "Largest number of terms."),
            setting(
                "sublinear",
                Expected::Switch,
                "Whether the tenth time that a word stands in a text counts less than the first.",
            ),
            Setting {
                unset: Some(Unset { description: "all of them", example: "64" }),
                ..setting(
                    "per-item",
                    Expected::Whole(1, MAX_TERMS as i64),
                    "Largest number of terms of an item, the heaviest; the file grows with it.",
                )
            },
        ],
    },
    Section {
        name: "popularity",
        description: "Recent popularity, where events have times, and mean ratings, where there are ratings.",
        settings: &[
            Setting {
                unset: Some(Unset { description: "a fifth of the time that the events span", example: "90.0" }),
                ..setting(
                    "half-life-days",
                    Expected::Number(1e-3, 1e6),
                    "Number of days after which a like counts half.",
                )
            },
            setting(
                "damping",
                Expected::Number(0.0, 1e6),
                "Number of mean ratings that every item has in addition to its own.",
            ),
        ],
    },
    Section {
        name: "ratings",
        description: "The rating model: matrix factorisation by variational Bayes.",
        settings: &[
            setting("factors", Expected::Whole(1, MAX_COLS as i64), "Number of factors; the file grows with it."),
            setting("iterations", Expected::Whole(1, 1000), "Most iterations."),
            setting(
                "tolerance",
                Expected::Number(0.0, 1.0),
                "Relative change of the noise below which learning stops.",
            ),
            setting("seed", Expected::Whole(0, i64::MAX), "Seed of the random numbers."),
        ],
    },
    Section {
        name: "ranker",
        description: "The ranker, which orders the candidates of all sources; it is learned on held-out users.",
        settings: &[
            setting(
                "kind",
                Expected::Word(&["trees", "blend", "fixed"]),
                "Parts of the ranker: \"blend\" is a linear blend of the features, \"trees\" adds gradient-boosted trees, \
                 and \"fixed\" learns nothing.",
            ),
            setting("profiles", Expected::Whole(50, 1_000_000), "Most profiles to learn from."),
            setting("trees", Expected::Whole(1, 1000), "Number of trees; the file grows with it."),
            setting("leaves", Expected::Whole(2, MAX_LEAVES as i64), "Most leaves per tree."),
            setting("learning-rate", Expected::Number(1e-3, 1.0), "Weight of each tree."),
            setting(
                "min-leaf",
                Expected::Number(0.0, 1e6),
                "Least sum of second derivatives in a leaf: larger values make leaves of more candidates.",
            ),
            setting("ridge", Expected::Number(0.0, 1e6), "L2 regularisation of the leaves."),
            setting(
                "top",
                Expected::Whole(1, 1000),
                "Only pairs with at least one candidate among so many first ones count.",
            ),
            setting("seed", Expected::Whole(0, i64::MAX), "Seed of the random numbers."),
        ],
    },
    Section {
        name: "map",
        description: "A map of the catalogue for pages that show one: items liked by the same people are close to each other.",
        settings: &[
            setting("enabled", Expected::Switch, "Whether to draw a map; it takes 4 bytes per item in the show file."),
            setting(
                "neighbours",
                Expected::Whole(2, 200),
                "Neighbours per item: few show small groups, many the overall structure.",
            ),
            setting("epochs", Expected::Whole(1, 10_000), "Number of passes of the layout."),
            setting(
                "items",
                Expected::Whole(1, 100_000),
                "Most items to lay out, the most liked first; the others are placed between them.",
            ),
            setting(
                "min-likes",
                Expected::Whole(0, 1_000_000),
                "Fewest likes of an item to be laid out; small catalogues ignore it.",
            ),
            setting("seed", Expected::Whole(0, i64::MAX), "Seed of the random numbers."),
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
    fn every_setting_has_a_description_and_every_description_a_setting() {
        let described: Vec<(&str, Vec<&str>)> =
            SECTIONS.iter().map(|one| (one.name, one.settings.iter().map(|setting| setting.key).collect())).collect();
        assert_eq!(fields::of::<Config>(), described, "left: the fields of Config; right: config/descriptions.rs");
    }

    #[test]
    fn a_setting_without_a_default_says_what_happens_then() {
        let defaults: toml::Table = Config::default().to_toml().parse().unwrap();
        for section in SECTIONS {
            for setting in section.settings {
                let has_default = defaults[section.name].get(setting.key).is_some();
                assert_eq!(has_default, setting.unset.is_none(), "{}.{}", section.name, setting.key);
            }
        }
    }

    #[test]
    fn descriptions_are_sentences() {
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
