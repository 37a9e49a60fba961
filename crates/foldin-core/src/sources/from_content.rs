//! Content: the cosine between what the visitor's items are about and what each item is about.

use super::{NOTHING, Scorer, say};
use crate::catalogue::ItemIdx;
use crate::content::Content;
use crate::fold_in::WeightedEvent;
use crate::top_k::Scored;

struct FromContent<'a> {
    content: &'a Content,
    /// The visitor's items, with what each adds to the profile's vector: its say over the length of its own vector.
    says: Vec<(ItemIdx, f32)>,
    /// The profile's vector, of length 1.
    profile: Vec<f32>,
    /// The length it had before.
    length: f32,
}

pub(super) fn scorer<'a>(content: &'a Content, events: &[WeightedEvent]) -> Option<Box<dyn Scorer + 'a>> {
    let mut profile = vec![0.0; content.rows.n_columns()];
    let mut says = Vec::new();
    for event in events {
        let norm = content.norm(event.item.at());
        if norm > 0.0 {
            let share = say(event) / norm;
            content.rows.row(event.item.at()).iter().for_each(|(term, value)| profile[term as usize] += share * value);
            says.push((event.item, share));
        }
    }
    let length = profile.iter().map(|value| value * value).sum::<f32>().sqrt();
    if !says.iter().any(|(_, share)| *share > 0.0) || length <= f32::EPSILON {
        return None;
    }
    profile.iter_mut().for_each(|value| *value /= length);
    Some(Box::new(FromContent { content, says, profile, length }))
}

impl Scorer for FromContent<'_> {
    fn scores(&self) -> Vec<f32> {
        let score = |item: usize| {
            let product: f32 =
                self.content.rows.row(item).iter().map(|(term, value)| value * self.profile[term as usize]).sum();
            if product > 0.0 { product / self.content.norm(item) } else { NOTHING }
        };
        (0..self.content.rows.n_rows()).map(score).collect()
    }

    fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        let norm = self.content.norm(item.at());
        let row = self.content.rows.row(item.at());
        let of = |&(event, share): &(ItemIdx, f32)| {
            let product: f32 = row.iter().map(|(term, value)| value * self.content.rows.row(event.at()).at(term)).sum();
            (event, share * product / (norm * self.length))
        };
        self.says.iter().map(of).filter(|(_, contribution)| *contribution != 0.0).collect()
    }
}
