//! Before the histories of people are published: a warning, and a question on a terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::bail;
use foldin_train::config::PrivacySection;

use crate::output;

/// What has to be typed.
const WORDS: &str = "publish histories";

/// Warns of a floor that is too low.
pub(super) fn warn(PrivacySection { min_support }: &PrivacySection) {
    if *min_support < PrivacySection::SAFE {
        let safe = PrivacySection::SAFE;
        let people = if *min_support == 1 { "1 person" } else { "2 people" };
        output::note(&format!(
            "--min-support {min_support}: {people} can be behind an entry or a count, so that histories can be read from \
             the files; {safe} or more prevents that"
        ));
    }
}

/// Warns that histories are written, and asks on a terminal unless `is_sure`.
///
/// # Errors
/// If the answer is no.
pub(super) fn confirm(is_sure: bool) -> anyhow::Result<()> {
    output::note("--with-users writes the history of every user into a file: anyone who can download it can read them");
    if is_sure || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(());
    }
    if !asked(&mut io::stdin().lock(), &mut io::stderr())? {
        bail!("nothing was trained; leave --with-users out, or type {WORDS:?}");
    }
    Ok(())
}

/// Whether the words are typed.
fn asked(answers: &mut impl BufRead, questions: &mut impl Write) -> io::Result<bool> {
    write!(questions, "type {WORDS:?} to go on: ")?;
    questions.flush()?;
    let mut answer = String::new();
    answers.read_line(&mut answer)?;
    Ok(answer.trim() == WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_themselves_are_a_yes() {
        for (answer, expected) in [
            ("publish histories\n", true),
            (" publish histories ", true),
            ("yes\n", false),
            ("y\n", false),
            ("", false),
        ] {
            let mut question = Vec::new();
            assert_eq!(asked(&mut answer.as_bytes(), &mut question).unwrap(), expected, "{answer:?}");
            assert_eq!(question, b"type \"publish histories\" to go on: ");
        }
    }
}
