//! What is read next in a session.

use foldin_train::artefacts::{Estimate, SessionPoint, SessionSystem};

use super::with_interval;
use crate::output::columns;

/// The systems below each other, by views before, with the number of sessions.
pub(crate) fn table(points: &[SessionPoint]) -> String {
    let part = |name: &str, value: fn(&SessionSystem) -> Estimate| {
        let head = points.iter().map(|point| format!("{} ({})", point.shown, point.sessions));
        let mut rows: Vec<Vec<String>> = vec![std::iter::once("views (sessions)".to_owned()).chain(head).collect()];
        for SessionSystem { name, .. } in points.first().map_or(&[][..], |point| &point.systems) {
            let of_point = |point: &SessionPoint| {
                let system = point.systems.iter().find(|system| system.name == *name);
                system.map_or_else(String::new, |system| with_interval(&value(system)))
            };
            rows.push(std::iter::once(name.clone()).chain(points.iter().map(of_point)).collect());
        }
        let table = columns(&rows, &[1, 2, 3]);
        let lines: String = table.lines().map(|line| format!("  {line}\n")).collect();
        format!("{name}; ±: half the 95 % interval\n{lines}")
    };
    let hit = part("hit@6: the page that is read next is among the six that are shown", |system| system.hit);
    hit + &part("mrr@6: 1 / its place", |system| system.mrr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_stand_below_each_other_by_views() {
        let estimate = |mean: f64| Estimate::new(mean, Some((mean - 0.1, mean + 0.1)));
        let system = |hit| SessionSystem { name: "foldin".to_owned(), hit: estimate(hit), mrr: estimate(0.25) };
        let point = |shown, hit| SessionPoint { shown, sessions: 40, systems: vec![system(hit)] };
        let text = table(&[point(1, 0.5), point(2, 0.625)]);
        assert!(text.contains("views (sessions)") && text.contains("1 (40)") && text.contains("2 (40)"), "{text}");
        let row = text.lines().find(|line| line.contains("foldin")).unwrap();
        assert!(row.find("5000").unwrap() < row.find("6250").unwrap(), "{text}");
    }
}
