//! Messages of the readers and of the recipe name flags of the program. Here the same are settings.

/// Flags and the settings that they set.
const SETTINGS: [(&str, &str); 9] = [
    ("--alpha0", "als.alpha0"),
    ("--columns", "data.columns"),
    ("--dates", "data.dates"),
    ("--event-weights", "data.event-weights"),
    ("--match-ids", "data.match-ids"),
    ("--reg", "als.reg"),
    ("--skip-bad-lines", "data.skip-bad-lines"),
    ("--threshold", "data.threshold"),
    ("--zero", "data.zero"),
];

/// A message with the names of settings in place of flags.
pub(crate) fn as_settings(message: &str) -> String {
    let replaced = |text: String, (flag, setting): &(&str, &str)| text.replace(flag, setting);
    SETTINGS.iter().fold(message.to_owned(), replaced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use foldin_train::config::SECTIONS;

    #[test]
    fn flags_become_settings_that_there_are() {
        assert_eq!(as_settings("say --dates dmy; `--zero` decides"), "say data.dates dmy; `data.zero` decides");
        for (_, setting) in SETTINGS {
            let (section, key) = setting.split_once('.').unwrap();
            let section = SECTIONS.iter().find(|one| one.name == section).unwrap();
            assert!(section.settings.iter().any(|one| one.key == key), "{setting}");
        }
    }
}
