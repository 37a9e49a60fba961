//! The moment at which a model is frozen.

use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use foldin_data::Events;

/// How far the events are learned from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Until {
    /// So large a share of the events, the oldest first; above 0 and below 1. Those of the same second as the first
    /// beyond it are not parted from it.
    Share(f64),
    /// Before the beginning of this day, in UTC.
    Day(Date),
}

impl Until {
    /// The first second that is replayed, in seconds since 1970. Events must have times.
    pub(super) fn second(self, events: &Events) -> i64 {
        match self {
            Until::Day(day) => day.to_zoned(TimeZone::UTC).map_or(i64::MAX, |zoned| zoned.timestamp().as_second()),
            Until::Share(share) => {
                let mut times = events.times.clone();
                let place = ((share * times.len() as f64) as usize).min(times.len().saturating_sub(1));
                if times.is_empty() { 0 } else { *times.select_nth_unstable(place).1 }
            }
        }
    }
}

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let share = text.parse().ok().filter(|share| *share > 0.0 && *share < 1.0).map(Until::Share);
        let day = || text.parse().ok().map(Until::Day);
        share.or_else(day).ok_or_else(|| "expected a share between 0 and 1, or a day as in 2000-12-31".to_owned())
    }
}

/// The day of a second since 1970, in UTC.
pub(super) fn day_of(second: i64) -> String {
    let day = jiff::Timestamp::from_second(second).map(|time| time.to_zoned(TimeZone::UTC).date());
    day.map_or_else(|_| second.to_string(), |day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_or_a_day_is_read_and_nothing_else() {
        assert_eq!("0.8".parse(), Ok(Until::Share(0.8)));
        assert_eq!("1970-01-02".parse::<Until>().unwrap().second(&Events::default()), 86_400);
        for text in ["1", "0", "-0.5", "NaN", "80%", "2000-13-01", "soon", ""] {
            assert!(text.parse::<Until>().is_err(), "{text}");
        }
        assert_eq!(day_of(86_400 * 365), "1971-01-01");
    }

    #[test]
    fn a_share_is_one_of_events_in_time_order() {
        let events = Events { times: vec![50, 10, 40, 30, 20, 60, 60, 60, 60, 60], ..Events::default() };
        let second = |share| Until::Share(share).second(&events);
        // Three events lie before 40; the five at 60 stay together.
        assert_eq!([second(0.3), second(0.5), second(0.8)], [40, 60, 60]);
    }
}
