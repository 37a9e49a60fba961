//! What the core answers, as plain JavaScript objects: `null` for what is absent.
//!
//! Objects are built field by field through setters that wasm-bindgen writes on JavaScript's side, so that no name of
//! a field crosses the border. Serialising with serde-wasm-bindgen was a tenth of the module.

use foldin_core::model::{Catalogue, Model};
use foldin_core::{Explanation, Profile, Reason, Recommendation, Signal, Strategy};
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
    fn set_score(this: &Fields, score: &JsValue);
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
    #[wasm_bindgen(method, setter, structural)]
    fn set_map(this: &Fields, map: bool);
    #[wasm_bindgen(method, setter, structural)]
    fn set_strategies(this: &Fields, strategies: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_liked(this: &Fields, liked: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_disliked(this: &Fields, disliked: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_ratings(this: &Fields, ratings: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_seen(this: &Fields, seen: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_x(this: &Fields, x: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_y(this: &Fields, y: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_item(this: &Fields, item: &Fields);
    #[wasm_bindgen(method, setter, structural)]
    fn set_place(this: &Fields, place: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_candidates(this: &Fields, candidates: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_source(this: &Fields, source: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_part(this: &Fields, part: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_features(this: &Fields, features: &Array);
    #[wasm_bindgen(method, setter, structural)]
    fn set_name(this: &Fields, name: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_value(this: &Fields, value: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_mean(this: &Fields, mean: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_blend(this: &Fields, blend: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_trees(this: &Fields, trees: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_weights(this: &Fields, weights: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_url(this: &Fields, url: &JsValue);
    #[wasm_bindgen(method, setter, structural)]
    fn set_about(this: &Fields, about: &JsValue);
}

/// What is known of an item.
pub(crate) struct Item<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub year: Option<i32>,
    pub genres: Array,
    pub tags: Array,
    pub likes: u32,
    pub url: Option<String>,
    pub about: Option<&'a str>,
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
        fields.set_url(&self.url.as_deref().map_or(JsValue::NULL, JsValue::from));
        fields.set_about(&self.about.map_or(JsValue::NULL, JsValue::from));
        fields
    }

    /// The item as one that is like another.
    pub(crate) fn similar(&self, score: f32) -> Fields {
        let fields = self.to_js();
        fields.set_score(&score.into());
        fields
    }

    /// The item as one that is recommended.
    pub(crate) fn recommended(&self, recommendation: &Recommendation, catalogue: &Catalogue) -> Fields {
        let fields = self.similar(recommendation.score);
        fields.set_stars(&number(recommendation.stars.map(f64::from)));
        fields.set_sources(&strings(recommendation.sources.iter().map(|source| source.name())));
        fields.set_because(&reasons(&recommendation.because, catalogue));
        fields
    }
}

fn reasons(reasons: &[Reason], catalogue: &Catalogue) -> Array {
    let array = Array::new();
    for reason in reasons {
        let fields = fields();
        fields.set_id(catalogue.id(reason.item));
        fields.set_share(f64::from(reason.share));
        fields.set_contribution(f64::from(reason.contribution));
        array.push(&fields);
    }
    array
}

/// How a score came about; `item` is what it is the score of.
pub(crate) fn explained(explanation: &Explanation, item: &Item<'_>, catalogue: &Catalogue) -> Fields {
    let all = fields();
    all.set_item(&item.recommended(&explanation.item, catalogue));
    all.set_place(&number(explanation.place.map(|place| place as f64)));
    all.set_candidates(explanation.candidates as f64);
    let sources = Array::new();
    for one in &explanation.sources {
        let fields = fields();
        fields.set_source(&one.source.name().into());
        fields.set_score(&number(one.score.map(f64::from)));
        fields.set_place(&number(one.place.map(|place| place as f64)));
        fields.set_part(f64::from(one.part));
        fields.set_because(&reasons(&one.because, catalogue));
        sources.push(&fields);
    }
    all.set_sources(&sources);
    let features = Array::new();
    for one in &explanation.features {
        let fields = fields();
        fields.set_name(one.feature.name);
        fields.set_source(&one.feature.source.map_or(JsValue::NULL, |source| source.name().into()));
        fields.set_value(f64::from(one.value));
        fields.set_mean(f64::from(one.mean));
        fields.set_contribution(f64::from(one.contribution));
        features.push(&fields);
    }
    all.set_features(&features);
    all.set_blend(f64::from(explanation.blend));
    all.set_trees(f64::from(explanation.trees));
    all.set_weights(f64::from(explanation.weights));
    all.set_score(&explanation.score.into());
    all
}

/// A profile in the form that requests take. Kinds of events that do not occur are left out.
pub(crate) fn user_profile(profile: &Profile) -> Fields {
    let [liked, disliked, seen, ratings] = std::array::from_fn(|_| Array::new());
    for event in profile.events() {
        let item = JsValue::from(&event.item);
        match event.signal {
            Signal::Liked => liked.push(&item),
            Signal::Disliked => disliked.push(&item),
            Signal::Seen => seen.push(&item),
            Signal::Stars(stars) => ratings.push(&Array::of2(&item, &stars.into())),
        };
    }
    let fields = fields();
    if liked.length() > 0 {
        fields.set_liked(&liked);
    }
    if disliked.length() > 0 {
        fields.set_disliked(&disliked);
    }
    if seen.length() > 0 {
        fields.set_seen(&seen);
    }
    if ratings.length() > 0 {
        fields.set_ratings(&ratings);
    }
    fields
}

/// A point, or the coordinates of many.
pub(crate) fn pair(x: &JsValue, y: &JsValue) -> Fields {
    let fields = fields();
    fields.set_x(x);
    fields.set_y(y);
    fields
}

/// What a model was trained on, and what it holds.
pub(crate) fn about(model: &Model, has_map: bool) -> Fields {
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
    fields.set_map(has_map);
    fields.set_stars(&model.rating_model.is_some().into());
    let strategies = Strategy::ALL.into_iter().filter(|strategy| match strategy {
        Strategy::Only(source) => model.has(*source),
        _ => true,
    });
    fields.set_strategies(&strings(strategies.map(Strategy::name)));
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
