//! A plan as a graph of resources and references, in Mermaid's language or as an SVG picture.

use std::fmt::Write;

use ngrok_state_core::{Outcome, Plan};

use super::layout;

/// Height of a node, and the distances between nodes.
const HEIGHT: usize = 28;
const ROW: usize = 44;
const GAP: usize = 70;
const MARGIN: usize = 16;

/// Width of a letter.
const LETTER: usize = 8;

/// Resources, and which of them refers to which.
pub(super) struct Graph {
    nodes: Vec<(String, Outcome)>,
    edges: Vec<(usize, usize)>,
}

impl Graph {
    /// The graph of all resources that a plan knows.
    pub(super) fn new(plan: &Plan) -> Self {
        let addresses: Vec<_> = plan.items.keys().collect();
        let mut edges = Vec::new();
        for (from, item) in plan.items.values().enumerate() {
            let targets = item.entry.depends_on.iter();
            let targets =
                targets.filter_map(|it| addresses.iter().position(|own| *own == it));
            edges.extend(targets.filter(|to| *to != from).map(|to| (from, to)));
        }
        let outcomes = plan.items.values().map(|item| item.outcome);
        Self {
            nodes: addresses.iter().map(ToString::to_string).zip(outcomes).collect(),
            edges,
        }
    }

    /// The graph as a Mermaid flowchart.
    pub(super) fn to_mermaid(&self) -> String {
        let mut text = "flowchart LR\n".to_owned();
        for (at, (label, outcome)) in self.nodes.iter().enumerate() {
            let _ = writeln!(text, "  n{at}[\"{label}\"]:::{}", class(*outcome));
        }
        for (from, to) in &self.edges {
            let _ = writeln!(text, "  n{from} --> n{to}");
        }
        for (class, colour) in CLASSES {
            let _ =
                writeln!(text, "  classDef {class} stroke:{colour},stroke-width:2px");
        }
        text
    }

    /// The graph as a picture.
    pub(super) fn to_svg(&self) -> String {
        let cells = layout::place(self.nodes.len(), &self.edges);
        let count = cells.iter().map(|it| it.column + 1).max().unwrap_or(0);
        let rows = cells.iter().map(|it| it.row + 1).max().unwrap_or(0);
        let mut widths = vec![0; count];
        for (cell, (label, _)) in cells.iter().zip(&self.nodes) {
            let width = (label.chars().count() + 2) * LETTER;
            widths[cell.column] = widths[cell.column].max(width);
        }
        let left = |column: usize| {
            MARGIN + widths[..column].iter().map(|width| width + GAP).sum::<usize>()
        };
        let middle = |row: usize| MARGIN + row * ROW + HEIGHT / 2;
        let width = left(count).saturating_sub(GAP) + MARGIN;
        let height = (rows * ROW).saturating_sub(ROW - HEIGHT) + 2 * MARGIN;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} \
             {height}\">\n{STYLE}"
        );
        for (from, to) in &self.edges {
            let (start, end) = (cells[*from], cells[*to]);
            let (x1, y1) =
                (left(start.column) + widths[start.column], middle(start.row));
            let (x2, y2) = (left(end.column), middle(end.row));
            let bend = GAP / 2;
            let _ = writeln!(
                svg,
                "<path class=\"edge\" marker-end=\"url(#end)\" d=\"M{x1} {y1} C{} {y1} {} {y2} {x2} {y2}\"/>",
                x1 + bend,
                x2 - bend
            );
        }
        for (cell, (label, outcome)) in cells.iter().zip(&self.nodes) {
            let (x, y) = (left(cell.column), middle(cell.row));
            let width = widths[cell.column];
            let class = class(*outcome);
            let (top, text) = (y - HEIGHT / 2, x + width / 2);
            let _ = writeln!(
                svg,
                "<g class=\"{class}\"><title>{label}: {class}</title><rect x=\"{x}\" y=\"{top}\" width=\"{width}\" \
                 height=\"{HEIGHT}\" rx=\"6\"/><text x=\"{text}\" y=\"{y}\">{label}</text></g>"
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// Classes of nodes, with the colours of a diff.
const CLASSES: [(&str, &str); 5] = [
    ("create", "#2da44e"),
    ("update", "#bf8700"),
    ("replace", "#bc4c00"),
    ("delete", "#cf222e"),
    ("unchanged", "#8c959f"),
];

/// Colours that follow the theme of the reader.
const STYLE: &str = "<style>
rect{fill:#fff;stroke-width:2}text{font:13px ui-monospace,monospace;text-anchor:middle;dominant-baseline:central}
.edge{fill:none;stroke:#8c959f;stroke-width:1.5}
.create rect{stroke:#2da44e}.update rect{stroke:#bf8700}.replace rect{stroke:#bc4c00}.delete rect{stroke:#cf222e}
.unchanged rect{stroke:#8c959f}
@media(prefers-color-scheme:dark){rect{fill:#161b22}text{fill:#e6edf3}}
</style>
<defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">\
<path d=\"M0 0L8 4L0 8z\" fill=\"#8c959f\"/></marker></defs>
";

/// The class of a node. Addresses need no escaping: they consist of letters, digits, `.`, `_` and `-`.
fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Create => "create",
        Outcome::Update => "update",
        Outcome::Replace => "replace",
        Outcome::Delete => "delete",
        _ => "unchanged",
    }
}
