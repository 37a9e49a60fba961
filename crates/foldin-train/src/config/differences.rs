//! Settings key by key, and what differs between two files of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Config;

/// Values by `section.key`.
pub type FlatSettings = BTreeMap<String, Value>;

/// A setting that two files have different values of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// `section.key`.
    pub key: String,
    /// Its value in the first; nothing where it is left out.
    pub before: Option<Value>,
    /// Its value in the second.
    pub after: Option<Value>,
}

/// The settings of any file of settings, also of one that another version of the program wrote.
///
/// # Errors
/// If the text is no TOML.
pub fn flat_settings(text: &str) -> Result<FlatSettings, toml::de::Error> {
    let table: toml::Table = text.parse()?;
    let mut flat = FlatSettings::new();
    for (name, value) in table {
        match value {
            toml::Value::Table(keys) => {
                flat.extend(keys.into_iter().map(|(key, value)| (format!("{name}.{key}"), to_json(value))));
            }
            value => {
                flat.insert(name, to_json(value));
            }
        }
    }
    Ok(flat)
}

fn to_json(value: toml::Value) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// What differs from the first to the second, by key.
pub fn differences(before: &FlatSettings, after: &FlatSettings) -> Vec<Difference> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    let difference = |key: &String| Difference {
        key: key.clone(),
        before: before.get(key).cloned(),
        after: after.get(key).cloned(),
    };
    differ.map(difference).collect()
}

impl Config {
    /// All settings that have a value, by `section.key`.
    pub fn flat(&self) -> FlatSettings {
        flat_settings(&self.to_toml()).expect("what was written can be read")
    }

    /// The settings whose values are not the default. Whether they were searched is left out: it is no setting of the
    /// model.
    pub fn changed(&self) -> FlatSettings {
        let mut defaults = Config::default();
        defaults.search.enabled = self.search.enabled;
        let defaults = defaults.flat();
        self.flat().into_iter().filter(|(key, value)| defaults.get(key) != Some(value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_the_default_has_changed() {
        let mut config = Config::default();
        assert_eq!(config.changed(), FlatSettings::new());
        config.als.factors = 8;
        config.als.reg = Some(0.1);
        let expected = [("als.factors", Value::from(8)), ("als.reg", Value::from(0.1))];
        assert_eq!(config.changed(), expected.map(|(key, value)| (key.to_owned(), value)).into());
    }

    #[test]
    fn differences_name_both_values_and_what_is_missing() {
        let [one, two] = ["[a]\nx = 1\ny = 2\n", "z = 3\n[a]\nx = 1\ny = 4\n"].map(|text| flat_settings(text).unwrap());
        let found = differences(&one, &two);
        let told = |n: usize| (found[n].key.as_str(), found[n].before.clone(), found[n].after.clone());
        assert_eq!(found.len(), 2);
        assert_eq!(told(0), ("a.y", Some(2.into()), Some(4.into())));
        assert_eq!(told(1), ("z", None, Some(3.into())));
    }
}
