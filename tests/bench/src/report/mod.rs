//! Rendering of values and verdicts: text for the terminal, Markdown, and a chart for the README.

mod chart;
mod markdown;
mod terminal;

use std::fs;
use std::path::Path;

use anyhow::Context;
use minijinja::syntax::SyntaxConfig;

use crate::bars::Verdict;
use crate::machine;
use crate::measure::Measure;

pub(crate) use terminal::text;

/// Writes the Markdown and the chart.
pub(crate) fn write(
    folder: &Path,
    measures: &[Measure],
    verdicts: &[Verdict],
) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let machine = machine::description();
    let files = [
        ("results.md", markdown::markdown(&machine, measures, verdicts)?),
        ("results.svg", chart::chart(&machine, measures)?),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text)
            .with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!("wrote {}", path.display());
    }
    Ok(())
}

/// Returns the template syntax: a line with only a tag is not part of the output.
fn syntax() -> anyhow::Result<SyntaxConfig> {
    let mut syntax = SyntaxConfig::builder();
    Ok(syntax.trim_blocks(true).keep_trailing_newline(true).build()?)
}

#[cfg(test)]
mod tests {
    use super::{chart::chart, markdown::markdown, text};
    use crate::bars;
    use crate::measure::{Figure, Kind, Measure};
    use crate::subject::Subject;

    fn measures() -> Vec<Measure> {
        let measure = |kind, values: &[(Subject, f64)]| {
            let figure = |(subject, value): &(Subject, f64)| Figure {
                subject: *subject,
                rounds: [*value, value * 1.5, value * 0.5].repeat(2),
            };
            Measure { kind, figures: values.iter().map(figure).collect() }
        };
        vec![
            measure(
                Kind::ListRate,
                &[
                    (Subject::Async, 1_000_000.0),
                    (Subject::Official, 500_000.0),
                    (Subject::Hyper, 1_100_000.0),
                ],
            ),
            measure(Kind::Crates, &[(Subject::Async, 48.0), (Subject::Official, 97.0)]),
        ]
    }

    #[test]
    fn a_table_for_the_terminal() {
        let measures = measures();
        insta::assert_snapshot!(text(&measures, &bars::compare(&measures)));
    }

    #[test]
    fn markdown_for_the_repository() -> anyhow::Result<()> {
        let measures = measures();
        let verdicts = bars::compare(&measures);
        insta::assert_snapshot!(markdown("a machine", &measures, &verdicts)?);
        Ok(())
    }

    #[test]
    fn a_picture_for_the_readme() -> anyhow::Result<()> {
        insta::assert_snapshot!(chart("a machine & a compiler", &measures())?);
        Ok(())
    }
}
