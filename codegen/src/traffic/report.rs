//! Reports about recordings.
//!
//! Takes the collected findings; returns a plain value that can be printed as text or JSON, and contains no secrets.

use std::collections::BTreeMap;

use serde::Serialize;

use super::findings::{Example, Findings, Group, Kind, Note, Side, Subject, Weight};
use super::routes::{BaseUrl, Spot};
use crate::{Described, locate};

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

pub(super) fn build(
    base: &BaseUrl,
    exchanges: Exchanges,
    visited: &BTreeMap<Spot, usize>,
    found: &Findings,
    described: Described,
) -> Report {
    let mut groups: Vec<_> = found.groups.iter().collect();
    // Findings without an operation come last; the rest of the order is that of the groups.
    groups.sort_by_key(|(_, group)| (group.home().is_none(), group.home()));
    let operations = visited.iter().map(|(spot, count)| {
        let (service, operation) = spot.of(described.model);
        Visited {
            service: service.label(),
            operation: operation.name.clone(),
            route: operation.request_line(),
            exchanges: *count,
            place: place(Subject::Operations(Some(spot.service)), described),
        }
    });
    let finding = |((note, side), group): (&(Note, Side), &Group)| {
        finding(note, *side, group, described)
    };
    Report {
        base_url: base.to_string(),
        exchanges,
        operations: operations.collect(),
        findings: groups.into_iter().map(finding).collect(),
    }
}

fn finding(note: &Note, side: Side, group: &Group, described: Described) -> Finding {
    let names = |spot: Spot| {
        let (service, operation) = spot.of(described.model);
        (service.label(), operation.name.clone())
    };
    let (service, operation) = group.home().map(names).unzip();
    let (ty, field) = match note.subject {
        Subject::Type(ty) => (Some(ty), None),
        Subject::Field(ty, field) => (Some(ty), Some(field)),
        _ => (None, None),
    };
    let seen = group.counts.iter().filter_map(|(spot, count)| {
        let (service, operation) = names((*spot)?);
        Some(Tally { service, operation, count: *count })
    });
    Finding {
        service,
        operation,
        weight: note.weight,
        kind: note.kind,
        side,
        ty: ty.map(str::to_owned),
        field: field.map(str::to_owned),
        message: note.message.clone(),
        name: note.name.clone(),
        types: group.types.iter().cloned().collect(),
        place: place(note.subject, described),
        count: group.counts.values().sum(),
        seen: seen.collect(),
        example: group.example.clone(),
    }
}

/// Returns the location of a subject.
fn place(
    subject: Subject<'_>,
    Described { spec, sources, model }: Described,
) -> Option<Place> {
    let span = match subject {
        Subject::Operations(service) => {
            locate::file(model.services.get(service?)?, spec)?.resource.path.span
        }
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
    let (file, line) = (sources.shown_name(span.file)?, sources.position(span)?.line);
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
