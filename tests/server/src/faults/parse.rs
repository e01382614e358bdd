//! Faults as written on a command line: `status=503,retry-after=1,times=2,method=POST,path=/ip_policies`.

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Fault, Kind};

/// Error for a string that is not a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidFault(String);

impl fmt::Display for InvalidFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for InvalidFault {}

/// All kinds of faults.
const KINDS: &str = "latency=200ms, stall, reset-before, reset-after, status=503, truncate, garbage, \
                     content-type=text/html, next-page=URL or drip=10ms";

const OPTIONS: &str =
    "times=2, chance=0.5, method=POST, path=/ip_policies or retry-after=1";

/// A kind and its settings: `status=503`, `stall,times=2`.
impl FromStr for Fault {
    type Err = InvalidFault;

    fn from_str(text: &str) -> Result<Self, InvalidFault> {
        let mut parts = text.split(',').map(|part| match part.split_once('=') {
            Some((name, value)) => (name.trim(), value.trim()),
            None => (part.trim(), ""),
        });
        let (name, value) = parts.next().unwrap_or_default();
        parts.try_fold(Self::new(kind(name, value)?), |fault, (name, value)| {
            with(fault, name, value)
        })
    }
}

fn kind(name: &str, value: &str) -> Result<Kind, InvalidFault> {
    let kind = match name {
        "latency" => Kind::Latency(duration(value)?),
        "drip" => Kind::Drip(duration(value)?),
        "status" => Kind::Status { code: status(value)?, retry_after: None },
        "content-type" => Kind::ContentType(some(name, value)?),
        "next-page" => Kind::NextPage(some(name, value)?),
        "stall" => bare(name, value, Kind::Stall)?,
        "reset-before" => bare(name, value, Kind::ResetBefore)?,
        "reset-after" => bare(name, value, Kind::ResetAfter)?,
        "truncate" => bare(name, value, Kind::Truncate)?,
        "garbage" => bare(name, value, Kind::Garbage)?,
        _ => return invalid(format!("unknown fault `{name}`; expected {KINDS}")),
    };
    Ok(kind)
}

fn with(fault: Fault, name: &str, value: &str) -> Result<Fault, InvalidFault> {
    match name {
        "times" => Ok(fault.times(number(name, value)?)),
        "method" => Ok(fault.method(some(name, value)?)),
        "path" if value.starts_with('/') => Ok(fault.path(value)),
        "path" => invalid(format!("the path `{value}` does not begin with `/`")),
        "chance" => match value.parse().ok().filter(|it| (0.0..=1.0).contains(it)) {
            Some(chance) => Ok(fault.chance(chance)),
            None => invalid(format!("a chance must be from 0 to 1, not `{value}`")),
        },
        "retry-after" if matches!(fault.kind, Kind::Status { .. }) => {
            Ok(fault.retry_after(number(name, value)?))
        }
        "retry-after" => invalid("only `status` has a `retry-after`"),
        _ => invalid(format!("a fault has no `{name}`; it can have {OPTIONS}")),
    }
}

fn bare(name: &str, value: &str, kind: Kind) -> Result<Kind, InvalidFault> {
    if value.is_empty() { Ok(kind) } else { invalid(format!("`{name}` has no value")) }
}

fn some(name: &str, value: &str) -> Result<String, InvalidFault> {
    if value.is_empty() {
        return invalid(format!("`{name}` needs a value: {name}=..."));
    }
    Ok(value.to_owned())
}

fn number(name: &str, value: &str) -> Result<u32, InvalidFault> {
    value
        .parse()
        .or_else(|_| invalid(format!("`{name}` is a whole number, and not `{value}`")))
}

fn status(value: &str) -> Result<u16, InvalidFault> {
    let code = value.parse().ok().filter(|code| (400..600).contains(code));
    code.ok_or_else(|| {
        InvalidFault(format!(
            "the status of an error is from 400 to 599, and not `{value}`"
        ))
    })
}

/// Parses a duration: `200ms`, `2s`.
fn duration(value: &str) -> Result<Duration, InvalidFault> {
    let (number, unit) = match value.strip_suffix("ms") {
        Some(number) => (number, 1),
        None => (value.strip_suffix('s').unwrap_or_default(), 1000),
    };
    let length = number.parse::<u32>().ok().map(|it| u64::from(it) * unit);
    length.map(Duration::from_millis).ok_or_else(|| {
        InvalidFault(format!(
            "a length of time is such as 200ms or 2s, and not `{value}`"
        ))
    })
}

fn invalid<T>(message: impl Into<String>) -> Result<T, InvalidFault> {
    Err(InvalidFault(message.into()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Fault;

    #[test]
    fn faults_are_parsed() {
        let read = |text: &str| text.parse::<Fault>().unwrap();
        assert_eq!(read("latency=200ms"), Fault::latency(Duration::from_millis(200)));
        assert_eq!(read("drip=2s"), Fault::drip(Duration::from_secs(2)));
        let full =
            "status=429, retry-after=3, times=2, chance=0.5, method=post, path=/a";
        let fault = Fault::status(429).retry_after(3).times(2).chance(0.5);
        assert_eq!(read(full), fault.method("POST").path("/a"));
        for word in ["stall", "reset-before", "reset-after", "truncate", "garbage"] {
            read(word);
        }
        assert_eq!(read("next-page=self"), Fault::next_page("self"));
        assert_eq!(read("content-type=text/html"), Fault::content_type("text/html"));
    }

    #[test]
    fn invalid_faults_are_reported() {
        for (text, expected) in [
            ("", "unknown fault ``"),
            ("crash", "unknown fault `crash`"),
            ("stall=1", "`stall` has no value"),
            ("status=200", "from 400 to 599, and not `200`"),
            ("latency=soon", "and not `soon`"),
            ("latency=", "and not ``"),
            ("next-page", "`next-page` needs a value"),
            ("stall,often", "a fault has no `often`"),
            ("stall,times=-1", "`times` is a whole number"),
            ("stall,chance=2", "a chance must be from 0 to 1"),
            ("stall,path=a", "does not begin with `/`"),
            ("stall,retry-after=1", "only `status` has"),
        ] {
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
