//! Ending a long piece of work early.

/// The caller asked to stop: what a callback returns to end the work, and what the work then returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;
