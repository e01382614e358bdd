//! The bars: performance targets of the client relative to others, and their verdicts.

use crate::measure::{Kind, Measure};
use crate::subject::Subject;

/// A target for one quantity of one subject.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar {
    pub(crate) kind: Kind,
    pub(crate) ours: Subject,
    /// Subject to compare with; `None` for a limit on the value itself.
    pub(crate) theirs: Option<Subject>,
    /// Maximum if smaller is better, minimum if larger is better.
    pub(crate) limit: f64,
}

/// A bar and the measured value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub(crate) bar: Bar,
    pub(crate) found: f64,
    /// Confidence interval of the value.
    interval: Option<[f64; 2]>,
}

const BARS: &[Bar] = {
    use Kind::{Build, Crates, GetProcessor, GetRate, Growth, ListRate};
    use Subject::{Async, Blocking, Both, Hyper, Official, Ureq};
    &[
        ratio(ListRate, Async, Hyper, 0.95),
        ratio(ListRate, Blocking, Ureq, 0.95),
        ratio(ListRate, Async, Official, 1.10),
        ratio(ListRate, Blocking, Official, 1.10),
        ratio(GetRate, Async, Official, 1.20),
        ratio(GetRate, Blocking, Official, 1.20),
        ratio(GetProcessor, Async, Hyper, 1.10),
        ratio(GetProcessor, Blocking, Ureq, 1.10),
        value(Growth, Async, 512.0),
        value(Growth, Blocking, 512.0),
        value(Crates, Async, 52.0),
        value(Crates, Blocking, 34.0),
        value(Crates, Both, 62.0),
        ratio(Build, Async, Official, 0.65),
        ratio(Build, Blocking, Official, 0.55),
    ]
};

const fn ratio(kind: Kind, ours: Subject, theirs: Subject, limit: f64) -> Bar {
    Bar { kind, ours, theirs: Some(theirs), limit }
}

const fn value(kind: Kind, ours: Subject, limit: f64) -> Bar {
    Bar { kind, ours, theirs: None, limit }
}

/// Compares measurements with their bars.
pub(crate) fn compare(measures: &[Measure]) -> Vec<Verdict> {
    let verdict = |bar: &Bar| {
        let measure = measures.iter().find(|measure| measure.kind == bar.kind)?;
        let (found, interval) = match bar.theirs {
            Some(theirs) => {
                (measure.ratio(bar.ours, theirs), measure.interval(bar.ours, theirs))
            }
            None => (measure.median(bar.ours), None),
        };
        Some(Verdict { bar: *bar, found: found?, interval })
    };
    BARS.iter().filter_map(verdict).collect()
}

impl Verdict {
    /// Returns true if the bar is met.
    pub(crate) fn holds(&self) -> bool {
        if self.bar.kind.less_is_better() {
            self.found <= self.bar.limit
        } else {
            self.found >= self.bar.limit
        }
    }

    /// Returns the value as a string. A ratio has one digit more than its bar, so that rounding hides nothing.
    pub(crate) fn found(&self) -> String {
        match self.bar.theirs {
            Some(_) => format!("{:.3}", self.found),
            None => self.bar.shown(self.found),
        }
    }

    /// Returns the interval as a string; empty if there is none.
    pub(crate) fn interval(&self) -> String {
        let text = |[low, high]: [f64; 2]| format!("{low:.3} to {high:.3}");
        self.interval.map(text).unwrap_or_default()
    }
}

impl Bar {
    /// Returns the bar as a string, such as `at least 0.95`.
    pub(crate) fn text(&self) -> String {
        let word = if self.kind.less_is_better() { "at most" } else { "at least" };
        format!("{word} {}", self.shown(self.limit))
    }

    /// Returns what is compared.
    pub(crate) fn about(&self) -> String {
        match self.theirs {
            Some(theirs) => format!("{} / {}", self.ours.label(), theirs.label()),
            None => self.ours.label().to_owned(),
        }
    }

    fn shown(&self, value: f64) -> String {
        match self.theirs {
            Some(_) => format!("{value:.2}"),
            None => self.kind.shown(value),
        }
    }
}
