//! What is asked of a model.

use foldin_core::{Profile, Request, Signal, Similarity, Strategy};
use pyo3::prelude::*;

use crate::error::wrong;

/// What is known of a visitor: pairs of an id and what was said of the item, oldest first.
#[derive(FromPyObject)]
pub(crate) struct Visitor(Vec<(String, String, f32)>);

impl Visitor {
    pub(crate) fn profile(self) -> Profile {
        let mut profile = Profile::new();
        for (item, said, stars) in self.0 {
            let signal = match said.as_str() {
                "liked" => Signal::Liked,
                "disliked" => Signal::Disliked,
                "seen" => Signal::Seen,
                _ => Signal::Stars(stars),
            };
            profile.push(item, signal);
        }
        profile
    }
}

/// What to recommend: the fields of [`Request`] as a mapping.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Wanted {
    k: usize,
    exclude: Vec<String>,
    only: Option<Vec<String>>,
    genres: Vec<String>,
    years: Option<(i32, i32)>,
    strategy: String,
    diversity: f32,
    reasons: bool,
}

impl Wanted {
    pub(crate) fn request(self) -> PyResult<Request> {
        let Wanted { k, exclude, only, genres, years, strategy, diversity, reasons } = self;
        let strategy =
            named("strategy", &strategy, Strategy::from_name(&strategy), &Strategy::ALL.map(Strategy::name))?;
        Ok(Request { k, exclude, only, genres, years, strategy, diversity, reasons, ..Request::default() })
    }
}

/// A kind of similarity by its name.
pub(crate) fn similarity(name: &str) -> PyResult<Similarity> {
    named("by", name, Similarity::from_name(name), &Similarity::ALL.map(Similarity::name))
}

/// What has a name, or an error with all names.
pub(crate) fn named<T>(what: &str, name: &str, found: Option<T>, all: &[&str]) -> PyResult<T> {
    found.ok_or_else(|| wrong(&format!("{what} is {name:?}; expected one of {}", all.join(", "))))
}
