//! Sizes: how many bytes a visitor fetches against how well the model recommends.

use foldin_core::Source;

use super::Config;
use super::LEARNABLE;

/// A choice of all settings that a file grows with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For pages where every kilobyte counts: taste, short lists of neighbours and what is recent.
    Small,
    /// The default.
    Medium,
    /// The best recommendations.
    Large,
}

/// What a size sets.
struct Parts {
    factors: usize,
    /// Entries of a list, of all sources that have lists.
    per_item: usize,
    trees: usize,
    /// What only some sizes have: EASE, sequence, transformer, content, mean and predicted stars, and the map.
    has_all: bool,
}

impl Size {
    /// All, the smallest first.
    pub const ALL: [Size; 3] = [Size::Small, Size::Medium, Size::Large];

    /// The name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Size::Small => "small",
            Size::Medium => "medium",
            Size::Large => "large",
        }
    }

    /// The size of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.name() == name)
    }

    fn parts(self) -> Parts {
        match self {
            Size::Small => Parts { factors: 56, per_item: 6, trees: 40, has_all: false },
            Size::Medium => Parts { factors: 64, per_item: 50, trees: 100, has_all: true },
            Size::Large => Parts { factors: 128, per_item: 100, trees: 150, has_all: true },
        }
    }

    /// Sets all that the size is about, and leaves the rest.
    pub fn apply(self, config: &mut Config) {
        let Parts { factors, per_item, trees, has_all } = self.parts();
        config.als.factors = factors;
        config.neighbours.per_item = per_item;
        config.ease.per_item = per_item;
        config.sequence.per_item = per_item;
        config.ranker.trees = trees;
        config.train.stars = has_all;
        config.map.enabled = has_all;
        let small = [Source::Factors, Source::Neighbours, Source::Recent];
        config.train.sources = if has_all { LEARNABLE.to_vec() } else { small.to_vec() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_settings_are_those_of_the_medium_size() {
        let mut config = Config::default();
        Size::Medium.apply(&mut config);
        assert_eq!(config, Config::default());
    }

    #[test]
    fn a_larger_size_has_more_of_everything() {
        let of = |size: Size| {
            let mut config = Config::default();
            size.apply(&mut config);
            config
        };
        for pair in Size::ALL.windows(2) {
            let (less, more) = (of(pair[0]), of(pair[1]));
            assert!(less.als.factors < more.als.factors && less.neighbours.per_item < more.neighbours.per_item);
            assert!(less.train.sources.len() <= more.train.sources.len() && less.ranker.trees < more.ranker.trees);
            assert_eq!(Size::from_name(pair[0].name()), Some(pair[0]));
        }
    }
}
