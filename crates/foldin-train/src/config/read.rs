//! Reading a file of settings, and saying what is wrong in it: where, which value, what was expected, and for a key
//! that there is not, which one is near.

use std::ops::Range;
#[cfg(feature = "fs")]
use std::path::Path;

use foldin_core::Source;
use toml::de::{DeArray, DeTable, DeValue};

use super::Config;
use super::descriptions::{Expected, SECTIONS, Section, Setting};
use super::error::{ConfigError, Fault};

/// The longest value that a message repeats, in letters.
const LONGEST: usize = 40;

/// Reads a file of settings.
///
/// # Errors
/// [`ConfigError`], with every fault that was found.
#[cfg(feature = "fs")]
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Io { path: path.to_owned(), source })?;
    parse(&path.display().to_string(), &text)
}

/// Reads settings from text; `name` stands for the file in messages. Without a section `[search]` the settings are not
/// searched: whoever writes down settings wants these.
///
/// # Errors
/// [`ConfigError::Faults`].
pub fn parse(name: &str, text: &str) -> Result<Config, ConfigError> {
    let file = File { name, text };
    let of_toml = |error: toml::de::Error| {
        let span = error.span().unwrap_or(0..0);
        ConfigError::Faults(vec![file.fault(span, error.message().trim().to_owned())])
    };
    let document = DeTable::parse(text).map_err(of_toml)?;
    let mut faults = Vec::new();
    for (name, value) in document.get_ref() {
        match (SECTIONS.iter().find(|section| section.name == name.get_ref()), value.get_ref()) {
            (Some(section), DeValue::Table(keys)) => check_section(&file, section, keys, &mut faults),
            (Some(section), _) => {
                let what = format!("{} is {}; expected a section: [{0}]", section.name, file.value(value.span()));
                faults.push(file.fault(name.span(), what));
            }
            (None, value) => {
                let what = no_section(name.get_ref(), matches!(value, DeValue::Table(_)));
                faults.push(file.fault(name.span(), what));
            }
        }
    }
    if !faults.is_empty() {
        faults.sort_by_key(|fault| (fault.line, fault.column));
        return Err(ConfigError::Faults(faults));
    }
    let mut config: Config = toml::from_str(text).map_err(of_toml)?;
    config.search.enabled &= document.get_ref().contains_key("search");
    Ok(config)
}

/// A file's text, for places and values in messages.
struct File<'a> {
    name: &'a str,
    text: &'a str,
}

impl File<'_> {
    fn fault(&self, span: Range<usize>, what: String) -> Fault {
        let before = &self.text[..self.text.floor_char_boundary(span.start)];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Fault {
            file: self.name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what,
        }
    }

    /// A value as it stands in the file, shortened where it is long.
    fn value(&self, span: Range<usize>) -> String {
        let value = self.text.get(span).unwrap_or_default().replace(char::is_control, " ");
        match value.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value,
        }
    }
}

fn check_section(file: &File, section: &Section, keys: &DeTable, faults: &mut Vec<Fault>) {
    for (key, value) in keys {
        match section.settings.iter().find(|setting| setting.key == key.get_ref()) {
            Some(Setting { expected, .. }) if accepts(expected, value.get_ref()) => {}
            Some(setting) => {
                let value_text = file.value(value.span());
                let what = format!("{} is {value_text}; expected {}", setting.key, setting.expected);
                faults.push(file.fault(value.span(), what));
            }
            None => faults.push(file.fault(key.span(), no_setting(key.get_ref(), section))),
        }
    }
}

fn accepts(expected: &Expected, value: &DeValue) -> bool {
    match *expected {
        Expected::Whole(least, most) => whole(value).is_some_and(|value| (least..=most).contains(&value)),
        Expected::Number(least, most) => number(value).is_some_and(|value| (least..=most).contains(&value)),
        Expected::NumberOr(least, most, words) => match value.as_str() {
            Some(word) => words.contains(&word),
            None => accepts(&Expected::Number(least, most), value),
        },
        Expected::Switch => value.is_bool(),
        Expected::Text(_) => value.is_str(),
        Expected::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Expected::Sources(sources) => value.as_array().is_some_and(|list| are_sources(list, sources)),
        Expected::ByLikes(_, expected) => value.as_array().is_some_and(|list| is_by_likes(list, expected)),
    }
}

/// Whether a list holds pairs of a number of likes and an expected value, the numbers ascending.
fn is_by_likes(list: &DeArray, expected: &Expected) -> bool {
    let mut last = -1;
    list.iter().all(|pair| {
        let Some([likes, value]) = pair.get_ref().as_array().map(|pair| &pair[..]) else { return false };
        let ascends = whole(likes.get_ref()).is_some_and(|likes| likes > last && likes <= u32::MAX.into());
        last = whole(likes.get_ref()).unwrap_or(last);
        ascends && accepts(expected, value.get_ref())
    })
}

/// Whether a list names some of these sources, each once.
fn are_sources(list: &DeArray, sources: &[Source]) -> bool {
    let names: Vec<Option<&str>> = list.iter().map(|value| value.get_ref().as_str()).collect();
    let is_known = |name: &Option<&str>| name.is_some_and(|name| sources.iter().any(|source| source.name() == name));
    names.iter().all(is_known) && names.iter().enumerate().all(|(n, name)| !names[..n].contains(name))
}

fn whole(value: &DeValue) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn number(value: &DeValue) -> Option<f64> {
    match value.as_float() {
        Some(float) => float.as_str().parse().ok(),
        None => whole(value).map(|whole| whole as f64),
    }
}

fn no_setting(key: &str, section: &Section) -> String {
    let what = format!("there is no setting \"{key}\" in [{}]", section.name);
    let keys = section.settings.iter().map(|setting| setting.key);
    match (near(key, keys), home(key)) {
        (Some(near), _) => format!("{what}; did you mean \"{near}\"?"),
        (None, Some(home)) => format!("{what}; move it to [{}]", home.name),
        (None, None) => format!("{what}; see `foldin config --print` for all that there are"),
    }
}

fn no_section(name: &str, is_table: bool) -> String {
    if let (false, Some(home)) = (is_table, home(name)) {
        return format!("\"{name}\" is in no section; move it to [{}]", home.name);
    }
    let what = format!("there is no section [{name}]");
    let names = || SECTIONS.iter().map(|section| section.name);
    match near(name, names()) {
        Some(near) => format!("{what}; did you mean [{near}]?"),
        None => format!("{what}; there are [{}]", names().collect::<Vec<_>>().join("], [")),
    }
}

/// The section that has a setting of this name.
fn home(key: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.settings.iter().any(|setting| setting.key == key))
}

/// The known name that differs least, where it differs by slips alone: one, or two in a long name.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = name.to_lowercase().replace('_', "-");
    let slips = |known: &str| strsim::damerau_levenshtein(&plain, known);
    let nearest = known.map(|known| (slips(known), known)).min_by_key(|&(slips, _)| slips);
    let is_near = |&(slips, known): &(usize, &str)| slips <= known.len().min(plain.len()).div_ceil(4);
    nearest.filter(is_near).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a faulty file.
    fn said(text: &str) -> String {
        parse("foldin.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn a_key_with_a_slip_names_its_place_and_the_near_one() {
        let text = "# mine\n[data]\nskip-bad-lines = true\n\n[als]\nnu = 1\nfactor = 8\n";
        assert_eq!(said(text), "foldin.toml:7:1: there is no setting \"factor\" in [als]; did you mean \"factors\"?");
    }

    #[test]
    fn suggestions_are_near_in_letters_in_case_and_in_dashes() {
        let keys = || ["factors", "cg-steps", "skip-bad-lines", "nu"].into_iter();
        for (name, expected) in [
            ("fcators", Some("factors")),
            ("Factors", Some("factors")),
            ("cg_steps", Some("cg-steps")),
            ("skip_bad_line", Some("skip-bad-lines")),
            ("nu0", Some("nu")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(near(name, keys()), expected, "{name}");
        }
    }

    #[test]
    fn a_setting_in_the_wrong_section_is_sent_to_its_own() {
        assert_eq!(
            said("[train]\nthreshold = 4\n"),
            "foldin.toml:2:1: there is no setting \"threshold\" in [train]; move it to [data]"
        );
        assert_eq!(said("factors = 4\n"), "foldin.toml:1:1: \"factors\" is in no section; move it to [als]");
    }

    #[test]
    fn a_section_that_there_is_not_names_those_that_there_are() {
        assert_eq!(said("[asl]\n"), "foldin.toml:1:2: there is no section [asl]; did you mean [als]?");
        let message = said("[something]\n");
        assert!(
            message.contains(
                "there is no section [something]; there are [data], [train], [privacy], [search], [evaluate], [als]"
            ),
            "{message}"
        );
        assert_eq!(said("als = 3"), "foldin.toml:1:1: als is 3; expected a section: [als]");
    }

    #[test]
    fn wrong_values_are_named_with_what_was_expected() {
        for (line, what) in [
            ("factors = 0", "2:11: factors is 0; expected a whole number from 1 to 512"),
            ("factors = 1e2", "2:11: factors is 1e2; expected a whole number"),
            ("factors = \"many\"", "2:11: factors is \"many\"; expected a whole number"),
            ("factors = 99999999999999999999", "2:11: factors is 99999999999999999999; expected a whole number"),
            ("alpha0 = nan", "2:10: alpha0 is nan; expected a number from 1e-9 to 1e6"),
            ("alpha0 = 0", "2:10: alpha0 is 0; expected a number from 1e-9 to 1e6"),
            ("solver = \"lu\"", "2:10: solver is \"lu\"; expected one of \"cg\", \"cholesky\", \"subspace\""),
            ("seed = -1", "2:8: seed is -1; expected a whole number of at least 0"),
            ("reg = [1]", "2:7: reg is [1]; expected a number"),
        ] {
            let message = said(&format!("[als]\n{line}\n"));
            assert!(message.contains(&format!("foldin.toml:{what}")), "{message}");
        }
        assert!(said("[data]\nskip-bad-lines = 1").contains("expected true or false"));
        assert!(said("[data]\nthreshold = \"high\"").contains("or one of \"automatic\", \"none\""));
        for sources in ["[\"tast\"]", "\"taste\"", "[1]", "[\"taste\", \"taste\"]"] {
            let message = said(&format!("[train]\nsources = {sources}"));
            assert!(
                message.contains(&format!("sources is {sources}; expected a list of any of \"taste\"")),
                "{message}"
            );
        }
    }

    #[test]
    fn a_byte_order_mark_of_an_editor_is_no_fault() {
        assert_eq!(parse("x", "\u{feff}[als]\nfactors = 8\n").unwrap().als.factors, 8);
    }

    #[test]
    fn numbers_may_be_written_in_any_way_of_toml() {
        let config = parse("x", "[als]\nfactors = 0x1_0\nalpha0 = 1\nreg = 3e-3\nseed = 1_000\n").unwrap();
        assert_eq!((config.als.factors, config.als.alpha0), (16, 1.0));
        assert_eq!((config.als.reg, config.als.seed), (Some(0.003), 1000));
    }

    #[test]
    fn all_faults_are_told_at_once_in_the_order_of_the_file() {
        let message = said("[als]\nfactors = 0\n[data]\nx = 1\nthreshold = true\n");
        let lines: Vec<&str> = message.lines().filter_map(|line| line.split(':').nth(1)).collect();
        assert_eq!(lines, ["2", "4", "5"], "{message}");
    }

    #[test]
    fn what_is_no_toml_names_its_place() {
        let message = said("[als]\nfactors 3\n");
        assert!(message.starts_with("foldin.toml:2:"), "{message}");
        let message = said("[als]\nnu = 1\nnu = 2\n");
        assert!(message.starts_with("foldin.toml:3:1: "), "{message}");
    }

    #[test]
    fn columns_count_letters_and_long_values_are_cut() {
        let message = said(&format!("[\"é\"]\n[als]\nsolver = \"{}\"", "x".repeat(500)));
        assert!(message.contains("foldin.toml:1:2: ") && message.contains("foldin.toml:3:10: "), "{message}");
        assert!(message.len() < 340, "{message}");
    }
}
