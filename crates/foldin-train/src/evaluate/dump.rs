//! Lists of recommendations as CSV, so that others can check our figures with evaluators of their own.

use std::io::{self, Write};

/// Writes `user,rank,item,score`, with a header and ranks from 1. Each user comes with a list of item ids and scores,
/// the best first.
pub fn write_recommendations<'a, List>(
    out: impl Write,
    users: impl IntoIterator<Item = (&'a str, List)>,
) -> io::Result<()>
where
    List: IntoIterator<Item = (&'a str, f32)>,
{
    let mut out = csv::Writer::from_writer(out);
    out.write_record(["user", "rank", "item", "score"])?;
    for (user, list) in users {
        for (above, (item, score)) in list.into_iter().enumerate() {
            out.write_record([user, (above + 1).to_string().as_str(), item, score.to_string().as_str()])?;
        }
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_start_at_one_for_every_user_and_odd_ids_are_quoted() {
        let mut out = Vec::new();
        let lists = [("ann", vec![("7", 2.5), ("a,b", 0.25)]), ("bob", vec![]), ("cy", vec![("7", -1.0)])];
        write_recommendations(&mut out, lists).unwrap();
        let text = "user,rank,item,score\nann,1,7,2.5\nann,2,\"a,b\",0.25\ncy,1,7,-1\n";
        assert_eq!(String::from_utf8(out).unwrap(), text);
    }
}
