//! Timestamps.

use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::{decode, decode_error, encode};
use crate::runtime::Timestamp;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn parses_rfc_3339_and_prints_it_in_utc() {
    for (text, printed) in [
        ("2025-01-31T12:00:00Z", "2025-01-31T12:00:00Z"),
        ("2025-01-31T12:00:00+00:00", "2025-01-31T12:00:00Z"),
        ("2025-01-31T00:30:00+01:00", "2025-01-30T23:30:00Z"),
        ("2024-12-31T23:30:00-01:30", "2025-01-01T01:00:00Z"),
        ("2025-01-31T12:00:00.5Z", "2025-01-31T12:00:00.500Z"),
        ("2025-01-31T12:00:00.123456Z", "2025-01-31T12:00:00.123456Z"),
        ("2025-01-31T12:00:00.123456789Z", "2025-01-31T12:00:00.123456789Z"),
        ("2025-01-31T12:00:00.1234567899Z", "2025-01-31T12:00:00.123456789Z"),
        ("2025-01-31t12:00:00.000z", "2025-01-31T12:00:00Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2016-12-31T23:59:60.25Z", "2017-01-01T00:00:00.250Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
    ] {
        assert_eq!(at(text).to_string(), printed, "{text}");
        assert_eq!(format!("{:?}", at(text)), printed, "{text}");
        assert_eq!(at(printed), at(text), "{text}");
    }
}

#[test]
fn rejects_everything_else() {
    for text in [
        "",
        "now",
        "2025-01-31",
        "2025-01-31T12:00:00",
        "2025-02-29T00:00:00Z",
        "2025-13-01T00:00:00Z",
        "2025-01-31T25:00:00Z",
        "2025-01-31T12:00:00Z ",
        "+12025-01-31T12:00:00Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "1738324800",
    ] {
        let error = text.parse::<Timestamp>().expect_err(text);
        assert_eq!(error.to_string(), format!("{text:?} is not an RFC 3339 timestamp"));
    }
}

#[test]
fn the_default_is_the_zero_time() {
    assert_eq!(Timestamp::default(), Timestamp::ZERO);
    assert_eq!(Timestamp::ZERO, at("0001-01-01T00:00:00Z"));
    assert!(Timestamp::ZERO.is_zero() && !Timestamp::UNIX_EPOCH.is_zero());
    assert_eq!(Timestamp::MIN, at("0000-01-01T00:00:00Z"));
    assert_eq!(Timestamp::MAX, at("9999-12-31T23:59:59.999999999Z"));
    assert!(Timestamp::MIN < Timestamp::ZERO && Timestamp::ZERO < Timestamp::MAX);
}

#[test]
fn counts_from_1970() {
    assert_eq!(Timestamp::from_unix(0, 0), Some(Timestamp::UNIX_EPOCH));
    assert_eq!(
        Timestamp::from_unix(-1, 999_000_000),
        Some(at("1969-12-31T23:59:59.999Z"))
    );
    assert_eq!(Timestamp::from_unix(0, 1_000_000_000), None);
    for outside in
        [i64::MIN, Timestamp::MIN.unix_seconds() - 1, Timestamp::MAX.unix_seconds() + 1]
    {
        assert_eq!(Timestamp::from_unix(outside, 0), None);
    }
}

#[test]
fn adds_and_subtracts_within_its_range() {
    let (second, nano) = (Duration::from_secs(1), Duration::from_nanos(1));
    assert_eq!(
        Timestamp::UNIX_EPOCH.checked_sub(nano),
        Some(at("1969-12-31T23:59:59.999999999Z"))
    );
    assert_eq!(Timestamp::UNIX_EPOCH.checked_add(second), Timestamp::from_unix(1, 0));
    assert_eq!(Timestamp::MAX.checked_add(nano), None);
    assert_eq!(Timestamp::MIN.checked_sub(nano), None);
    assert_eq!(Timestamp::UNIX_EPOCH.checked_add(Duration::MAX), None);
    assert_eq!(
        at("2025-01-31T12:00:01Z").duration_since(at("2025-01-31T12:00:00Z")),
        Some(second)
    );
    assert_eq!(Timestamp::ZERO.duration_since(Timestamp::UNIX_EPOCH), None);
    assert!(Timestamp::MAX.duration_since(Timestamp::MIN).is_some());
}

#[test]
fn the_clock_is_within_this_millennium() {
    let now = Timestamp::now();
    assert!(
        at("2025-01-01T00:00:00Z") < now && now < at("3000-01-01T00:00:00Z"),
        "{now}"
    );
}

#[test]
fn is_a_string_in_json() {
    let time: Timestamp = decode(r#""2025-01-31T13:00:00+01:00""#);
    assert_eq!(encode(&time), "2025-01-31T12:00:00Z");
    assert_eq!(
        decode_error::<Timestamp>("0").1,
        "invalid type: integer `0`, expected a timestamp"
    );
}

#[test]
fn system_time_beyond_the_range_becomes_the_nearest() {
    let far = Duration::from_secs(1_u64 << 40);
    assert_eq!(Timestamp::from(SystemTime::UNIX_EPOCH + far), Timestamp::MAX);
    assert_eq!(Timestamp::from(SystemTime::UNIX_EPOCH - far), Timestamp::MIN);
}

fn any_timestamp() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.unix_seconds()..=Timestamp::MAX.unix_seconds();
    let nanos = prop_oneof![Just(0), 0_u32..1_000_000_000];
    (seconds, nanos)
        .prop_map(|(seconds, nanos)| Timestamp::from_unix(seconds, nanos).unwrap())
}

proptest! {
    #[test]
    fn every_timestamp_round_trips_through_its_string(time in any_timestamp()) {
        prop_assert_eq!(at(&time.to_string()), time);
        prop_assert_eq!(decode::<Timestamp>(&encode(&time).to_string()), time);
        prop_assert_eq!(Timestamp::from_unix(time.unix_seconds(), time.subsec_nanos()), Some(time));
    }

    #[test]
    fn strings_sort_like_timestamps(a in any_timestamp(), b in any_timestamp()) {
        let whole = |time: Timestamp| Timestamp::from_unix(time.unix_seconds(), 0).unwrap();
        prop_assert_eq!(
            whole(a).cmp(&whole(b)),
            whole(a).to_string().cmp(&whole(b).to_string())
        );
    }

    #[test]
    fn it_is_parsed_and_printed_as_by_chrono(
        text in "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,12})?(Z|z|[+-][0-2][0-9]:[0-6][0-9])",
        other in "[Zz+:Tt 0-9.-]",
        place in 0_usize..20,
    ) {
        let mut changed = text.clone();
        changed.replace_range(place..=place, &other);
        for text in [text, changed] {
            let read = chrono::DateTime::parse_from_rfc3339(&text).ok().and_then(|time| {
                let nanos = time.timestamp_subsec_nanos();
                let leap = i64::from(nanos / 1_000_000_000);
                Timestamp::from_unix(time.timestamp() + leap, nanos % 1_000_000_000)
            });
            prop_assert_eq!(text.parse::<Timestamp>().ok(), read, "{}", text);
        }
    }

    #[test]
    fn every_day_is_the_one_of_chrono(time in any_timestamp()) {
        let same = chrono::DateTime::from_timestamp(time.unix_seconds(), time.subsec_nanos());
        let text = same.map(|same| format!("{:?}Z", same.naive_utc()));
        prop_assert_eq!(Some(time.to_string()), text);
    }

    #[test]
    fn an_offset_does_not_change_the_time(minutes in -1439_i64..=1439, seconds in 0_i64..4_000_000_000) {
        let local = Timestamp::from_unix(seconds + minutes * 60, 0).unwrap().to_string();
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        let text = format!("{}{sign}{hours:02}:{rest:02}", local.trim_end_matches('Z'));
        prop_assert_eq!(at(&text).unix_seconds(), seconds);
    }

    #[test]
    fn durations_add_up(time in any_timestamp(), millis in 0_u64..4_000_000_000_000) {
        let duration = Duration::from_millis(millis);
        if let Some(later) = time.checked_add(duration) {
            prop_assert_eq!(later.checked_sub(duration), Some(time));
            prop_assert_eq!(later.duration_since(time), Some(duration));
        }
    }

    #[test]
    fn no_string_makes_it_panic(text in ".*|[0-9TZ:.+-]{15,30}") {
        let read = text.parse::<Timestamp>();
        prop_assert!(read.is_err() || read.is_ok_and(|time| at(&time.to_string()) == time));
    }

    #[test]
    fn system_time_round_trips(time in any_timestamp()) {
        let system = SystemTime::try_from(time).unwrap();
        prop_assert_eq!(Timestamp::from(system), time);
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn chrono_round_trips(time in any_timestamp(), hours in -12_i32..=12) {
        let utc = chrono::DateTime::from(time);
        let zone = chrono::FixedOffset::east_opt(hours * 3600).unwrap();
        prop_assert_eq!(utc.timestamp(), time.unix_seconds());
        prop_assert_eq!(Timestamp::from(utc), time);
        prop_assert_eq!(Timestamp::from(utc.with_timezone(&zone)), time);
    }

    #[cfg(feature = "time")]
    #[test]
    fn time_round_trips(time in any_timestamp()) {
        let offset = time::OffsetDateTime::from(time);
        prop_assert_eq!(offset.unix_timestamp(), time.unix_seconds());
        prop_assert_eq!(Timestamp::from(offset), time);
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn jiff_round_trips(time in any_timestamp()) {
        if let Ok(moment) = jiff::Timestamp::try_from(time) {
            prop_assert_eq!(moment.as_nanosecond().div_euclid(1_000_000_000), time.unix_seconds().into());
            prop_assert_eq!(Timestamp::from(moment), time);
        } else {
            prop_assert!(time > at("9999-12-30T22:00:00Z"));
        }
    }
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_beyond_the_range_becomes_the_nearest() {
    use chrono::{DateTime, Utc};
    assert_eq!(Timestamp::from(DateTime::<Utc>::MAX_UTC), Timestamp::MAX);
    assert_eq!(Timestamp::from(DateTime::<Utc>::MIN_UTC), Timestamp::MIN);
}

#[cfg(feature = "time")]
#[test]
fn time_beyond_the_range_becomes_the_nearest() {
    let earliest = time::Date::MIN.midnight().assume_utc();
    assert_eq!(Timestamp::from(earliest), Timestamp::MIN);
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_has_another_range() {
    assert_eq!(Timestamp::from(jiff::Timestamp::MIN), Timestamp::MIN);
    let last = jiff::Timestamp::try_from(Timestamp::MAX).unwrap_err();
    assert_eq!(
        last.to_string(),
        "9999-12-31T23:59:59.999999999Z is out of the range of `jiff::Timestamp`"
    );
}

#[test]
fn times_can_be_added_and_subtracted() {
    let (time, hour) = (at("2025-01-31T23:30:00Z"), Duration::from_secs(3600));
    assert_eq!((time + hour).to_string(), "2025-02-01T00:30:00Z");
    assert_eq!((time - hour).to_string(), "2025-01-31T22:30:00Z");
    assert_eq!((time + hour - time, time - (time + hour)), (hour, Duration::ZERO));
    let mut moved = time;
    moved += hour;
    moved -= hour;
    assert_eq!(moved, time);
    assert_eq!(Timestamp::MAX + hour, Timestamp::MAX);
    assert_eq!(Timestamp::MIN - hour, Timestamp::MIN);
}

#[test]
fn the_time_since_then_is_known_for_the_past_only() {
    let (past, future) = (Timestamp::now() - DAY, Timestamp::now() + DAY);
    let elapsed = past.elapsed().expect("it is past");
    assert!(elapsed >= DAY && elapsed < DAY * 2, "{elapsed:?}");
    assert_eq!(future.elapsed(), None);
}
