//! The results as a Markdown page of the repository.

use minijinja::{Environment, context};

use crate::bars::Verdict;
use crate::measure::Measure;
use crate::subject::Subject;

const TEMPLATE: &str = include_str!("results.md.j2");

/// Columns of the table.
const SUBJECTS: [Subject; 6] = [
    Subject::Async,
    Subject::Blocking,
    Subject::Both,
    Subject::Official,
    Subject::Hyper,
    Subject::Ureq,
];

/// Returns the page.
pub(crate) fn markdown(
    machine: &str,
    measures: &[Measure],
    verdicts: &[Verdict],
) -> anyhow::Result<String> {
    let row = |measure: &Measure| {
        let cell = |subject: Subject| {
            measure
                .median(subject)
                .map_or_else(String::new, |value| measure.kind.shown(value))
        };
        context! { title => measure.kind.title(), cells => SUBJECTS.map(cell) }
    };
    let verdict = |verdict: &Verdict| {
        context! {
            title => verdict.bar.kind.title(),
            about => verdict.bar.about(),
            found => verdict.found(),
            interval => verdict.interval(),
            bar => verdict.bar.text(),
            holds => verdict.holds(),
        }
    };
    let mut environment = Environment::new();
    environment.set_syntax(super::syntax()?);
    Ok(environment.render_str(
        TEMPLATE,
        context! {
            machine,
            subjects => SUBJECTS.map(Subject::label),
            rows => measures.iter().map(row).collect::<Vec<_>>(),
            verdicts => verdicts.iter().map(verdict).collect::<Vec<_>>(),
        },
    )?)
}
