//! What kinds of events weigh.

use std::collections::BTreeMap;

use super::options::EventWeights;

/// The weight of an event type, or `None` where it is not known. Names are compared without case, `_`, `-` and spaces.
///
/// | event types | weight |
/// |---|---|
/// | view, click, read, play, listen, visit, open, watch, pageview, detail | 1 |
/// | cart, add to cart, basket, wishlist, favourite, bookmark, save, download | 3 |
/// | purchase, buy, order, transaction, checkout, like, love, upvote, share, subscribe | 5 |
/// | remove, remove from cart, unlike, refund, return | -3 |
/// | dislike, downvote, thumbs down, hide, block | -5 |
///
/// The weights of one user and one item are summed. A sum above 0 is a like, one below 0 a dislike, and 0 says nothing.
pub fn event_weight(name: &str) -> Option<f32> {
    let name = plain(name);
    let name = name.strip_suffix("item").filter(|rest| !rest.is_empty()).unwrap_or(&name);
    Some(match name {
        "view" | "views" | "viewed" | "click" | "clicked" | "read" | "play" | "played" | "listen" | "visit"
        | "open" | "watch" | "watched" | "pageview" | "productview" | "detail" | "productdetail"
        | "impressionclick" | "select" | "see" | "pv" => 1.0,
        "cart" | "addtocart" | "addcart" | "tocart" | "basket" | "addtobasket" | "addtocard" | "wishlist"
        | "addtowishlist" | "favorite" | "favourite" | "fav" | "bookmark" | "save" | "saved" | "download"
        | "begincheckout" => 3.0,
        "purchase" | "purchased" | "buy" | "bought" | "order" | "ordered" | "transaction" | "checkout" | "sale"
        | "like" | "liked" | "love" | "loved" | "heart" | "upvote" | "thumbsup" | "thumbup" | "share" | "shared"
        | "follow" | "subscribe" | "yes" | "👍" | "❤" | "❤\u{fe0f}" => 5.0,
        "remove" | "removed" | "removefromcart" | "removefrombasket" | "removefromwishlist" | "unlike"
        | "unfavorite" | "unfavourite" | "unbookmark" | "unfollow" | "refund" | "return" | "returned" => -3.0,
        "dislike" | "disliked" | "hate" | "downvote" | "thumbsdown" | "thumbdown" | "hide" | "block"
        | "notinterested" | "no" | "👎" => -5.0,
        _ => return None,
    })
}

/// The weights of one file: those that a person set, then those that are known.
#[derive(Debug)]
pub(super) struct Weights {
    said: BTreeMap<String, f32>,
}

impl Weights {
    pub(super) fn new(said: &EventWeights) -> Self {
        Weights { said: said.iter().map(|(name, weight)| (plain(name), weight)).collect() }
    }

    pub(super) fn of(&self, name: &str) -> Option<f32> {
        self.said.get(&plain(name)).copied().or_else(|| event_weight(name))
    }
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '_' | '-' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_type_has_many_spellings() {
        for name in ["add_to_cart", "AddToCart", "add to cart", "addtocart", "add-to-cart"] {
            assert_eq!(event_weight(name), Some(3.0), "{name}");
        }
        assert_eq!(event_weight("view_item"), Some(1.0));
        assert_eq!(event_weight("Dislike"), Some(-5.0));
        assert_eq!(event_weight("login"), None);
    }

    #[test]
    fn what_a_person_sets_wins_and_adds() {
        let weights = Weights::new(&EventWeights::from_iter([("View", 0.5), ("scroll_90", 2.0)]));
        assert_eq!([weights.of("view"), weights.of("scroll-90"), weights.of("buy")], [Some(0.5), Some(2.0), Some(5.0)]);
    }
}
