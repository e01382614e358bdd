//! What is told about a recording.
//!
//! Enters what was gathered; leaves a plain value that can be printed as text or JSON, and has no secrets in it.

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

/// All that is told about a recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The address of the API.
    pub base_url: String,
    /// How much there was.
    pub exchanges: Exchanges,
    /// The operations that were seen, in the order of the description.
    pub operations: Vec<Visited>,
    /// What was found, in the order of the description; of one operation, the worst first.
    pub findings: Vec<Finding>,
}

/// How many exchanges there were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exchanges {
    /// All in the file.
    pub total: usize,
    /// Those that were held against the description.
    pub checked: usize,
    /// Of these, those that were refused: their requests are not looked into.
    pub refused: usize,
    /// Those with other hosts.
    pub other_hosts: usize,
    /// Requests that browsers make for themselves: OPTIONS and HEAD.
    pub preflights: usize,
    /// Those without an answer.
    pub unanswered: usize,
    /// Entries that are not of the shape of one.
    pub unreadable: usize,
    /// Those that the server did not know either.
    pub not_found: usize,
    /// Bodies that were not saved, or cannot be read.
    pub lost_bodies: usize,
    /// The other hosts.
    pub hosts: BTreeMap<String, usize>,
}

/// An operation that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visited {
    /// The path of its service: `edges.https`.
    pub service: String,
    /// Its name: `get`.
    pub operation: String,
    /// Method and path.
    pub route: String,
    /// How often it was seen.
    pub exchanges: usize,
    /// Where its service is described.
    pub place: Option<Place>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The path of the service it is told at.
    pub service: Option<String>,
    /// The operation it is told at.
    pub operation: Option<String>,
    /// What it means to those who use the client.
    pub weight: Weight,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Which half of the exchange.
    pub side: Side,
    /// The type it is about.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// The field it is about.
    pub field: Option<String>,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What is new, by the name it has in the recording.
    pub name: Option<String>,
    /// The types of the values of what is new, in the words of a description.
    pub types: Vec<String>,
    /// What the description says.
    pub spec: String,
    /// Where it says so.
    pub place: Option<Place>,
    /// How often it was found.
    pub count: usize,
    /// How often in which operation.
    pub seen: Vec<Tally>,
    /// Where it was found first.
    pub example: Example,
}

/// How often something was found in an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The path of the service.
    pub service: String,
    /// The operation.
    pub operation: String,
    /// How often.
    pub count: usize,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// Place of the exchange in the file, counted from 0: `log.entries[0]`.
    pub entry: usize,
    /// Place in the body or the query.
    pub path: String,
    /// The value, shortened; nothing where there is none.
    pub value: Option<String>,
}

/// What a check gathered.
pub(super) struct Gathered<'m, 's> {
    pub(super) model: &'m Model,
    pub(super) base: &'m BaseUrl,
    pub(super) places: &'s Places<'s>,
    pub(super) found: Findings<'m>,
    pub(super) secrets: Secrets<'m>,
    pub(super) exchanges: Exchanges,
    pub(super) visited: BTreeMap<Spot, usize>,
}

/// Makes the report.
pub(super) fn build(gathered: &Gathered<'_, '_>) -> Report {
    let mut groups: Vec<_> = gathered.found.groups.iter().collect();
    // What belongs to no operation comes last; the rest of the order is that of the groups.
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
