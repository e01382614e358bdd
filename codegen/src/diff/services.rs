//! Services, and methods of their resources.

use crate::model::{Deprecation, Docs, Service};

use super::Compared;
use super::found::{Found, Place, Rest};
use super::pairs::Pairs;
use super::rules::{
    FETCH_ADDED, FETCH_REMOVED, SERVICE_ADDED, SERVICE_DEPRECATED, SERVICE_MOVED,
    SERVICE_REMOVED, SERVICE_RENAMED, SERVICE_RESTORED,
};

/// Returns the name of a service in a report.
pub(super) fn label(service: &Service) -> String {
    service.accessor.join(".")
}

/// The services that are in both models, with any accessor.
pub(super) struct Services<'m> {
    pub(super) kept: Vec<(&'m Service, &'m Service)>,
    pub(super) moved: Vec<(&'m Service, &'m Service)>,
    removed: Vec<&'m Service>,
    added: Vec<&'m Service>,
}

impl<'m> Services<'m> {
    pub(super) fn of(compared: &Compared<'m>) -> Self {
        let (old, new) = (&compared.old.services, &compared.new.services);
        let mut pairs = Pairs::new(old, new, |service| &service.accessor);
        let moved = pairs.rematch(|service| &service.tag);
        let Pairs { removed, added, kept, .. } = pairs;
        Self { kept, moved, removed, added }
    }

    /// Iterates over old and new services, moved or not.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'m Service, &'m Service)> {
        self.kept.iter().chain(&self.moved).copied()
    }
}

/// Compares all services, without their operations.
pub(super) fn compare(services: &Services, found: &mut Found) {
    for (old, new) in services.pairs() {
        service(old, new, found);
    }
    for old in &services.removed {
        found.loss(SERVICE_REMOVED, &place(old), summary(old));
    }
    for new in &services.added {
        found.gain(SERVICE_ADDED, &place(new), summary(new));
    }
}

fn place(service: &Service) -> Place {
    Place::new(&label(service), label(service))
}

fn summary(service: &Service) -> String {
    let names: Vec<_> =
        service.operations.iter().map(|operation| operation.name.as_str()).collect();
    names.join(", ")
}

fn service(old: &Service, new: &Service, found: &mut Found) {
    let (at, mark) = (place(new), found.mark());
    if old.accessor != new.accessor {
        found.change(SERVICE_MOVED, &at, label(old), label(new));
    }
    if old.name != new.name {
        found.change(SERVICE_RENAMED, &at, &old.name, &new.name);
    }
    match (&old.deprecated, &new.deprecated) {
        (None, Some(said)) => found.gain(SERVICE_DEPRECATED, &at, note(said)),
        (Some(said), None) => found.loss(SERVICE_RESTORED, &at, note(said)),
        _ => {}
    }
    match (&old.fetch, &new.fetch) {
        (None, Some(_)) => found.add(FETCH_ADDED, &at),
        (Some(_), None) => found.add(FETCH_REMOVED, &at),
        _ => {}
    }
    let (old, new) = (header(old), header(new));
    let docs = (&old.docs, &old.docs_url, &old.deprecated)
        != (&new.docs, &new.docs_url, &new.deprecated);
    let notes = Service { docs: Docs::new(), docs_url: None, deprecated: None, ..old }
        != Service { docs: Docs::new(), docs_url: None, deprecated: None, ..new };
    found.rest(&at, mark, Rest { order: false, notes, docs });
}

/// Returns a service without its parts, and without properties that have their own rules or follow from other
/// changes.
fn header(service: &Service) -> Service {
    Service {
        operations: Vec::new(),
        types: Vec::new(),
        accessor: Vec::new(),
        source: String::new(),
        name: String::new(),
        resource: String::new(),
        ..service.clone()
    }
}

/// Returns the text of a deprecation without its full stop.
pub(super) fn note(said: &Deprecation) -> &str {
    said.note.trim_end_matches('.')
}
