//! `foldin-core` for JavaScript: values are converted, errors handed on, and nothing is computed here.
//!
//! The npm package in `pkg/` is what callers see; its types document every field.

mod error;
mod input;
mod output;

use std::cell::OnceCell;

use foldin_core::model::{ItemMap, Users};
use foldin_core::{ItemIdx, Profile, Recommender, RequestError, Search, Similarity, file};
use js_sys::{Array, Float32Array};
use wasm_bindgen::prelude::*;

pub use crate::error::Thrown;
use crate::output::{Item, about, explained, pair, strings, user_profile};

/// A third of the standard library's allocator in size; the module has one thread.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A model that answers: the score file and the show file, decoded.
#[wasm_bindgen]
pub struct FoldinModel {
    recommender: Recommender,
    descriptions: foldin_core::model::Descriptions,
    /// Prepared at the first search: a page can recommend before.
    search: OnceCell<Search>,
    users: Option<Users>,
}

#[wasm_bindgen]
impl FoldinModel {
    /// Decodes the bytes of a score file and of its show file.
    #[wasm_bindgen(constructor)]
    pub fn new(score: Vec<u8>, show: Vec<u8>) -> Result<FoldinModel, Thrown> {
        let model = file::read_score(&score.into())?;
        let descriptions = file::read_show(&show.into(), &model.catalogue)?;
        let recommender = Recommender::new(model);
        Ok(FoldinModel { recommender, descriptions, search: OnceCell::new(), users: None })
    }

    /// Adds the bytes of the users file.
    #[wasm_bindgen(js_name = addUsers)]
    pub fn add_users(&mut self, users: Vec<u8>) -> Result<(), Thrown> {
        let users = file::read_users(&users.into(), &self.recommender.model().catalogue);
        self.users = Some(users?);
        Ok(())
    }

    /// What the model was trained on, and what it holds.
    pub fn about(&self) -> JsValue {
        about(self.recommender.model(), self.descriptions.map().is_some()).into()
    }

    /// Recommendations for a profile, the best first.
    pub fn recommend(&self, profile: &JsValue, request: &JsValue) -> Result<JsValue, Thrown> {
        self.answer(&input::profile(profile)?, request)
    }

    /// Recommendations for a known user, the best first.
    #[wasm_bindgen(js_name = recommendUser)]
    pub fn recommend_user(&self, id: &str, request: &JsValue) -> Result<JsValue, Thrown> {
        self.answer(&self.profile_of(id)?, request)
    }

    /// What a known user did, as the profile that `recommendUser` recommends for.
    #[wasm_bindgen(js_name = userProfile)]
    pub fn user_profile(&self, id: &str) -> Result<JsValue, Thrown> {
        Ok(user_profile(&self.profile_of(id)?).into())
    }

    /// The ids of all known users, ascending; none where the model holds none.
    #[wasm_bindgen(js_name = userIds)]
    pub fn user_ids(&self) -> Array {
        strings(self.users.iter().flat_map(|users| users.ids().iter()))
    }

    /// How the score of an item comes about.
    pub fn explain(&self, id: &str, profile: &JsValue, request: &JsValue) -> Result<JsValue, Thrown> {
        let (profile, request) = (input::profile(profile)?, input::request(request)?);
        let explanation = self.recommender.explain(&profile, id, &request)?;
        let catalogue = &self.recommender.model().catalogue;
        Ok(explained(&explanation, &self.item(explanation.item.item), catalogue).into())
    }

    /// Where all items lie on the map, in the order of `ids`.
    pub fn map(&self) -> Result<JsValue, Thrown> {
        let map = self.item_map()?;
        let [x, y] = [0, 1].map(|axis| JsValue::from(Float32Array::from(map.axis(axis).as_slice())));
        Ok(pair(&x, &y).into())
    }

    /// Where a visitor lies on the map; `null` without a like.
    pub fn place(&self, profile: &JsValue) -> Result<JsValue, Thrown> {
        let place = self.recommender.place(self.item_map()?, &input::profile(profile)?)?;
        Ok(place.map_or(JsValue::NULL, |[x, y]| pair(&x.into(), &y.into()).into()))
    }

    /// The ids of all items, the most liked first.
    pub fn ids(&self) -> Array {
        let catalogue = &self.recommender.model().catalogue;
        strings(catalogue.items().map(|item| catalogue.id(item)))
    }

    /// The items with these ids, in the order asked; those that the model does not have are left out.
    pub fn items(&self, ids: &JsValue) -> Result<JsValue, Thrown> {
        let answer = Array::new();
        for id in input::strings("ids", ids)? {
            if let Some(item) = self.recommender.model().catalogue.find(&id) {
                answer.push(&self.item(item).to_js());
            }
        }
        Ok(answer.into())
    }

    /// Items to ask a newcomer about, the best to ask first.
    pub fn seeds(&self, profile: &JsValue, request: &JsValue) -> Result<JsValue, Thrown> {
        let (profile, request) = (input::profile(profile)?, input::request(request)?);
        let seeds = self.recommender.seeds(&profile, &request)?;
        let answer = Array::new();
        for &item in &seeds {
            answer.push(&self.item(item).to_js());
        }
        Ok(answer.into())
    }

    /// How many stars a visitor would give an item.
    pub fn predict(&self, id: &str, profile: &JsValue) -> Result<f32, Thrown> {
        let profile = input::profile(profile)?;
        Ok(self.recommender.predict(&profile, id)?)
    }

    /// Items like one, the most alike first.
    pub fn similar(&self, id: &str, by: &JsValue, k: &JsValue) -> Result<JsValue, Thrown> {
        let by = input::one_of("by", by, Similarity::ALL, Similarity::name)?;
        let k = input::count("k", k, 10)?;
        let similar = self.recommender.similar(id, by, k)?;
        let answer = Array::new();
        for one in &similar {
            answer.push(&self.item(one.item).similar(one.score));
        }
        Ok(answer.into())
    }

    /// Items whose titles fit a query, the best match first.
    pub fn search(&self, query: &str, k: &JsValue) -> Result<JsValue, Thrown> {
        let catalogue = &self.recommender.model().catalogue;
        let search = self.search.get_or_init(|| Search::new(&self.descriptions));
        let found = search.find(catalogue, query, input::count("k", k, 10)?);
        let answer = Array::new();
        for item in found {
            answer.push(&self.item(item).to_js());
        }
        Ok(answer.into())
    }

    fn answer(&self, profile: &Profile, request: &JsValue) -> Result<JsValue, Thrown> {
        let request = input::request(request)?;
        let recommended = self.recommender.recommend(profile, &request)?;
        let catalogue = &self.recommender.model().catalogue;
        let answer = Array::new();
        for one in &recommended {
            answer.push(&self.item(one.item).recommended(one, catalogue));
        }
        Ok(answer.into())
    }

    fn profile_of(&self, user: &str) -> Result<Profile, Thrown> {
        let users = self.users.as_ref().ok_or(RequestError::NotInModel { part: "users" })?;
        let profile = self.recommender.model().profile_of_user(users, user);
        Ok(profile.ok_or_else(|| RequestError::UnknownUser { id: user.to_owned() })?)
    }

    fn item_map(&self) -> Result<&ItemMap, Thrown> {
        Ok(self.descriptions.map().ok_or(RequestError::NotInModel { part: "map" })?)
    }

    fn item(&self, item: ItemIdx) -> Item<'_> {
        let catalogue = &self.recommender.model().catalogue;
        Item {
            id: catalogue.id(item),
            title: self.descriptions.title(item),
            year: catalogue.year(item),
            genres: strings(catalogue.genre_names_of(item)),
            tags: strings(self.descriptions.tags(item)),
            likes: catalogue.likes(item),
            url: self.descriptions.url(item, catalogue),
            about: self.descriptions.about(item),
        }
    }
}
