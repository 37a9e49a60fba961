//! What a replay comes to: means over likes, intervals over users, wins of interleaving, and stages in time.

use foldin_data::UserNo;
use serde::Serialize;

use super::cut::day_of;
use super::replay::{Replay, ReplayCounts, Trial};
use super::{Match, Outcome, Team};
use crate::evaluate::intervals::{RESAMPLES, intervals_of_ratios};

/// The outcome of a replay.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Simulation {
    /// Name of the first system.
    pub a: String,
    /// Name of the second.
    pub b: String,
    /// How many items each recommended.
    pub k: usize,
    /// The first day that was replayed, in UTC.
    pub from: String,
    /// Events that were learned from.
    pub trained_on: usize,
    /// What came after.
    pub after: ReplayCounts,
    /// All users.
    pub all: Group,
    /// Users that the model was trained on; none where there are none.
    pub known: Option<Group>,
    /// Users who came later.
    pub new: Option<Group>,
    /// The replay in parts of equally many likes, the earliest first.
    pub stages: Vec<Stage>,
}

/// Figures over the likes of some users.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// How many users.
    pub users: usize,
    /// At how many likes the systems were asked.
    pub likes: usize,
    /// Share of likes that were among the recommended items.
    pub hit: Sides,
    /// Mean of 1 / rank.
    pub mrr: Sides,
    /// Whose picks were liked.
    pub interleaving: Interleaving,
}

/// A figure of both systems, and of the first less the second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sides {
    /// The first system's.
    pub a: Mean,
    /// The second's.
    pub b: Mean,
    /// The first's less the second's; above 0 where the first is better.
    pub difference: Mean,
}

/// A mean with its 95 % interval, by bootstrap over users.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "said of the whole")]
pub struct Mean {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// Whose picks were liked in the lists that both systems made together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Interleaving {
    /// Likes of the first system's picks.
    pub wins_a: usize,
    /// Likes of the second's.
    pub wins_b: usize,
    /// Likes of neither's.
    pub ties: usize,
    /// The first system's share of the wins; half where neither is better. All 0 where nobody won.
    pub share_a: Mean,
    /// Users with more likes of the first system's picks than of the second's.
    pub users_a: usize,
    /// Users with more of the second's.
    pub users_b: usize,
    /// Sign test over users: how likely so lopsided an outcome is where both are equally good (two-sided, exact).
    pub p: f64,
}

/// Figures over a part of the replay.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// First day, in UTC.
    pub from: String,
    /// Last day.
    pub to: String,
    /// At how many likes the systems were asked.
    pub likes: usize,
    /// The first system's share of hits.
    pub hit_a: f64,
    /// The second's.
    pub hit_b: f64,
}

/// Parts of a replay: enough to see a frozen model age.
const N_STAGES: usize = 5;

pub(super) fn put_together(replay: &Replay, settings: &Match, outcomes: &[Outcome]) -> Simulation {
    let of = |keep: fn(&Trial) -> bool| {
        let tried = replay.trials.iter().zip(outcomes).filter(|(trial, _)| keep(trial));
        group(&tried.collect::<Vec<_>>(), settings.seed)
    };
    let some = |group: Group| (group.likes > 0).then_some(group);
    Simulation {
        a: settings.a.name().to_owned(),
        b: settings.b.name().to_owned(),
        k: settings.k,
        from: day_of(replay.cut),
        trained_on: replay.train.len(),
        after: replay.counts,
        all: of(|_| true),
        known: some(of(|trial| !trial.is_new)),
        new: some(of(|trial| trial.is_new)),
        stages: stages(&replay.trials, outcomes),
    }
}

/// Sums of one user: hits, reciprocal ranks and wins of both systems, and the differences.
type Sums = [f64; 6];

fn group(tried: &[(&Trial, &Outcome)], seed: u64) -> Group {
    // Users in the order of their index: sums and draws do not depend on anything else.
    let mut of_users: std::collections::BTreeMap<UserNo, (Sums, f64, [usize; 2])> = Default::default();
    for (trial, outcome) in tried {
        let (sums, likes, wins) = of_users.entry(trial.user).or_default();
        let hit = |rank: Option<usize>| f64::from(u8::from(rank.is_some()));
        let reciprocal = |rank: Option<usize>| rank.map_or(0.0, |rank| 1.0 / rank as f64);
        let (hit_a, hit_b) = (hit(outcome.rank_a), hit(outcome.rank_b));
        let (mrr_a, mrr_b) = (reciprocal(outcome.rank_a), reciprocal(outcome.rank_b));
        let figures = [hit_a, hit_b, hit_a - hit_b, mrr_a, mrr_b, mrr_a - mrr_b];
        sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
        *likes += 1.0;
        wins[0] += usize::from(outcome.winner == Some(Team::A));
        wins[1] += usize::from(outcome.winner == Some(Team::B));
    }
    let rows: Vec<Sums> = of_users.values().map(|(sums, ..)| *sums).collect();
    let likes: Vec<f64> = of_users.values().map(|(_, likes, _)| *likes).collect();
    let wins: Vec<[usize; 2]> = of_users.values().map(|(.., wins)| *wins).collect();
    let [hit_a, hit_b, hit, mrr_a, mrr_b, mrr] = means(&rows, &likes, seed);
    Group {
        users: rows.len(),
        likes: tried.len(),
        hit: Sides { a: hit_a, b: hit_b, difference: hit },
        mrr: Sides { a: mrr_a, b: mrr_b, difference: mrr },
        interleaving: interleaving(&wins, tried.len(), seed),
    }
}

fn means<const N: usize>(rows: &[[f64; N]], weights: &[f64], seed: u64) -> [Mean; N] {
    let intervals = intervals_of_ratios(rows, weights, seed, RESAMPLES);
    let weight: f64 = weights.iter().sum();
    std::array::from_fn(|n| {
        let sum: f64 = rows.iter().map(|row| row[n]).sum();
        let (low, high) = intervals[n];
        Mean { mean: if weight > 0.0 { sum / weight } else { 0.0 }, low, high }
    })
}

fn interleaving(wins: &[[usize; 2]], n_likes: usize, seed: u64) -> Interleaving {
    let [wins_a, wins_b] = [0, 1].map(|team| wins.iter().map(|wins| wins[team]).sum());
    let rows: Vec<[f64; 1]> = wins.iter().map(|&[a, _]| [a as f64]).collect();
    let decided: Vec<f64> = wins.iter().map(|&[a, b]| (a + b) as f64).collect();
    let [share_a] = means(&rows, &decided, seed);
    let users_a = wins.iter().filter(|[a, b]| a > b).count();
    let users_b = wins.iter().filter(|[a, b]| a < b).count();
    let ties = n_likes - wins_a - wins_b;
    Interleaving { wins_a, wins_b, ties, share_a, users_a, users_b, p: sign_test(users_a, users_b) }
}

/// The chance that fair coins fall so unevenly, or more so: `2 sum_{i <= min} C(n, i) / 2^n`, 1 at most.
fn sign_test(heads: usize, tails: usize) -> f64 {
    let n = heads + tails;
    // Logarithms, since 2^n leaves the range of f64 from 1,024 users on.
    let mut ln_term = -(n as f64) * std::f64::consts::LN_2;
    let mut sum = 0.0;
    for i in 0..=heads.min(tails) {
        sum += ln_term.exp();
        ln_term += ((n - i) as f64).ln() - ((i + 1) as f64).ln();
    }
    (2.0 * sum).min(1.0)
}

fn stages(trials: &[Trial], outcomes: &[Outcome]) -> Vec<Stage> {
    let n = trials.len();
    let of_stage = |stage: usize| {
        let (start, end) = (stage * n / N_STAGES, (stage + 1) * n / N_STAGES);
        let (trials, outcomes) = (&trials[start..end], &outcomes[start..end]);
        let share = |is_hit: fn(&Outcome) -> bool| {
            outcomes.iter().filter(|outcome| is_hit(outcome)).count() as f64 / outcomes.len() as f64
        };
        Some(Stage {
            from: day_of(trials.first()?.time),
            to: day_of(trials.last()?.time),
            likes: trials.len(),
            hit_a: share(|outcome| outcome.rank_a.is_some()),
            hit_b: share(|outcome| outcome.rank_b.is_some()),
        })
    };
    (0..N_STAGES).filter_map(of_stage).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_test_is_that_of_the_binomial_distribution() {
        // 2 (C(10,0) + C(10,1)) / 1024, and 2 C(5,0) / 32.
        assert!((sign_test(9, 1) - 22.0 / 1024.0).abs() < 1e-12);
        assert!((sign_test(0, 5) - 2.0 / 32.0).abs() < 1e-12);
        assert_eq!((sign_test(4, 4), sign_test(0, 0)), (1.0, 1.0));
        // 1,100 against 900: z = 4.47, of which the normal distribution says 7.7e-6.
        let p = sign_test(1_100, 900);
        assert!((7.0e-6..9.0e-6).contains(&p), "{p}");
    }

    #[test]
    fn wins_are_shared_out_among_those_that_were_decided() {
        let one = interleaving(&[[2, 0], [1, 1], [0, 1], [0, 0]], 20, 7);
        assert_eq!((one.wins_a, one.wins_b, one.ties), (3, 2, 15));
        assert_eq!((one.users_a, one.users_b, one.p), (1, 1, 1.0));
        assert_eq!(one.share_a.mean, 3.0 / 5.0);
        assert!(one.share_a.low >= 0.0 && one.share_a.high <= 1.0);
        let none = interleaving(&[[0, 0]], 3, 7);
        assert_eq!((none.ties, none.share_a), (3, Mean { mean: 0.0, low: 0.0, high: 0.0 }));
    }
}
