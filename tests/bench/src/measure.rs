//! What was measured: a figure for each subject and round.

use crate::subject::Subject;

/// One quantity, of several subjects.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    pub(crate) kind: Kind,
    pub(crate) figures: Vec<Figure>,
}

/// A subject's values, one for each round.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) subject: Subject,
    pub(crate) rounds: Vec<f64>,
}

/// The quantities there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Items a second.
    ListRate,
    /// Requests a second.
    GetRate,
    /// Microseconds of processor time for a request, of the client's process.
    GetProcessor,
    /// Mebibytes at most, over a long list.
    Memory,
    /// Kibibytes that a long list takes more than a short one.
    Growth,
    /// Crates in the tree.
    Crates,
    /// Seconds of a cold build.
    Build,
    /// Seconds of processor time of a cold build.
    BuildProcessor,
}

impl Measure {
    /// The median of a subject, if it took part.
    pub(crate) fn median(&self, subject: Subject) -> Option<f64> {
        self.rounds(subject).and_then(|rounds| median(rounds.to_vec()))
    }

    /// The median of the ratios of two subjects, round by round.
    pub(crate) fn ratio(&self, ours: Subject, theirs: Subject) -> Option<f64> {
        median(self.ratios(ours, theirs)?)
    }

    /// Between which values that median is in 95 of 100 runs, if there are rounds enough to tell.
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
    /// What is measured, for a heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::ListRate => "Listing 20,000 items in pages of 100",
            Self::GetRate => "GETs, one after the other",
            Self::GetProcessor => "Processor time of a GET",
            Self::Memory => "Most memory, listing 200,000 items",
            Self::Growth => "More memory for 200,000 items than for 10,000",
            Self::Crates => "Crates in the tree",
            Self::Build => "Cold release build",
            Self::BuildProcessor => "Processor time of a cold release build",
        }
    }

    /// The unit, and how many decimals it is worth.
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

    /// Whether less of it is better.
    pub(crate) fn less_is_better(self) -> bool {
        !matches!(self, Self::ListRate | Self::GetRate)
    }

    /// A value with its unit.
    pub(crate) fn shown(self, value: f64) -> String {
        let (unit, decimals) = self.unit();
        format!("{} {unit}", grouped(value, decimals))
    }
}

/// The middle of the values, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some(f64::midpoint(*values.get(low)?, *values.get(high)?))
}

/// The 95 % confidence interval of the median, whatever the spread of the values is: as many of them are below the true one
/// as so many tosses of a coin show heads, give or take two deviations.
fn interval(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.sort_by(f64::total_cmp);
    let count = values.len();
    let rank = (count / 2).checked_sub(count.isqrt() + 1)?;
    Some([*values.get(rank)?, *values.get(count - 1 - rank)?])
}

/// A number with a comma between thousands.
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
    fn an_interval_leaves_out_the_same_number_on_both_sides() {
        let values = |count: u32| (1..=count).map(f64::from).collect::<Vec<_>>();
        assert_eq!(interval(values(5)), None, "too few to tell");
        assert_eq!(interval(values(6)), Some([1.0, 6.0]));
        assert_eq!(interval(values(100)), Some([40.0, 61.0]));
    }

    #[test]
    fn ratios_are_taken_round_by_round() {
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
    fn thousands_stand_apart() {
        let shown = [(1_234_567.0, 0), (999.0, 0), (-1000.0, 0), (1234.56, 1)];
        let shown = shown.map(|(value, decimals)| grouped(value, decimals));
        assert_eq!(shown, ["1,234,567", "999", "-1,000", "1,234.6"]);
    }
}
