//! A line for readers out of a longer description.

/// The most characters of a line. More would make models larger, and lists longer, than they are worth.
const MOST: usize = 120;

/// The first sentence of a text, in one line; cut after a word where it is too long.
pub(super) fn in_a_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let sentence = first_sentence(&line);
    if sentence.chars().count() <= MOST {
        return sentence.to_owned();
    }
    let end = sentence.char_indices().nth(MOST - 1).map_or(sentence.len(), |(place, _)| place);
    let cut = &sentence[..end];
    let cut = cut.rsplit_once(' ').map_or(cut, |(before, _)| before);
    format!("{}\u{2026}", cut.trim_end_matches([',', ';', ':', '-']))
}

/// Up to the first mark that ends a sentence and has a capital letter behind it; initials and `Dr.` end none.
fn first_sentence(line: &str) -> &str {
    let mut start_of_word = 0;
    for (place, letter) in line.char_indices() {
        if letter != ' ' {
            continue;
        }
        let word = &line[start_of_word..place];
        let ends = word.ends_with(['.', '!', '?']) && word.chars().count() > 3;
        let next_is_capital = line[place + 1..].chars().next().is_some_and(char::is_uppercase);
        if ends && next_is_capital {
            return &line[..place];
        }
        start_of_word = place + 1;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_taken() {
        assert_eq!(in_a_line("A crew wakes.  It is\nnot alone. They run."), "A crew wakes.");
        assert_eq!(in_a_line("Dr. Strangelove worries. Everybody else too."), "Dr. Strangelove worries.");
        assert_eq!(in_a_line("version 2.0 of it"), "version 2.0 of it");
        assert_eq!(in_a_line("  "), "");
    }

    #[test]
    fn a_long_sentence_is_cut_after_a_word() {
        let line = in_a_line(&"m\u{e9}lange, ".repeat(40));
        assert!(line.chars().count() <= MOST && line.ends_with("m\u{e9}lange\u{2026}"), "{line}");
        let unbroken = in_a_line(&"x".repeat(500));
        assert_eq!(unbroken.chars().count(), MOST);
    }
}
