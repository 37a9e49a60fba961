//! A model with two versions, the second of which was measured.

mod page;
mod read;

use foldin_core::Source;
use foldin_data::{Dataset, ItemRecord};
use foldin_fixtures::events;
use foldin_store::{Encoded, VersionArtefacts};
use foldin_train::artefacts::{
    AlsLoss, ColdPoint, DiversityPoint, Estimate, HeadlineMetrics, HistoryBucket, HistoryMetrics, METRICS_FORMAT,
    Metadata, MetricsFile, MetricsSummary, NamedEstimate, ProtocolMetrics, RatingErrors, RatingMetrics, SystemMetrics,
    TrainingLosses,
};
use foldin_train::config::{Config, SearchSection, TrainSection};
use foldin_train::fit::{Metrics, fit};
use foldin_train::learn::als::AlsSettings;
use tempfile::TempDir;

use super::card;

fn system(name: &str, metrics: &[(&str, Estimate)]) -> SystemMetrics {
    let metrics = metrics.iter().map(|(key, value)| ((*key).to_owned(), *value));
    SystemMetrics { name: name.to_owned(), metrics: metrics.collect(), by_history: Vec::new() }
}

fn protocol(name: &str, systems: Vec<SystemMetrics>) -> ProtocolMetrics {
    ProtocolMetrics {
        dataset: "films".to_owned(),
        protocol: name.to_owned(),
        part: "test".to_owned(),
        threshold: Some(4.0),
        seed: 7,
        users: 1000,
        systems,
    }
}

fn bucket(from: usize, to: Option<usize>, ndcg_at_10: f64) -> HistoryBucket {
    HistoryBucket { from, to, users: 120, metrics: HistoryMetrics { ndcg_at_10, recall_at_10: 0.1 } }
}

fn cold(shown: u16, users: usize, systems: &[(&str, f64)]) -> ColdPoint {
    let named = |&(name, mean): &(&str, f64)| NamedEstimate { name: name.to_owned(), ndcg_at_10: value(mean) };
    ColdPoint { shown, users, systems: systems.iter().map(named).collect() }
}

fn diverse(lambda: f64, metrics: &[(&str, f64)]) -> DiversityPoint {
    let metrics = metrics.iter().map(|(key, mean)| ((*key).to_owned(), value(*mean)));
    DiversityPoint { lambda, users: 300, metrics: metrics.collect() }
}

fn value(mean: f64) -> Estimate {
    Estimate::new(mean, None)
}

/// Metrics with every part.
fn measured() -> MetricsFile {
    let foldin = SystemMetrics {
        by_history: vec![bucket(1, Some(4), 0.2), bucket(5, None, 0.4)],
        ..system(
            "foldin",
            &[
                ("ndcg@10", Estimate::new(0.34, Some((0.33, 0.35)))),
                ("recall@20", value(0.25)),
                ("coverage@10", value(0.21)),
            ],
        )
    };
    let popularity = system("popularity", &[("ndcg@10", Estimate::new(0.17, Some((0.16, 0.18))))]);
    let errors = |rmse: f64, mae: f64| RatingErrors { rmse, mae };
    MetricsFile {
        format: METRICS_FORMAT,
        protocols: vec![
            protocol("strong", vec![foldin, popularity]),
            protocol("loo", vec![system("foldin", &[("ndcg@10", value(0.05))])]),
        ],
        cold_start: vec![
            cold(1, 900, &[("foldin", 0.46), ("popularity", 0.4)]),
            cold(3, 800, &[("foldin", 0.5), ("popularity", 0.41)]),
        ],
        diversity: vec![
            diverse(0.0, &[("ndcg@10", 0.4), ("ild@10", 0.5), ("coverage@10", 0.2)]),
            diverse(0.3, &[("ndcg@10", 0.396), ("ild@10", 0.6), ("coverage@10", 0.22)]),
            diverse(0.7, &[("ndcg@10", 0.3), ("ild@10", 0.75)]),
        ],
        training: Some(TrainingLosses {
            als: vec![AlsLoss { iteration: 1, loss: 200.0 }, AlsLoss { iteration: 2, loss: 123.4 }],
        }),
        ratings: Some(RatingMetrics {
            foldin: errors(0.91, 0.72),
            baselines: [("biases".to_owned(), errors(0.944, 0.75))].into(),
        }),
        sessions: Vec::new(),
        against: None,
    }
}

/// A model folder with two versions, the second of which has these metrics.
fn folder(measured: MetricsFile) -> TempDir {
    let record = |title: &str| ItemRecord { title: title.to_owned(), ..ItemRecord::default() };
    let dataset = Dataset {
        name: "<script>films</script>".to_owned(),
        users: ["u", "v"].map(Box::from).into_iter().collect(),
        items: ["a", "b", "c"].map(Box::from).into_iter().collect(),
        catalogue: ["A", "B", "C"].map(record).to_vec(),
        events: events(&[(0, 0, 1.0, 0), (0, 1, 1.0, 0), (1, 1, 1.0, 0)]),
        ..Dataset::default()
    };
    let config = Config {
        train: TrainSection { sources: vec![Source::Factors], ..TrainSection::default() },
        search: SearchSection { enabled: false, ..SearchSection::default() },
        als: AlsSettings { factors: 4, ..AlsSettings::default() },
        ..Config::default()
    };
    let fitted = fit(&dataset, &config, &mut ()).unwrap();
    let encoded = Encoded::new(fitted.score.clone(), &fitted.descriptions, fitted.users.as_ref());
    let dir = tempfile::tempdir().unwrap();
    let lock = foldin_store::lock(dir.path(), || {}).unwrap();
    let artefacts = VersionArtefacts {
        config: "[other]\nkey = 5\n[als]\nfactors = 4\nreg = 0.5\nnu = 1.0\n".to_owned(),
        card: Some(|version| Ok(card(version)?)),
        ..VersionArtefacts::default()
    };
    foldin_store::write(&lock, &fitted.model, &encoded, None, &artefacts).unwrap();
    let foldin = HeadlineMetrics { ndcg_at_10: 0.34, ..HeadlineMetrics::default() };
    let artefacts = VersionArtefacts {
        metrics: Some(Metrics { summary: MetricsSummary { foldin, ..MetricsSummary::default() }, file: measured }),
        metadata: Metadata { trained_at: 951_782_400, events: 3, privacy: Some(fitted.privacy), ..Metadata::default() },
        ..artefacts
    };
    foldin_store::write(&lock, &fitted.model, &encoded, None, &artefacts).unwrap();
    dir
}
