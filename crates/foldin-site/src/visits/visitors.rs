//! Addresses and user agents to numbers that mean nothing outside of this run.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::logs::{Request, is_robot};

/// What is known of one visitor.
#[derive(Debug, Clone, Default)]
pub(super) struct Visitor {
    /// Views of whatever page.
    pub(super) n_pages: u32,
    pub(super) has_assets: bool,
    pub(super) read_robots: bool,
}

/// The visitors of this run.
///
/// They are told apart by SipHash-1-3 of address and user agent under a random key of 128 bits ([`RandomState`]) that no
/// one can read or make again: the hashes of two runs have nothing in common.
#[derive(Debug, Default)]
pub(super) struct Visitors {
    key: RandomState,
    numbers: HashMap<u64, u32>,
    /// By number.
    pub(super) all: Vec<Visitor>,
    /// Whether user agents, by their hash, are those of programs.
    robots: HashMap<u64, bool>,
}

impl Visitors {
    /// The number of whoever sent a request.
    pub(super) fn number(&mut self, request: &Request<'_>) -> u32 {
        let hash = self.key.hash_one((&*request.address, request.agent.as_deref()));
        let next = self.all.len() as u32;
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            self.all.push(Visitor::default());
        }
        number
    }

    /// Whether the user agent is that of a program; of a log without user agents nobody knows.
    pub(super) fn is_robot(&mut self, request: &Request<'_>) -> bool {
        let Some(agent) = request.agent.as_deref() else { return false };
        let hash = self.key.hash_one(agent);
        *self.robots.entry(hash).or_insert_with(|| is_robot(agent))
    }
}
