//! Durations in filters, and timestamp arithmetic.

use std::time::Duration;

use ngrok_client_core::Timestamp;

use super::value::Value;

/// Adds a duration to a timestamp, or subtracts it.
pub(super) fn moved(
    from: Timestamp,
    length: &str,
    by: impl Fn(Timestamp, Duration) -> Option<Timestamp>,
) -> Result<Value, String> {
    let seconds = seconds(length).ok_or_else(|| {
        format!("`{length}` is not a duration such as 7d, 24h, 15m or 30s")
    })?;
    let time = by(from, Duration::from_secs(seconds));
    time.map(Value::Time).ok_or_else(|| format!("`{length}` leads out of the calendar"))
}

/// Parses a duration: whole numbers, each with a unit.
fn seconds(length: &str) -> Option<u64> {
    let mut rest = length;
    let mut total: u64 = 0;
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
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(unit)?)?;
        rest = &after[1..];
    }
    // Longer durations exceed the calendar.
    (!length.is_empty() && total < u64::from(u32::MAX) * 3600).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations_are_parsed() {
        let read = ["7d", "24h", "15m", "1h30m", "0s"].map(seconds);
        assert_eq!(read, [Some(604_800), Some(86_400), Some(900), Some(5400), Some(0)]);
        for text in
            ["", "7", "d", "-1d", "1w", "1dd", "99999999999999999999d", "1.5h", "é"]
        {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
