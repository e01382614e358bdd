//! Tables for the terminal.

use std::fmt::Write;

use crate::bars::Verdict;
use crate::measure::Measure;

/// Returns the medians of each quantity, then the bars.
pub(crate) fn text(measures: &[Measure], verdicts: &[Verdict]) -> String {
    let mut out = String::new();
    for measure in measures {
        // Writing to a string does not fail.
        let _ = writeln!(out, "\n{}", measure.kind.title());
        for figure in &measure.figures {
            let value = measure.median(figure.subject).unwrap_or_default();
            let value = measure.kind.shown(value);
            let _ = writeln!(out, "  {:24}{value:>20}", figure.subject.label());
        }
    }
    if !verdicts.is_empty() {
        let _ = writeln!(out, "\nBars");
    }
    for verdict in verdicts {
        let bar = verdict.bar;
        let mark = if verdict.holds() { "ok" } else { "MISSED" };
        let about = format!("{}: {}", bar.kind.title(), bar.about());
        let (found, interval) = (verdict.found(), verdict.interval());
        let _ = writeln!(
            out,
            "  {about:82}{found:>10}  {interval:16}  {:20}{mark}",
            bar.text()
        );
    }
    out
}
