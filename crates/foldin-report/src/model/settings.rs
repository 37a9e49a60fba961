//! The settings of a version, section by section.
//!
//! Sections and settings come in the order of the documented file. Those that this version of the program does not know
//! follow them, without a description and a default.

use foldin_train::config::{Config, Expected, SECTIONS, Section, Setting};
use toml::{Table, Value};

use super::{SettingFacts, SettingsSection};

/// The sections of a `config.toml` that have any settings.
pub(super) fn sections(config: Table) -> Vec<SettingsSection> {
    let mut tables = Table::new();
    let mut outside = Table::new();
    for (name, value) in config {
        let place = if value.is_table() { &mut tables } else { &mut outside };
        place.insert(name, value);
    }
    // By way of text, as the settings that they are compared with: 0.6 in single precision is another number in double.
    let defaults: Table = Config::default().to_toml().parse().expect("what was written can be read");
    let known = SECTIONS.iter().filter_map(|section| Some((section, tables.remove(section.name)?)));
    let known: Vec<(&Section, Value)> = known.collect();
    let known = known.iter().map(|(section, keys)| known_section(section, keys, defaults.get(section.name)));
    let unknown = tables.iter().map(|(name, keys)| unknown_section(Some(name), keys.as_table()));
    let outside = std::iter::once(unknown_section(None, Some(&outside)));
    known.chain(outside).chain(unknown).filter(|section| !section.settings.is_empty()).collect()
}

fn known_section(section: &Section, keys: &Value, defaults: Option<&Value>) -> SettingsSection {
    let place = |key: &str| section.settings.iter().position(|setting| setting.key == key);
    let mut keys: Vec<(&String, &Value)> = keys.as_table().into_iter().flatten().collect();
    keys.sort_by_key(|(key, _)| (place(key).unwrap_or(section.settings.len()), *key));
    let facts = |(key, value): (&String, &Value)| match place(key) {
        Some(place) => known_setting(&section.settings[place], value, defaults.and_then(|all| all.get(key))),
        None => unknown_setting(key, value),
    };
    SettingsSection {
        name: Some(section.name.to_owned()),
        description: Some(section.description),
        settings: keys.into_iter().map(facts).collect(),
    }
}

fn unknown_section(name: Option<&String>, keys: Option<&Table>) -> SettingsSection {
    let settings = keys.into_iter().flatten().map(|(key, value)| unknown_setting(key, value)).collect();
    SettingsSection { name: name.cloned(), description: None, settings }
}

fn known_setting(setting: &Setting, value: &Value, default: Option<&Value>) -> SettingFacts {
    let written = |value: &Value| match setting.expected {
        Expected::ByLikes(name, _) => by_likes(name, value).unwrap_or_else(|| text(value)),
        _ => text(value),
    };
    let by_default = default.map(written).or_else(|| Some(setting.unset?.description.to_owned()));
    let value = written(value);
    SettingFacts {
        key: setting.key.to_owned(),
        default: by_default.filter(|default| *default != value),
        description: Some(setting.description),
        value,
    }
}

fn unknown_setting(key: &str, value: &Value) -> SettingFacts {
    SettingFacts { key: key.to_owned(), value: text(value), default: None, description: None }
}

/// A value as people write it.
fn text(value: &Value) -> String {
    match value {
        Value::Boolean(is_on) => if *is_on { "yes" } else { "no" }.to_owned(),
        Value::Float(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => "none".to_owned(),
        Value::Array(values) if !values.iter().any(|value| value.is_array() || value.is_table()) => {
            values.iter().map(text).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// A list of a number of likes and what holds from there on, `[[3, 2], [10, 5]]`, as `from 3 likes: 2/8; from 10: 5/8`;
/// `None` where the value is something else.
fn by_likes(name: &str, value: &Value) -> Option<String> {
    let mut steps = Vec::new();
    for step in value.as_array()? {
        let [likes, held] = step.as_array()?.as_slice() else { return None };
        let unit = match likes.as_integer() {
            _ if !steps.is_empty() => "",
            Some(1) => " like",
            _ => " likes",
        };
        let held = if name == "eighths" { format!("{held}/8") } else { text(held) };
        steps.push(format!("from {likes}{unit}: {held}"));
    }
    (!steps.is_empty()).then(|| steps.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn values_are_written_as_people_write_them() {
        for (value, expected) in [
            ("0.586", "0.586"),
            ("4.0", "4"),
            ("64", "64"),
            ("true", "yes"),
            ("[]", "none"),
            ("\"cg\"", "cg"),
            ("[\"taste\", \"recent\"]", "taste, recent"),
            ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
            ("{ a = 1 }", "{ a = 1 }"),
        ] {
            assert_eq!(text(&table(&format!("value = {value}"))["value"]), expected);
        }
    }

    #[test]
    fn lists_by_likes_are_written_as_steps() {
        let written = |value: &str| by_likes("eighths", &table(&format!("value = {value}"))["value"]);
        assert_eq!(written("[[3, 2], [10, 5]]").as_deref(), Some("from 3 likes: 2/8; from 10: 5/8"));
        assert_eq!(written("[[1, 2]]").as_deref(), Some("from 1 like: 2/8"));
        assert_eq!((written("[[1]]"), written("[]"), written("4")), (None, None, None));
        let damping = &sections(table("[neighbours]\ndamping = [[3, 2], [5, 4]]\n"))[0].settings[0];
        assert_eq!(damping.value, "from 3 likes: 2/8; from 5: 4/8");
    }

    #[test]
    fn no_setting_differs_from_its_default_in_the_file_of_the_defaults() {
        let sections = sections(table(&Config::default().to_toml()));
        assert_eq!(sections.len(), SECTIONS.len());
        for setting in sections.iter().flat_map(|section| &section.settings) {
            assert!(setting.default.is_none() && setting.description.is_some(), "{setting:?}");
        }
    }

    #[test]
    fn known_settings_come_in_order_with_their_defaults_and_unknown_ones_last() {
        let sections = sections(table("x = 1\n[als]\nzeta = 1\nreg = 0.5\nfactors = 4\nnu = 1.0\n[a]\nb = 2\n"));
        let names: Vec<Option<&str>> = sections.iter().map(|section| section.name.as_deref()).collect();
        assert_eq!(names, [Some("als"), None, Some("a")]);
        let keys: Vec<&str> = sections[0].settings.iter().map(|setting| setting.key.as_str()).collect();
        assert_eq!(keys, ["factors", "reg", "nu", "zeta"]);
        let [factors, reg, nu, zeta] = sections[0].settings.as_slice() else { panic!() };
        assert_eq!((factors.value.as_str(), factors.default.as_deref()), ("4", Some("64")));
        assert!(reg.default.as_ref().is_some_and(|default| default.starts_with("chosen by the size")));
        assert_eq!((nu.default.as_ref(), zeta.default.as_ref(), zeta.description), (None, None, None));
    }
}
