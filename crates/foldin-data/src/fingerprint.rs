//! A name for the content of a data set, to tell later whether a model was trained on the same.

use sha2::{Digest, Sha256};

use crate::dataset::Dataset;
use crate::text::hex;

/// SHA-256 over ids, events and catalogue, in hexadecimal.
pub fn fingerprint(dataset: &Dataset) -> String {
    let mut hasher = Sha256::new();
    let mut text = |text: &str| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    // How many there are comes first: users a, b and item c are not user a and items b, c.
    text(&format!("{} {} {}", dataset.users.len(), dataset.items.len(), dataset.events.len()));
    dataset.users.iter().for_each(|id| text(id));
    dataset.items.iter().for_each(|id| text(id));
    for record in &dataset.catalogue {
        text(&record.title);
        text(&record.text);
        text(&format!("{:?} {:?} {:?}", record.year, record.genres, record.tags));
    }
    let events = &dataset.events;
    events.users.iter().for_each(|user| hasher.update(user.0.to_le_bytes()));
    events.items.iter().for_each(|item| hasher.update(item.0.to_le_bytes()));
    events.ratings.iter().for_each(|rating| hasher.update(rating.to_le_bytes()));
    events.times.iter().for_each(|time| hasher.update(time.to_le_bytes()));
    if let Some(given) = &dataset.given {
        for (item, list) in
            [&given.neighbours, &given.sequence].into_iter().flatten().flat_map(|lists| (0_u32..).zip(lists))
        {
            for entry in list {
                hasher.update(item.to_le_bytes());
                hasher.update(entry.item.to_le_bytes());
                hasher.update(entry.weight.to_le_bytes());
            }
        }
        given.likes.iter().flatten().for_each(|likes| hasher.update(likes.to_le_bytes()));
        given.factors.iter().flat_map(|factors| &factors.values).for_each(|value| hasher.update(value.to_le_bytes()));
    }
    hex(hasher.finalize())
}
