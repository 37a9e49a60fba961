//! What the core answers, as plain JavaScript objects.

use foldin_core::{Model, Recommendation};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::throw;

#[derive(Serialize)]
pub(crate) struct Item<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub year: Option<i32>,
    pub genres: Vec<&'a str>,
    pub tags: Vec<&'a str>,
    pub likes: u32,
}

#[derive(Serialize)]
pub(crate) struct RecommendationOutput<'a> {
    #[serde(flatten)]
    item: Item<'a>,
    score: f32,
    sources: Vec<&'static str>,
    because: Vec<ReasonOutput>,
}

#[derive(Serialize)]
struct ReasonOutput {
    id: String,
    share: f32,
    contribution: f32,
}

impl<'a> RecommendationOutput<'a> {
    pub(crate) fn new(item: Item<'a>, recommendation: Recommendation) -> Self {
        let reasons = recommendation.because.into_iter();
        RecommendationOutput {
            item,
            score: recommendation.score,
            sources: recommendation.sources.iter().map(|source| source.name()).collect(),
            because: reasons
                .map(|reason| ReasonOutput { id: reason.id, share: reason.share, contribution: reason.contribution })
                .collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct SimilarOutput<'a> {
    #[serde(flatten)]
    pub item: Item<'a>,
    pub score: f32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About<'a> {
    data: &'a str,
    simulated: bool,
    users: f64,
    likes: f64,
    like_threshold: Option<f32>,
    program: &'a str,
    items: usize,
    factors: usize,
    genres: Vec<&'a str>,
}

impl<'a> About<'a> {
    pub(crate) fn of(model: &'a Model) -> Self {
        let about = &model.about;
        About {
            data: &about.data,
            simulated: about.simulated,
            users: about.n_users as f64,
            likes: about.n_likes as f64,
            like_threshold: about.like_threshold,
            program: &about.program,
            items: model.catalogue.len(),
            factors: model.factors.as_ref().map_or(0, |factors| factors.rows.n_cols()),
            genres: model.catalogue.genre_names().iter().collect(),
        }
    }
}

/// A value for JavaScript: plain objects, `null` for what is absent.
pub(crate) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&plain).map_err(|error| throw("internal", &error))
}
