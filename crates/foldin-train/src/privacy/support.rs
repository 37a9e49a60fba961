//! How many people are behind the entries of lists.

use foldin_core::model::{ItemLists, Model};
use foldin_core::{ItemIdx, Source};
use foldin_data::{Dataset, GivenEntry, GivenLists};

use super::known::KnownLikes;
use crate::artefacts::{ListSupport, SupportRange};
use crate::learn::sequence::{SequenceSettings, passers};
use crate::learn::together::{Both, Together};
use crate::parallel::map_up_to_with;

/// The lists of a model: those of neighbours and EASE by how many like both items, those of the sequence by how many
/// passed from one to the other. Of lists that were given, the numbers are known.
pub(super) fn support(
    model: &Model,
    known: &KnownLikes,
    dataset: &Dataset,
    settings: &SequenceSettings,
) -> Vec<ListSupport> {
    let n_items = model.catalogue.len();
    let together = |together: &mut Together, item: usize| -> Vec<(u32, u32)> {
        let counted = together.count(known.by_user.view(), known.users_of(item), |_| 1.0);
        counted.into_iter().map(|Both { item, people, .. }| (item, people)).collect()
    };
    let given = dataset.given.as_deref();
    let mut lists = Vec::new();
    for (source, of_source) in [(Source::Neighbours, &model.neighbours), (Source::Ease, &model.ease)] {
        let Some(of_source) = of_source else { continue };
        let given = given.and_then(|given| given.neighbours.as_ref()).filter(|_| source == Source::Neighbours);
        if let Some(given) = given {
            lists.push(list_support(source, of_given(model, dataset, of_source, given)));
            continue;
        }
        let rows = map_up_to_with(
            of_source.rows.n_rows(),
            || Together::new(n_items),
            |workspace, item| of_row(of_source, item, &together(workspace, item)),
        );
        lists.push(list_support(source, rows));
    }
    if let Some(of_source) = &model.sequence {
        if let Some(given) = given.and_then(|given| given.sequence.as_ref()) {
            lists.push(list_support(Source::Sequence, of_given(model, dataset, of_source, given)));
            return lists;
        }
        let passers = passers(&known.histories, settings);
        let row = |item: usize| of_row(of_source, item, passers.get(item).map_or(&[], |people| people));
        lists.push(list_support(Source::Sequence, (0..of_source.rows.n_rows()).map(row)));
    }
    lists
}

/// The entries of lists that were given, by the people behind them.
fn of_given(model: &Model, dataset: &Dataset, lists: &ItemLists, given: &GivenLists) -> Vec<Counts> {
    let places: Vec<Option<ItemIdx>> = dataset.items.iter().map(|id| model.catalogue.find(id)).collect();
    let row = |(place, row): (&Option<ItemIdx>, &Vec<GivenEntry>)| {
        let place = place.filter(|place| place.at() < lists.rows.n_rows())?;
        let people = row.iter().filter_map(|entry| Some((places[entry.item as usize]?.0, entry.people)));
        Some(of_row(lists, place.at(), &people.collect::<Vec<_>>()))
    };
    places.iter().zip(given).filter_map(row).collect()
}

type Counts = [usize; SupportRange::ALL.len()];

/// The entries of a row by the range of the people behind them; `people` holds pairs of an item and a number.
fn of_row(lists: &ItemLists, item: usize, people: &[(u32, u32)]) -> Counts {
    let mut people = people.to_vec();
    people.sort_unstable();
    let behind = |column: &u32| people.binary_search_by_key(column, |one| one.0).map_or(0, |place| people[place].1);
    let mut counts = Counts::default();
    for column in lists.rows.row(item).columns {
        counts[SupportRange::of(behind(column) as usize)] += 1;
    }
    counts
}

fn list_support(source: Source, rows: impl IntoIterator<Item = Counts>) -> ListSupport {
    let mut entries = vec![0; SupportRange::ALL.len()];
    for row in rows {
        entries.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
    }
    ListSupport { source: source.name().to_owned(), entries }
}
