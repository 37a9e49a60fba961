//! The ways of splitting: their names, and what each does in words.

use std::fmt;
use std::str::FromStr;

use crate::text::count;

/// A way of splitting events into training and test; the ways themselves stand in the [module](super).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// The newest like of every user is the test. Where events have no times, the order of the file counts as time.
    Loo,
    /// A random fifth of every user's ratings is the test, another fifth the validation.
    Holdout,
    /// Held-out users: 80 % of their likes are shown, 20 % are the test.
    Strong,
    /// Held-out users: so many random likes of each are shown, at least 1, and the rest is the test.
    Cold(u16),
    /// Held-out sessions, the newest where events have times: the first views of each are shown, and the rest is the
    /// test.
    Sessions,
}

/// How many more likes than the shown ones a user of [`Protocol::Cold`] has.
pub(super) const COLD_RELEVANT: usize = 5;

impl Protocol {
    /// The protocols that messages list, in their order. [`Protocol::Cold`] takes other numbers as well.
    pub const ALL: [Protocol; 9] = [
        Protocol::Loo,
        Protocol::Holdout,
        Protocol::Strong,
        Protocol::Cold(1),
        Protocol::Cold(3),
        Protocol::Cold(5),
        Protocol::Cold(10),
        Protocol::Cold(20),
        Protocol::Sessions,
    ];

    /// How many likes (of `holdout`: ratings) a user needs to take part in the split.
    pub fn min_events(self) -> usize {
        match self {
            Protocol::Loo => 3,
            Protocol::Holdout => 1,
            Protocol::Sessions => 2,
            Protocol::Strong | Protocol::Cold(_) => 5,
        }
    }

    /// How many such users a data set needs: fewer leave nobody to test on.
    pub fn min_users(self) -> usize {
        match self {
            Protocol::Loo | Protocol::Holdout => 1,
            Protocol::Strong | Protocol::Cold(_) | Protocol::Sessions => 5,
        }
    }

    /// What is held out and what is measured, in a few sentences for the reader of a report.
    pub fn description(self) -> String {
        match self {
            Protocol::Loo => "The newest like of every user is for testing, the second newest for validation, and the \
                              others are for training. This measures how well the next like of a known user is \
                              predicted."
                .to_owned(),
            Protocol::Holdout => {
                "Of the ratings of every user, 60 % are for training, 20 % for validation and 20 % for \
                                  testing, drawn at random. This measures how well other likes of a known user are \
                                  predicted."
                    .to_owned()
            }
            Protocol::Strong => {
                "Whole users are held out of training: the recommender sees 80 % of the likes of each, \
                                 drawn at random, and has to find the other 20 %. This measures recommendations to new \
                                 users."
                    .to_owned()
            }
            Protocol::Sessions => "The newest sessions are held out of training (random ones, where events have no \
                                   times): the recommender sees the first one to three views of each and has to find \
                                   the others. This measures what a visitor is offered to read next."
                .to_owned(),
            Protocol::Cold(shown) => format!(
                "Whole users are held out of training: the recommender sees {} of each, drawn at random, and has to \
                 find the others. This measures recommendations to users who have just arrived.",
                count(shown.into(), "like"),
            ),
        }
    }

    /// Whether the users of validation and test are unknown in training, as the visitors of a site are.
    pub fn asks_about_strangers(self) -> bool {
        match self {
            Protocol::Strong | Protocol::Cold(_) | Protocol::Sessions => true,
            Protocol::Loo | Protocol::Holdout => false,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Protocol::Loo => f.pad("loo"),
            Protocol::Holdout => f.pad("holdout"),
            Protocol::Strong => f.pad("strong"),
            Protocol::Cold(shown) => f.pad(&format!("cold{shown}")),
            Protocol::Sessions => f.pad("sessions"),
        }
    }
}

impl FromStr for Protocol {
    type Err = UnknownProtocol;

    fn from_str(name: &str) -> Result<Self, UnknownProtocol> {
        let cold = || name.strip_prefix("cold")?.parse().ok().filter(|&shown| shown > 0).map(Protocol::Cold);
        let known = Protocol::ALL.into_iter().find(|protocol| protocol.to_string() == name);
        known.or_else(cold).ok_or_else(|| UnknownProtocol { name: name.to_owned() })
    }
}

/// A name that no protocol has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no protocol `{name}`; choose one of: {}", Protocol::ALL.map(|one| one.to_string()).join(", "))]
pub struct UnknownProtocol {
    /// The name that was given.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_of_a_cold_start_gives_the_number_of_shown_likes() {
        for (shown, words) in [(1, "sees 1 like of each"), (12, "sees 12 likes of each")] {
            assert!(Protocol::Cold(shown).description().contains(words), "{words}");
        }
    }

    #[test]
    fn only_held_out_users_are_strangers() {
        let strangers: Vec<String> =
            Protocol::ALL.into_iter().filter(|one| one.asks_about_strangers()).map(|one| one.to_string()).collect();
        assert_eq!(strangers, ["strong", "cold1", "cold3", "cold5", "cold10", "cold20", "sessions"]);
    }
}
