//! The fixed blend with one factor a source: what can be learned from few profiles.
//!
//! A blend of all features at four lengths has a hundred weights, and some hundred profiles say little of each. How much
//! to listen to a source is one number, and a handful of them is found by trying: one after the other is halved, doubled
//! or left out where that makes NDCG@10 better (coordinate ascent), from the fixed blend on and from the best source alone.

use std::ops::Range;

use foldin_core::model::ranker::{Blend, FEATURES};

use super::Examples;
use crate::evaluate::{discount, ideal};
use crate::parallel::map_chunks;

/// The cutoff of the NDCG.
const K: usize = 10;

/// What a factor is multiplied by to try another. One of 0 is tried at these values.
const STEPS: [f32; 3] = [0.0, 0.5, 2.0];

/// Each factor is tried so often at most.
const ROUNDS: usize = 3;

/// More profiles than this say nothing new of so few factors.
const ENOUGH_PROFILES: usize = 1000;

/// A change has to be better by this part.
const WORTHWHILE: f64 = 0.002;

/// Features that the fixed blend does not use and a mixture may, with their weights at a factor of 1.
const OTHERS: [(&str, f32); 3] = [("sequence newest", 0.3), ("transformer score", 0.1), ("popularity", 0.05)];

/// A profile, with what each used feature adds to the scores of its candidates at a factor of 1.
struct Profile<'a> {
    /// Candidate after candidate.
    parts: Vec<f32>,
    liked: &'a [bool],
    n_relevant: usize,
}

/// The fixed blend with the factors that serve these profiles best.
pub(super) fn mixture(examples: &Examples) -> Blend {
    let mut whole = Blend::default();
    let is_used = |blend: &Blend, n: usize| blend.weights.iter().any(|weights| weights[n] != 0.0);
    let mut used: Vec<usize> = (0..FEATURES.len()).filter(|&n| is_used(&whole, n)).collect();
    let n_fixed = used.len();
    for (name, weight) in OTHERS {
        let place = FEATURES.iter().position(|feature| feature.name == name).expect("it is a feature");
        whole.weights.iter_mut().for_each(|weights| weights[place] = weight);
        used.push(place);
    }
    let groups = examples.some_groups(ENOUGH_PROFILES);
    let profile = |(range, n_relevant): &(Range<usize>, usize)| {
        let parts = |row| {
            let all = whole.contributions(row);
            used.iter().map(|&n| all[n]).collect::<Vec<f32>>()
        };
        let (rows, liked) = (&examples.rows[range.clone()], &examples.liked[range.clone()]);
        Profile { parts: rows.iter().flat_map(parts).collect(), liked, n_relevant: *n_relevant }
    };
    let profiles: Vec<Profile<'_>> = groups.iter().map(profile).collect();

    let ones = |is_one: &dyn Fn(usize) -> bool| (0..used.len()).map(|n| f32::from(u8::from(is_one(n)))).collect();
    let valued = |factors: Vec<f32>| {
        let ndcg = ndcg(&profiles, &factors);
        (factors, ndcg)
    };
    let alone = (0..used.len()).map(|one| valued(ones(&|n| n == one))).reduce(better).expect("features are used");
    let fixed = valued(ones(&|n| n < n_fixed));
    let (factors, _) = better(climb(&profiles, fixed), climb(&profiles, alone));
    for weights in &mut whole.weights {
        used.iter().zip(&factors).for_each(|(&n, factor)| weights[n] *= factor);
    }
    whole
}

/// The second of two choices, each with its NDCG@10, where it is worth it.
fn better(one: (Vec<f32>, f64), other: (Vec<f32>, f64)) -> (Vec<f32>, f64) {
    if other.1 > one.1 * (1.0 + WORTHWHILE) { other } else { one }
}

/// Changes one factor after the other while that is worth it. With factors comes the NDCG@10 that they lead to.
fn climb(profiles: &[Profile<'_>], (mut factors, mut best): (Vec<f32>, f64)) -> (Vec<f32>, f64) {
    for _ in 0..ROUNDS {
        let before = best;
        for n in 0..factors.len() {
            let own = factors[n];
            for step in STEPS {
                let mut tried = factors.clone();
                tried[n] = if own > 0.0 { own * step } else { step };
                if tried == factors || tried.iter().all(|factor| *factor == 0.0) {
                    continue;
                }
                let ndcg = ndcg(profiles, &tried);
                if ndcg > best * (1.0 + WORTHWHILE) {
                    (factors, best) = (tried, ndcg);
                }
            }
        }
        if best == before {
            break;
        }
    }
    (factors, best)
}

/// Mean NDCG@10.
fn ndcg(profiles: &[Profile<'_>], factors: &[f32]) -> f64 {
    let of_profile = |profile: &Profile<'_>| {
        let score = |parts: &[f32]| parts.iter().zip(factors).map(|(part, factor)| part * factor).sum::<f32>();
        // The best so far, the best first. Equals stay in the order of popularity, in which candidates stand.
        let mut best: Vec<(f32, usize)> = Vec::with_capacity(K + 1);
        for (n, score) in profile.parts.chunks_exact(factors.len()).map(score).enumerate() {
            if best.len() < K || score > best[K - 1].0 {
                best.insert(best.partition_point(|other| other.0 >= score), (score, n));
                best.truncate(K);
            }
        }
        let hits = best.iter().enumerate().filter(|(_, (_, n))| profile.liked[*n]);
        hits.map(|(place, _)| discount((place + 1) as f64)).sum::<f64>() / ideal(K, profile.n_relevant)
    };
    // Summed in the order of the profiles, whichever thread was first.
    let sums = map_chunks(profiles, 64, |_, profiles| profiles.iter().map(of_profile).sum::<f64>());
    sums.iter().sum::<f64>() / profiles.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use foldin_core::model::Ranker;

    use super::*;
    use crate::parallel::on_threads;
    use crate::rank::tests::of_two_kinds;

    /// Of these profiles every other one is decided by the features 1 and 4: the fixed blend's factors and neighbours.
    #[test]
    fn a_source_that_decides_is_listened_to_and_one_that_misleads_is_not() {
        let mut examples = of_two_kinds(60);
        let fixed = Blend::default();
        // The sequence says the opposite of what is liked.
        let sequence = FEATURES.iter().position(|feature| feature.name == "sequence beside best").unwrap();
        let liked = examples.liked.clone();
        examples.rows.iter_mut().zip(&liked).for_each(|(row, &liked)| row[sequence] = if liked { 0.0 } else { 3.0 });
        let mixture = mixture(&examples);
        assert!(mixture.weights.iter().all(|weights| weights[sequence] == 0.0), "{:?}", mixture.weights);
        let ndcg = |blend: Blend| examples.ndcg(&Ranker { blend, trees: None }.scores(&examples.rows), K);
        assert!(ndcg(mixture.clone()) > ndcg(fixed) + 0.1, "{}", ndcg(mixture));
    }

    #[test]
    fn the_ndcg_is_that_of_the_examples() {
        let examples = of_two_kinds(30);
        let blend = mixture(&examples);
        let profiles: Vec<Profile<'_>> = examples
            .groups()
            .map(|range| Profile {
                parts: examples.rows[range.clone()].iter().map(|row| blend.score(row)).collect(),
                liked: &examples.liked[range],
                n_relevant: 1,
            })
            .collect();
        let expected = examples.ndcg(&Ranker { blend, trees: None }.scores(&examples.rows), K);
        assert!((ndcg(&profiles, &[1.0]) - expected).abs() < 1e-12);
    }

    #[test]
    fn any_number_of_threads_gives_the_same_mixture() {
        let examples = of_two_kinds(200);
        let on = |n| on_threads(n, || mixture(&examples));
        assert_eq!(on(1), on(3));
    }
}
