//! Events over time.

use foldin_data::Events;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp, ToSpan};
use serde::Serialize;

/// More bars cannot be told apart.
const MOST_PERIODS: usize = 100;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeUnit {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// Events over time, in UTC.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The shortest unit that gives at most a hundred periods.
    pub unit: TimeUnit,
    /// The periods without gaps, ascending.
    pub periods: Vec<Period>,
    /// Day of the first event, as `2000-04-25`.
    pub first: String,
    /// Day of the last event.
    pub last: String,
    /// Number of events whose time is 0, which means unknown; they are in no period.
    pub without_time: usize,
    /// Share of the events with a time that are in the busiest period.
    pub busiest: f64,
}

/// A period and its number of events.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Period {
    /// Its first day, shortened to its unit: `2000-04-25`, `2000-04`, `2000-Q2`, `2000`.
    pub from: String,
    /// Number of events in it.
    pub count: usize,
}

impl Timeline {
    /// `None` where no event has a time other than 0.
    pub(super) fn new(events: &Events) -> Option<Self> {
        let times: Vec<i64> = events.times.iter().copied().filter(|&time| time != 0).collect();
        let (first, last) = (date(*times.iter().min()?), date(*times.iter().max()?));
        let (unit, starts) = TimeUnit::ALL.into_iter().find_map(|unit| Some((unit, unit.starts(first, last)?)))?;
        let mut counts = vec![0; starts.len()];
        for &time in &times {
            let day = date(time);
            counts[starts.partition_point(|start| *start <= day).saturating_sub(1)] += 1;
        }
        let busiest = counts.iter().copied().max().unwrap_or(0) as f64 / times.len() as f64;
        let periods = starts.iter().zip(counts).map(|(start, count)| Period { from: unit.name(*start), count });
        Some(Timeline {
            unit,
            periods: periods.collect(),
            first: first.to_string(),
            last: last.to_string(),
            without_time: events.len() - times.len(),
            busiest,
        })
    }
}

impl TimeUnit {
    /// From the shortest to the longest.
    const ALL: [TimeUnit; 7] = [
        TimeUnit::Day,
        TimeUnit::Week,
        TimeUnit::Month,
        TimeUnit::Quarter,
        TimeUnit::Year,
        TimeUnit::Decade,
        TimeUnit::Century,
    ];

    /// The first days of all periods from that of `first` to that of `last`; `None` where there are too many.
    fn starts(self, first: Date, last: Date) -> Option<Vec<Date>> {
        let mut starts = vec![self.start(first)];
        while starts[starts.len() - 1] < self.start(last) {
            if starts.len() == MOST_PERIODS {
                return None;
            }
            starts.push(starts[starts.len() - 1].saturating_add(self.length()));
        }
        Some(starts)
    }

    /// The first day of the period of a day.
    fn start(self, day: Date) -> Date {
        let year = |every: i16| Date::constant(day.year() / every * every, 1, 1);
        match self {
            TimeUnit::Day => day,
            TimeUnit::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            TimeUnit::Month => day.first_of_month(),
            TimeUnit::Quarter => Date::constant(day.year(), (day.month() - 1) / 3 * 3 + 1, 1),
            TimeUnit::Year => year(1),
            TimeUnit::Decade => year(10),
            TimeUnit::Century => year(100),
        }
    }

    fn length(self) -> Span {
        match self {
            TimeUnit::Day => 1.day(),
            TimeUnit::Week => 7.days(),
            TimeUnit::Month => 1.month(),
            TimeUnit::Quarter => 3.months(),
            TimeUnit::Year => 1.year(),
            TimeUnit::Decade => 10.years(),
            TimeUnit::Century => 100.years(),
        }
    }

    fn name(self, start: Date) -> String {
        match self {
            TimeUnit::Day | TimeUnit::Week => start.to_string(),
            TimeUnit::Month => format!("{:04}-{:02}", start.year(), start.month()),
            TimeUnit::Quarter => format!("{:04}-Q{}", start.year(), (start.month() - 1) / 3 + 1),
            TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century => format!("{}", start.year()),
        }
    }

    /// The unit as a word.
    pub(super) fn word(self) -> &'static str {
        match self {
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Quarter => "quarter",
            TimeUnit::Year => "year",
            TimeUnit::Decade => "decade",
            TimeUnit::Century => "century",
        }
    }
}

/// The day of a time; times beyond the calendar are put at its end.
fn date(seconds: i64) -> Date {
    Offset::UTC.to_datetime(Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(times: &[i64]) -> Option<Timeline> {
        let rows: Vec<_> = times.iter().map(|&time| (0, 0, 1.0, time)).collect();
        Timeline::new(&foldin_fixtures::events(&rows))
    }

    const DAY: i64 = 86_400;

    #[test]
    fn days_without_events_are_shown_and_times_of_0_are_counted_apart() {
        // 951,782,400 is 29 February 2000.
        let found = timeline(&[951_782_400, 0, 951_782_400 + 3 * DAY - 1, 951_782_400 + 2 * DAY, 0]).unwrap();
        let periods: Vec<(&str, usize)> = found.periods.iter().map(|one| (one.from.as_str(), one.count)).collect();
        assert_eq!(periods, [("2000-02-29", 1), ("2000-03-01", 0), ("2000-03-02", 2)]);
        assert_eq!((found.unit, found.without_time), (TimeUnit::Day, 2));
        assert_eq!((found.first.as_str(), found.last.as_str()), ("2000-02-29", "2000-03-02"));
        assert!((found.busiest - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_unit_grows_with_the_span() {
        let unit = |days: i64| timeline(&[951_782_400, 951_782_400 + days * DAY]).map(|found| found.unit);
        let found = [99, 100, 693, 700, 3000, 3700, 9000, 40_000, 2_000_000].map(|days| unit(days).unwrap());
        use TimeUnit::*;
        assert_eq!(found, [Day, Week, Week, Month, Month, Quarter, Quarter, Decade, Century]);
    }

    #[test]
    fn weeks_begin_on_mondays_and_quarters_have_names() {
        let found = timeline(&[951_782_400, 951_782_400 + 200 * DAY]).unwrap();
        assert_eq!((found.unit, found.periods[0].from.as_str()), (TimeUnit::Week, "2000-02-28"));
        let found = timeline(&[951_782_400, 951_782_400 + 4000 * DAY]).unwrap();
        assert_eq!((found.unit, found.periods[0].from.as_str()), (TimeUnit::Quarter, "2000-Q1"));
    }

    #[test]
    fn a_timeline_needs_one_time_which_may_be_the_last_of_the_calendar() {
        assert!(timeline(&[]).is_none() && timeline(&[0, 0]).is_none());
        assert_eq!(timeline(&[253_402_300_799]).unwrap().periods.len(), 1);
    }
}
