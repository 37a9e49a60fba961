//! The users file.

use bytes::Bytes;

use super::sections::{USERS, UsersWire, encode, malformed, required};
use super::sections_of;
use crate::codec::container::write;
use crate::codec::{FileError, FileKind};
use crate::model::{Catalogue, Users};
use crate::profile::Signal;

/// The numbers of signals in a file. From `RATINGS` on they are places among the different ratings.
const LIKED: u32 = 0;
const DISLIKED: u32 = 1;
const SEEN: u32 = 2;
const RATINGS: u32 = 3;

/// Encodes known users.
pub fn write_users(users: &Users) -> Vec<u8> {
    let rating = |signal: &Signal| match *signal {
        Signal::Stars(rating) => Some(rating),
        _ => None,
    };
    let mut ratings: Vec<f32> = users.signals.iter().filter_map(rating).collect();
    ratings.sort_unstable_by(f32::total_cmp);
    ratings.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let number = |signal: &Signal| match *signal {
        Signal::Liked => LIKED,
        Signal::Disliked => DISLIKED,
        Signal::Seen => SEEN,
        Signal::Stars(rating) => {
            let place = ratings.binary_search_by(|other| other.total_cmp(&rating));
            RATINGS + place.expect("every rating was collected") as u32
        }
    };
    let signals = users.signals.iter().map(number).collect();
    let (ids, items) = (users.ids.clone(), users.items.clone());
    let wire = UsersWire { fingerprint: users.fingerprint, ids, items, ratings, signals };
    write(FileKind::Users, &[encode(USERS, &wire)])
}

/// Decodes the users file of a catalogue.
///
/// # Errors
/// [`FileError`], for any bytes that are not a sound users file, and for the users file of another model.
pub fn read_users(file: &Bytes, catalogue: &Catalogue) -> Result<Users, FileError> {
    let wire: UsersWire = required(&sections_of(file, FileKind::Users)?, USERS)?;
    let UsersWire { fingerprint, ids, items, ratings, signals } = wire;
    let ascending = (1..ids.len()).all(|n| ids.get(n - 1) < ids.get(n));
    if ids.len() != items.len() || !ascending {
        return Err(malformed(USERS)("users and histories do not fit each other"));
    }
    let signal = |&number: &u32| match number {
        LIKED => Some(Signal::Liked),
        DISLIKED => Some(Signal::Disliked),
        SEEN => Some(Signal::Seen),
        _ => {
            let rating = ratings.get((number - RATINGS) as usize).copied();
            rating.filter(|rating| rating.is_finite() && *rating >= 0.0).map(Signal::Stars)
        }
    };
    let signals: Option<Vec<Signal>> = signals.iter().map(signal).collect();
    let signals = signals.filter(|signals| signals.is_empty() || signals.len() == items.values().len());
    let signals = signals.ok_or_else(|| malformed(USERS)("items and signals do not fit each other"))?;
    let users = Users { ids, items, signals, fingerprint };
    if !users.belong_to(catalogue) {
        return Err(FileError::OtherModel { file: FileKind::Users.name() });
    }
    Ok(users)
}
