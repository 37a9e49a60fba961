//! Sizes: how many bytes a visitor fetches against how well the model recommends.

use foldin_core::Source;

use super::Config;
use crate::rank::RankerKind;

/// A choice of all settings that a file grows with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For pages where every kilobyte counts.
    Small,
    /// The default.
    Medium,
    /// The best recommendations.
    Large,
}

/// What a size sets.
struct Parts {
    factors: usize,
    star_factors: usize,
    neighbours: usize,
    ease: Option<usize>,
    sequence: usize,
    ranker: RankerKind,
    trees: usize,
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
        let (ranker, star_factors) = (RankerKind::Trees, 15);
        match self {
            Size::Small => {
                let (factors, star_factors, neighbours, sequence) = (32, 7, 15, 15);
                Parts { factors, star_factors, neighbours, ease: None, sequence, ranker, trees: 40 }
            }
            Size::Medium => {
                let (factors, neighbours, sequence) = (64, 50, 50);
                Parts { factors, star_factors, neighbours, ease: Some(50), sequence, ranker, trees: 100 }
            }
            Size::Large => {
                let (factors, neighbours, sequence) = (128, 100, 100);
                Parts { factors, star_factors, neighbours, ease: Some(100), sequence, ranker, trees: 150 }
            }
        }
    }

    /// Sets all that the size is about, and leaves the rest.
    pub fn apply(self, config: &mut Config) {
        let parts = self.parts();
        config.als.factors = parts.factors;
        config.ratings.factors = parts.star_factors;
        config.neighbours.per_item = parts.neighbours;
        config.sequence.per_item = parts.sequence;
        config.ranker.kind = parts.ranker;
        config.ranker.trees = parts.trees;
        let sources = &mut config.train.sources;
        sources.retain(|source| *source != Source::Ease);
        if let Some(per_item) = parts.ease {
            config.ease.per_item = per_item;
            sources.insert(sources.len().min(2), Source::Ease);
        }
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
