//! Reports about recordings.
//!
//! Takes the collected findings; returns a plain value that can be printed as text or JSON, and contains no secrets.

use std::collections::BTreeMap;

use serde::Serialize;

use super::findings::{Findings, Group, Kind, Note, SLOT, Side, Step, Subject, Weight};
use super::routes::Spot;
use super::secrets::Secrets;
use crate::Described;
use crate::diagnostic::Span;
use crate::locate;

/// Maximum length of an excerpt of the description, in characters.
const EXCERPT: usize = 100;

/// The report about a recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Base URL of the API.
    pub base_url: String,
    /// Numbers of exchanges.
    pub exchanges: Exchanges,
    /// Recorded operations, in the order of the description.
    pub operations: Vec<Visited>,
    /// Findings, in the order of the description; of one operation, the most severe first.
    pub findings: Vec<Finding>,
}

/// Numbers of exchanges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exchanges {
    /// All exchanges in the file.
    pub total: usize,
    /// Checked exchanges.
    pub checked: usize,
    /// Of these, rejected requests, whose bodies are not checked.
    pub refused: usize,
    /// Exchanges with other hosts.
    pub other_hosts: usize,
    /// Requests of browsers: OPTIONS and HEAD.
    pub preflights: usize,
    /// Exchanges without a response.
    pub unanswered: usize,
    /// Malformed entries.
    pub unreadable: usize,
    /// Unknown requests that the server did not know either.
    pub not_found: usize,
    /// Bodies that were not saved, or are unreadable.
    pub lost_bodies: usize,
    /// The other hosts.
    pub hosts: BTreeMap<String, usize>,
}

/// A recorded operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visited {
    /// Path of its service: `edges.https`.
    pub service: String,
    /// Name: `get`.
    pub operation: String,
    /// Method and path.
    pub route: String,
    /// Number of exchanges.
    pub exchanges: usize,
    /// Location of its service in the description.
    pub place: Option<Place>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Path of the service to report it at.
    pub service: Option<String>,
    /// Operation to report it at.
    pub operation: Option<String>,
    /// Severity for users of the client.
    pub weight: Weight,
    /// Kind.
    pub kind: Kind,
    /// Half of the exchange.
    pub side: Side,
    /// Type.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// Field.
    pub field: Option<String>,
    /// The problem, in a sentence.
    pub message: String,
    /// Name of the new item in the recording.
    pub name: Option<String>,
    /// Types of the new item's values, in the syntax of a description.
    pub types: Vec<String>,
    /// The relevant part of the description.
    pub place: Option<Place>,
    /// Number of occurrences.
    pub count: usize,
    /// Number of occurrences by operation.
    pub seen: Vec<Tally>,
    /// First occurrence.
    pub example: Example,
}

/// Number of occurrences in an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Path of the service.
    pub service: String,
    /// Operation.
    pub operation: String,
    /// Number of occurrences.
    pub count: usize,
}

/// The location of an occurrence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// Index of the exchange in the file, counted from 0: `log.entries[0]`.
    pub entry: usize,
    /// Path in the body or the query.
    pub path: String,
    /// Type and length of the value; `None` without a value.
    pub value: Option<String>,
}

/// A line of the description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Path of the file for opening it.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
    /// The beginning of what it describes, on one line.
    pub text: String,
}

/// The results of a check.
pub(super) struct Gathered<'m> {
    pub(super) described: Described<'m>,
    pub(super) found: Findings<'m>,
    pub(super) secrets: Secrets,
    pub(super) exchanges: Exchanges,
    pub(super) visited: BTreeMap<Spot, usize>,
}

/// Builds the report about requests to `base`.
pub(super) fn build(base: String, gathered: &Gathered<'_>) -> Report {
    let mut groups: Vec<_> = gathered.found.groups.iter().collect();
    // Findings without an operation come last; the rest of the order is that of the groups.
    groups.sort_by_key(|(_, group)| (group.home().is_none(), group.home()));
    let visited = gathered.visited.iter();
    let groups = groups.into_iter();
    Report {
        base_url: base,
        exchanges: gathered.exchanges(),
        operations: visited
            .map(|(spot, count)| gathered.visited(*spot, *count))
            .collect(),
        findings: groups
            .map(|((note, side), group)| gathered.finding(note, *side, group))
            .collect(),
    }
}

impl Gathered<'_> {
    fn exchanges(&self) -> Exchanges {
        let mut exchanges = self.exchanges.clone();
        exchanges.hosts = BTreeMap::new();
        for (host, count) in &self.exchanges.hosts {
            *exchanges.hosts.entry(self.secrets.word(host)).or_default() += count;
        }
        exchanges
    }

    fn visited(&self, spot: Spot, exchanges: usize) -> Visited {
        let (service, operation) = spot.of(self.described.model);
        Visited {
            service: service.accessor.join("."),
            operation: operation.name.clone(),
            route: operation.request_line(),
            exchanges,
            place: self.service(spot.service),
        }
    }

    fn finding(&self, note: &Note<'_>, side: Side, group: &Group) -> Finding {
        let home = group.home().map(|spot| spot.of(self.described.model));
        let (ty, field) = match note.subject {
            Subject::Type(ty) => (Some(ty), None),
            Subject::Field(ty, field) => (Some(ty), Some(field)),
            _ => (None, None),
        };
        let name = note.foreign.as_ref().map(|word| self.secrets.word(word));
        let message = match &name {
            Some(word) => note.message.replacen(SLOT, word, 1),
            None => note.message.clone(),
        };
        let (entry, seen) = &group.example;
        Finding {
            service: home.map(|(service, _)| service.accessor.join(".")),
            operation: home.map(|(_, operation)| operation.name.clone()),
            weight: note.weight,
            kind: note.kind,
            side,
            ty: ty.map(str::to_owned),
            field: field.map(str::to_owned),
            message,
            name,
            types: group.types.iter().cloned().collect(),
            place: self.subject(note.subject),
            count: group.count(),
            seen: self.seen(group),
            example: Example {
                entry: *entry,
                path: self.path(&seen.path),
                value: seen.value.clone(),
            },
        }
    }

    fn seen(&self, group: &Group) -> Vec<Tally> {
        let counts = group.counts.iter().filter_map(|(spot, count)| {
            let (service, operation) = (*spot)?.of(self.described.model);
            let (service, operation) =
                (service.accessor.join("."), operation.name.clone());
            Some(Tally { service, operation, count: *count })
        });
        counts.collect()
    }

    /// Returns a path as text: `$.rules[3].action`, `?limit`, `{id}`.
    fn path(&self, steps: &[Step]) -> String {
        let outside = matches!(steps.first(), Some(Step::Argument(_) | Step::Query(_)));
        let start = if outside { "" } else { "$" };
        let steps = steps.iter().map(|step| match step {
            Step::Argument(name) => format!("{{{name}}}"),
            Step::Query(name) => format!("?{}", self.secrets.word(name)),
            Step::Key(key) => format!(".{}", self.secrets.word(key)),
            Step::Index(index) => format!("[{index}]"),
        });
        start.to_owned() + &steps.collect::<String>()
    }

    /// Returns the location of a service.
    fn service(&self, service: usize) -> Option<Place> {
        let service = self.described.model.services.get(service)?;
        let file = locate::file(service, self.described.spec)?;
        self.place(file.resource.path.span)
    }

    /// Returns the location of a subject.
    fn subject(&self, subject: Subject<'_>) -> Option<Place> {
        let Described { spec, sources, model } = self.described;
        let span = match subject {
            Subject::Operations(service) => return self.service(service?),
            Subject::Operation(spot)
            | Subject::Bodies(spot)
            | Subject::Path(spot)
            | Subject::Query(spot) => {
                let (service, operation) = spot.of(model);
                *locate::operation(service, operation, spec).first()?
            }
            Subject::Type(name) => locate::named(name, spec, sources)?,
            Subject::Field(owner, key) => *locate::part(owner, key, spec).first()?,
            Subject::ErrorBody => spec.api.error_body.code.span,
            Subject::ErrorCodes => spec.errors.format.span,
            Subject::ErrorCode(number) => locate::error_code(number, spec)?,
        };
        self.place(span)
    }

    fn place(&self, span: Span) -> Option<Place> {
        let sources = self.described.sources;
        let (file, line) =
            (sources.shown_name(span.file)?, sources.position(span)?.line);
        let lines: Vec<_> =
            locate::block(span, sources).into_iter().map(str::trim).collect();
        let whole = lines.join(" ");
        let text = match whole.char_indices().nth(EXCERPT) {
            Some((end, _)) => {
                let end = whole[..end].rfind(' ').unwrap_or(end);
                format!("{} ...", &whole[..end])
            }
            None => whole,
        };
        Some(Place { file, line, text })
    }
}
