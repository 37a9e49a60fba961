//! The settings of a version, section by section, in plain words.
//!
//! A file of another version of the program may have keys that are not known here: they are shown without their meaning
//! and their default, after those that are.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{SettingFacts, SettingsSection};
use crate::config::{Config, SECTIONS, Section};

/// The sections of a `config.toml`, the known ones first, in the order of the documented file.
pub(super) fn sections(config: &Value) -> Vec<SettingsSection> {
    let mut loose = Map::new();
    let mut tables: BTreeMap<&str, &Map<String, Value>> = BTreeMap::new();
    for (name, value) in config.as_object().into_iter().flatten() {
        match value {
            Value::Object(keys) => {
                tables.insert(name, keys);
            }
            value => {
                loose.insert(name.clone(), value.clone());
            }
        }
    }
    if !loose.is_empty() {
        tables.insert("", &loose);
    }
    let defaults = Config::default().flat();
    let mut sections = Vec::new();
    for known in SECTIONS {
        sections.extend(tables.remove(known.name).map(|keys| section(known.name, Some(known), keys, &defaults)));
    }
    sections.extend(tables.into_iter().map(|(name, keys)| section(name, None, keys, &defaults)));
    sections.retain(|section| !section.settings.is_empty());
    sections
}

fn section(
    name: &str,
    known: Option<&Section>,
    keys: &Map<String, Value>,
    defaults: &BTreeMap<String, Value>,
) -> SettingsSection {
    let documented = known.map(|section| section.settings).unwrap_or_default();
    let facts = |key: &str, value: &Value| {
        let setting = documented.iter().find(|setting| setting.key == key);
        let default = defaults.get(&format!("{name}.{key}")).map(words);
        let default = default.or_else(|| Some(setting?.unset?.says.to_owned()));
        let value = words(value);
        SettingFacts {
            key: key.to_owned(),
            says: setting.map_or("", |setting| setting.says),
            default: default.filter(|default| *default != value),
            value,
        }
    };
    let place = |key: &str| documented.iter().position(|setting| setting.key == key).unwrap_or(usize::MAX);
    let mut settings: Vec<SettingFacts> = keys.iter().map(|(key, value)| facts(key, value)).collect();
    settings.sort_by(|a, b| (place(&a.key), &a.key).cmp(&(place(&b.key), &b.key)));
    SettingsSection { name: name.to_owned(), says: known.map_or("", |section| section.says), settings }
}

/// A value as people say it.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(is_on) => if *is_on { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.as_f64().filter(|_| number.is_f64()).map_or(number.to_string(), short),
        Value::String(text) => text.clone(),
        Value::Array(all) if all.is_empty() => "none".to_owned(),
        Value::Array(all) => match all.iter().map(step).collect::<Option<Vec<(i64, String)>>>() {
            Some(steps) => ladder(&steps),
            None => all.iter().map(words).collect::<Vec<_>>().join(", "),
        },
        Value::Object(keys) => {
            keys.iter().map(|(key, value)| format!("{key} {}", words(value))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// A number without the digits that widening an f32 to an f64 adds.
fn short(number: f64) -> String {
    let narrow = number as f32;
    if f64::from(narrow) == number { narrow.to_string() } else { number.to_string() }
}

/// What holds from so many likes on: `{"from": 2, "eighths": 3}`.
fn step(value: &Value) -> Option<(i64, String)> {
    let from = value.get("from")?.as_i64()?;
    let others: Map<String, Value> =
        value.as_object()?.iter().filter(|(key, _)| *key != "from").map(|(k, v)| (k.clone(), v.clone())).collect();
    let mut others = others.into_iter();
    let what = match (others.next()?, others.next()) {
        ((key, value), None) if key == "eighths" => format!("{}/8", words(&value)),
        ((key, value), None) if key == "source" => words(&value),
        ((key, value), None) => format!("{key} {}", words(&value)),
        _ => return None,
    };
    Some((from, what))
}

/// `from 1 like: neighbours; from 20: taste`.
fn ladder(steps: &[(i64, String)]) -> String {
    let unit = |place: usize, from: i64| match (place, from) {
        (0, 1) => " like",
        (0, _) => " likes",
        _ => "",
    };
    let step = |(place, (from, what)): (usize, &(i64, String))| format!("from {from}{}: {what}", unit(place, *from));
    steps.iter().enumerate().map(step).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_said_in_plain_words() {
        for (value, said) in [
            (json!(0.586), "0.586"),
            (json!(f64::from(0.586_f32)), "0.586"),
            (json!(4.0), "4"),
            (json!(64), "64"),
            (json!(true), "yes"),
            (json!([]), "none"),
            (json!("cg"), "cg"),
            (json!(["taste", "recent"]), "taste, recent"),
            (json!([{ "from": 2, "eighths": 3 }, { "from": 10, "eighths": 5 }]), "from 2 likes: 3/8; from 10: 5/8"),
            (
                json!([{ "from": 1, "source": "neighbours" }, { "from": 20, "source": "taste" }]),
                "from 1 like: neighbours; from 20: taste",
            ),
            (json!([{ "from": 1, "weight": 0.5 }]), "from 1 like: weight 0.5"),
            (json!([{ "to": 1, "weight": 0.5 }]), "to 1, weight 0.5"),
        ] {
            assert_eq!(words(&value), said);
        }
    }

    #[test]
    fn no_setting_differs_from_its_default_in_the_file_of_the_defaults() {
        let config: toml::Table = Config::default().to_toml().parse().unwrap();
        let sections = sections(&serde_json::to_value(config).unwrap());
        assert_eq!(sections.len(), SECTIONS.len());
        for setting in sections.iter().flat_map(|section| &section.settings) {
            assert!(setting.default.is_none() && !setting.says.is_empty(), "{setting:?}");
        }
    }

    #[test]
    fn known_settings_come_in_order_with_their_defaults_and_unknown_ones_last() {
        let config = json!({ "x": 1, "als": { "zeta": 1, "reg": 0.5, "factors": 4, "nu": 1.0 }, "a": { "b": 2 } });
        let sections = sections(&config);
        assert_eq!(sections.iter().map(|section| section.name.as_str()).collect::<Vec<_>>(), ["als", "", "a"]);
        let keys: Vec<&str> = sections[0].settings.iter().map(|setting| setting.key.as_str()).collect();
        assert_eq!(keys, ["factors", "reg", "nu", "zeta"]);
        let [factors, reg, nu, zeta] = sections[0].settings.as_slice() else { panic!() };
        assert_eq!((factors.value.as_str(), factors.default.as_deref()), ("4", Some("64")));
        assert!(reg.default.as_ref().is_some_and(|default| default.starts_with("chosen by the size")));
        assert_eq!((nu.default.as_ref(), zeta.default.as_ref(), zeta.says), (None, None, ""));
    }
}
