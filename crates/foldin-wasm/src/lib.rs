//! `foldin-core` for JavaScript: values are converted, errors handed on, and nothing is computed here.
//!
//! The npm package in `pkg/` is what callers see; its types document every field.

mod input;
mod output;

use std::cell::OnceCell;
use std::fmt::Display;

use foldin_core::model::{ItemMap, Users};
use foldin_core::{ItemIdx, Profile, Recommender, RequestError, Search, Similarity, file};
use js_sys::{Array, Float32Array};
use wasm_bindgen::prelude::*;

use crate::output::{Item, about, explained, pair, strings, user};

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
    pub fn new(score: Vec<u8>, show: Vec<u8>) -> Result<FoldinModel, JsValue> {
        let model = file::read_score(score.into()).map_err(|error| throw(error.code(), &error))?;
        let descriptions =
            file::read_show(&show.into(), &model.catalogue).map_err(|error| throw(error.code(), &error))?;
        let recommender = Recommender::new(model);
        Ok(FoldinModel { recommender, descriptions, search: OnceCell::new(), users: None })
    }

    /// Adds the bytes of the users file.
    #[wasm_bindgen(js_name = addUsers)]
    pub fn add_users(&mut self, users: Vec<u8>) -> Result<(), JsValue> {
        let users = file::read_users(&users.into(), &self.recommender.model().catalogue);
        self.users = Some(users.map_err(|error| throw(error.code(), &error))?);
        Ok(())
    }

    /// What the model was trained on, and what it holds.
    pub fn about(&self) -> JsValue {
        about(self.recommender.model(), self.descriptions.map().is_some()).into()
    }

    /// Recommendations for a profile, the best first.
    pub fn recommend(&self, profile: &JsValue, request: &JsValue) -> Result<JsValue, JsValue> {
        self.answer(&input::profile(profile)?, request)
    }

    /// Recommendations for a known user, the best first.
    #[wasm_bindgen(js_name = recommendUser)]
    pub fn recommend_user(&self, id: &str, request: &JsValue) -> Result<JsValue, JsValue> {
        let profile =
            self.recommender.profile_of(self.users.as_ref(), id).map_err(|error| throw(error.code(), &error))?;
        self.answer(&profile, request)
    }

    /// What a known user liked.
    #[wasm_bindgen(js_name = userProfile)]
    pub fn user_profile(&self, id: &str) -> Result<JsValue, JsValue> {
        let profile =
            self.recommender.profile_of(self.users.as_ref(), id).map_err(|error| throw(error.code(), &error))?;
        Ok(user(profile.events().iter().map(|event| event.item.as_str())).into())
    }

    /// The ids of all known users, ascending; none where the model holds none.
    #[wasm_bindgen(js_name = userIds)]
    pub fn user_ids(&self) -> Array {
        strings(self.users.iter().flat_map(|users| users.ids().iter()))
    }

    /// How the score of an item comes about.
    pub fn explain(&self, id: &str, profile: &JsValue, request: &JsValue) -> Result<JsValue, JsValue> {
        let (profile, request) = (input::profile(profile)?, input::request(request)?);
        let explanation =
            self.recommender.explain(&profile, id, &request).map_err(|error| throw(error.code(), &error))?;
        Ok(explained(&explanation, &self.item_of(id)).into())
    }

    /// Where all items lie on the map of taste, in the order of `ids`.
    pub fn map(&self) -> Result<JsValue, JsValue> {
        let map = self.taste_map()?;
        let [x, y] = [0, 1].map(|axis| JsValue::from(Float32Array::from(map.axis(axis).as_slice())));
        Ok(pair(&x, &y).into())
    }

    /// Where a visitor stands on the map of taste; `null` without a like.
    pub fn place(&self, profile: &JsValue) -> Result<JsValue, JsValue> {
        let place = self.recommender.place(self.taste_map()?, &input::profile(profile)?);
        let place = place.map_err(|error| throw(error.code(), &error))?;
        Ok(place.map_or(JsValue::NULL, |[x, y]| pair(&x.into(), &y.into()).into()))
    }

    /// The ids of all items, the most liked first.
    pub fn ids(&self) -> Array {
        let catalogue = &self.recommender.model().catalogue;
        strings(catalogue.items().map(|item| catalogue.id(item)))
    }

    /// The items with these ids, in the order asked; those that the model does not have are left out.
    pub fn items(&self, ids: &JsValue) -> Result<JsValue, JsValue> {
        let answer = Array::new();
        for id in input::strings("ids", ids)? {
            if let Some(item) = self.recommender.model().catalogue.find(&id) {
                answer.push(&self.item(item).to_js());
            }
        }
        Ok(answer.into())
    }

    /// Items to ask a newcomer about, the best to ask first.
    pub fn seeds(&self, profile: &JsValue, request: &JsValue) -> Result<JsValue, JsValue> {
        let (profile, request) = (input::profile(profile)?, input::request(request)?);
        let seeds = self.recommender.seeds(&profile, &request).map_err(|error| throw(error.code(), &error))?;
        let answer = Array::new();
        for id in &seeds {
            answer.push(&self.item_of(id).to_js());
        }
        Ok(answer.into())
    }

    /// How many stars a visitor would give an item.
    pub fn predict(&self, id: &str, profile: &JsValue) -> Result<f32, JsValue> {
        let profile = input::profile(profile)?;
        self.recommender.predict(&profile, id).map_err(|error| throw(error.code(), &error))
    }

    /// Items like one, the most alike first.
    pub fn similar(&self, id: &str, by: &JsValue, k: &JsValue) -> Result<JsValue, JsValue> {
        let by = input::one_of("by", by, Similarity::ALL, Similarity::name)?;
        let k = input::count("k", k, 10)?;
        let similar = self.recommender.similar(id, by, k).map_err(|error| throw(error.code(), &error))?;
        let answer = Array::new();
        for one in &similar {
            answer.push(&self.item_of(&one.id).similar(one.score));
        }
        Ok(answer.into())
    }

    /// Items whose titles fit a query, the best match first.
    pub fn search(&self, query: &str, k: &JsValue) -> Result<JsValue, JsValue> {
        let catalogue = &self.recommender.model().catalogue;
        let search = self.search.get_or_init(|| Search::new(&self.descriptions));
        let found = search.find(catalogue, query, input::count("k", k, 10)?);
        let answer = Array::new();
        for item in found {
            answer.push(&self.item(item).to_js());
        }
        Ok(answer.into())
    }

    fn answer(&self, profile: &Profile, request: &JsValue) -> Result<JsValue, JsValue> {
        let request = input::request(request)?;
        let recommended = self.recommender.recommend(profile, &request).map_err(|error| throw(error.code(), &error))?;
        let answer = Array::new();
        for one in &recommended {
            answer.push(&self.item_of(&one.id).recommended(one));
        }
        Ok(answer.into())
    }

    fn taste_map(&self) -> Result<&ItemMap, JsValue> {
        let missing = RequestError::NotInModel { part: "map" };
        self.descriptions.map().ok_or_else(|| throw(missing.code(), &missing))
    }

    fn item_of(&self, id: &str) -> Item<'_> {
        let item = self.recommender.model().catalogue.find(id).expect("the recommender answers with known ids");
        self.item(item)
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
        }
    }
}

/// A JavaScript `Error` with a `code`.
fn throw(code: &str, message: &dyn Display) -> JsValue {
    let error = js_sys::Error::new(&message.to_string());
    // Setting a property of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}
