//! Reports about recordings.
//!
//! Takes the collected findings; returns a plain value that can be printed as text or JSON, and contains no secrets.

mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Model;

use super::base_url::BaseUrl;
use super::findings::{Findings, Group, Kind, Note, SLOT, Side, Weight};
use super::path;
use super::places::{Place, Places};
use super::routes::Spot;
use super::secrets::Secrets;
use super::words;

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
    pub spec: String,
    /// Its location.
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
    /// Value, shortened; `None` without a value.
    pub value: Option<String>,
}

/// The results of a check.
pub(super) struct Gathered<'m, 's> {
    pub(super) model: &'m Model,
    pub(super) base: &'m BaseUrl,
    pub(super) places: &'s Places<'s>,
    pub(super) found: Findings<'m>,
    pub(super) secrets: Secrets<'m>,
    pub(super) exchanges: Exchanges,
    pub(super) visited: BTreeMap<Spot, usize>,
}

/// Builds the report.
pub(super) fn build(gathered: &Gathered<'_, '_>) -> Report {
    let mut groups: Vec<_> = gathered.found.groups.iter().collect();
    // Findings without an operation come last; the rest of the order is that of the groups.
    groups.sort_by_key(|(_, group)| (group.home().is_none(), group.home()));
    Report {
        base_url: gathered.base.to_string(),
        exchanges: gathered.exchanges(),
        operations: gathered
            .visited
            .iter()
            .map(|(spot, exchanges)| gathered.visited(*spot, *exchanges))
            .collect(),
        findings: groups
            .into_iter()
            .map(|((note, side), group)| gathered.finding(note, *side, group))
            .collect(),
    }
}

impl Gathered<'_, '_> {
    fn exchanges(&self) -> Exchanges {
        let mut exchanges = self.exchanges.clone();
        exchanges.hosts = BTreeMap::new();
        for (host, count) in &self.exchanges.hosts {
            *exchanges.hosts.entry(self.secrets.text(host)).or_default() += count;
        }
        exchanges
    }

    fn visited(&self, spot: Spot, exchanges: usize) -> Visited {
        let (service, operation) = spot.of(self.model);
        Visited {
            service: service.accessor.join("."),
            operation: operation.name.clone(),
            route: words::route(operation),
            exchanges,
            place: self.places.service(self.model, spot.service),
        }
    }

    fn finding(&self, note: &Note<'_>, side: Side, group: &Group) -> Finding {
        let home = group.home().map(|spot| spot.of(self.model));
        let (ty, field) = match note.subject {
            super::findings::Subject::Type(ty) => (Some(ty), None),
            super::findings::Subject::Field(ty, field) => (Some(ty), Some(field)),
            _ => (None, None),
        };
        let foreign = note.foreign.as_ref().map(|word| self.secrets.text(word));
        let message = match &foreign {
            Some(word) => note.message.replacen(SLOT, word, 1),
            None => note.message.clone(),
        };
        Finding {
            service: home.map(|(service, _)| service.accessor.join(".")),
            operation: home.map(|(_, operation)| operation.name.clone()),
            weight: note.weight,
            kind: note.kind,
            side,
            ty: ty.map(str::to_owned),
            field: field.map(str::to_owned),
            message,
            name: foreign,
            types: group.types.iter().cloned().collect(),
            spec: words::of(self.model, note.subject, side),
            place: self.places.subject(self.model, note.subject),
            count: group.count(),
            seen: self.seen(group),
            example: self.example(group),
        }
    }

    fn seen(&self, group: &Group) -> Vec<Tally> {
        let counts = group.counts.iter().filter_map(|(spot, count)| {
            let (service, operation) = (*spot)?.of(self.model);
            let (service, operation) =
                (service.accessor.join("."), operation.name.clone());
            Some(Tally { service, operation, count: *count })
        });
        counts.collect()
    }

    fn example(&self, group: &Group) -> Example {
        let example = &group.example;
        let value = example.value.as_ref();
        Example {
            entry: example.entry,
            path: path::text(&example.path, |key| self.secrets.text(key)),
            value: value.map(|value| self.secrets.value(value, example.secret)),
        }
    }
}
