//! A data set from records in memory, for callers that have no files.

use crate::dataset::{Dataset, ItemNo, ItemRecord, UserNo, number_of};
use crate::duplicates::remove_repeated_events;

impl Dataset {
    /// A data set of events: user, item, rating and seconds since 1970. Of the events of one user with one item the
    /// latest stays. Items have no titles until [`catalogue`](Dataset::catalogue) is filled in.
    ///
    /// ```
    /// use foldin_data::Dataset;
    ///
    /// let dataset = Dataset::from_events("films", [("ann", "alien", 5.0, 1), ("ann", "alien", 4.0, 2)]);
    /// assert_eq!(dataset.events.ratings, [4.0]);
    /// ```
    pub fn from_events<'a>(
        name: impl Into<String>,
        events: impl IntoIterator<Item = (&'a str, &'a str, f32, i64)>,
    ) -> Self {
        let mut dataset = Dataset { name: name.into(), ..Dataset::default() };
        for (user, item, rating, time) in events {
            dataset.events.users.push(UserNo(number_of(&mut dataset.users, user)));
            dataset.events.items.push(ItemNo(number_of(&mut dataset.items, item)));
            dataset.events.ratings.push(rating);
            dataset.events.times.push(time);
        }
        remove_repeated_events(&mut dataset.events);
        dataset.catalogue.resize_with(dataset.items.len(), ItemRecord::default);
        dataset
    }
}
