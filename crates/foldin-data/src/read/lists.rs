//! Lists within one cell of a catalogue: genres and tags.

use indexmap::IndexSet;

/// How the values of a column are put into one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListStyle {
    /// `Drama|Law`: the form of the documentation.
    Pipes,
    /// `["Drama", "Law"]`, as JSON or as Python writes it; of objects the name.
    Brackets,
    /// `Drama; Law`
    Semicolons,
    /// `Drama, Law`
    Commas,
}

impl ListStyle {
    /// The style of a column, told by all its cells: pipes where one has them; else brackets, semicolons or commas where
    /// at least a third of the filled cells have them.
    pub(super) fn of(cells: &[&str]) -> Self {
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let share = |test: fn(&str) -> bool| cells.iter().filter(|cell| test(cell)).count() * 3 >= filled.max(1);
        if share(is_bracketed) {
            return ListStyle::Brackets;
        }
        if cells.iter().any(|cell| cell.contains('|')) {
            return ListStyle::Pipes;
        }
        if share(|cell| cell.contains(';')) {
            return ListStyle::Semicolons;
        }
        // `Food & Drink, Vegan` is a list; a single value such as `Paris, France` in few cells is not.
        if share(|cell| cell.contains(", ") || cell.contains(',')) { ListStyle::Commas } else { ListStyle::Pipes }
    }

    /// As a note says it.
    pub(super) fn name(self) -> &'static str {
        match self {
            ListStyle::Pipes => "`|`",
            ListStyle::Brackets => "brackets",
            ListStyle::Semicolons => "`;`",
            ListStyle::Commas => "commas",
        }
    }

    /// The values of a cell, each once, trimmed, without empty ones.
    pub(super) fn values(self, cell: &str) -> Vec<String> {
        match self {
            ListStyle::Brackets if is_bracketed(cell) => distinct(bracketed(cell).iter().map(String::as_str)),
            ListStyle::Brackets | ListStyle::Pipes => distinct(cell.split('|')),
            ListStyle::Semicolons => distinct(cell.split(';')),
            ListStyle::Commas => distinct(cell.split(',')),
        }
    }
}

fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let values: IndexSet<&str> = values.map(str::trim).filter(|value| !value.is_empty()).collect();
    values.into_iter().map(str::to_owned).collect()
}

fn is_bracketed(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() >= 2 && (cell.starts_with('[') && cell.ends_with(']') || cell.starts_with('{') && cell.ends_with('}'))
}

/// The texts of a list as JSON or Python writes it. Of objects (`{'id': 16, 'name': 'Drama'}`) the value of `name`
/// counts; of a list of lists all texts.
fn bracketed(cell: &str) -> Vec<String> {
    let mut texts: Vec<(String, bool)> = Vec::new();
    let mut letters = cell.trim().chars().peekable();
    let mut bare = String::new();
    let mut has_names = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\'' | '"' => {
                let text = quoted(&mut letters, letter);
                while letters.peek().is_some_and(|next| next.is_whitespace()) {
                    letters.next();
                }
                let is_key = letters.peek() == Some(&':');
                if is_key && text == "name" {
                    has_names = true;
                    texts.push((String::new(), true));
                } else if !is_key {
                    match texts.last_mut() {
                        Some((named, true)) if named.is_empty() => *named = text,
                        _ => texts.push((text, false)),
                    }
                }
                bare.clear();
            }
            '[' | ']' | '{' | '}' | ',' | ':' => {
                let word = bare.trim();
                // Bare words, as in `[Drama, Law]`; numbers in objects are ids.
                if !word.is_empty() && letter != ':' && word.parse::<f64>().is_err() && word != "None" && word != "null"
                {
                    texts.push((word.to_owned(), false));
                }
                bare.clear();
            }
            other => bare.push(other),
        }
    }
    texts.into_iter().filter(|(_, named)| *named || !has_names).map(|(text, _)| text).collect()
}

fn quoted(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, quote: char) -> String {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 't' | 'r') => text.push(' '),
                Some(escaped) => text.push(escaped),
                None => {}
            },
            letter if letter == quote => break,
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Vec<Vec<String>> {
        let style = ListStyle::of(cells);
        cells.iter().map(|cell| style.values(cell)).collect()
    }

    #[test]
    fn pipes_are_taken_as_they_are() {
        assert_eq!(read(&[" b | a||b |c", "Children, Family"]), [vec!["b", "a", "c"], vec!["Children, Family"]]);
        assert_eq!(read(&["", "Drama"]), [vec![], vec!["Drama"]]);
    }

    #[test]
    fn commas_and_semicolons_part_where_many_cells_have_them() {
        assert_eq!(
            read(&["Food, Soup", "Food", "Soup, Winter"]),
            [vec!["Food", "Soup"], vec!["Food"], vec!["Soup", "Winter"]]
        );
        assert_eq!(read(&["food;soup;", "x"]), [vec!["food", "soup"], vec!["x"]]);
        assert_eq!(read(&["Paris, France", "Food", "Soup", "Stew"])[0], ["Paris, France"]);
    }

    #[test]
    fn lists_of_json_and_python_are_read() {
        assert_eq!(read(&[r#"["Food", "Soup"]"#, "[]"]), [vec!["Food", "Soup"], vec![]]);
        assert_eq!(read(&["['Rock \\'n\\' Roll', \"Kid's\"]"])[0], ["Rock 'n' Roll", "Kid's"]);
        let objects = "[{'id': 16, 'name': 'Animation'}, {'id': 35, 'name': 'Comedy'}]";
        assert_eq!(read(&[objects])[0], ["Animation", "Comedy"]);
        assert_eq!(read(&["[Drama, Law]"])[0], ["Drama", "Law"]);
        assert_eq!(read(&["['open", "['a']"]), [vec!["['open"], vec!["a"]]);
    }
}
