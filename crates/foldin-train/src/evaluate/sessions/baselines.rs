//! What a model is measured beside: methods that need no training.

use std::collections::{HashMap, HashSet};

use foldin_data::{Dataset, Events, ItemNo};

/// A method of recommending from the sessions before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// What most sessions have.
    Popularity,
    /// The most popular of the same section, the first genre, as the newest view.
    SameSection,
    /// What is in the same sessions as the newest view: item-based neighbours, shrunk as in session-rec's `iknn`
    /// (Hidasi, Karatzoglou, Baltrunas and Tikk 2016).
    ItemKnn,
    /// What the nearest sessions have, those that share newer views being nearer: V-SKNN (Ludewig and Jannach 2018,
    /// arXiv 1803.09587).
    VSknn,
}

impl Baseline {
    /// All of them.
    pub const ALL: [Baseline; 4] = [Baseline::Popularity, Baseline::SameSection, Baseline::ItemKnn, Baseline::VSknn];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Baseline::Popularity => "popularity",
            Baseline::SameSection => "same-section",
            Baseline::ItemKnn => "item-knn",
            Baseline::VSknn => "v-sknn",
        }
    }
}

/// Added to how often an item occurs, and the power, in item-based neighbours.
const REGULARISATION: f64 = 20.0;
/// So many sessions are near.
const NEAREST: usize = 100;
/// Of so many sessions that share a view, the newest.
const SAMPLE: usize = 1000;

/// The sessions that came before, oldest first.
pub(super) struct History {
    sessions: Vec<Vec<ItemNo>>,
    /// By item, the sessions that have it, ascending.
    of_item: Vec<Vec<usize>>,
    /// Items by how many sessions have them.
    popular: Vec<ItemNo>,
    sections: Vec<Option<String>>,
}

impl History {
    pub(super) fn new(train: &Events, dataset: &Dataset) -> Self {
        let mut places: HashMap<u32, usize> = HashMap::new();
        let mut sessions: Vec<Vec<ItemNo>> = Vec::new();
        for row in train.in_time_order() {
            let place = *places.entry(train.users[row].0).or_insert_with(|| {
                sessions.push(Vec::new());
                sessions.len() - 1
            });
            if !sessions[place].contains(&train.items[row]) {
                sessions[place].push(train.items[row]);
            }
        }
        let mut of_item = vec![Vec::new(); dataset.items.len()];
        for (n, session) in sessions.iter().enumerate() {
            session.iter().for_each(|item| of_item[item.at()].push(n));
        }
        let mut popular: Vec<ItemNo> = (0..dataset.items.len() as u32).map(ItemNo).collect();
        popular.sort_by_key(|item| std::cmp::Reverse(of_item[item.at()].len()));
        let mut sections: Vec<Option<String>> =
            dataset.catalogue.iter().map(|record| record.genres.first().cloned()).collect();
        sections.resize(dataset.items.len(), None);
        History { sessions, of_item, popular, sections }
    }

    /// The best items of a method after these views, none of which is among them.
    pub(super) fn list(&self, baseline: Baseline, shown: &[ItemNo], k: usize) -> Vec<ItemNo> {
        let Some(&newest) = shown.last() else { return Vec::new() };
        let others = || self.popular.iter().copied().filter(|item| !shown.contains(item));
        match baseline {
            Baseline::Popularity => others().take(k).collect(),
            Baseline::SameSection => {
                let section = &self.sections[newest.at()];
                let in_section = |item: &ItemNo| section.is_some() && self.sections[item.at()] == *section;
                others().filter(in_section).chain(others().filter(|item| !in_section(item))).take(k).collect()
            }
            Baseline::ItemKnn => self.best(self.item_knn(newest), shown, k),
            Baseline::VSknn => self.best(self.v_sknn(shown), shown, k),
        }
    }

    fn item_knn(&self, item: ItemNo) -> HashMap<ItemNo, f64> {
        let mut scores: HashMap<ItemNo, f64> = HashMap::new();
        for &session in &self.of_item[item.at()] {
            self.sessions[session].iter().for_each(|&other| *scores.entry(other).or_default() += 1.0);
        }
        let support = |item: ItemNo| (self.of_item[item.at()].len() as f64 + REGULARISATION).sqrt();
        scores.iter_mut().for_each(|(&other, score)| *score /= support(item) * support(other));
        scores
    }

    fn v_sknn(&self, shown: &[ItemNo]) -> HashMap<ItemNo, f64> {
        // A view counts the more, the newer it is.
        let weight: HashMap<ItemNo, f64> =
            shown.iter().zip(1..).map(|(&item, place)| (item, f64::from(place) / shown.len() as f64)).collect();
        let candidates: HashSet<usize> = shown.iter().flat_map(|item| &self.of_item[item.at()]).copied().collect();
        let mut newest: Vec<usize> = candidates.into_iter().collect();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        newest.truncate(SAMPLE);
        let similarity = |session: usize| {
            let shared = self.sessions[session].iter().filter_map(|item| weight.get(item)).sum::<f64>();
            (session, shared)
        };
        let mut near: Vec<(usize, f64)> = newest.into_iter().map(similarity).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1));
        near.truncate(NEAREST);
        let mut scores: HashMap<ItemNo, f64> = HashMap::new();
        for (session, similarity) in near {
            let items = &self.sessions[session];
            // How far back the newest view is that they share.
            let back = shown.iter().rev().position(|item| items.contains(item)).unwrap_or(0);
            let decay = (1.0 - 0.1 * back as f64).max(0.0);
            for &item in items {
                let rarity = (self.sessions.len() as f64 / self.of_item[item.at()].len() as f64).ln();
                *scores.entry(item).or_default() += similarity * decay * (1.0 + rarity);
            }
        }
        scores
    }

    /// The items of the highest scores, then popular ones.
    fn best(&self, scores: HashMap<ItemNo, f64>, shown: &[ItemNo], k: usize) -> Vec<ItemNo> {
        let mut scored: Vec<(ItemNo, f64)> = scores.into_iter().filter(|(item, _)| !shown.contains(item)).collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut best: Vec<ItemNo> = scored.into_iter().map(|(item, _)| item).take(k).collect();
        for &item in &self.popular {
            if best.len() >= k {
                break;
            }
            if !best.contains(&item) && !shown.contains(&item) {
                best.push(item);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use foldin_data::ItemRecord;
    use foldin_fixtures::{dataset_of, items};

    use super::*;

    /// Sessions of items: 0-1-2, 0-1, 3-1, 4-5. Items 0 and 5 are of one section.
    fn history() -> History {
        let rows = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 3), (2, 1), (3, 4), (3, 5)];
        let rows: Vec<(u32, u32, f32, i64)> =
            rows.iter().zip(1..).map(|(&(user, item), time)| (user, item, 1.0, time)).collect();
        let mut dataset = dataset_of(&rows);
        dataset.catalogue = vec![ItemRecord::default(); dataset.items.len()];
        for item in [0, 5] {
            dataset.catalogue[item].genres = vec!["a".to_owned()];
        }
        History::new(&dataset.events, &dataset)
    }

    #[test]
    fn each_method_recommends_what_it_is_named_after() {
        let history = history();
        let list = |baseline, shown: &[u32]| history.list(baseline, &items(shown), 2);
        assert_eq!(list(Baseline::Popularity, &[1]), items(&[0, 2]));
        assert_eq!(list(Baseline::SameSection, &[5]), items(&[0, 1]));
        assert_eq!(list(Baseline::ItemKnn, &[0]), items(&[1, 2]));
        assert_eq!(list(Baseline::VSknn, &[4]), items(&[5, 1]));
        // The session that shares both is nearer than those that share one.
        assert_eq!(list(Baseline::VSknn, &[0, 1])[0], items(&[2])[0]);
    }
}
