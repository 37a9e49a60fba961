//! What a foldin model is, how it lies in a file, and how it recommends.
//!
//! The crate reads no file, clock, network or random source, starts no thread and prints nothing: bytes come in,
//! answers go out, the same natively and in the browser. There is one way to score, [`Recommender`], and evaluation,
//! command line, npm package and page all take it.
//!
//! ```no_run
//! use foldin_core::{Profile, Recommender, Request, file};
//!
//! let bytes = std::fs::read("model/v1.0.0/score-1f0c.foldin")?;
//! let recommender = Recommender::new(file::read_score(bytes.into())?);
//! for item in recommender.recommend(&Profile::liking(["the-matrix"]), &Request::default())? {
//!     println!("{} {:.3}", item.id, item.score);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod catalogue;
pub mod cholesky;
mod content;
mod descriptions;
mod diversify;
mod error;
mod explain;
mod explanation;
mod factors;
pub mod file;
mod filter;
mod fold_in;
mod item_lists;
mod lists;
mod model;
mod popularity;
mod profile;
mod quantised;
mod rank;
mod recommender;
mod request;
mod resolved;
mod search;
mod seeds;
mod similar;
mod sources;
mod sparse_rows;
mod stars;
mod strings;
mod taste_map;
mod top_k;
mod users;

pub use catalogue::{Catalogue, CatalogueItem, ItemIdx};
pub use content::{Content, MAX_TERMS};
pub use descriptions::Descriptions;
pub use error::RequestError;
pub use explanation::{ExplainedFeature, ExplainedSource, Explanation};
pub use factors::{Factors, LossWeights};
pub use fold_in::{FoldIn, Visitor, WeightedEvent};
pub use item_lists::{Damping, ItemLists, Weighting};
pub use lists::Lists;
pub use model::{About, Model};
pub use popularity::{ItemScores, Popularity};
pub use profile::{Event, Profile, Signal};
pub use quantised::{MAX_COLS, MAX_VALUE, QuantisedQuery, QuantisedRows};
pub use rank::{
    BLEND_LENGTHS, Blend, Candidates, DEPTH, FEATURES, Feature, MAX_CUTS, MAX_LEAVES, N_FEATURES, Node, POOL, Ranker,
    Trees,
};
pub use recommender::Recommender;
pub use request::{
    MOST_REASONS, Reason, Recommendation, Request, SimilarItem, Similarity, Source, Strategy, WITH_REASONS,
};
pub use search::Search;
pub use sparse_rows::{SparseRow, SparseRows};
pub use stars::{Stars, StarsVisitor, Steps};
pub use strings::Strings;
pub use taste_map::TasteMap;
pub use users::Users;
