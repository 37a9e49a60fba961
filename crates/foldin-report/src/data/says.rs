//! The sentences of a data report: what each picture means for recommending.

use super::{DataFacts, RatingKind, Timeline};
use crate::report::number::{Unit, percent, share, trimmed, whole};
use crate::text::count;
use crate::text::grouped;

pub(super) fn lead(facts: &DataFacts) -> Vec<String> {
    let mut lead = Vec::new();
    let read_as = facts.format.as_ref().map(|format| format!(", read as {format}")).unwrap_or_default();
    lead.push(format!(
        "{} by {} on {}{read_as}.",
        count(facts.events, "event"),
        count(facts.users, "user"),
        count(facts.items, "item")
    ));
    if facts.simulated {
        lead.push(
            "The events were made by a program: they show what a report looks like, and nothing about people.".into(),
        );
    }
    lead.push(match facts.like_threshold {
        Some(stars) => format!(
            "A like is a rating of {stars} and more: {} of the events.",
            percent(share(facts.likes, facts.events))
        ),
        None => "Every event counts as a like.".to_owned(),
    });
    lead
}

pub(super) fn ratings(facts: &DataFacts) -> String {
    let ratings = &facts.ratings;
    match (ratings.kind, facts.like_threshold) {
        (RatingKind::Alike, _) => {
            "All ratings are the same, so an event says that somebody took an interest, and not how much.".into()
        }
        (RatingKind::Counts, None) => format!(
            "Ratings are counts from {} to {}, half of them at most {}. Any number of times says that something is liked.",
            whole(ratings.lowest),
            whole(ratings.highest),
            whole(ratings.median)
        ),
        (_, Some(stars)) => format!(
            "The mean is {:.2} and half of the ratings are at most {}. The full bars, from {stars} on, are the {} of events that a model learns from as likes.",
            ratings.mean,
            trimmed(ratings.median, 2),
            percent(share(facts.likes, facts.events))
        ),
        (RatingKind::Stars, None) => format!("The mean is {:.2}; every event counts as a like.", ratings.mean),
    }
}

pub(super) fn user_activity(facts: &DataFacts) -> String {
    let activity = &facts.user_activity;
    let few = activity.median < 10;
    let meaning = match few {
        true => "most visitors have to be understood from very little, as strangers are",
        false => "most users say enough about themselves to learn from, more than a new visitor will",
    };
    format!(
        "Half of the users have at most {}, one in ten more than {}, the most active {}: {meaning}. Each bar is twice as wide as the one before.",
        count(activity.median as usize, "event"),
        grouped(activity.p90.into()),
        grouped(activity.most.into())
    )
}

pub(super) fn item_popularity(facts: &DataFacts) -> String {
    let activity = &facts.item_popularity;
    format!(
        "Half of the items with events have at most {}, one in ten more than {}: of the items on the left too little is known to compare them by who liked them. Each bar is twice as wide as the one before.",
        count(activity.median as usize, "event"),
        grouped(activity.p90.into())
    )
}

pub(super) fn concentration(facts: &DataFacts) -> String {
    let likes = &facts.likes_on_items;
    if likes.items == 0 {
        return "Nothing is liked.".to_owned();
    }
    if likes.items < 10 {
        return "Too few items are liked to speak of a long tail.".to_owned();
    }
    let tail = 1.0 - likes.top_20_percent;
    format!(
        "Half of all likes fall on {} of the liked items ({} of {}); the four fifths in the long tail share {}. The Gini coefficient is {:.2}. {}",
        percent(likes.half_on_share),
        grouped(likes.half_on as u64),
        grouped(likes.items as u64),
        percent(tail),
        likes.gini,
        match likes.gini {
            gini if gini >= 0.6 =>
                "Showing what is popular will look good in figures and serve few; look at coverage and long tail beside accuracy.",
            gini if gini >= 0.3 => "Popularity is a strong guess here, and by far not the whole.",
            _ => "Likes are spread evenly: popularity alone will not get far.",
        }
    )
}

pub(super) fn most_liked(facts: &DataFacts) -> String {
    let likes: u64 = facts.most_liked.iter().map(|item| u64::from(item.likes)).sum();
    match facts.most_liked.len() {
        0 => "Nothing is liked.".to_owned(),
        n => format!(
            "The first {n} have {} of all likes. They are what a visitor sees who has not liked anything yet.",
            percent(share(likes, facts.likes))
        ),
    }
}

pub(super) fn timeline(facts: &DataFacts, timeline: &Timeline) -> String {
    let unknown = match timeline.without_time {
        0 => String::new(),
        1 => " 1 event has the time 0, which is no time, and is not drawn.".to_owned(),
        n => format!(
            " {} events ({}) have the time 0, which is no time, and are not drawn: splitting by time is not to be trusted for them.",
            grouped(n as u64),
            percent(share(n, facts.events))
        ),
    };
    let bursts = match timeline.busiest {
        part if part > 0.25 && timeline.periods.len() > 8 => {
            "most users came at once, so the newest events of one are old for another"
        }
        _ => "tastes and the catalogue may have changed meanwhile, so the newest events are the fairest test",
    };
    format!(
        "Events lie between {} and {}; the busiest {} has {} of them: {bursts}.{unknown}",
        timeline.first,
        timeline.last,
        timeline.unit.word(),
        percent(timeline.busiest)
    )
}

pub(super) fn no_timeline(facts: &DataFacts) -> String {
    match facts.events {
        0 => "There are no events.".to_owned(),
        _ => "The events have no times, or none other than 0: they can be split at random only, and nothing can be said of what comes next.".to_owned(),
    }
}

pub(super) fn fewer_than(facts: &DataFacts) -> String {
    let at = |events: u32| facts.feasibility.fewer_than.iter().find(|row| row.events == events);
    let (Some(five), Some(one)) = (at(5), at(1)) else { return String::new() };
    let none = match one.items {
        0 => "every item has one at least.".to_owned(),
        _ => format!(
            "{} of the items have none at all, and can only be recommended by what is known of their content.",
            percent(one.items_share)
        ),
    };
    format!(
        "{} of the users and {} of the items have fewer than 5 events; {none}",
        percent(five.users_share),
        percent(five.items_share)
    )
}

pub(super) fn liking(facts: &DataFacts) -> String {
    let at = |likes: u32| facts.feasibility.liking.iter().find(|row| row.likes == likes).map_or(0.0, |row| row.share);
    let meaning = match at(5) {
        enough if enough >= 0.5 => "recommendations can be measured on most users",
        _ => "figures will rest on a minority of active users",
    };
    format!(
        "{} of the users like at least 1 item, {} at least 5, {} at least 20: {meaning}.",
        percent(at(1)),
        percent(at(5)),
        percent(at(20))
    )
}

pub(super) fn content(facts: &DataFacts) -> String {
    let known = &facts.feasibility.known_of_liked_items;
    let meaning = match known.genres.max(known.tags) {
        part if part >= 0.9 => "so items can be compared by content where likes are few",
        part if part > 0.0 => "so comparing items by content leaves gaps",
        _ => "so items cannot be compared by content, and an item nobody liked cannot be recommended",
    };
    format!(
        "Of the {} that somebody likes, {} have a genre and {} have tags, {meaning}.",
        count(facts.feasibility.liked_items, "item"),
        percent(known.genres),
        percent(known.tags)
    )
}

pub(super) fn genres(facts: &DataFacts) -> String {
    let Some(genres) = &facts.genres else { return String::new() };
    let first = &genres.all[0];
    let likes = genres.all.iter().map(|genre| genre.likes).max().unwrap_or(0);
    let most_liked = genres.all.iter().find(|genre| genre.likes == likes).unwrap_or(first);
    let liked = match most_liked.name == first.name {
        true => "and gets".to_owned(),
        false => format!("and {} gets", most_liked.name),
    };
    format!(
        "{}; an item that has any has {} on average. {} is on the most items ({}), {liked} the most likes ({}).",
        count(genres.all.len(), "genre"),
        Unit::Stars.exact(genres.mean_per_item),
        first.name,
        grouped(first.items as u64),
        grouped(likes as u64)
    )
}

pub(super) fn genre_means(facts: &DataFacts) -> String {
    let Some(genres) = &facts.genres else { return String::new() };
    let rated = || genres.all.iter().filter(|genre| genre.events >= super::render::ENOUGH_EVENTS);
    let mean = |genre: &&super::GenreFacts| genre.mean_rating.unwrap_or(0.0);
    let best = rated().max_by(|a, b| mean(a).total_cmp(&mean(b)));
    let worst = rated().min_by(|a, b| mean(a).total_cmp(&mean(b)));
    match (best, worst) {
        (Some(best), Some(worst)) => format!(
            "{} is rated highest ({:.2}), {} lowest ({:.2}). {}",
            best.name,
            mean(&best),
            worst.name,
            mean(&worst),
            if mean(&best) - mean(&worst) < 0.25 * facts.ratings.deviation {
                "Beside the spread of ratings that is little: a genre alone says hardly whether somebody will like something."
            } else {
                "People choose what they rate, so a high mean may also say that only its friends watch it."
            }
        ),
        _ => "No genre has enough events for a mean to mean anything.".to_owned(),
    }
}

pub(super) fn together(facts: &DataFacts) -> String {
    let Some(genres) = &facts.genres else { return String::new() };
    let pairs = genres.together.iter().enumerate().flat_map(|(a, row)| {
        row.iter().enumerate().filter(move |&(b, _)| a != b).map(move |(b, &share)| (share, a, b))
    });
    // The first of equals, so that the sentence is always the same.
    let strongest = pairs.fold(None, |best: Option<(f64, usize, usize)>, pair| match best {
        Some(best) if best.0 >= pair.0 => Some(best),
        _ => Some(pair),
    });
    match strongest {
        Some((share, a, b)) if share > 0.0 => format!(
            "Of the items of a row's genre, the percentage that also has the column's. The closest: {} of {} is also {}. Genres that come together say the same thing twice.",
            percent(share),
            genres.all[a].name,
            genres.all[b].name
        ),
        _ => "No two genres come together: every item has one at most.".to_owned(),
    }
}

pub(super) fn years(facts: &DataFacts) -> String {
    let Some(years) = &facts.years else { return String::new() };
    let Some(of_likes) = years.median_of_likes else {
        return format!("Half of the items are from {} or before; none of them is liked.", years.median);
    };
    let lean = match of_likes - years.median {
        1.. => "people like newer items than the catalogue would make one expect",
        0 => "people like what the catalogue offers",
        _ => "people like older items than the catalogue would make one expect",
    };
    format!(
        "Half of the items are from {} or before, half of the likes go to items from {of_likes} or before: {lean}.",
        years.median
    )
}
