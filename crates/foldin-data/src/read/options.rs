//! How a data set is to be read: what a person says where the files leave a choice.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// In a file of settings, an option is the text that it is on the command line.
macro_rules! text_in_settings {
    ($($option:ty),*) => {$(
        impl TryFrom<String> for $option {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }

        impl From<$option> for String {
            fn from(option: $option) -> String {
                option.to_string()
            }
        }
    )*};
}

text_in_settings!(Columns, EventWeights, IdMatches);

/// How to read a data set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadOptions {
    /// Whether lines that cannot be read are left out and counted, instead of ending the reading.
    pub skip_bad_lines: bool,
    /// Which column holds what, where the names in the first line do not tell.
    pub columns: Columns,
    /// What a rating of 0, -1 or 99 below or above a scale means.
    pub zero: ZeroRating,
    /// How dates such as `1/2/2011` are read.
    pub dates: DateOrder,
    /// How ids of events that the catalogue lacks are compared with those of the catalogue.
    pub match_ids: IdMatches,
    /// Weights of event types beside those of [`event_weight`](super::event_weight).
    pub event_weights: EventWeights,
}

/// The columns of an event file by name, or by number from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Columns {
    /// Who acted.
    pub user: Option<String>,
    /// What was acted on.
    pub item: Option<String>,
    /// The rating, or a count.
    pub rating: Option<String>,
    /// When it happened.
    pub time: Option<String>,
    /// What kind of event it is, such as `view` or `purchase`.
    pub event: Option<String>,
}

impl Columns {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Columns::default()
    }
}

/// `user=UserId,item=ProductId`. A column name may hold commas where no `word=` follows them.
impl FromStr for Columns {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut columns = Columns::default();
        let mut last: Option<&mut Option<String>> = None;
        for part in text.split(',').filter(|_| !text.trim().is_empty()) {
            let Some((role, name)) = part.split_once('=') else {
                let Some(Some(name)) = last.as_deref_mut() else {
                    return Err(format!("expected ROLE=COLUMN, found \"{part}\""));
                };
                name.push(',');
                name.push_str(part);
                continue;
            };
            let slot = match role.trim() {
                "user" => &mut columns.user,
                "item" => &mut columns.item,
                "rating" => &mut columns.rating,
                "time" => &mut columns.time,
                "event" => &mut columns.event,
                other => return Err(format!("\"{other}\" is not one of user, item, rating, time, event")),
            };
            if name.trim().is_empty() {
                return Err(format!("no column behind {role}="));
            }
            *slot = Some(name.trim().to_owned());
            last = Some(slot);
        }
        Ok(columns)
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles = [
            ("user", &self.user),
            ("item", &self.item),
            ("rating", &self.rating),
            ("time", &self.time),
            ("event", &self.event),
        ];
        let said: Vec<String> =
            roles.into_iter().filter_map(|(role, name)| name.as_ref().map(|name| format!("{role}={name}"))).collect();
        f.write_str(&said.join(","))
    }
}

/// Weights of event types: `view=1,purchase=5`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventWeights(BTreeMap<String, f32>);

impl EventWeights {
    /// The names of types and their weights.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f32)> {
        self.0.iter().map(|(name, weight)| (name.as_str(), *weight))
    }
}

impl<N: Into<String>> FromIterator<(N, f32)> for EventWeights {
    fn from_iter<I: IntoIterator<Item = (N, f32)>>(weights: I) -> Self {
        EventWeights(weights.into_iter().map(|(name, weight)| (name.into(), weight)).collect())
    }
}

impl FromStr for EventWeights {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').filter(|part| !part.trim().is_empty());
        let weights = parts.map(|part| {
            let (name, weight) =
                part.split_once('=').ok_or_else(|| format!("expected TYPE=WEIGHT, found \"{part}\""))?;
            match weight.trim().parse::<f32>() {
                Ok(weight) if weight.abs() <= 1e6 => Ok((name.trim().to_owned(), weight)),
                _ => Err(format!("the weight of {} is no number from -1e6 to 1e6: \"{weight}\"", name.trim())),
            }
        });
        weights.collect::<Result<_, _>>().map(EventWeights)
    }
}

impl fmt::Display for EventWeights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(|(name, weight)| format!("{name}={weight}")).collect();
        f.write_str(&parts.join(","))
    }
}

/// What a value outside the scale of the other ratings means: 0, -1 or 99.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZeroRating {
    /// Unrated where the other ratings form a scale above it; else a rating.
    #[default]
    Auto,
    /// The user has the item and did not rate it: neither a like nor a rating.
    Unrated,
    /// A rating like others.
    Rating,
    /// A like: for data in which the unrated events say that somebody chose the item.
    Like,
}

/// The order of day and month in dates such as `1/2/2011`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Told by a date with a number above 12; an error where there is none.
    #[default]
    Auto,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// A difference between the ids of events and those of the catalogue that is overlooked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdMatch {
    /// `I05` is `i05`.
    Case,
    /// `7` is `007`.
    LeadingZeros,
    /// `14.0` is `14`.
    Decimals,
}

impl IdMatch {
    /// All of them.
    pub const ALL: [IdMatch; 3] = [IdMatch::Decimals, IdMatch::LeadingZeros, IdMatch::Case];

    /// Its name on the command line and in a file of settings.
    pub fn name(self) -> &'static str {
        match self {
            IdMatch::Case => "case",
            IdMatch::LeadingZeros => "leading-zeros",
            IdMatch::Decimals => "decimals",
        }
    }

    /// An id without what is overlooked.
    pub fn key(self, id: &str) -> String {
        match self {
            IdMatch::Case => id.to_lowercase(),
            IdMatch::LeadingZeros => {
                let all_digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
                let short = id.trim_start_matches('0');
                if all_digits { if short.is_empty() { "0" } else { short }.to_owned() } else { id.to_owned() }
            }
            IdMatch::Decimals => match id.split_once('.') {
                Some((whole, zeros))
                    if !zeros.is_empty()
                        && zeros.bytes().all(|byte| byte == b'0')
                        && whole.bytes().all(|byte| byte.is_ascii_digit()) =>
                {
                    whole.to_owned()
                }
                _ => id.to_owned(),
            },
        }
    }
}

impl FromStr for IdMatch {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = IdMatch::ALL.into_iter().find(|matched| matched.name() == name.trim());
        found.ok_or_else(|| format!("\"{name}\" is not one of {}", IdMatch::ALL.map(IdMatch::name).join(", ")))
    }
}

/// Differences between ids that are overlooked: `leading-zeros,case`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdMatches(pub Vec<IdMatch>);

impl FromStr for IdMatches {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').filter(|part| !part.trim().is_empty()).map(str::parse).collect::<Result<_, _>>().map(IdMatches)
    }
}

impl fmt::Display for IdMatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|matched| matched.name()).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_said_in_one_option_and_printed_as_they_were_said() {
        let text = "user=User ID,item=review/item,rating=Score, out of 5,time=4";
        let columns: Columns = text.parse().unwrap();
        assert_eq!(columns.rating.as_deref(), Some("Score, out of 5"));
        assert_eq!(columns.to_string(), text);
    }

    #[test]
    fn a_role_that_does_not_exist_and_an_empty_name_are_refused() {
        assert!("person=a".parse::<Columns>().unwrap_err().contains("user, item, rating, time, event"));
        assert!("user=".parse::<Columns>().unwrap_err().contains("user="));
        assert!("user".parse::<Columns>().unwrap_err().contains("ROLE=COLUMN"));
    }

    #[test]
    fn weights_and_matches_are_lists_of_words() {
        let weights: EventWeights = "view=1, buy = 5".parse().unwrap();
        assert_eq!(weights.iter().collect::<Vec<_>>(), [("buy", 5.0), ("view", 1.0)]);
        assert!("view".parse::<EventWeights>().unwrap_err().contains("TYPE=WEIGHT"));
        assert!("view=much".parse::<EventWeights>().unwrap_err().contains("no number"));
        let matches: IdMatches = "leading-zeros,case".parse().unwrap();
        assert_eq!(matches.0, [IdMatch::LeadingZeros, IdMatch::Case]);
        assert!("zeros".parse::<IdMatches>().unwrap_err().contains("leading-zeros"));
        assert_eq!("".parse::<Columns>(), Ok(Columns::default()));
    }

    #[test]
    fn keys_overlook_one_difference_each() {
        assert_eq!(IdMatch::Case.key("I05"), "i05");
        assert_eq!([IdMatch::LeadingZeros.key("007"), IdMatch::LeadingZeros.key("000")], ["7", "0"]);
        assert_eq!(IdMatch::LeadingZeros.key("0x1F"), "0x1F");
        assert_eq!([IdMatch::Decimals.key("14.0"), IdMatch::Decimals.key("14.5")], ["14", "14.5"]);
    }
}
