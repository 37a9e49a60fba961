//! What the core answers, as plain JavaScript objects: `null` for what is absent.
//!
//! Objects are built field by field through setters that wasm-bindgen writes on JavaScript's side, so that no name of
//! a field crosses the border. Serialising with serde-wasm-bindgen was a tenth of the module.

use foldin_core::{Model, Recommendation};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An object whose fields are set by name.
    #[wasm_bindgen(extends = Object)]
    pub(crate) type Fields;

    #[wasm_bindgen(method, setter, structural)]
    fn set_id(this: &Fields, id: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_title(this: &Fields, title: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_year(this: &Fields, year: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_genres(this: &Fields, genres: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_tags(this: &Fields, tags: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_likes(this: &Fields, likes: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_score(this: &Fields, score: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_stars(this: &Fields, stars: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_sources(this: &Fields, sources: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_because(this: &Fields, because: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_share(this: &Fields, share: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_contribution(this: &Fields, contribution: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_data(this: &Fields, data: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_simulated(this: &Fields, simulated: bool);
    #[wasm_bindgen(method, setter, structural)]
    fn set_users(this: &Fields, users: f64);
    #[wasm_bindgen(method, setter, structural, js_name = likeThreshold)]
    fn set_like_threshold(this: &Fields, threshold: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_program(this: &Fields, program: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_items(this: &Fields, items: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_factors(this: &Fields, factors: f64);
}

/// What is known of an item.
pub(crate) struct Item<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub year: Option<i32>,
    pub genres: Array,
    pub tags: Array,
    pub likes: u32,
}

impl Item<'_> {
    pub(crate) fn to_js(&self) -> Fields {
        let fields = fields();
        fields.set_id(self.id);
        fields.set_title(self.title);
        fields.set_year(&number(self.year.map(f64::from)));
        fields.set_genres(&self.genres);
        fields.set_tags(&self.tags);
        fields.set_likes(f64::from(self.likes));
        fields
    }

    /// The item as one that is like another.
    pub(crate) fn similar(&self, score: f32) -> Fields {
        let fields = self.to_js();
        fields.set_score(f64::from(score));
        fields
    }

    /// The item as one that is recommended.
    pub(crate) fn recommended(&self, recommendation: &Recommendation) -> Fields {
        let fields = self.similar(recommendation.score);
        fields.set_stars(&number(recommendation.stars.map(f64::from)));
        fields.set_sources(&strings(recommendation.sources.iter().map(|source| source.name())));
        let because = Array::new();
        for reason in &recommendation.because {
            let fields = self::fields();
            fields.set_id(&reason.id);
            fields.set_share(f64::from(reason.share));
            fields.set_contribution(f64::from(reason.contribution));
            because.push(&fields);
        }
        fields.set_because(&because);
        fields
    }
}

/// What a model was trained on, and what it holds.
pub(crate) fn about(model: &Model) -> Fields {
    let about = &model.about;
    let fields = fields();
    fields.set_data(&about.data);
    fields.set_simulated(about.simulated);
    fields.set_users(about.n_users as f64);
    fields.set_likes(about.n_likes as f64);
    fields.set_like_threshold(&number(about.like_threshold.map(f64::from)));
    fields.set_program(&about.program);
    fields.set_items(model.catalogue.len() as f64);
    fields.set_factors(model.factors.as_ref().map_or(0, |factors| factors.rows.n_cols()) as f64);
    fields.set_genres(&strings(model.catalogue.genre_names().iter()));
    fields
}

/// An array of strings.
pub(crate) fn strings<'a>(strings: impl Iterator<Item = &'a str>) -> Array {
    let array = Array::new();
    for string in strings {
        array.push(&string.into());
    }
    array
}

fn fields() -> Fields {
    Object::new().unchecked_into()
}

fn number(value: Option<f64>) -> JsValue {
    value.map_or(JsValue::NULL, JsValue::from)
}
