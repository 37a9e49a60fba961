//! What a model answers, as JSON.

use foldin_core::model::{Catalogue, Descriptions};
use foldin_core::{Explanation, ItemIdx, Reason, Recommendation};
use serde::Serialize;

/// Any value as JSON.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("keys are texts")
}

/// What is known of an item.
#[derive(Serialize)]
pub(crate) struct Item<'a> {
    id: &'a str,
    title: &'a str,
    year: Option<i32>,
    genres: Vec<&'a str>,
    tags: Vec<&'a str>,
    likes: u32,
}

#[derive(Serialize)]
pub(crate) struct Similar<'a> {
    #[serde(flatten)]
    item: Item<'a>,
    score: f32,
}

#[derive(Serialize)]
pub(crate) struct Recommended<'a> {
    #[serde(flatten)]
    item: Item<'a>,
    score: f32,
    stars: Option<f32>,
    sources: Vec<&'static str>,
    because: Vec<Because<'a>>,
}

#[derive(Serialize)]
struct Because<'a> {
    id: &'a str,
    title: &'a str,
    share: f32,
    contribution: f32,
}

#[derive(Serialize)]
pub(crate) struct Explained<'a> {
    item: Recommended<'a>,
    place: Option<usize>,
    candidates: usize,
    sources: Vec<ExplainedSource<'a>>,
    features: Vec<ExplainedFeature>,
    blend: f32,
    trees: f32,
    score: f32,
}

#[derive(Serialize)]
struct ExplainedSource<'a> {
    source: &'static str,
    score: Option<f32>,
    place: Option<usize>,
    part: f32,
    because: Vec<Because<'a>>,
}

#[derive(Serialize)]
struct ExplainedFeature {
    name: &'static str,
    source: Option<&'static str>,
    value: f32,
    mean: f32,
    contribution: f32,
}

/// Items with their titles.
#[derive(Clone, Copy)]
pub(crate) struct Titled<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) descriptions: &'a Descriptions,
}

impl<'a> Titled<'a> {
    pub(crate) fn item(self, item: ItemIdx) -> Item<'a> {
        let Titled { catalogue, descriptions } = self;
        Item {
            id: catalogue.id(item),
            title: descriptions.title(item),
            year: catalogue.year(item),
            genres: catalogue.genre_names_of(item).collect(),
            tags: descriptions.tags(item).collect(),
            likes: catalogue.likes(item),
        }
    }

    pub(crate) fn similar(self, item: ItemIdx, score: f32) -> Similar<'a> {
        Similar { item: self.item(item), score }
    }

    pub(crate) fn recommended(self, one: &Recommendation) -> Recommended<'a> {
        Recommended {
            item: self.item(one.item),
            score: one.score,
            stars: one.stars,
            sources: one.sources.iter().map(|source| source.name()).collect(),
            because: self.reasons(&one.because),
        }
    }

    pub(crate) fn explained(self, explanation: &Explanation) -> Explained<'a> {
        let source = |one: &foldin_core::ExplainedSource| ExplainedSource {
            source: one.source.name(),
            score: one.score,
            place: one.place,
            part: one.part,
            because: self.reasons(&one.because),
        };
        let feature = |one: &foldin_core::ExplainedFeature| ExplainedFeature {
            name: one.feature.name,
            source: one.feature.source.map(|source| source.name()),
            value: one.value,
            mean: one.mean,
            contribution: one.contribution,
        };
        Explained {
            item: self.recommended(&explanation.item),
            place: explanation.place,
            candidates: explanation.candidates,
            sources: explanation.sources.iter().map(source).collect(),
            features: explanation.features.iter().map(feature).collect(),
            blend: explanation.blend,
            trees: explanation.trees,
            score: explanation.score,
        }
    }

    fn reasons(self, reasons: &[Reason]) -> Vec<Because<'a>> {
        let of = |reason: &Reason| Because {
            id: self.catalogue.id(reason.item),
            title: self.descriptions.title(reason.item),
            share: reason.share,
            contribution: reason.contribution,
        };
        reasons.iter().map(of).collect()
    }
}
