//! The sentences of a data report: what the charts mean for recommending.

use foldin_data::text::{count, grouped};

use super::{Activity, Concentration, DataFacts, GenreFacts, Genres, RatingKind, Ratings, Timeline, Years};
use crate::number::{percent, share, trimmed, whole};

/// What explains bars over bins that double.
const DOUBLING: &str = "Each bar covers a range twice as wide as the one before.";

pub(super) fn lead(facts: &DataFacts) -> Vec<String> {
    let format = facts.format.as_ref().map(|format| format!(", read as {format}")).unwrap_or_default();
    let sizes = format!(
        "{} from {} on {}{format}.",
        count(facts.events, "event"),
        count(facts.users, "user"),
        count(facts.items, "item")
    );
    let simulated = "The events are simulated: they show what a report looks like, but say nothing about real people.";
    let likes = match facts.like_threshold {
        Some(threshold) => format!(
            "Ratings of {threshold} or more count as likes: {} of the events.",
            percent(share(facts.likes, facts.events))
        ),
        None => "Every event counts as a like.".to_owned(),
    };
    [Some(sizes), facts.simulated.then(|| simulated.to_owned()), Some(likes)].into_iter().flatten().collect()
}

pub(super) fn ratings(facts: &DataFacts, ratings: &Ratings) -> String {
    let (mean, median) = (ratings.mean, trimmed(ratings.median, 2));
    match (ratings.kind, facts.like_threshold) {
        (RatingKind::Alike, _) => "All ratings are equal: an event shows interest, but not how much.".to_owned(),
        (RatingKind::Counts, None) => format!(
            "Ratings are counts from {} to {}; the median is {}. Every count is taken as a like.",
            whole(ratings.lowest),
            whole(ratings.highest),
            whole(ratings.median)
        ),
        (_, Some(threshold)) => format!(
            "The mean is {mean:.2} and the median {median}. Ratings of {threshold} or more (solid bars) are likes: the \
             model learns from these {} of the events.",
            percent(share(facts.likes, facts.events))
        ),
        (RatingKind::Stars, None) => {
            format!("The mean is {mean:.2} and the median {median}. Every event counts as a like.")
        }
    }
}

pub(super) fn user_activity(activity: &Activity) -> String {
    let meaning = if activity.median < 10 {
        "Most users have a short history, as new visitors have."
    } else {
        "Most users have a history that is long enough to learn from, and longer than that of a new visitor."
    };
    format!(
        "The median user has {}, nine users in ten have at most {}, and the most active user has {}. {meaning} {DOUBLING}",
        count(activity.median as usize, "event"),
        grouped(activity.p90.into()),
        grouped(activity.most.into())
    )
}

pub(super) fn item_popularity(activity: &Activity) -> String {
    format!(
        "Among items with events, the median item has {} and nine items in ten have at most {}. Items on the left have too \
         few events to be compared by who likes them. {DOUBLING}",
        count(activity.median as usize, "event"),
        grouped(activity.p90.into())
    )
}

pub(super) fn concentration(likes: Option<&Concentration>) -> String {
    let Some(likes) = likes else { return "No item is liked.".to_owned() };
    if likes.items < 10 {
        return "Too few items are liked to speak of a long tail.".to_owned();
    }
    let meaning = match likes.gini {
        gini if gini >= 0.6 => {
            "Popular items alone would score well and serve few users: look at coverage and long tail beside accuracy."
        }
        gini if gini >= 0.3 => "Popularity is a strong baseline, but leaves much to learn.",
        _ => "Likes are spread evenly, so popularity is a weak baseline.",
    };
    format!(
        "Half of all likes go to {} of the liked items ({} of {}). The least popular 80 %, the long tail, get {}. The Gini \
         coefficient is {:.2}. {meaning}",
        percent(likes.half_on_share),
        grouped(likes.half_on as u64),
        grouped(likes.items as u64),
        percent(1.0 - likes.top_20_percent),
        likes.gini
    )
}

pub(super) fn most_liked(facts: &DataFacts) -> String {
    if facts.most_liked.is_empty() {
        return "No item is liked.".to_owned();
    }
    let likes: u64 = facts.most_liked.iter().map(|item| u64::from(item.likes)).sum();
    format!(
        "Together, these items have {} of all likes. Visitors who have not liked anything yet see them first.",
        percent(share(likes, facts.likes))
    )
}

pub(super) fn timeline(facts: &DataFacts, timeline: &Timeline) -> String {
    let meaning = if timeline.busiest > 0.25 && timeline.periods.len() > 8 {
        "Most users came at about the same time, so the newest events of one user can be older than all of another's."
    } else {
        "Tastes and the catalogue may have changed meanwhile, so the newest events make the most realistic test."
    };
    let without_time = match timeline.without_time {
        0 => String::new(),
        1 => " 1 event has the time 0, which means unknown, and is not shown.".to_owned(),
        n => format!(
            " {} events ({}) have the time 0, which means unknown, and are not shown; do not split them by time.",
            grouped(n as u64),
            percent(share(n, facts.events))
        ),
    };
    format!(
        "Events range from {} to {}; the busiest {} has {} of them. {meaning}{without_time}",
        timeline.first,
        timeline.last,
        timeline.unit.word(),
        percent(timeline.busiest)
    )
}

pub(super) const NO_TIMELINE: &str = "The events have no times, or none other than 0. They can only be split at random, \
                                      and the model cannot learn what is liked next.";

pub(super) fn fewer_than(facts: &DataFacts) -> String {
    let row_of = |events: u32| facts.feasibility.fewer_than.iter().find(|row| row.events == events);
    let (Some(five), Some(one)) = (row_of(5), row_of(1)) else { return String::new() };
    let without_events = if one.items == 0 {
        "Every item has at least one.".to_owned()
    } else {
        format!("{} of the items have none and can only be recommended by their content.", percent(one.items_share))
    };
    format!(
        "{} of the users and {} of the items have fewer than 5 events. {without_events}",
        percent(five.users_share),
        percent(five.items_share)
    )
}

pub(super) fn liking(facts: &DataFacts) -> String {
    let share_with =
        |likes: u32| facts.feasibility.liking.iter().find(|row| row.likes == likes).map_or(0.0, |row| row.share);
    let meaning = if share_with(5) >= 0.5 {
        "Recommendations can be measured on most users."
    } else {
        "Metrics will rest on a minority of active users."
    };
    format!(
        "{} of the users have at least 1 like, {} at least 5, and {} at least 20. {meaning}",
        percent(share_with(1)),
        percent(share_with(5)),
        percent(share_with(20))
    )
}

pub(super) fn known_content(facts: &DataFacts) -> String {
    let known = &facts.feasibility.known_of_liked_items;
    let meaning = match known.genres.max(known.tags) {
        share if share >= 0.9 => "so items with few likes can be compared by content",
        share if share > 0.0 => "so a comparison of items by content has gaps",
        _ => "so items cannot be compared by content, and an item without likes cannot be recommended",
    };
    format!(
        "Of {} with likes, {} have a genre and {} have tags, {meaning}.",
        count(facts.feasibility.liked_items, "item"),
        percent(known.genres),
        percent(known.tags)
    )
}

pub(super) fn genres(genres: &Genres) -> String {
    let first = &genres.all[0];
    let most_likes = genres.all.iter().map(|genre| genre.likes).max().unwrap_or(0);
    let most_liked = genres.all.iter().find(|genre| genre.likes == most_likes).unwrap_or(first);
    let likes = count(most_likes, "like");
    let comparison = if most_liked.name == first.name {
        format!(" and the most liked ({likes})")
    } else {
        format!(", {} the most liked ({likes})", most_liked.name)
    };
    format!(
        "The catalogue has {}; items with a genre have {:.2} on average. {} is the most common ({}){comparison}.",
        count(genres.all.len(), "genre"),
        genres.mean_per_item,
        first.name,
        count(first.items, "item")
    )
}

/// Compares genres, given by mean rating, descending.
pub(super) fn genre_means(rated: &[(&GenreFacts, f64)], deviation: f64) -> String {
    let [(best, highest), .., (worst, lowest)] = rated else {
        return "Only one genre has enough ratings for a meaningful mean.".to_owned();
    };
    let meaning = if highest - lowest < 0.25 * deviation {
        "That is little beside the spread of ratings: a genre alone hardly tells whether somebody will like an item."
    } else {
        "People choose what they rate, so a high mean may only show that mostly fans watch the genre."
    };
    format!("{} is rated highest on average ({highest:.2}), {} lowest ({lowest:.2}). {meaning}", best.name, worst.name)
}

pub(super) fn together(genres: &Genres) -> String {
    let pairs = genres.together.iter().enumerate().flat_map(|(a, row)| {
        row.iter().enumerate().filter(move |&(b, _)| a != b).map(move |(b, &share)| (share, a, b))
    });
    // The first of equals, so that the same genres give the same sentence.
    let closest = pairs.reduce(|best, pair| if pair.0 > best.0 { pair } else { best });
    match closest {
        Some((share, a, b)) if share > 0.0 => format!(
            "Each cell is the percentage of items with the row's genre that also have the column's genre. The closest \
             pair: {} of {} is also {}. Genres that often occur together say much the same about an item.",
            percent(share),
            genres.all[a].name,
            genres.all[b].name
        ),
        _ => "No two genres occur together: every item has at most one.".to_owned(),
    }
}

pub(super) fn years(years: &Years) -> String {
    let Some(of_likes) = years.median_of_likes else {
        return format!("Half of the items were released in {} or earlier. None of them is liked.", years.median);
    };
    let meaning = match of_likes - years.median {
        1.. => "People like newer items than the catalogue suggests.",
        0 => "People like items as old as the catalogue suggests.",
        _ => "People like older items than the catalogue suggests.",
    };
    format!(
        "Half of the items were released in {} or earlier; half of the likes go to items from {of_likes} or earlier. \
         {meaning}",
        years.median
    )
}
