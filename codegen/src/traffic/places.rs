//! Locations in a description.
//!
//! Takes the files of a description; returns file and line of a part of the model.

use serde::Serialize;

use crate::diagnostic::{SourceMap, Span};
use crate::model::Model;
use crate::spec::{Resource, Spec};

use super::findings::Subject;

/// The files of a description; without any, there are no locations.
#[derive(Debug, Clone, Copy, Default)]
pub struct Places<'s> {
    files: Option<(&'s Spec, &'s SourceMap)>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Path of the file for opening it.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
}

impl<'s> Places<'s> {
    /// Returns the locations in these files.
    #[must_use]
    pub fn new(spec: &'s Spec, sources: &'s SourceMap) -> Self {
        Self { files: Some((spec, sources)) }
    }

    /// Returns the location of a service.
    pub(super) fn service(&self, model: &Model, service: usize) -> Option<Place> {
        let (_, sources) = self.files?;
        place(sources, self.resource(model, service)?.path.span)
    }

    /// Returns the location of a subject.
    pub(super) fn subject(&self, model: &Model, subject: Subject<'_>) -> Option<Place> {
        let (spec, sources) = self.files?;
        let span = match subject {
            Subject::Operations(service) => self.resource(model, service?)?.path.span,
            Subject::Operation(spot)
            | Subject::Bodies(spot)
            | Subject::Path(spot)
            | Subject::Query(spot) => {
                let resource = self.resource(model, spot.service)?;
                let operation = &spot.of(model).1.name;
                resource.operations.keys().find(|key| is(key, operation))?.span
            }
            Subject::Type(name) => self.named(model, name, None)?,
            Subject::Field(owner, key) => self.named(model, owner, Some(key))?,
            Subject::ErrorBody => spec.api.error_body.code.span,
            Subject::ErrorCodes => spec.errors.format.span,
            Subject::ErrorCode(number) => {
                spec.errors.codes.entry(&number.to_string())?.key.span
            }
        };
        place(sources, span)
    }

    fn resource(&self, model: &Model, service: usize) -> Option<&'s Resource> {
        let accessor = &model.services.get(service)?.accessor;
        let mut files = self.files?.0.resources.iter();
        files.find(|file| file.accessor == *accessor).map(|file| &file.resource)
    }

    /// Returns the location of a type, or of a field of it.
    fn named(&self, model: &Model, name: &str, field: Option<&str>) -> Option<Span> {
        let homes =
            |service: usize| model.services[service].types.iter().any(|own| own == name);
        let service = (0..model.services.len()).find(|service| homes(*service))?;
        let resource = self.resource(model, service)?;
        for entry in &resource.types {
            let ty = &entry.value;
            let views = [&ty.request, &ty.create, &ty.update];
            let view = views.into_iter().flatten().any(|view| view.as_str() == name);
            if view || *entry.key == name {
                let own = field.and_then(|field| ty.fields.entry(field));
                return Some(own.map_or(entry.key.span, |own| own.key.span));
            }
        }
        if let Some(entry) = resource.enums.entry(name) {
            return Some(entry.key.span);
        }
        let own = field.and_then(|field| resource.fields.entry(field));
        Some(own.map_or(resource.resource.span, |own| own.key.span))
    }
}

fn place(sources: &SourceMap, span: Span) -> Option<Place> {
    let file = sources.shown_name(span.file)?;
    Some(Place { file, line: sources.position(span)?.line })
}

/// Returns true if a key of the description became this name.
fn is(key: &str, name: &str) -> bool {
    crate::names::field_name(key) == name
}
