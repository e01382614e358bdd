//! Corresponding shapes of requests and responses.
//!
//! A model has a type for each shape without their relations; the operations and the names of fields determine them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Model, Output, TypeRef};

/// For each shape, those of the other direction.
pub(super) struct Pairs {
    others: BTreeMap<String, BTreeSet<String>>,
}

impl Pairs {
    /// Starts with the bodies of operations, and continues through fields of the same name.
    pub(super) fn find(model: &Model) -> Self {
        let mut pairs = Self { others: BTreeMap::new() };
        let operations = model.services.iter().flat_map(|service| &service.operations);
        for operation in operations {
            if let (Some(sent), Output::Type(returned)) =
                (operation.body_type(), &operation.output)
            {
                pairs.add(model, sent, returned);
            }
        }
        pairs
    }

    /// Returns the shapes of the other direction; `None` for a type that has none.
    pub(super) fn of(&self, name: &str) -> Option<&BTreeSet<String>> {
        self.others.get(name)
    }

    fn add(&mut self, model: &Model, sent: &str, returned: &str) {
        if sent == returned || !self.insert(sent, returned) {
            return;
        }
        let (Some(sent), Some(returned)) = (model.record(sent), model.record(returned))
        else {
            return;
        };
        for field in &sent.fields {
            let same = returned.fields.iter().find(|other| other.wire == field.wire);
            if let (TypeRef::Record(sent), Some(TypeRef::Record(returned))) =
                (field.ty.element(), same.map(|other| other.ty.element()))
            {
                self.add(model, sent, returned);
            }
        }
    }

    /// Adds a pair; returns true if it is new.
    fn insert(&mut self, sent: &str, returned: &str) -> bool {
        self.others.entry(sent.to_owned()).or_default().insert(returned.to_owned());
        self.others.entry(returned.to_owned()).or_default().insert(sent.to_owned())
    }
}

/// Returns true if a shape has a field.
pub(super) fn has_field(model: &Model, name: &str, wire: &str) -> bool {
    let record = model.record(name);
    record.is_some_and(|record| record.fields.iter().any(|field| field.wire == wire))
}
