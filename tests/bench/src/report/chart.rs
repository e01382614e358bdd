//! The results as a chart: a group of bars for each quantity that users notice.

use minijinja::{AutoEscape, Environment, Value, context};

use crate::measure::{Kind, Measure};
use crate::subject::Subject;

const TEMPLATE: &str = include_str!("chart.svg.j2");

/// Quantities in the chart. The hand-written loops are in the table only.
const KINDS: [Kind; 4] = [Kind::ListRate, Kind::GetRate, Kind::Build, Kind::Crates];
const SUBJECTS: [(Subject, &str); 3] = [
    (Subject::Async, "ours"),
    (Subject::Blocking, "ours"),
    (Subject::Official, "other"),
];

/// Dimensions of the chart.
const LEFT: f64 = 170.0;
const LONGEST: f64 = 420.0;
const BAR: f64 = 20.0;
const HEADING: f64 = 34.0;

/// Returns the chart as SVG.
pub(crate) fn chart(machine: &str, measures: &[Measure]) -> anyhow::Result<String> {
    let mut groups = Vec::new();
    let mut top = 8.0;
    for kind in KINDS {
        if let Some(measure) = measures.iter().find(|measure| measure.kind == kind) {
            groups.push(group(measure, &mut top));
        }
    }
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(super::syntax()?);
    let bottom = top + 22.0;
    let height = bottom + 12.0;
    Ok(environment.render_str(TEMPLATE, context! { machine, groups, bottom, height })?)
}

/// Returns the group of one quantity, placed below `top`, which is advanced.
fn group(measure: &Measure, top: &mut f64) -> Value {
    let medians = SUBJECTS.iter().filter_map(|(subject, class)| {
        Some((subject.label(), *class, measure.median(*subject)?))
    });
    let medians: Vec<_> = medians.collect();
    let most =
        medians.iter().map(|(.., value)| *value).fold(f64::MIN_POSITIVE, f64::max);
    let better = if measure.kind.less_is_better() { "less" } else { "more" };
    let heading = *top + HEADING - 14.0;
    *top += HEADING;
    let mut bars = Vec::new();
    for (label, class, value) in medians {
        let width = (LONGEST * value / most).round();
        bars.push(context! {
            label,
            class,
            value => measure.kind.shown(value),
            top => *top,
            middle => *top + BAR / 2.0,
            left => LEFT,
            width,
            end => LEFT + width + 8.0,
        });
        *top += BAR;
    }
    context! { title => measure.kind.title(), better, heading, bars }
}
