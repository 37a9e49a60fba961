//! `foldin evaluate`: figures of a protocol, beside popularity and chance, and one system against another.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::model::Model;
use foldin_train::dataset::{self, Dataset, ItemRecord, ReadOptions};
use foldin_train::evaluate::lists::ScoredList;
use foldin_train::evaluate::{
    COLD_LENGTHS, ColdPoint, Comparison, DiversityPoint, FOLDIN, Figures, Heading, ItemFacts, Measured, Metric, System,
    Task, as_shipped, cold_curve, compare, diversity_curve, diversity_json, figures, lists_of_curve,
    lists_of_diversity, measure, metrics_json, read_recommendations, render, render_comparisons, render_curve,
    render_diversity, render_histories, write_recommendations,
};
use foldin_train::runs::Run;
use foldin_train::split::{
    ColdStart, HeldOut, Part, Protocol, Split, SplitOptions, cold_start, from_events, split, write_csv,
};
use foldin_train::train::Likes;
use serde_json::json;

use super::read_dataset;
use crate::args::{AskedProtocol, EvaluateArguments, Opponent};
use crate::learning::{learn_whole, note_what_is_liked, refuse_without_likes};
use crate::progress::Progress;
use crate::record::{Begun, record};
use crate::talk;

/// Cutoffs of the table.
const CUTOFFS: [usize; 3] = [5, 10, 20];

/// What two systems are compared by.
const COMPARED: [(Metric, usize); 3] = [(Metric::Ndcg, 10), (Metric::Recall, 20), (Metric::Mrr, 10)];

/// What is measured: events to learn from, and users to ask about.
struct Work {
    dataset: Dataset,
    /// The split, and where a curve is wanted its other points.
    start: ColdStart,
    heading: Heading,
}

/// Lists that somebody else made, by the index of the user.
struct Opposing {
    name: String,
    lists: HashMap<u32, Vec<u32>>,
}

/// One system against another.
struct Duel {
    first: String,
    second: String,
    comparisons: Vec<Comparison>,
}

/// What is asked for beside the figures of the systems; empty where it is not.
struct Beside {
    cold: Vec<ColdPoint>,
    diversity: Vec<DiversityPoint>,
    duel: Option<Duel>,
}

pub fn run(arguments: &EvaluateArguments) -> anyhow::Result<()> {
    let lists_nothing = matches!(arguments.protocol, AskedProtocol::Folds | AskedProtocol::Newcomers);
    if arguments.diversity && lists_nothing {
        bail!("--diversity is about lists for users with likes; use it with --protocol strong, loo, holdout or coldN");
    }
    if arguments.train.is_none() && arguments.protocol == AskedProtocol::Folds {
        return super::folds::run(arguments);
    }
    if arguments.train.is_none() && arguments.protocol == AskedProtocol::Newcomers {
        return super::newcomers::run(arguments);
    }
    let begun = Begun::now("evaluate");
    let Work { mut dataset, start, heading } = match &arguments.train {
        Some(train) => given_files(arguments, train)?,
        None => by_protocol(arguments)?,
    };
    let split = &start.full;
    let held_out = split.part(heading.part);
    if held_out.is_empty() {
        bail!("the data set is too small for a validation part; use --part test");
    }
    if let Some(folder) = &arguments.write_split {
        write_csv(split, &dataset, folder).with_context(|| format!("cannot write {}", folder.display()))?;
        talk::step(&format!("wrote the split to {}", folder.display()));
    }
    // Read before the minutes that learning may take, for the sake of errors; items that only the file knows join the
    // data set afterwards, for they are nothing to learn from.
    let mut known = Dataset { users: dataset.users.clone(), items: dataset.items.clone(), ..Dataset::default() };
    let opposing = match &arguments.against {
        Some(Opponent::File(path)) => Some(read_opposing(path, &mut known, held_out)?),
        _ => None,
    };
    let (config, trained) = learn_whole(&arguments.settings, &dataset, split)?;
    let recommender = as_shipped(&trained.model)?;
    dataset.items = known.items;
    dataset.catalogue.resize_with(dataset.items.len(), ItemRecord::default);
    let facts = ItemFacts::new(&split.train, &dataset.catalogue).with_content_of(&trained.model, &dataset);

    let systems = systems(arguments, &trained.model)?;
    let points = start.points(heading.part);
    let n_full = held_out.len() * systems.len();
    let n_curve = lists_of_curve(&points, &systems);
    let n_diversity = if arguments.diversity { lists_of_diversity(held_out) } else { 0 };
    let progress = Progress::new("asking", n_full + n_curve + n_diversity);
    let task = Task { seed: arguments.split_seed, ..Task::new(&recommender, &dataset, held_out, &facts) };
    let full = figures(&task, &systems, |done| progress.set(done))?;
    let cold = cold_curve(&task, &points, &systems, |done| progress.set(n_full + done))?;
    let diversity = match arguments.diversity {
        true => diversity_curve(&task, |done| progress.set(n_full + n_curve + done))?,
        false => Vec::new(),
    };
    progress.end(&format!(
        "asked {} about {}",
        talk::count(systems.len(), "system"),
        talk::count(held_out.len(), "user")
    ));

    if let Some(path) = &arguments.dump {
        let lists = &of(&full, arguments.strategy).lists;
        dump(path, &dataset, held_out, lists).with_context(|| format!("cannot write {}", path.display()))?;
        talk::step(&format!("wrote the recommendations of {} to {}", arguments.strategy.name(), path.display()));
    }
    let opposing = opposing.map(|Opposing { name, mut lists }| {
        let lists: Vec<Vec<u32>> = held_out.iter().map(|one| lists.remove(&one.user).unwrap_or_default()).collect();
        (name, measure(&lists, held_out, &facts))
    });
    let mut named: Vec<(&str, &Measured)> = full.iter().map(|one| (one.system.name(), &one.measured)).collect();
    named.extend(opposing.iter().map(|(name, measured)| (name.as_str(), measured)));
    let duel = match (&arguments.against, &opposing) {
        (Some(Opponent::System(system)), _) => Some((system.name(), &of(&full, *system).measured)),
        (_, Some((name, measured))) => Some((name.as_str(), measured)),
        _ => None,
    };
    let duel = duel.map(|second| {
        let first = of(&full, arguments.strategy);
        fought((first.system.name(), &first.measured), second, heading.seed)
    });
    let ours = &of(&full, FOLDIN).measured.metrics;
    let at = |(name, metric, k): (&str, Metric, usize)| Some((name.to_owned(), ours.get(metric, k)?));
    let recorded =
        [("ndcg@10", Metric::Ndcg, 10), ("recall@20", Metric::Recall, 20), ("coverage@10", Metric::Coverage, 10)];
    let run = Run {
        measured: Some(match heading.part {
            Part::Test => heading.protocol.clone(),
            Part::Validation => format!("{} (validation)", heading.protocol),
        }),
        metrics: recorded.into_iter().filter_map(at).collect(),
        ..begun.run(&dataset, &config)
    };
    record(&arguments.record, &run);
    print(arguments, &heading, &named, &Beside { cold, diversity, duel })
}

/// The systems that are measured; those that are compared or written are among them.
fn systems(arguments: &EvaluateArguments, model: &Model) -> anyhow::Result<Vec<System>> {
    let mut systems = match arguments.all {
        true => System::all(model),
        false => System::beside(arguments.strategies.iter().copied()),
    };
    let opponent = match &arguments.against {
        Some(Opponent::System(system)) => Some(*system),
        _ => None,
    };
    for system in [Some(arguments.strategy), opponent].into_iter().flatten() {
        if !systems.contains(&system) {
            systems.insert(1, system);
        }
    }
    refuse_missing(&systems, model)?;
    Ok(systems)
}

/// A source that was not learned cannot be asked.
pub fn refuse_missing(systems: &[System], model: &Model) -> anyhow::Result<()> {
    let Some(missing) = systems.iter().find(|system| !system.is_in(model)) else { return Ok(()) };
    let there: Vec<&str> = System::all(model).into_iter().map(System::name).collect();
    bail!("the model has no {}; it has {}", missing.name(), there.join(", "))
}

fn of(figures: &[Figures], system: System) -> &Figures {
    figures.iter().find(|one| one.system == system).expect("systems that are asked for are measured")
}

fn fought(first: (&str, &Measured), second: (&str, &Measured), seed: u64) -> Duel {
    let comparisons = COMPARED.into_iter().filter_map(|(metric, k)| compare(first.1, second.1, metric, k, seed));
    Duel { first: first.0.to_owned(), second: second.0.to_owned(), comparisons: comparisons.collect() }
}

fn print(
    arguments: &EvaluateArguments,
    heading: &Heading,
    named: &[(&str, &Measured)],
    Beside { cold, diversity, duel }: &Beside,
) -> anyhow::Result<()> {
    if arguments.json {
        let mut json = metrics_json(&[(heading, named)], cold, heading.seed);
        if !diversity.is_empty() {
            json["diversity"] = diversity_json(diversity, heading.seed);
        }
        if let Some(Duel { first, second, comparisons }) = duel {
            json["against"] = json!({ "first": first, "second": second, "comparisons": comparisons });
        }
        return Ok(talk::result(&serde_json::to_string_pretty(&json)?)?);
    }
    let mut parts = vec![render(heading, named, &CUTOFFS), render_histories(named)];
    if !cold.is_empty() {
        parts.push(render_curve(cold, named, heading.seed));
    }
    if !diversity.is_empty() {
        parts.push(render_diversity(diversity, heading.seed));
    }
    if let Some(Duel { first, second, comparisons }) = duel {
        parts.push(render_comparisons(first, second, comparisons));
    }
    Ok(talk::result(&parts.join("\n"))?)
}

fn by_protocol(arguments: &EvaluateArguments) -> anyhow::Result<Work> {
    let dataset = read_dataset(&arguments.data)?;
    let likes = arguments.settings.settings().likes;
    note_what_is_liked(&dataset, likes);
    let threshold = likes.threshold(&dataset);
    let options = SplitOptions { threshold: threshold.unwrap_or(0.0), seed: arguments.split_seed };
    let (protocol, start) = match arguments.protocol {
        AskedProtocol::One(protocol) => (protocol, alone(split(&dataset, protocol, &options)?)),
        AskedProtocol::Folds => bail!("`folds` splits ratings, and takes the place of --train, --shown and --test"),
        AskedProtocol::Newcomers => {
            bail!("`newcomers` splits users, and takes the place of --train, --shown and --test")
        }
        AskedProtocol::ColdStart => (Protocol::Strong, cold_start(&dataset, &COLD_LENGTHS, &options)?),
    };
    let heading = Heading {
        dataset: dataset.name.clone(),
        protocol: protocol.to_string(),
        part: arguments.part.into(),
        threshold,
        seed: arguments.split_seed,
    };
    Ok(Work { dataset, start, heading })
}

/// Three files that somebody else split. The data set, where one is given, adds what is known of the items.
fn given_files(arguments: &EvaluateArguments, train: &Path) -> anyhow::Result<Work> {
    let (Some(shown), Some(test)) = (&arguments.shown, &arguments.test) else {
        bail!("--train needs --shown and --test beside it");
    };
    let mut dataset = match &arguments.data.data {
        Some(_) => read_dataset(&arguments.data)?,
        None => Dataset { name: train.display().to_string(), ..Dataset::default() },
    };
    let options = ReadOptions { skip_bad_lines: arguments.data.skip_bad_lines };
    let mut read = |path: &Path| {
        let read = dataset::read_events_csv(path, &options, &mut dataset.users, &mut dataset.items);
        read.map(|(events, _)| events).with_context(|| format!("{} cannot be read", path.display()))
    };
    let (train, shown, test) = (read(train)?, read(shown)?, read(test)?);
    dataset.catalogue.resize_with(dataset.items.len(), ItemRecord::default);
    // Without one, every event of the files is a like: they were split by somebody who knew what counts.
    let threshold = match arguments.settings.config().data.threshold {
        Likes::From(threshold) => Some(threshold),
        Likes::Automatic | Likes::All => None,
    };
    refuse_without_likes(&train, threshold)?;
    let split = from_events(train, shown, test, threshold.map_or(Likes::All, Likes::From))?;
    let heading = Heading {
        dataset: dataset.name.clone(),
        protocol: "given files".to_owned(),
        part: Part::Test,
        threshold,
        seed: arguments.split_seed,
    };
    Ok(Work { dataset, start: alone(split), heading })
}

/// A split without a curve.
fn alone(full: Split) -> ColdStart {
    ColdStart { full, at: Vec::new() }
}

/// Somebody else's recommendations for held-out users. Items that are not known yet become so.
fn read_opposing(path: &Path, known: &mut Dataset, held_out: &[HeldOut]) -> anyhow::Result<Opposing> {
    let about = || format!("{} cannot be compared with", path.display());
    let file = File::open(path).with_context(about)?;
    let lists = read_recommendations(BufReader::new(file), &known.users, &mut known.items).with_context(about)?;
    let n_without = held_out.iter().filter(|one| !lists.contains_key(&one.user)).count();
    if n_without == held_out.len() {
        bail!("{} has no list for any of the {}", path.display(), talk::count(n_without, "user"));
    }
    if n_without > 0 {
        talk::note(&format!("{} has no list for {}, which counts 0", path.display(), talk::count(n_without, "user")));
    }
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok(Opposing { name, lists })
}

fn dump(path: &Path, dataset: &Dataset, held_out: &[HeldOut], lists: &[ScoredList]) -> anyhow::Result<()> {
    let users = held_out.iter().zip(lists).map(|(one, list)| {
        let items = list.iter().map(|&(item, score)| (&*dataset.items[item as usize], score));
        (&*dataset.users[one.user as usize], items)
    });
    Ok(write_recommendations(BufWriter::new(File::create(path)?), users)?)
}
