//! Moments and lengths of time in filters: the moment of the request, and other moments counted from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use cel::extractors::This;
use cel::{Context, Env, ExecutionError, Timestamp, to_value};
use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::clock;

type Moment = DateTime<FixedOffset>;

/// What every filter knows beside the item. `now` is how the moment of the request is written.
pub(super) fn context(
    environment: Arc<Env>,
    now: Option<&str>,
) -> Context<'static, 'static> {
    let mut context = Context::with_env(environment);
    // Neither is the name of a standard function, so neither can fail.
    let _ =
        context.add_function("add", |This(from): This<Moment>, length: Arc<String>| {
            moved(from, &length, TimeDelta::seconds)
        });
    let _ = context.add_function(
        "subtract",
        |This(from): This<Moment>, length: Arc<String>| {
            moved(from, &length, |seconds| -TimeDelta::seconds(seconds))
        },
    );
    if let Some((outer, inner)) = now.and_then(|now| now.split_once('.')) {
        let moment = BTreeMap::from([(inner.to_owned(), Timestamp(clock::moment()))]);
        let moment = to_value(moment).unwrap_or(cel::Value::Null);
        context.add_variable_from_value(outer.to_owned(), moment);
    }
    context
}

fn moved(
    from: Moment,
    length: &str,
    delta: impl Fn(i64) -> TimeDelta,
) -> Result<Moment, ExecutionError> {
    let error = |what: &str| {
        ExecutionError::function_error("time", format!("`{length}` {what}"))
    };
    let seconds = seconds(length)
        .ok_or_else(|| error("is no length of time such as 7d, 24h, 15m or 30s"))?;
    from.checked_add_signed(delta(seconds)).ok_or_else(|| error("leads out of time"))
}

/// A length of time: whole numbers, each with a unit.
fn seconds(length: &str) -> Option<i64> {
    let mut rest = length;
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(end);
        let unit = match after.chars().next()? {
            'd' => 86_400,
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(number.parse::<i64>().ok()?.checked_mul(unit)?)?;
        rest = &after[1..];
    }
    // What is longer is longer than the calendar.
    (!length.is_empty() && total < i64::from(u32::MAX) * 3600).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn lengths_of_time_are_read() {
        let read = ["7d", "24h", "15m", "1h30m", "0s"].map(seconds);
        assert_eq!(read, [Some(604_800), Some(86_400), Some(900), Some(5400), Some(0)]);
        for text in
            ["", "7", "d", "-1d", "1w", "1dd", "99999999999999999999d", "1.5h", "é"]
        {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
