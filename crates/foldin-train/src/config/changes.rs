//! Changes of settings as a table: what callers from other languages give in place of a file.
//!
//! A table is like flags of the program: it changes some settings, and leaves the search as it is.

use toml::{Table, Value};

use super::{Config, ConfigError, Size, parse};

/// The key of a choice of all settings that a file grows with, beside the sections.
const SIZE: &str = "size";

impl Config {
    /// These settings with changes: sections and keys as in `foldin.toml`, with dashes, underscores or in camel case, and
    /// perhaps a `size`, which comes before all else. `name` stands for the table in messages.
    ///
    /// ```
    /// use foldin_train::config::Config;
    ///
    /// let changes = "size = \"small\"\n[search]\nenabled = false\n".parse()?;
    /// let config = Config::default().with_changes("config", changes)?;
    /// assert!(!config.map.enabled && !config.search.enabled);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::Values`], with every fault that was found.
    pub fn with_changes(mut self, name: &str, changes: Table) -> Result<Config, ConfigError> {
        let mut changes = with_kebab_keys(changes);
        if let Some(size) = changes.remove(SIZE) {
            let known = size.as_str().and_then(Size::from_name);
            let names = Size::ALL.map(Size::name).join(", ");
            let fault = || ConfigError::Values(vec![format!("{name}.{SIZE} is {size}; expected one of {names}")]);
            known.ok_or_else(fault)?.apply(&mut self);
        }
        let mut all: Table = self.to_toml().parse().expect("settings are written as a table");
        for (section, changed) in changes {
            match (all.get_mut(&section), changed) {
                (Some(Value::Table(own)), Value::Table(changed)) => own.extend(with_kebab_keys(changed)),
                (_, other) => drop(all.insert(section, other)),
            }
        }
        parse(name, &all.to_string()).map_err(|error| match error {
            // The places of faults are those in a text that nobody has seen.
            ConfigError::Faults(faults) => {
                ConfigError::Values(faults.into_iter().map(|fault| format!("{name}: {}", fault.what)).collect())
            }
            error => error,
        })
    }
}

/// `minSupport` and `min_support` are `min-support`.
fn with_kebab_keys(table: Table) -> Table {
    table.into_iter().map(|(key, value)| (kebab(&key), value)).collect()
}

fn kebab(key: &str) -> String {
    let mut kebab = String::new();
    for letter in key.chars() {
        if letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(if letter == '_' { '-' } else { letter.to_ascii_lowercase() });
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed_by(text: &str) -> Config {
        Config::default().with_changes("settings", text.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_table_changes_the_defaults_and_leaves_the_search() {
        assert_eq!(changed_by(""), Config::default());
        let config = changed_by("[privacy]\nminSupport = 5\n[data]\nskip_bad_lines = true\n");
        assert_eq!((config.privacy.min_support, config.data.skip_bad_lines, config.search.enabled), (5, true, true));
        assert!(!changed_by("[search]\nenabled = false\n").search.enabled);
    }

    #[test]
    fn a_table_leaves_what_a_file_says_as_it_is() {
        let file = parse("foldin.toml", "[als]\nfactors = 9\n").unwrap();
        let config = file.with_changes("config", "[als]\nseed = 3\n".parse().unwrap()).unwrap();
        assert_eq!((config.als.factors, config.als.seed, config.search.enabled), (9, 3, false));
    }

    #[test]
    fn a_size_comes_before_what_else_is_said() {
        let config = changed_by("size = \"small\"\n[als]\nfactors = 9\n");
        assert_eq!((config.als.factors, config.map.enabled), (9, false));
    }

    #[test]
    fn a_wrong_value_is_named_without_a_place_in_a_text_that_nobody_has_seen() {
        let said =
            |text: &str| Config::default().with_changes("config", text.parse().unwrap()).unwrap_err().to_string();
        assert!(said("[als]\nfactors = 0\n").starts_with("config: factors is 0; expected "));
        assert_eq!(said("size = \"huge\""), "config.size is \"huge\"; expected one of small, medium, large");
    }
}
