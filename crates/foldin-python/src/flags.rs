//! Messages of the readers and of the recipe name flags of the program. Here the same are arguments of functions.

/// Flags of the program and the arguments in their place, where these are not the same word.
const ARGUMENTS: [(&str, &str); 4] = [
    ("--version", "version"),
    ("--alpha0", "config={\"als\": {\"alpha0\": ...}}"),
    ("--reg", "config={\"als\": {\"reg\": ...}}"),
    ("--skip-bad-lines", "skip_bad_lines=True"),
];

/// Flags whose value may follow them.
const WITH_VALUE: [&str; 7] =
    ["--columns", "--dates", "--event-weights", "--items", "--match-ids", "--threshold", "--zero"];

/// A message with arguments in place of flags: `--dates dmy` becomes `dates="dmy"`.
pub(crate) fn as_arguments(message: &str) -> String {
    let mut text = ARGUMENTS.iter().fold(message.to_owned(), |text, (flag, argument)| text.replace(flag, argument));
    for flag in WITH_VALUE {
        text = with_argument(&text, flag);
    }
    text
}

fn with_argument(text: &str, flag: &str) -> String {
    let argument = flag.trim_start_matches('-').replace('-', "_");
    let mut pieces = text.split(flag);
    let mut all = pieces.next().unwrap_or_default().to_owned();
    for rest in pieces {
        all.push_str(&argument);
        // What stands behind a flag is its value if it looks like one: words of the sentence have no `=` in them.
        let value = rest.strip_prefix(' ').and_then(|rest| match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').map(|(value, _)| (value, value.len() + 3)),
            None => rest.split([' ', '\n', ';', ')', '`']).next().map(|value| (value, value.len() + 1)),
        });
        match value.filter(|(value, _)| is_value(flag, value)) {
            Some((value, length)) => all.push_str(&format!("=\"{value}\"{}", &rest[length..])),
            None => all.push_str(rest),
        }
    }
    all
}

fn is_value(flag: &str, value: &str) -> bool {
    match flag {
        "--columns" | "--event-weights" => value.contains('='),
        "--dates" => ["dmy", "mdy"].contains(&value),
        "--match-ids" => ["decimals", "leading-zeros", "case"].contains(&value),
        "--zero" => ["unrated", "rating", "like"].contains(&value),
        _ => false,
    }
}
