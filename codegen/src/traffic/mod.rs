//! Recorded traffic, checked against a description.
//!
//! Takes a recording in the HAR format and a model; returns a [`Report`] of all differences: values that the
//! generated types cannot decode, items that are not described, deviations. The report contains no secret of the
//! recording. Does not access files.

mod base_url;
mod check;
mod edits;
mod errors;
mod findings;
mod har;
mod ids;
mod query;
mod report;
mod routes;
mod secrets;
mod text;
mod types;

use std::collections::BTreeMap;

use crate::Described;
use crate::model::Model;

use check::Walk;
use findings::{Findings, Note, SLOT, Scene, Seen, Subject};
use har::{Body, Entry, Message, status};
use ids::Ids;
use routes::{Routes, Spot, Unknown};
use secrets::Secrets;

pub use base_url::BaseUrl;
pub use edits::{Proposal, propose};
pub use findings::{Kind, Side, Weight};
pub use har::{Har, NotHar};
pub use report::{Example, Exchanges, Finding, Place, Report, Tally, Visited};

/// Checks a recording of requests to `base` against a description.
#[must_use]
pub fn check(har: &Har, described: Described, base: &BaseUrl) -> Report {
    let model = described.model;
    let ids = Ids::new(model);
    let mut run = Run {
        model,
        base,
        ids: &ids,
        routes: Routes::new(model, &ids),
        found: Findings::default(),
        secrets: Secrets::new(model),
        exchanges: Exchanges {
            total: har.entries.len() + har.skipped,
            unreadable: har.skipped,
            ..Exchanges::default()
        },
        visited: BTreeMap::new(),
    };
    for entry in &har.entries {
        run.entry(entry.index, entry);
    }
    let Run { found, secrets, exchanges, visited, .. } = run;
    let gathered = report::Gathered { described, found, secrets, exchanges, visited };
    report::build(base.to_string(), &gathered)
}

/// A check in progress.
struct Run<'m> {
    model: &'m Model,
    base: &'m BaseUrl,
    ids: &'m Ids,
    routes: Routes<'m>,
    found: Findings<'m>,
    secrets: Secrets,
    exchanges: Exchanges,
    /// Number of exchanges of each operation.
    visited: BTreeMap<Spot, usize>,
}

impl Run<'_> {
    fn entry(&mut self, index: usize, entry: &Entry) {
        self.secrets.learn_entry(entry);
        let url = &entry.url;
        let Some(address) = self.base.strip(url) else {
            self.exchanges.other_hosts += 1;
            if let Some(host) = base_url::host(url) {
                *self.exchanges.hosts.entry(host).or_default() += 1;
            }
            return;
        };
        let method = entry.method.as_str();
        if ["OPTIONS", "HEAD"].iter().any(|other| method.eq_ignore_ascii_case(other)) {
            self.exchanges.preflights += 1;
            return;
        }
        let response = entry.response.as_ref();
        let received = response.and_then(|response| Some((response, status(entry)?)));
        let Some((response, status)) = received else {
            self.exchanges.unanswered += 1;
            return;
        };
        match self.routes.find(method, &address.segments) {
            Ok((spot, arguments)) => {
                let exchange = Exchange { entry, response, status, index, spot };
                self.exchange(&exchange, &arguments, &address.query);
            }
            _ if matches!(status, 404 | 405) => self.exchanges.not_found += 1,
            Err(unknown) => self.unknown(index, entry, &unknown, status),
        }
    }

    /// Handles a request that matches no operation and has a response.
    fn unknown(&mut self, index: usize, entry: &Entry, unknown: &Unknown, status: u16) {
        self.exchanges.checked += 1;
        let sent = Body::sent(&entry.request);
        for body in entry.response.iter().map(Body::received).chain([sent]) {
            if let Body::Json(value) = body {
                self.secrets.learn_body(&value, false);
            }
        }
        let method = entry.method.to_ascii_uppercase();
        let mut message = format!("`{method} {SLOT}` is no operation of the spec");
        if !unknown.methods.is_empty() {
            message = format!("{message}; its path has {}", unknown.methods.join(", "));
        }
        if status >= 300 {
            message = format!("{message}; the response has status {status}");
        }
        let scene =
            Scene { side: Side::Request, spot: None, entry: index, muted: false };
        let subject = Subject::Operations(unknown.near);
        let note = Note::new(Weight::New, Kind::UnknownOperation, subject, message);
        self.found.add(scene, note.foreign(&unknown.path), Seen::at(Vec::new(), None));
    }

    fn exchange(
        &mut self,
        exchange: &Exchange<'_>,
        arguments: &[&str],
        query: &[(String, String)],
    ) {
        self.exchanges.checked += 1;
        *self.visited.entry(exchange.spot).or_default() += 1;
        let sent = Body::sent(&exchange.entry.request);
        let received = Body::received(exchange.response);
        for body in [&sent, &received] {
            match body {
                Body::Json(value) => self.secrets.learn_body(value, false),
                Body::Lost => self.exchanges.lost_bodies += 1,
                Body::Nothing | Body::Broken(..) => {}
            }
        }
        let status = exchange.status;
        let succeeded = (200..300).contains(&status);
        self.exchanges.refused += usize::from(status >= 400);
        let (_, operation) = exchange.spot.of(self.model);
        let spot = Some(exchange.spot);
        // Of a rejected request, only the secrets are used: the server agrees that it was invalid.
        let scene = Scene {
            side: Side::Request,
            spot,
            entry: exchange.index,
            muted: !succeeded,
        };
        let mut walk = Walk {
            model: self.model,
            ids: self.ids,
            base: self.base,
            spot: exchange.spot,
            operation,
            arguments,
            scene,
            found: &mut self.found,
        };
        walk.query(query);
        walk.sent(&sent);
        walk.scene = Scene { side: Side::Response, muted: false, ..scene };
        walk.received(status, &received);
    }
}

/// An exchange of an operation.
struct Exchange<'a> {
    entry: &'a Entry,
    response: &'a Message,
    status: u16,
    index: usize,
    spot: Spot,
}
