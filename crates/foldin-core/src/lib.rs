//! What a foldin model is, how it is encoded, and how it recommends.
//!
//! ```no_run
//! use foldin_core::{Profile, Recommender, Request, file};
//!
//! let bytes = std::fs::read("model/v1.0.0/score-1f0c.foldin")?;
//! let recommender = Recommender::new(file::read_score(&bytes.into())?);
//! for item in recommender.recommend(&Profile::liking(["the-matrix"]), &Request::default())? {
//!     println!("{} {:.3}", recommender.id(item.item), item.score);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate reads no file, clock, network or random source, starts no thread and prints nothing: bytes come in,
//! answers go out, the same natively and in the browser. There is one way to score, [`Recommender`], and training,
//! evaluation, command line, npm package and page all take it.
//!
//! | module | holds |
//! |---|---|
//! | crate root | what callers ask and get: [`Recommender`], [`Profile`], [`Request`], [`Recommendation`], [`Search`] |
//! | [`file`](mod@file) | a model as bytes, and back |
//! | [`model`] | the learned parts, for whoever makes a model |
//! | [`score`] | folding a visitor in, and the scores of each source |
//! | [`linalg`] | quantised rows, sparse rows, Cholesky |

mod codec;
mod error;
pub mod file;
mod index;
pub mod linalg;
pub mod model;
mod profile;
mod recommend;
mod request;
pub mod score;
mod source;

pub use codec::{Lists, Strings};
pub use error::RequestError;
pub use index::ItemIdx;
pub use profile::{Event, Profile, Signal};
pub use recommend::{Candidates, DEPTH, ExplainedFeature, ExplainedSource, Explanation, POOL, Recommender, Search};
pub use request::{MOST_REASONS, Reason, Recommendation, Request, SimilarItem, Similarity, Strategy, WITH_REASONS};
pub use source::Source;
