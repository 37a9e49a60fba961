//! What a training leaves behind beside the model: one struct per file, written and read by everyone.

mod metadata;
mod metrics_file;
mod privacy;
mod run_line;

pub use self::metadata::Metadata;
pub use self::metrics_file::{
    AlsLoss, ColdPoint, Comparison, DiversityPoint, Duel, Estimate, HeadlineMetrics, HistoryBucket, HistoryMetrics,
    METRICS_FORMAT, MetricsFile, MetricsSummary, NamedEstimate, ProtocolMetrics, RatingErrors, RatingMetrics,
    SessionPoint, SessionSystem, SystemMetrics, TrainingLosses,
};
pub use self::privacy::{InferredLikes, ListSupport, NamedLikes, PrivacyFigures, SupportRange};
pub use self::run_line::RunLine;
