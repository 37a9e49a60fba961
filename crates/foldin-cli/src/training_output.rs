//! What a training says while it runs: a sentence for each step that was done, and progress between them.

use std::time::Instant;

use foldin_core::Source;
use foldin_core::model::{Model, Ranker};
use foldin_data::Likes;
use foldin_train::artefacts::{Metadata, MetricsSummary, RatingMetrics};
use foldin_train::cancel::Cancelled;
use foldin_train::config::{Config, LEARNABLE};
use foldin_train::fit::{Event, LearnedFrom, NotSearched, Observer, Phase, PhaseTimes};

use crate::output::{self, count};
use crate::progress::Progress;
use crate::search_output::{SearchOutput, say_outcome};

/// Says what happens in a training.
pub(crate) struct TrainingOutput {
    /// Whether --auto is worth mentioning where settings are not searched.
    mentions_search: bool,
    likes: Likes,
    min_support: usize,
    started: Instant,
    phases: PhaseTimes,
    progress: Option<Progress>,
    search: Option<SearchOutput>,
}

impl TrainingOutput {
    pub(crate) fn new(mentions_search: bool, config: &Config) -> Self {
        TrainingOutput {
            mentions_search,
            likes: config.data.threshold,
            min_support: config.privacy.min_support,
            started: Instant::now(),
            phases: PhaseTimes::default(),
            progress: None,
            search: None,
        }
    }

    /// Writes down how long each phase took, the last one until now.
    pub(crate) fn write_times(&self, metadata: &mut Metadata) {
        self.phases.write_to(metadata, self.started.elapsed().as_secs_f64());
    }

    fn progress(&mut self, what: &'static str, done: usize, of: usize) {
        self.progress.get_or_insert_with(|| Progress::new(what, of)).set(done);
    }

    /// Ends the progress of a step with what came of it.
    fn done(&mut self, outcome: &str) {
        match self.progress.take() {
            Some(progress) => progress.end(outcome),
            None => output::step(outcome),
        }
    }

    fn learned(&mut self, model: &Model, from: LearnedFrom) {
        let is_measuring = self.phases.current() == Some(Phase::Measuring);
        let indent = if is_measuring { "  " } else { "" };
        let (about, parts) = (&model.about, parts(model));
        if about.n_likes == 0 {
            if model.factors.is_some() {
                return self.done(&format!("{indent}{parts} from vectors and catalogue: there are no likes"));
            }
            let why = match self.min_support {
                1 => "there are no likes".to_owned(),
                n => format!("no item is liked by {n} people or more"),
            };
            return self.done(&format!("{indent}{parts} from the catalogue alone: {why}"));
        }
        // Worth saying only where it was decided by the program, and of the data rather than of a part of them.
        let is_decided = from == LearnedFrom::Everything && self.likes == Likes::Automatic;
        let every = if is_decided { " (every event)" } else { "" };
        let which =
            about.like_threshold.map_or_else(|| every.to_owned(), |from| format!(" (ratings of {from} or more)"));
        let (likes, users) = (count(about.n_likes as usize, "like"), count(about.n_users as usize, "user"));
        self.done(&format!("{indent}{parts} from {likes} of {users}{which}"));
    }

    fn ranked(&mut self, ranker: Option<&Ranker>, profiles: usize) {
        let from = count(profiles, "profile");
        self.done(&match ranker {
            Some(Ranker { trees: Some(trees), .. }) => {
                format!("learned to rank from {from}: a blend and {}", count(trees.len(), "tree"))
            }
            Some(_) => format!("learned to rank from {from}: a blend"),
            None => format!("learned no ranker: {from} are too few to beat the fixed blend"),
        });
    }
}

impl Observer for TrainingOutput {
    fn on_event(&mut self, event: Event<'_>) -> Result<(), Cancelled> {
        match event {
            Event::Started(phase) => self.phases.begin(phase, self.started.elapsed().as_secs_f64()),
            Event::NotHeldOut(error) => output::note(&format!("not measured: {error}")),
            Event::NotSearched(NotSearched::Disabled) if self.mentions_search => {
                output::detail("used as given; --auto searches for settings that suit the data better");
            }
            Event::NotSearched(NotSearched::TooFewUsers) => {
                output::note("too few users to search settings on: the defaults hold, which suit most data");
            }
            Event::SearchStarted { users } => {
                let users = count(users, "user");
                output::step(&format!("searching settings on the held-out likes of {users} (--no-auto skips this)"));
                self.search = Some(SearchOutput::new(false));
            }
            Event::Trial { trial, states } => {
                if let Some(search) = &mut self.search {
                    search.show(trial, states);
                }
            }
            Event::Searched { states } => {
                if let Some(search) = self.search.take() {
                    search.end();
                }
                say_outcome(states);
            }
            Event::Learning { done, of } => self.progress("learning", done, of),
            Event::Learned { model, from } => self.learned(model, from),
            Event::Ranking { done, of } => self.progress("learning to rank", done, of),
            Event::Ranked { ranker, profiles } => self.ranked(ranker, profiles),
            Event::MeasuringStarted { users } => {
                output::step(&format!("measuring on {}, held out from learning", count(users, "user")));
            }
            Event::Asked { done, of } => self.progress("recommending", done, of),
            Event::Measured(summary) => {
                self.progress = None;
                say_measured(summary);
            }
            Event::RatingsMeasured { metrics, ratings } => say_ratings(metrics, ratings),
            Event::RatingsNotMeasured(error) => output::note(&format!("predicted ratings are not measured: {error}")),
            Event::Mapped { items } => output::step(&format!("drew a map of {}", count(items, "item"))),
            _ => {}
        }
        Ok(())
    }
}

fn say_measured(MetricsSummary { users, foldin, popularity, .. }: &MetricsSummary) {
    tracing::info!(
        detail = true,
        users,
        "ndcg@10" = foldin.ndcg_at_10,
        "recall@20" = foldin.recall_at_20,
        "coverage@10" = foldin.coverage_at_10,
        "for them: NDCG@10 {:.4} (popularity alone {:.4}), recall@20 {:.4}, {:.1} % of the catalogue recommended",
        foldin.ndcg_at_10,
        popularity.ndcg_at_10,
        foldin.recall_at_20,
        100.0 * foldin.coverage_at_10,
    );
}

fn say_ratings(RatingMetrics { foldin, baselines }: &RatingMetrics, ratings: usize) {
    let biases = baselines.get("biases").map_or(f64::NAN, |errors| errors.rmse);
    tracing::info!(
        detail = true,
        ratings,
        rmse = foldin.rmse,
        "predicted ratings: RMSE {:.3} stars (biases alone {biases:.3})",
        foldin.rmse
    );
}

/// The parts that a model has, as a sentence begins.
fn parts(model: &Model) -> String {
    let name = |source: &Source| match (source, &model.factors) {
        (Source::Factors, Some(factors)) => format!("taste ({} factors)", factors.rows.n_cols()),
        _ => source.name().to_owned(),
    };
    let parts: Vec<String> = LEARNABLE.iter().filter(|&&source| model.has(source)).map(name).collect();
    match (parts.join(", "), &model.rating_model) {
        (parts, None) if parts.is_empty() => "learned popularity".to_owned(),
        (parts, None) => format!("learned {parts}"),
        (parts, Some(_)) if parts.is_empty() => "learned ratings".to_owned(),
        (parts, Some(_)) => format!("learned {parts} and ratings"),
    }
}
