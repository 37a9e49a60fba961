//! A model that answers, and can be saved.

use std::path::PathBuf;
use std::sync::OnceLock;

use foldin_core::model::{Descriptions, Users};
use foldin_core::{ItemIdx, Profile, Recommender, RequestError, Search, Similarity, Source, Strategy};
use foldin_store::{self as store, Encoded, Manifest, NewVersion, VersionArtefacts};
use foldin_train::fit::Fitted;
use pyo3::prelude::*;
use serde::Serialize;

use crate::dataset::Dataset;
use crate::error::{RefusedError, raised, wrong};
use crate::flags::as_arguments;
use crate::output::{Titled, json};
use crate::request::{Visitor, Wanted, similarity};

/// A model, trained or loaded.
#[pyclass(frozen)]
pub(crate) struct Model {
    recommender: Recommender,
    descriptions: Descriptions,
    users: Option<Users>,
    search: OnceLock<Search>,
    /// `None` for a model that was loaded.
    trained: Option<Trained>,
}

/// What a training leaves behind beside the model.
pub(crate) struct Trained {
    pub(crate) data: Py<Dataset>,
    /// Without model and users, which are in [`Model`].
    pub(crate) fitted: Fitted,
    pub(crate) encoded: Encoded,
    pub(crate) artefacts: VersionArtefacts,
}

/// What a model was trained on, and what it holds.
#[derive(Serialize)]
struct About<'a> {
    data: &'a str,
    simulated: bool,
    users: u64,
    items: usize,
    likes: u64,
    like_threshold: Option<f32>,
    program: &'a str,
    genres: Vec<&'a str>,
    strategies: Vec<&'static str>,
    predicts_stars: bool,
    has_users: bool,
}

impl Model {
    pub(crate) fn new(
        model: foldin_core::model::Model,
        descriptions: Descriptions,
        users: Option<Users>,
        trained: Option<Trained>,
    ) -> Self {
        Model { recommender: Recommender::new(model), descriptions, users, search: OnceLock::new(), trained }
    }

    fn titled(&self) -> Titled<'_> {
        Titled { catalogue: &self.recommender.model().catalogue, descriptions: &self.descriptions }
    }

    fn recommended(&self, py: Python<'_>, profile: &Profile, wanted: Wanted) -> PyResult<String> {
        let request = wanted.request()?;
        let answer = py.detach(|| self.recommender.recommend(profile, &request)).map_err(raised)?;
        Ok(json(&answer.iter().map(|one| self.titled().recommended(one)).collect::<Vec<_>>()))
    }

    fn items_of(&self, items: impl IntoIterator<Item = ItemIdx>) -> String {
        json(&items.into_iter().map(|item| self.titled().item(item)).collect::<Vec<_>>())
    }

    /// What a user did, from the data that the model was trained on, or else from the model: the same profile either way.
    fn profile_of(&self, user: &str) -> PyResult<Profile> {
        let model = self.recommender.model();
        let profile = match (&self.trained, &self.users) {
            (Some(trained), _) => {
                let known = |item: &str| model.catalogue.find(item).is_some();
                let history = trained.data.get().dataset.history_of(user);
                history.map(|all| model.profile_of(all.into_iter().filter(|(item, _)| known(item))))
            }
            (None, Some(users)) => model.profile_of_user(users, user),
            (None, None) => {
                return Err(wrong(
                    "this model holds no users: train it with with_users=True, or say what the user likes with recommend()",
                ));
            }
        };
        profile.ok_or_else(|| raised(RequestError::UnknownUser { id: user.to_owned() }))
    }

    fn trained(&self) -> PyResult<&Trained> {
        self.trained.as_ref().ok_or_else(|| {
            wrong("this model was loaded from a folder, which has all of its files: copy the folder, or train again")
        })
    }
}

#[pymethods]
impl Model {
    fn __len__(&self) -> usize {
        self.recommender.model().catalogue.len()
    }

    fn about(&self) -> String {
        let model = self.recommender.model();
        let strategies = Strategy::ALL.into_iter().filter(|strategy| match strategy {
            Strategy::Only(source) => model.has(*source),
            _ => true,
        });
        json(&About {
            data: &model.about.data,
            simulated: model.about.simulated,
            users: model.about.n_users,
            items: model.catalogue.len(),
            likes: model.about.n_likes,
            like_threshold: model.about.like_threshold,
            program: &model.about.program,
            genres: model.catalogue.genre_names().iter().collect(),
            strategies: strategies.map(Strategy::name).collect(),
            predicts_stars: model.rating_model.is_some(),
            has_users: self.users.is_some(),
        })
    }

    /// Those of these ids that the model has, in their order.
    fn known(&self, ids: Vec<String>) -> Vec<String> {
        let catalogue = &self.recommender.model().catalogue;
        ids.into_iter().filter(|id| catalogue.find(id).is_some()).collect()
    }

    fn items(&self) -> String {
        self.items_of(self.recommender.model().catalogue.items())
    }

    fn recommend(&self, py: Python<'_>, visitor: Visitor, wanted: Wanted) -> PyResult<String> {
        self.recommended(py, &visitor.profile(), wanted)
    }

    fn recommend_user(&self, py: Python<'_>, user: &str, wanted: Wanted) -> PyResult<String> {
        self.recommended(py, &self.profile_of(user)?, wanted)
    }

    /// By taste where the model has it, or else by content, if nobody says by what.
    fn similar(&self, id: &str, k: usize, by: Option<&str>) -> PyResult<String> {
        let by = match by {
            Some(name) => similarity(name)?,
            None if self.recommender.model().has(Source::Factors) => Similarity::Factors,
            None => Similarity::Content,
        };
        let similar = self.recommender.similar(id, by, k).map_err(raised)?;
        Ok(json(&similar.iter().map(|one| self.titled().similar(one.item, one.score)).collect::<Vec<_>>()))
    }

    fn explain(&self, id: &str, visitor: Visitor, wanted: Wanted) -> PyResult<String> {
        let explanation = self.recommender.explain(&visitor.profile(), id, &wanted.request()?).map_err(raised)?;
        Ok(json(&self.titled().explained(&explanation)))
    }

    fn predict(&self, id: &str, visitor: Visitor) -> PyResult<f32> {
        self.recommender.predict(&visitor.profile(), id).map_err(raised)
    }

    fn seeds(&self, visitor: Visitor, wanted: Wanted) -> PyResult<String> {
        let seeds = self.recommender.seeds(&visitor.profile(), &wanted.request()?).map_err(raised)?;
        Ok(self.items_of(seeds))
    }

    fn search(&self, query: &str, k: usize) -> String {
        let search = self.search.get_or_init(|| Search::new(&self.descriptions));
        self.items_of(search.find(&self.recommender.model().catalogue, query, k))
    }

    /// The content of `metrics.json`; `None` where nothing was measured.
    fn metrics(&self) -> Option<String> {
        let metrics = self.trained.as_ref()?.fitted.metrics.as_ref()?;
        Some(json(&metrics.file))
    }

    /// The settings that were used, as a settings file.
    fn settings(&self) -> PyResult<String> {
        Ok(self.trained()?.fitted.config.to_toml())
    }

    /// The data that the model was trained on.
    fn data(&self, py: Python<'_>) -> PyResult<Py<Dataset>> {
        Ok(self.trained()?.data.clone_ref(py))
    }

    /// The model card, as HTML.
    fn card(&self) -> PyResult<String> {
        let Trained { encoded, artefacts, .. } = self.trained()?;
        let model = self.recommender.model();
        let version = NewVersion::new(Manifest::default(), None, model, encoded, artefacts).map_err(raised)?;
        let card = version.files.iter().find(|(name, _)| name == "card.html");
        Ok(card.map(|(_, card)| String::from_utf8_lossy(card).into_owned()).unwrap_or_default())
    }

    /// What speaks against publishing the model; beside the current version of a folder, if one is named.
    fn doubts(&self, folder: Option<PathBuf>) -> PyResult<Vec<String>> {
        let Trained { data, fitted, .. } = self.trained()?;
        let Dataset { dataset, report, .. } = data.get();
        let current = folder.as_deref().and_then(store::predecessor);
        let doubts = fitted.doubts(dataset, report.as_ref(), current.as_ref());
        Ok(doubts.iter().map(|doubt| as_arguments(&doubt.to_string())).collect())
    }

    /// Adds the model to a folder as a new version, and makes it the current one; gives its name.
    fn save(&self, py: Python<'_>, folder: PathBuf, version: Option<&str>, accept: bool) -> PyResult<String> {
        let Trained { encoded, artefacts, .. } = self.trained()?;
        store::check(&folder, version).map_err(raised)?;
        let doubts = if accept { Vec::new() } else { self.doubts(Some(folder.clone()))? };
        if !doubts.is_empty() {
            let reasons: String = doubts.iter().map(|doubt| format!("\n  {doubt}")).collect();
            let error = RefusedError::new_err(format!(
                "the model was not saved to {}:{reasons}\nIf it is right as it is, save it with accept=True",
                folder.display()
            ));
            error.value(py).setattr("doubts", doubts)?;
            return Err(error);
        }
        let written = py.detach(|| {
            let lock = store::lock(&folder, || {})?;
            store::write(&lock, self.recommender.model(), encoded, version, artefacts)
        });
        Ok(written.map_err(raised)?.version)
    }
}
