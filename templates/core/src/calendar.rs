//! Days and dates of the proleptic Gregorian calendar, and timestamps in RFC 3339. Converts numbers and strings;
//! knows no clock.
//!
//! A library of dates takes longer to build than the rest of decoding; tests compare with one.

use std::fmt;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;
const DAYS_PER_ERA: i64 = 400 * 365 + 97;
/// Days from the first of March of the year 0, where eras begin, to 1970.
const DAYS_TO_1970: i64 = 719_468;

/// Returns the days from the start of 1970 to a valid date.
fn days(year: u32, month: u32, day: u32) -> i64 {
    // With years that begin in March the leap day is the last of its year. Counted from an earlier era, none is negative.
    let (year, month) =
        if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1;
    i64::from(days) - DAYS_PER_ERA - DAYS_TO_1970
}

/// Returns year, month and day of a number of days after the start of 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    let (era, day) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    let month = (day * 5 + 2) / 153;
    let day = day - (month * 153 + 2) / 5 + 1;
    let year = era * 400 + year;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_month(year: u32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Parses a timestamp such as `2025-01-31T12:00:00.5+01:00` into seconds since 1970 and nanoseconds. A leap second
/// is the second after it.
pub(crate) fn read(text: &str) -> Option<(i64, u32)> {
    let (whole, rest) = text.as_bytes().split_first_chunk::<19>()?;
    let separators = [whole[4], whole[7], whole[13], whole[16]];
    if separators != *b"--::" || !matches!(whole[10], b'T' | b't' | b' ') {
        return None;
    }
    let number = |at: usize| two_digits(whole[at], whole[at + 1]);
    let (year, month, day) = (number(0)? * 100 + number(2)?, number(5)?, number(8)?);
    let (hour, minute, second) = (number(11)?, number(14)?, number(17)?);
    let is_date =
        (1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day);
    if !is_date || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (nanos, rest) = fraction(rest)?;
    let minutes = i64::from(hour * 60 + minute) - offset(rest)?;
    let time = minutes * 60 + i64::from(second);
    Some((days(year, month, day) * SECONDS_PER_DAY + time, nanos))
}

/// Parses nanoseconds, and returns the rest. Further digits are ignored.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some(text) = text.strip_prefix(b".") else { return Some((0, text)) };
    let end = text.iter().position(|byte| !byte.is_ascii_digit())?;
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return None;
    }
    let mut nanos = 0;
    for place in 0..9 {
        nanos =
            nanos * 10 + digits.get(place).map_or(0, |digit| u32::from(digit - b'0'));
    }
    Some((nanos, rest))
}

/// Parses an offset from UTC in minutes.
fn offset(text: &[u8]) -> Option<i64> {
    let [sign @ (b'+' | b'-'), h, hh, b':', m, mm] = *text else {
        return matches!(text, b"Z" | b"z").then_some(0);
    };
    let (hours, minutes) = (two_digits(h, hh)?, two_digits(m, mm)?);
    let offset = i64::from(hours * 60 + minutes);
    let is_offset = hours < 24 && minutes < 60;
    is_offset.then_some(if sign == b'-' { -offset } else { offset })
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let are_digits = tens.is_ascii_digit() && ones.is_ascii_digit();
    are_digits.then(|| u32::from((tens - b'0') * 10 + (ones - b'0')))
}

/// Writes a time as RFC 3339 in UTC, with a fraction of 3, 6 or 9 digits if there is one.
pub(crate) fn write(
    f: &mut fmt::Formatter<'_>,
    seconds: i64,
    nanos: u32,
) -> fmt::Result {
    let (year, month, day) = date(seconds.div_euclid(SECONDS_PER_DAY));
    let time = seconds.rem_euclid(SECONDS_PER_DAY);
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
    let (fraction, width) = match nanos {
        0 => return f.write_str("Z"),
        _ if nanos.is_multiple_of(1_000_000) => (nanos / 1_000_000, 3),
        _ if nanos.is_multiple_of(1_000) => (nanos / 1_000, 6),
        _ => (nanos, 9),
    };
    write!(f, ".{fraction:0width$}Z")
}
