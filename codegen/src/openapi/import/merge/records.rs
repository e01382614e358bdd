//! Types with fields, held against the schemas they are.

use crate::model::{Field, Record, Type, Union};

use super::super::super::document::{Kind, Property, Schema};
use super::super::make::{Found, said};
use super::super::notes::NoteKind;
use super::super::spot::Spot;
use super::Merge;

impl<'a, 'd> Merge<'a, 'd> {
    /// Holds a type against a schema, once.
    pub(super) fn record(&mut self, name: &'a str, schema: &Schema<'d>) {
        if !self.seen.insert((name.to_owned(), schema.at.pointer().to_owned())) {
            return;
        }
        match self.model.types.get(name) {
            Some(Type::Record(record)) => self.fields(record, schema),
            Some(Type::Union(union)) => self.choices(union, schema),
            Some(Type::Enum(_)) | None => {}
        }
    }

    /// Whether a type has a field that published documents have.
    pub(super) fn is_published(&self, name: &str) -> bool {
        match self.model.types.get(name) {
            Some(Type::Record(record)) => {
                record.fields.iter().any(|field| field.openapi)
            }
            _ => true,
        }
    }

    fn fields(&mut self, record: &'a Record, schema: &Schema<'d>) {
        let properties = schema.properties();
        for property in &properties {
            self.had.insert((record.name.clone(), property.name.to_owned()));
            match record.fields.iter().find(|field| field.wire == property.name) {
                Some(field) => self.field(record, field, property),
                None => self.want(&record.name, property.clone()),
            }
        }
        if !record.openapi || self.conventions.own {
            return;
        }
        for field in record.fields.iter().filter(|field| field.openapi) {
            if !properties.iter().any(|property| property.name == field.wire) {
                self.gone_field(record, field, schema);
            }
        }
    }

    fn choices(&mut self, union: &'a Union, schema: &Schema<'d>) {
        for property in schema.properties() {
            let known = union.choices.iter().find(|choice| choice.wire == property.name);
            let Some(choice) = known else {
                self.want(&union.name, property);
                continue;
            };
            match Schema::read(&property.at) {
                Ok(inner) if matches!(inner.kind, Kind::Object) => {
                    self.record(&choice.ty, &inner);
                }
                Ok(_) => {}
                Err(remark) => self.maker.notes.remark(NoteKind::Inexpressible, remark),
            }
        }
    }

    fn field(&mut self, record: &'a Record, field: &'a Field, property: &Property<'d>) {
        self.work_on_field(&record.name, &field.wire);
        let schema = match Schema::read(&property.at) {
            Ok(schema) => schema,
            Err(remark) => {
                self.maker.notes.remark(NoteKind::Inexpressible, remark);
                return;
            }
        };
        let spot = if record.in_requests { Spot::Request } else { Spot::Response };
        let required = property.required;
        let found = Found { spot, schema, required };
        if !field.openapi && !self.conventions.own {
            let message = format!(
                "`{}` of {} is in the document, although its `openapi: false` says otherwise",
                field.wire, record.name
            );
            self.maker.notes.at(NoteKind::Undecided, &found.schema.at, message);
        }
        self.presence(record, field, &found);
        let said = said(std::slice::from_ref(&found));
        self.kind(record, field, &field.ty, &found.schema, &said);
        self.facts(record, field, found, &said);
    }

    /// What must be given and may be null, in the document and in the description.
    fn presence(&mut self, record: &Record, field: &Field, found: &Found<'d>) {
        let required = found.required.filter(|_| record.in_requests);
        if let Some(required) = required
            && required != field.presence.required
        {
            self.required(record, field, required, &found.schema.at);
        }
        if found.schema.nullable && !field.presence.nullable {
            let message = format!(
                "the document lets `{}` of {} be null, the description does not",
                field.wire, record.name
            );
            self.maker.notes.at(NoteKind::Undecided, &found.schema.at, message);
        }
    }
}
