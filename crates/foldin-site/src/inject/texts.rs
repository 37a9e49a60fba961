//! Texts of the list in the language of a page.

/// What the list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    /// Above the list.
    pub heading: &'static str,
}

/// The texts of a language; English where there are none. `pkg/src/related/texts.js` has the same languages.
pub fn texts(language: &str) -> Texts {
    let heading = match language {
        "de" => "Weiterlesen",
        "fr" => "À lire ensuite",
        "es" => "Sigue leyendo",
        "pt" => "Leia a seguir",
        "it" => "Continua a leggere",
        "nl" => "Lees verder",
        "pl" => "Czytaj dalej",
        "ja" => "次に読む",
        "zh" => "接下来阅读",
        "ar" => "اقرأ أيضًا",
        "he" => "להמשך קריאה",
        _ => "Read next",
    };
    Texts { heading }
}
