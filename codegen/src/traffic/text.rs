//! Rendering of reports as text for people: by service and operation, the most severe first.

use super::findings::Weight;
use super::report::{Exchanges, Finding, Report, Visited};
use crate::names::counted;

impl Report {
    /// Returns the report as text; ends with a newline.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts = vec![self.summary()];
        let mut service: Option<&str> = None;
        let at = |it: &Finding| (it.service.clone(), it.operation.clone());
        for own in self.findings.chunk_by(|one, other| at(one) == at(other)) {
            let is_here = |it: &&Visited| {
                (Some(&it.service), Some(&it.operation))
                    == (own[0].service.as_ref(), own[0].operation.as_ref())
            };
            if let Some(visited) = self.operations.iter().find(is_here) {
                let Visited { operation, route, place, .. } = visited;
                if service.replace(&visited.service) != Some(&visited.service) {
                    let file = place.as_ref().map(|place| format!("  {}", place.file));
                    let file = file.unwrap_or_default();
                    parts.push(format!("\n{}{file}\n", visited.service));
                }
                let exchanges = counted(visited.exchanges, "exchange");
                parts.push(format!("\n  {operation}  {route}, {exchanges}\n"));
            } else {
                parts.push("\nnot in the spec\n".to_owned());
            }
            parts.extend(own.iter().map(told));
        }
        parts.push(self.verdict());
        parts.concat()
    }

    fn summary(&self) -> String {
        let checked = counted(self.exchanges.checked, "exchange");
        let operations = counted(self.operations.len(), "operation");
        let mut lines =
            vec![format!("{checked} with {}, {operations}\n", self.base_url)];
        let skipped = skipped(&self.exchanges);
        if !skipped.is_empty() {
            lines.push(format!("skipped: {}\n", skipped.join(", ")));
        }
        if self.exchanges.checked == 0 && !self.exchanges.hosts.is_empty() {
            let hosts: Vec<_> = self.exchanges.hosts.keys().take(5).cloned().collect();
            let hosts = hosts.join(", ");
            lines.push(format!(
                "hosts in the file: {hosts}; name another one with --base-url\n"
            ));
        }
        lines.concat()
    }

    fn verdict(&self) -> String {
        if self.findings.is_empty() {
            return "no findings\n".to_owned();
        }
        let of = |weight| self.findings.iter().filter(|it| it.weight == weight).count();
        format!(
            "\n{}: {} break a client, {} differ from the spec, {} are new to it\n",
            counted(self.findings.len(), "finding"),
            of(Weight::Breaks),
            of(Weight::Differs),
            of(Weight::New),
        )
    }
}

/// Returns one finding: the problem, the relevant part of the description, and an example.
fn told(finding: &Finding) -> String {
    let weight = format!("{:?}: {:?}", finding.weight, finding.side).to_lowercase();
    let owner = finding.ty.as_ref().zip(finding.field.as_ref());
    let owner = owner.map(|(ty, field)| format!(" {ty}.{field}")).unwrap_or_default();
    let types = match finding.types.as_slice() {
        [] => String::new(),
        types => format!("; type {}", types.join(" or ")),
    };
    let place = finding.place.as_ref();
    let place = place.map(|place| {
        format!("\n      spec: {} ({}:{})", place.text, place.file, place.line)
    });
    let value = finding.example.value.as_ref();
    let value = value.map(|value| format!(" = {value}")).unwrap_or_default();
    format!(
        "\n    {weight}{owner}: {}{types} ({}){}\n      seen: log.entries[{}], {}{value}\n",
        finding.message,
        times(finding),
        place.unwrap_or_default(),
        finding.example.entry,
        finding.example.path,
    )
}

/// Returns the numbers of occurrences, and the other locations.
fn times(finding: &Finding) -> String {
    let others = finding.seen.iter().skip(1).map(|seen| {
        let same = finding.service.as_ref() == Some(&seen.service);
        let service = if same { String::new() } else { format!("{}.", seen.service) };
        format!("{service}{}", seen.operation)
    });
    let others: Vec<_> = others.collect();
    let all = counted(finding.count, "time");
    if others.is_empty() { all } else { format!("{all}, also in {}", others.join(", ")) }
}

fn skipped(exchanges: &Exchanges) -> Vec<String> {
    let parts = [
        ("other hosts", exchanges.other_hosts),
        ("requests of browsers for themselves", exchanges.preflights),
        ("without a response", exchanges.unanswered),
        ("not readable", exchanges.unreadable),
        ("not found by the server either", exchanges.not_found),
        ("refused requests", exchanges.refused),
        ("bodies that were not saved", exchanges.lost_bodies),
    ];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    parts.map(|(what, count)| format!("{what} {count}")).collect()
}
