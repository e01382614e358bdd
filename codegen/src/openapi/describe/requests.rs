//! Resources in requests. Only the server gives a resource its ID, so a request contains a separate type, which may have
//! an `id` as any other field.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Kind, Operation, Schema};
use super::Describer;
use super::fields::{Shape, Subject};
use super::naming::singular;
use super::types::DEPTH_LIMIT;
use crate::names::type_name;
use crate::spec::Place;

/// Returns the names of the types in requests.
pub(super) fn types_in_requests(operations: &[Operation]) -> BTreeSet<String> {
    let (mut seen, mut names) = (BTreeSet::new(), BTreeSet::new());
    let bodies = operations.iter().filter_map(Operation::sent);
    let mut open: Vec<(Option<String>, Schema)> =
        bodies.map(|body| (None, body)).collect();
    while let Some((wanted, schema)) = open.pop() {
        let Some(schema) = schema.nested().pop() else { continue };
        let id = schema.name.as_deref().unwrap_or(schema.at.pointer());
        if !matches!(schema.kind, Kind::Object) || !seen.insert(id.to_owned()) {
            continue;
        }
        // An unnamed type is named after its owner and its field.
        let name = schema.name.as_ref().map(|name| type_name(name)).or(wanted);
        for property in schema.properties() {
            let Ok(inner) = property.read() else { continue };
            let field = match inner.kind {
                Kind::Object => property.name.to_owned(),
                _ => singular(property.name),
            };
            let wanted = name.as_ref().map(|name| type_name(&format!("{name}_{field}")));
            open.push((wanted, inner));
        }
        names.extend(name);
    }
    names
}

impl Describer<'_> {
    /// Returns the type of a resource that a field has in requests; `None` for other fields.
    pub(super) fn resource_in_request(&mut self, subject: Subject) -> Option<String> {
        let Subject { owner, found, .. } = subject;
        let is_sent = owner.sent || self.in_requests.contains(owner.name);
        let everywhere = owner.places.is_empty() && is_sent;
        let mut sent = found.iter();
        let sent = sent.find(|one| everywhere || one.place != Place::Response)?;
        self.request_of(&sent.schema, "")
    }

    /// Returns the type of a resource with IDs in requests, which is described if it is new; `None` for other types.
    /// Without some of its properties, it is a type with the name `wanted`.
    pub(super) fn request_of(
        &mut self,
        schema: &Schema,
        wanted: &str,
    ) -> Option<String> {
        let resource = type_name(schema.name.as_ref()?);
        let whole = Schema::read(&schema.at).ok()?;
        let id = whole.property("id").and_then(|id| id.read().ok());
        let has_id = id.is_some_and(|id| matches!(id.kind, Kind::Text));
        let is_resource = has_id && self.symbols.is_pointed_to(&resource);
        if !is_resource || self.depth > DEPTH_LIMIT {
            return None;
        }
        let is_whole = whole.properties().len() == schema.properties().len();
        if let Some(known) = self.requests.get(&resource).filter(|_| is_whole) {
            return Some(known.clone());
        }
        let usual = format!("{resource}Request");
        let taken = self.document.has_type(&usual);
        let is_ours = is_whole && !taken && self.symbols.home(&usual).is_some();
        let name = match (is_whole, taken) {
            (true, _) if is_ours => usual,
            (true, false) => self.free_name(&usual, &schema.at),
            (true, true) => self.free_name(&format!("{usual}Body"), &schema.at),
            (false, _) => self.free_name(wanted, &schema.at),
        };
        if is_whole {
            self.requests.insert(resource, name.clone());
        }
        if !is_ours {
            let shapes = [Shape::new(Place::Request, schema.clone())];
            self.describe_type(&name, &BTreeMap::new(), &shapes, true);
        }
        Some(name)
    }
}
