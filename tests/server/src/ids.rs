//! IDs. Takes a prefix; returns an ID that was never returned before and sorts after all earlier ones.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const DIGITS: &[u8; 62] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Number of digits that fit any 64-bit number.
const NUMBER_DIGITS: usize = 11;

/// Generates IDs.
pub(crate) struct Ids {
    /// Number of characters after the underscore.
    length: usize,
    /// Number in the last ID: nanoseconds since 1970, or one more than in the ID before.
    last: AtomicU64,
}

impl Ids {
    pub(crate) fn new(length: u32) -> Self {
        let length = usize::try_from(length).unwrap_or(usize::MAX).max(NUMBER_DIGITS);
        Self { length, last: AtomicU64::new(0) }
    }

    /// Returns the next ID. Without a prefix there is no underscore.
    pub(crate) fn next(&self, prefix: &str) -> String {
        let underscore = if prefix.is_empty() { "" } else { "_" };
        let number = digits(self.number());
        let rest = secret(self.length - NUMBER_DIGITS);
        format!("{prefix}{underscore}{number}{rest}")
    }

    fn number(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
        let later = |last: u64| Some(now.max(last.saturating_add(1)));
        let last = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, later);
        last.map_or(now, |last| now.max(last.saturating_add(1)))
    }
}

/// Generates letters and digits that are unpredictable enough for tests.
pub(crate) fn secret(length: usize) -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(length).collect()
}

/// Returns a number in base 62, padded to the maximum width.
fn digits(mut number: u64) -> String {
    let mut text = [b'0'; NUMBER_DIGITS];
    for place in text.iter_mut().rev() {
        let digit = usize::try_from(number % 62).unwrap_or_default();
        *place = DIGITS[digit];
        number /= 62;
    }
    text.iter().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn an_id_has_a_prefix_and_a_fixed_length() {
        let id = Ids::new(27).next("ipp");
        let (prefix, rest) = id.split_once('_').unwrap();
        assert_eq!((prefix, rest.len()), ("ipp", 27));
        assert!(rest.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
        assert_eq!(Ids::new(27).next("").len(), 27);
    }

    #[test]
    fn ids_sort_in_the_order_they_were_made() {
        let ids = Ids::new(27);
        let made: Vec<_> = std::iter::repeat_with(|| ids.next("t")).take(2000).collect();
        assert!(made.is_sorted_by(|before, after| before < after));
    }

    #[test]
    fn numbers_sort_as_strings() {
        let numbers = [0, 1, 61, 62, 3843, 3844, u64::MAX - 1, u64::MAX];
        let texts: Vec<_> = numbers.map(super::digits).into();
        assert!(texts.is_sorted_by(|before, after| before < after), "{texts:?}");
    }
}
