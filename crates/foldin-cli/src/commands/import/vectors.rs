//! From item vectors, with or without events that everything else is learned from.

use std::sync::Arc;

use anyhow::{Context, bail};
use foldin_core::linalg::MAX_COLS;
use foldin_data::{self as data, Dataset, Given, GivenFactors, GivenLoss, ImplicitLoss, ItemRecord, ReadReport};
use foldin_data::{VectorOptions, Vectors, read_vectors};
use foldin_train::config::Config;
use foldin_train::learn::projection::{Projected, project};

use super::Learned;
use crate::args::{AboutName, CompareName, ImportArguments};
use crate::commands::{note_what_is_a_like, read_paths, train_version::begin};
use crate::output::{self, count};

/// Wider vectors are projected on so many directions: a byte for each and item is what visitors load.
const MOST_FACTORS: usize = 128;

/// A weight of the loss that is 0 in implicit would make a visitor of no likes different from none.
const LEAST_WEIGHT: f32 = 1e-6;

pub(super) fn read(arguments: &ImportArguments) -> anyhow::Result<Learned> {
    let mut config = begin(&arguments.settings, &arguments.reading, &arguments.version)?;
    let path = &arguments.learned;
    let options = VectorOptions { ids: arguments.vectors.ids.clone(), array: arguments.vectors.array.clone() };
    let vectors = read_vectors(path, &options).with_context(|| format!("{} cannot be imported", path.display()))?;
    let loss = loss(arguments, &vectors)?;
    let placed = if loss.is_some() { "the loss of implicit's ALS" } else { "the mean of what they like" };
    output::step(&format!(
        "read {} of {} numbers from {}; visitors are placed by {placed}",
        count(vectors.ids.len(), "vector"),
        vectors.rank,
        path.display()
    ));
    let vectors = sized(vectors, arguments, loss.is_some())?;
    let (mut dataset, report) = the_rest(arguments, &config)?;
    let has_events = !dataset.events.is_empty();
    let values = by_item(&vectors, &mut dataset)?;
    say_what_is_known(arguments, has_events, config.privacy.min_support);
    config.als.factors = vectors.rank;
    let of_content = arguments.vectors.about == AboutName::Content || !has_events;
    let factors = Some(GivenFactors { values, rank: vectors.rank, loss, of_content });
    dataset.given = Some(Arc::new(Given { factors, ..Given::default() }));
    Ok(Learned { dataset, report, config })
}

/// The loss that visitors are placed by; `None`: at the mean.
fn loss(arguments: &ImportArguments, vectors: &Vectors) -> anyhow::Result<Option<GivenLoss>> {
    let of_file = vectors.loss.filter(|_| arguments.vectors.compare != Some(CompareName::Cosine));
    let Some(ImplicitLoss { regularization, alpha }) = of_file else {
        if arguments.vectors.confidence.is_some() {
            bail!(
                "--confidence is for the .npz files of implicit's AlternatingLeastSquares, compared by their product"
            );
        }
        return Ok(None);
    };
    // implicit: (YtY + sum (c - 1) y yT + reg I) x = sum c y. With alpha0 = 1 and likes of c - 1 it is the same x, but for
    // a factor that all scores share.
    let confidence = arguments.vectors.confidence.unwrap_or(alpha);
    let like_weight = (confidence - 1.0).max(LEAST_WEIGHT);
    Ok(Some(GivenLoss { alpha0: 1.0, reg: regularization.max(LEAST_WEIGHT), nu: 0.0, like_weight }))
}

/// The vectors as long and as wide as the model has them.
fn sized(mut vectors: Vectors, arguments: &ImportArguments, has_loss: bool) -> anyhow::Result<Vectors> {
    let asked = arguments.settings.factors.map(usize::from);
    if has_loss {
        if vectors.rank > MAX_COLS {
            bail!("vectors have {} numbers, and a model holds {MAX_COLS}; --compare cosine reduces them", vectors.rank);
        }
        if asked.is_some_and(|asked| asked != vectors.rank) {
            bail!(
                "--factors: vectors of a loss keep their {} numbers; --compare cosine places visitors without it",
                vectors.rank
            );
        }
        return Ok(vectors);
    }
    let is_cosine = arguments.vectors.compare != Some(CompareName::Dot);
    if is_cosine {
        normalise(&mut vectors.values, vectors.rank);
    }
    let to = asked.unwrap_or(MOST_FACTORS);
    if vectors.rank > to {
        let Projected { values, kept } = project(&vectors.values, vectors.rank, to)?;
        output::step(&format!(
            "reduced {} numbers to {to}, which keep {:.0} % of the squared lengths",
            vectors.rank,
            100.0 * kept
        ));
        (vectors.values, vectors.rank) = (values, to);
        if is_cosine {
            normalise(&mut vectors.values, to);
        }
    }
    Ok(vectors)
}

/// Makes every row 1 long, but for rows of zeros.
fn normalise(values: &mut [f32], rank: usize) {
    for row in values.chunks_exact_mut(rank) {
        let length = row.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt();
        if length > 0.0 {
            row.iter_mut().for_each(|value| *value = (f64::from(*value) / length) as f32);
        }
    }
}

/// Events and catalogue, as far as they were given.
fn the_rest(arguments: &ImportArguments, config: &Config) -> anyhow::Result<(Dataset, Option<ReadReport>)> {
    let items = arguments.reading.items.as_deref();
    if !arguments.events.is_empty() {
        let read = read_paths(&arguments.events, items, config)?;
        note_what_is_a_like(&read.0, config.data.threshold);
        return Ok(read);
    }
    let Some(items) = items else {
        let name = arguments.learned.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        return Ok((Dataset { name, ..Dataset::default() }, None));
    };
    let read = data::read_paths(&[], Some(items), &config.data.read_options());
    let (dataset, report) = read.with_context(|| format!("the catalogue {} cannot be read", items.display()))?;
    output::step(&format!("read {} from {}", count(dataset.items.len(), "item"), items.display()));
    Ok((dataset, Some(report)))
}

/// The vectors in the order of the data set's items, which those that only have a vector join.
fn by_item(vectors: &Vectors, dataset: &mut Dataset) -> anyhow::Result<Vec<f32>> {
    let n_known = dataset.items.len();
    let n_both = vectors.ids.iter().filter(|id| dataset.items.contains(id.as_str())).count();
    if n_known > 0 && n_both == 0 {
        let some = |ids: Vec<&str>| ids.iter().map(|id| format!("{id:?}")).collect::<Vec<_>>().join(", ");
        let of_vectors = some(vectors.ids.iter().take(3).map(String::as_str).collect());
        let of_data = some(dataset.items.iter().take(3).map(|id| &**id).collect());
        bail!(
            "none of the ids of the vectors is an id of the data: vectors are of {of_vectors}, the data of {of_data}; name the \
             ids that the data use with --ids, in the order of the rows"
        );
    }
    for id in &vectors.ids {
        dataset.items.insert(id.as_str().into());
    }
    dataset.catalogue.resize(dataset.items.len(), ItemRecord::default());
    let mut values = vec![0.0; dataset.items.len() * vectors.rank];
    for (id, row) in vectors.ids.iter().zip(vectors.values.chunks_exact(vectors.rank)) {
        if let Some(item) = dataset.items.get_index_of(id.as_str()) {
            values[item * vectors.rank..][..vectors.rank].copy_from_slice(row);
        }
    }
    if n_known > 0 {
        let only_vectors = vectors.ids.len() - n_both;
        let more = if only_vectors > 0 {
            format!("; {} only have a vector", count(only_vectors, "item"))
        } else {
            String::new()
        };
        output::step(&format!("{n_both} of {} have a vector{more}", count(n_known, "item")));
    }
    Ok(values)
}

fn say_what_is_known(arguments: &ImportArguments, has_events: bool, min_support: usize) {
    let of_behaviour = arguments.vectors.about == AboutName::Behaviour;
    if has_events && of_behaviour {
        output::note(
            "figures flatter vectors that were learned from the same people: only those who were held out there are strangers",
        );
    }
    if !has_events && of_behaviour {
        output::note(&format!(
            "nothing here says how many people are behind a vector. If vectors come from behaviour, leave out items of fewer \
             than {min_support} people before you publish the model; if they come from texts or pictures, --about content \
             says so"
        ));
    }
    if !has_events {
        output::note("without events there are no figures, no popular items and no ranker, only vectors and content");
    }
}
