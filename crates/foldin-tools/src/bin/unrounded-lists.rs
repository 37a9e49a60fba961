//! Weights of neighbours and of what comes next before they are rounded, as `list,item,other,weight`, to compare another
//! program's with. `unrounded-lists DATA PER_ITEM`: likes are decided as in training, and all other settings are the
//! defaults.

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use foldin_core::ItemIdx;
use foldin_data::interactions::{is_like, liked, renumbered};
use foldin_data::{Confidence, Likes, ReadOptions, read};
use foldin_train::assemble::{TrainingData, assemble};
use foldin_train::config::Config;
use foldin_train::learn::neighbours::{self, NeighbourSettings};
use foldin_train::learn::sequence::{self, Histories, SequenceSettings};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a data set")?;
    let per_item: usize = arguments.next().ok_or("say how many entries an item may have")?.parse()?;
    let (dataset, _) = read(Path::new(&path), &ReadOptions::default())?;
    let threshold = Likes::Automatic.threshold(&dataset);
    let mut config = Config::default();
    config.train.sources = Vec::new();
    config.train.stars = false;
    let data = TrainingData { dataset: &dataset, events: &dataset.events, threshold };
    let catalogue = assemble(data, &config, |_| Ok(()))?.model.catalogue;
    let places: Vec<ItemIdx> =
        dataset.items.iter().map(|id| catalogue.find(id).expect("the catalogue is the data set's")).collect();
    let n_liked = catalogue.items().filter(|&item| catalogue.likes(item) > 0).count();
    let min_support = config.privacy.min_support;

    let likes = liked(&dataset.events, threshold, Confidence::None, dataset.users.len(), dataset.items.len());
    let likes = renumbered(likes, &places.iter().map(|place| place.0).collect::<Vec<_>>(), n_liked);
    let settings = NeighbourSettings { per_item, ..NeighbourSettings::default() };
    let together = neighbours::unrounded(&likes, &settings, min_support);
    let is_learned = |row: usize| places[dataset.events.items[row].at()].at() < n_liked;
    let events = dataset.events.rows(|row| is_like(&dataset.events, row, threshold) && is_learned(row));
    let settings = SequenceSettings { per_item, ..SequenceSettings::default() };
    let next = sequence::unrounded(&Histories::of_likes(&events, None, &places), &settings, min_support);

    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "list,item,other,weight")?;
    for (list, rows) in [("neighbours", together), ("next", next)] {
        for (item, row) in catalogue.items().zip(rows) {
            for (other, weight) in row {
                writeln!(out, "{list},{},{},{weight}", catalogue.id(item), catalogue.id(ItemIdx(other)))?;
            }
        }
    }
    Ok(out.flush()?)
}
