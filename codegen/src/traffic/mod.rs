//! Recorded traffic, checked against a description.
//!
//! Takes a recording in the HAR format and a model; returns a [`Report`] of all differences: values that the
//! generated types cannot decode, items that are not described, deviations. The report contains no secret of the
//! recording. Does not access files.

mod check;
mod edits;
mod errors;
mod findings;
mod har;
mod query;
mod report;
mod routes;
mod secrets;
mod text;
mod types;
mod walk;

use std::collections::BTreeMap;

use crate::Described;
use crate::model::Model;

use findings::{Findings, Note, Subject};
use har::{Body, Entry, Message, status};
use routes::{Address, Routes, Spot, Unknown};
use secrets::Secrets;
use types::Ids;
use walk::{ROOT, Walk};

pub use edits::{Proposal, propose};
pub use findings::{Example, Kind, Side, Weight};
pub use har::{Har, NotHar};
pub use report::{Exchanges, Finding, Place, Report, Tally, Visited};
pub use routes::BaseUrl;

/// Checks a recording of requests to `base` against a description.
#[must_use]
pub fn check(har: &Har, described: Described, base: &BaseUrl) -> Report {
    let model = described.model;
    let (ids, secrets) = (Ids::new(model), Secrets::of(har, model, base));
    let facts = Facts { model, base, ids, secrets };
    let mut run = Run {
        facts: &facts,
        routes: Routes::new(model, &facts.ids),
        found: Findings::default(),
        exchanges: Exchanges {
            total: har.entries.len() + har.skipped,
            unreadable: har.skipped,
            ..Exchanges::default()
        },
        visited: BTreeMap::new(),
    };
    for entry in &har.entries {
        run.entry(entry);
    }
    let Run { found, exchanges, visited, .. } = run;
    report::build(base, exchanges, &visited, &found, described)
}

/// What a check knows before it begins.
struct Facts<'m> {
    model: &'m Model,
    base: &'m BaseUrl,
    ids: Ids,
    secrets: Secrets,
}

struct Run<'m, 'r> {
    facts: &'r Facts<'m>,
    routes: Routes<'r>,
    found: Findings<'m>,
    exchanges: Exchanges,
    /// Number of exchanges of each operation.
    visited: BTreeMap<Spot, usize>,
}

impl Run<'_, '_> {
    fn entry(&mut self, entry: &Entry) {
        let Some(address) = self.facts.base.strip(&entry.url) else {
            self.exchanges.other_hosts += 1;
            if let Some(host) = routes::host(&entry.url) {
                *self
                    .exchanges
                    .hosts
                    .entry(self.facts.secrets.word(&host))
                    .or_default() += 1;
            }
            return;
        };
        let method = entry.method.as_str();
        if ["OPTIONS", "HEAD"].iter().any(|other| method.eq_ignore_ascii_case(other)) {
            self.exchanges.preflights += 1;
            return;
        }
        let Some((response, status)) = entry.response.as_ref().zip(status(entry)) else {
            self.exchanges.unanswered += 1;
            return;
        };
        match self.routes.find(method, &address.segments) {
            Ok((spot, arguments)) => {
                self.exchange(entry, (response, status), &address, spot, &arguments);
            }
            _ if matches!(status, 404 | 405) => self.exchanges.not_found += 1,
            Err(unknown) => self.unknown(entry, &unknown, status),
        }
    }

    /// Handles a request that matches no operation and has a response.
    fn unknown(&mut self, entry: &Entry, unknown: &Unknown, status: u16) {
        self.exchanges.checked += 1;
        let method = entry.method.to_ascii_uppercase();
        let path = self.facts.secrets.word(&unknown.path);
        let mut message = format!("`{method} {path}` is no operation of the spec");
        if !unknown.methods.is_empty() {
            message = format!("{message}; its path has {}", unknown.methods.join(", "));
        }
        if status >= 300 {
            message = format!("{message}; the response has status {status}");
        }
        let note = Note {
            weight: Weight::New,
            kind: Kind::UnknownOperation,
            subject: Subject::Operations(unknown.near),
            message,
            name: Some(path),
        };
        let example = Example { entry: entry.index, path: ROOT.to_owned(), value: None };
        self.found.add(None, Side::Request, note, example, None);
    }

    fn exchange(
        &mut self,
        entry: &Entry,
        (response, status): (&Message, u16),
        address: &Address,
        spot: Spot,
        arguments: &[&str],
    ) {
        let (sent, received) = (Body::sent(&entry.request), Body::received(response));
        let is_lost = |body: &&Body| matches!(body, Body::Lost);
        self.exchanges.lost_bodies +=
            [&sent, &received].into_iter().filter(is_lost).count();
        self.exchanges.checked += 1;
        self.exchanges.refused += usize::from(status >= 400);
        *self.visited.entry(spot).or_default() += 1;
        let mut walk = Walk {
            facts: self.facts,
            spot,
            operation: spot.of(self.facts.model).1,
            arguments,
            entry: entry.index,
            side: Side::Request,
            // The server agrees that a rejected request was invalid.
            muted: !(200..300).contains(&status),
            found: &mut self.found,
        };
        walk.query(&address.query);
        walk.sent(&sent);
        (walk.side, walk.muted) = (Side::Response, false);
        walk.received(status, &received);
    }
}
