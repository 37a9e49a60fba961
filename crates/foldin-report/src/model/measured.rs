//! `metrics.json`, read with patience.
//!
//! Other versions of the program write other figures. Whatever has the shape of a figure is taken under its name,
//! whatever has not is left out, and nothing is required. Two shapes are known: lists of `protocols` with `systems`,
//! and the first one, which had one protocol and a few systems by name.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

/// All that was measured.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    /// One entry a protocol.
    pub protocols: Vec<Protocol>,
    /// Figures by the number of likes that were shown, ascending.
    pub cold_start: Vec<ColdStart>,
    /// Figures by how much likeness counts against an item, ascending.
    pub diversity: Vec<Diversity>,
    /// How learning went, one curve a learner and figure.
    pub training: Vec<Curve>,
    /// Prediction of stars.
    pub stars: Option<Stars>,
}

/// Figures of one protocol.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Protocol {
    /// Its name; empty where it has none.
    pub protocol: String,
    /// `validation` or `test`.
    pub part: Option<String>,
    /// Ratings from here on were likes.
    pub threshold: Option<f64>,
    /// Start of the random numbers of the split.
    pub seed: Option<u64>,
    /// Users that were asked about.
    pub users: Option<u64>,
    /// What was compared.
    pub systems: Vec<System>,
}

/// Something that recommends, and its figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct System {
    /// Its name.
    pub name: String,
    /// Figures by name, such as `ndcg@10`.
    pub metrics: BTreeMap<String, Estimate>,
    /// The same by length of history, in the order of the file.
    pub by_history: Vec<ByHistory>,
}

/// A figure, and the ends of its 95 % interval where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub mean: f64,
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// Figures over the users with so many likes shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ByHistory {
    /// The fewest likes.
    pub from: Option<u64>,
    /// The most likes; none without an end.
    pub to: Option<u64>,
    /// The users.
    pub users: Option<u64>,
    /// Figures by name.
    pub metrics: BTreeMap<String, Estimate>,
}

/// Figures after so many likes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ColdStart {
    /// Likes that were shown.
    pub shown: u64,
    /// Users that were asked about.
    pub users: Option<u64>,
    /// What was compared.
    pub systems: Vec<System>,
}

/// Figures of lists that were made more varied.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Diversity {
    /// How much likeness counts against an item, 0 to 1.
    pub lambda: f64,
    /// Users that were asked about.
    pub users: Option<u64>,
    /// Figures by name, such as `ild@10`.
    pub metrics: BTreeMap<String, Estimate>,
}

/// How learning went.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Curve {
    /// What learned.
    pub learner: String,
    /// What was watched, such as `loss`.
    pub figure: String,
    /// Iterations and the figure after them.
    pub points: Vec<(f64, f64)>,
}

/// Prediction of stars: errors by name, such as `rmse`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stars {
    /// Of the model.
    pub errors: BTreeMap<String, Estimate>,
    /// Of what it is compared with, by name.
    pub baselines: BTreeMap<String, BTreeMap<String, Estimate>>,
}

impl Measured {
    /// Takes what can be understood.
    pub(super) fn from_json(all: &Value) -> Self {
        let mut protocols: Vec<Protocol> = list(all, "protocols").map(protocol).collect();
        protocols.extend(first_shape(all));
        protocols.retain(|protocol| !protocol.systems.is_empty());
        let mut cold_start: Vec<ColdStart> = list(all, "coldStart").filter_map(cold_start_of).collect();
        cold_start.sort_by_key(|point| point.shown);
        let mut diversity: Vec<Diversity> = list(all, "diversity").filter_map(diversity_of).collect();
        diversity.sort_by(|a, b| a.lambda.total_cmp(&b.lambda));
        let training = all.get("training").and_then(Value::as_object);
        let training = training.into_iter().flatten().flat_map(|(learner, steps)| curves(learner, steps));
        let training = training.collect();
        Measured { protocols, cold_start, diversity, training, stars: all.get("stars").and_then(stars) }
    }
}

impl Estimate {
    fn from_json(value: &Value) -> Option<Self> {
        let end = |name: &str| value.get(name).and_then(Value::as_f64);
        let mean = value.as_f64().or_else(|| end("mean"))?;
        Some(Estimate { mean, low: end("low"), high: end("high") })
    }

    /// Both ends, where both are known.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn number(value: &Value, name: &str) -> Option<u64> {
    value.get(name).and_then(Value::as_u64)
}

fn estimates(values: Option<&Map<String, Value>>) -> BTreeMap<String, Estimate> {
    let values = values.into_iter().flatten();
    values.filter_map(|(name, value)| Some((name.clone(), Estimate::from_json(value)?))).collect()
}

fn protocol(value: &Value) -> Protocol {
    Protocol {
        protocol: text(value, "protocol").unwrap_or_default(),
        part: text(value, "part"),
        threshold: value.get("threshold").and_then(Value::as_f64),
        seed: number(value, "seed"),
        users: number(value, "users"),
        systems: list(value, "systems").filter_map(system).collect(),
    }
}

/// A system whose figures lie in `metrics`, or beside its name.
fn system(value: &Value) -> Option<System> {
    let name = text(value, "name")?;
    let metrics = value.get("metrics").unwrap_or(value);
    let by_history = list(value, "byHistory").map(|one| ByHistory {
        from: number(one, "from"),
        to: number(one, "to"),
        users: number(one, "users"),
        metrics: estimates(one.get("metrics").and_then(Value::as_object)),
    });
    Some(System { name, metrics: estimates(metrics.as_object()), by_history: by_history.collect() })
}

/// The shape of the first version: `{"protocol": .., "foldin": {"users": .., "at": [{"k": 10, "ndcg": ..}]}}`.
fn first_shape(all: &Value) -> Option<Protocol> {
    let systems = all.as_object()?.iter().filter_map(|(name, value)| {
        let at = value.get("at")?.as_array()?;
        let at = at.iter().filter_map(|at| Some((number(at, "k")?, at.as_object()?)));
        let metrics = at.flat_map(|(k, at)| {
            let figures = at.iter().filter(|(metric, _)| *metric != "k");
            figures.filter_map(move |(metric, value)| Some((format!("{metric}@{k}"), Estimate::from_json(value)?)))
        });
        let system = System { name: name.clone(), metrics: metrics.collect(), by_history: Vec::new() };
        Some((number(value, "users"), system))
    });
    let (users, systems): (Vec<Option<u64>>, Vec<System>) = systems.unzip();
    Some(Protocol { users: users.first().copied().flatten(), systems, ..protocol(all) })
}

fn cold_start_of(value: &Value) -> Option<ColdStart> {
    let systems = list(value, "systems").filter_map(system).collect();
    Some(ColdStart { shown: number(value, "shown")?, users: number(value, "users"), systems })
}

fn diversity_of(value: &Value) -> Option<Diversity> {
    let lambda = value.get("lambda").and_then(Value::as_f64)?;
    let mut metrics = estimates(value.as_object());
    metrics.retain(|name, _| name.contains('@'));
    Some(Diversity { lambda, users: number(value, "users"), metrics })
}

fn curves(learner: &str, steps: &Value) -> Vec<Curve> {
    let mut figures: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for step in steps.as_array().into_iter().flatten() {
        let Some(iteration) = step.get("iteration").and_then(Value::as_f64) else { continue };
        let others = step.as_object().into_iter().flatten();
        for (name, value) in others.filter(|(name, _)| !["iteration", "seconds"].contains(&name.as_str())) {
            if let Some(value) = Estimate::from_json(value) {
                figures.entry(name).or_default().push((iteration, value.mean));
            }
        }
    }
    let curve = |(figure, mut points): (&str, Vec<(f64, f64)>)| {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        Curve { learner: learner.to_owned(), figure: figure.to_owned(), points }
    };
    figures.into_iter().map(curve).collect()
}

fn stars(value: &Value) -> Option<Stars> {
    let errors = estimates(value.as_object());
    let baselines = value.get("baselines").and_then(Value::as_object).into_iter().flatten();
    let baselines = baselines.map(|(name, errors)| (name.clone(), estimates(errors.as_object())));
    (!errors.is_empty()).then(|| Stars { errors, baselines: baselines.collect() })
}
