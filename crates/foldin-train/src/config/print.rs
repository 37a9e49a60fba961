//! The whole file with a comment on every setting.

use super::Config;
use super::descriptions::{SECTIONS, Setting, Unset};

/// How wide comments are.
const COLUMNS: usize = 100;

const HEAD: &str = "Settings of foldin. `foldin train` and `foldin evaluate` read foldin.toml in the current folder, or the \
                    file that --config names; flags of the command line win. What is left out is as shown here.";

/// The complete file of the default settings; [`parse`](super::parse()) reads it back to [`Config::default`].
pub fn documented() -> String {
    let defaults = Config::default().to_toml();
    let mut text = comment(HEAD);
    for section in SECTIONS {
        text.push_str(&format!("\n{}[{}]\n", comment(section.description), section.name));
        let lines = defaults.split(&format!("[{}]\n", section.name)).nth(1).unwrap_or_default();
        for setting in section.settings {
            let start = format!("{} = ", setting.key);
            let line = lines.lines().take_while(|line| !line.starts_with('[')).find(|line| line.starts_with(&start));
            let (default, line) = match (line, setting.unset) {
                (Some(line), _) => (format!("default {}", &line[start.len()..]), line.to_owned()),
                (None, unset) => {
                    let Unset { description, example } =
                        unset.expect("a setting without a value says what then happens");
                    (format!("default: {description}"), format!("# {start}{example}"))
                }
            };
            text.push_str(&comment(&sentence(setting, &default)));
            text.push_str(&format!("{line}\n"));
        }
    }
    text
}

fn sentence(setting: &Setting, default: &str) -> String {
    let mut expected = setting.expected.to_string();
    expected[..1].make_ascii_uppercase();
    format!("{} {expected}; {default}.", setting.description)
}

/// Text as lines of comment.
fn comment(text: &str) -> String {
    let mut lines = vec!["#".to_owned()];
    for word in text.split_whitespace() {
        if lines[lines.len() - 1].chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push("#".to_owned());
        }
        let line = lines.last_mut().expect("there is a first line");
        line.push(' ');
        line.push_str(word);
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;

    #[test]
    fn the_documented_file_is_the_default() {
        assert_eq!(parse("x", &documented()).unwrap(), Config::default());
    }

    #[test]
    fn every_setting_stands_below_its_comment() {
        let text = documented();
        let lines: Vec<&str> = text.lines().collect();
        for setting in SECTIONS.iter().flat_map(|section| section.settings) {
            let (plain, unset) = (format!("{} = ", setting.key), format!("# {} = ", setting.key));
            let at = lines.iter().position(|line| line.starts_with(&plain) || line.starts_with(&unset));
            assert!(at.is_some_and(|at| lines[at - 1].starts_with("# ")), "{}\n{text}", setting.key);
        }
        let mut comments = lines.iter().filter(|line| line.starts_with('#'));
        assert!(comments.all(|line| line.chars().count() <= COLUMNS), "{text}");
        assert!(
            text.contains("# Number of factors; the file grows with it. A whole number from 1 to 512; default 64.\n")
        );
        assert!(text.contains("A number from 1e-9 to 1e6; default: chosen by the size"), "{text}");
    }

    #[test]
    fn examples_of_settings_without_a_value_are_right() {
        let with_examples = documented().replace("# reg = ", "reg = ");
        assert_eq!(parse("x", &with_examples).unwrap().als.reg, Some(0.003));
        let unset = SECTIONS.iter().flat_map(|section| section.settings).filter_map(|one| Some((one.key, one.unset?)));
        for (key, Unset { example, .. }) in unset {
            assert!(documented().contains(&format!("\n# {key} = {example}\n")), "{key}");
        }
    }
}
