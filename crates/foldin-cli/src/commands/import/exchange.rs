//! From an exchange folder, which Spark has written.

use anyhow::{Context, bail};
use foldin_core::Source;
use foldin_data::{Exchange, ExchangeAbout, Likes, read_exchange};
use foldin_train::config::Config;

use super::Learned;
use crate::args::{ImportArguments, VectorArguments};
use crate::commands::train_version::begin;
use crate::output::{self, count};

pub(super) fn read(arguments: &ImportArguments) -> anyhow::Result<Learned> {
    let VectorArguments { ids, array, compare, confidence, .. } = &arguments.vectors;
    if !arguments.events.is_empty() || ids.is_some() || array.is_some() || compare.is_some() || confidence.is_some() {
        bail!("a folder that foldin-spark wrote has its own events and ids; give the folder alone");
    }
    if arguments.settings.threshold.is_some() {
        bail!("what is a like was decided when the folder was written; give --threshold to foldin-spark");
    }
    let mut config = begin(&arguments.settings, &arguments.reading, &arguments.version)?;
    let folder = &arguments.learned;
    let Exchange { dataset, report, about } =
        read_exchange(folder).with_context(|| format!("{} cannot be imported", folder.display()))?;
    say_what_was_read(&about, dataset.users.len());
    report.notes().iter().for_each(|note| output::note(&output::as_note(note)));
    if config.privacy.min_support < about.min_support {
        output::note(&format!(
            "at least {} people are behind everything in the folder; --min-support {} holds for what is learned from \
             the sample",
            about.min_support, config.privacy.min_support
        ));
    }
    apply(&about, &mut config);
    Ok(Learned { dataset, report: Some(report), config })
}

/// Sets what was decided when the folder was written.
fn apply(about: &ExchangeAbout, config: &mut Config) {
    config.data.threshold = about.threshold.map_or(Likes::All, Likes::From);
    if let Some(als) = &about.als {
        config.als.factors = als.rank;
        config.als.iterations = als.max_iter;
        config.als.seed = als.seed;
        config.als.alpha0 = 1.0 / als.alpha;
        config.als.nu = 1.0;
    }
    if let Some(counts) = &about.neighbours {
        let neighbours = &mut config.neighbours;
        neighbours.user_exponent = counts.user_exponent;
        neighbours.count_exponent = counts.count_exponent;
        neighbours.item_exponent = counts.item_exponent;
        neighbours.shrinkage = counts.shrinkage;
        neighbours.rare_shrinkage = counts.rare_shrinkage;
        neighbours.per_item = neighbours.per_item.min(counts.per_item);
    }
    if let Some(counts) = &about.next {
        let sequence = &mut config.sequence;
        sequence.window = counts.window;
        sequence.decay = counts.decay;
        sequence.backward = counts.backward;
        sequence.length_exponent = counts.length_exponent;
        sequence.shrinkage = counts.shrinkage;
        sequence.normalisation = counts.normalisation;
        sequence.per_item = sequence.per_item.min(counts.per_item);
    }
}

fn say_what_was_read(about: &ExchangeAbout, n_sample: usize) {
    let given = [
        (about.als.is_some(), Source::Factors),
        (about.neighbours.is_some(), Source::Neighbours),
        (about.next.is_some(), Source::Sequence),
    ];
    let names = |is_given: bool| {
        let names = given.iter().filter(|(is_in, _)| *is_in == is_given).map(|(_, source)| source.name());
        names.collect::<Vec<_>>().join(", ")
    };
    let (likes, users) = (count(about.likes as usize, "like"), count(about.users as usize, "user"));
    let from_folder = names(true);
    let what = if from_folder.is_empty() { "numbers of likes".to_owned() } else { from_folder };
    output::step(&format!("read {what} of {} from {likes} of {users}, by {}", about.data, about.program));
    if about.users_with_more > 0 {
        output::detail(&format!(
            "{} have more than {} likes, of which the newest count",
            count(about.users_with_more as usize, "user"),
            about.likes_per_user
        ));
    }
    let rest = names(false);
    let also = if rest.is_empty() { String::new() } else { format!(", {rest}") };
    output::step(&format!(
        "sample: {} who were not learned from; ranker, figures{also} and all else come from them",
        count(n_sample, "user")
    ));
}
