//! Measurements: a value for each subject and round.

use crate::subject::Subject;

/// One quantity, for several subjects.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    pub(crate) kind: Kind,
    pub(crate) figures: Vec<Figure>,
}

/// The values of a subject, one for each round.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) subject: Subject,
    pub(crate) rounds: Vec<f64>,
}

/// The measured quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Items per second.
    ListRate,
    /// Requests per second.
    GetRate,
    /// Microseconds of processor time per request, in the client's process.
    GetProcessor,
    /// Peak memory of a long list, in mebibytes.
    Memory,
    /// Memory of a long list beyond that of a short one, in kibibytes.
    Growth,
    /// Crates in the tree.
    Crates,
    /// Seconds of a cold build.
    Build,
    /// Processor seconds of a cold build.
    BuildProcessor,
}

impl Measure {
    /// Returns the median of a subject, if it took part.
    pub(crate) fn median(&self, subject: Subject) -> Option<f64> {
        self.rounds(subject).and_then(|rounds| median(rounds.to_vec()))
    }

    /// Returns the median of the ratios of two subjects, round by round.
    pub(crate) fn ratio(&self, ours: Subject, theirs: Subject) -> Option<f64> {
        median(self.ratios(ours, theirs)?)
    }

    /// Returns the 95 % confidence interval of that median, if there are enough rounds.
    pub(crate) fn interval(&self, ours: Subject, theirs: Subject) -> Option<[f64; 2]> {
        interval(self.ratios(ours, theirs)?)
    }

    fn ratios(&self, ours: Subject, theirs: Subject) -> Option<Vec<f64>> {
        let pairs = self.rounds(ours)?.iter().zip(self.rounds(theirs)?);
        Some(pairs.map(|(ours, theirs)| ours / theirs).collect())
    }

    fn rounds(&self, subject: Subject) -> Option<&[f64]> {
        let figure = self.figures.iter().find(|figure| figure.subject == subject);
        figure.map(|figure| figure.rounds.as_slice())
    }
}

impl Kind {
    /// Returns the name of the quantity, for a heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::ListRate => "Listing 20,000 items in pages of 100",
            Self::GetRate => "Sequential GETs",
            Self::GetProcessor => "Processor time of a GET",
            Self::Memory => "Peak memory, listing 200,000 items",
            Self::Growth => "Additional memory for 200,000 items instead of 10,000",
            Self::Crates => "Crates in the tree",
            Self::Build => "Cold release build",
            Self::BuildProcessor => "Processor time of a cold release build",
        }
    }

    /// Returns the unit, and the number of significant decimals.
    pub(crate) fn unit(self) -> (&'static str, usize) {
        match self {
            Self::ListRate => ("items/s", 0),
            Self::GetRate => ("GETs/s", 0),
            Self::GetProcessor => ("µs", 1),
            Self::Memory => ("MiB", 1),
            Self::Growth => ("KiB", 0),
            Self::Crates => ("crates", 0),
            Self::Build | Self::BuildProcessor => ("s", 1),
        }
    }

    /// Returns true if smaller values are better.
    pub(crate) fn less_is_better(self) -> bool {
        !matches!(self, Self::ListRate | Self::GetRate)
    }

    /// Returns a value with its unit.
    pub(crate) fn shown(self, value: f64) -> String {
        let (unit, decimals) = self.unit();
        format!("{} {unit}", grouped(value, decimals))
    }
}

/// Returns the middle value, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some(f64::midpoint(*values.get(low)?, *values.get(high)?))
}

/// Returns the 95 % confidence interval of the median, independent of the distribution: the number of values below the true median is
/// binomial, here within two standard deviations.
fn interval(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.sort_by(f64::total_cmp);
    let count = values.len();
    let rank = (count / 2).checked_sub(count.isqrt() + 1)?;
    Some([*values.get(rank)?, *values.get(count - 1 - rank)?])
}

/// Formats a number with thousands separators.
fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let digits = text.find('.').unwrap_or(text.len());
    let mut out = String::new();
    for (index, character) in text.char_indices() {
        let left = digits.saturating_sub(index);
        let after_digit = out.ends_with(|last: char| last.is_ascii_digit());
        if index < digits && after_digit && left % 3 == 0 {
            out.push(',');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Figure, Kind, Measure, grouped, interval, median};
    use crate::subject::Subject;

    #[test]
    fn the_median_of_few_and_of_none() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(vec![]), None);
    }

    #[test]
    fn an_interval_is_symmetric_in_ranks() {
        let values = |count: u32| (1..=count).map(f64::from).collect::<Vec<_>>();
        assert_eq!(interval(values(5)), None, "too few rounds");
        assert_eq!(interval(values(6)), Some([1.0, 6.0]));
        assert_eq!(interval(values(100)), Some([40.0, 61.0]));
    }

    #[test]
    fn ratios_are_computed_round_by_round() {
        let figure =
            |subject, rounds: [f64; 3]| Figure { subject, rounds: rounds.into() };
        let figures = vec![
            figure(Subject::Async, [10.0, 20.0, 90.0]),
            figure(Subject::Hyper, [10.0, 10.0, 100.0]),
        ];
        let measure = Measure { kind: Kind::ListRate, figures };
        assert_eq!(measure.ratio(Subject::Async, Subject::Hyper), Some(1.0));
        assert_eq!(measure.ratio(Subject::Async, Subject::Ureq), None);
    }

    #[test]
    fn thousands_are_separated() {
        let shown = [(1_234_567.0, 0), (999.0, 0), (-1000.0, 0), (1234.56, 1)];
        let shown = shown.map(|(value, decimals)| grouped(value, decimals));
        assert_eq!(shown, ["1,234,567", "999", "-1,000", "1,234.6"]);
    }
}
