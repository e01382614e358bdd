//! Which names there are: every type, view, enum and external thing, before any of them is looked into.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::names::{RESERVED_TYPES, type_name};
use crate::spec::{ResourceFile, Span, Spanned, Spec};

use super::places::Place;

/// The names of a description, and what each stands for.
pub(super) struct Declared {
    names: BTreeMap<String, Declaration>,
}

/// What a name stands for.
pub(super) struct Declaration {
    pub(super) kind: Kind,
    /// Where it is declared.
    pub(super) span: Span,
    /// It belongs to a service that is going or gone.
    pub(super) deprecated: bool,
    /// The names of its other shapes.
    pub(super) views: BTreeMap<Place, String>,
}

/// The kinds of named things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What a service is about and what ids point to.
    Resource,
    /// An object.
    Record,
    /// A shape of another object, for requests.
    View,
    Enum,
    /// Pointed to, but without operations.
    External,
}

impl Declared {
    /// Reads the names off a description, and reports those that are taken twice.
    pub(super) fn collect(spec: &Spec, diagnostics: &mut Diagnostics) -> Self {
        let mut declared = Self { names: BTreeMap::new() };
        for external in spec.api.externals.iter() {
            declared.add(&external.key, Kind::External, false, BTreeMap::new(), diagnostics);
        }
        for file in &spec.resources {
            declared.add_resource(file, diagnostics);
            declared.add_types(file, diagnostics);
        }
        declared
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<&Declaration> {
        self.names.get(name)
    }

    /// The shape that a type has in a place.
    pub(super) fn view(&self, name: &str, place: Place) -> String {
        let views = self.names.get(name).map(|declaration| &declaration.views);
        let view = views.and_then(|views| {
            let specific = views.get(&place);
            let request = (place != Place::Response).then(|| views.get(&Place::Request)).flatten();
            specific.or(request)
        });
        view.cloned().unwrap_or_else(|| name.to_owned())
    }

    /// "did you mean ...?", among the names that may stand in a type and the words of `extra`.
    pub(super) fn suggestion(&self, name: &str, extra: &[&str]) -> Option<String> {
        let known = self.names.iter().filter(|(_, found)| found.kind != Kind::View);
        did_you_mean(name, known.map(|(name, _)| name.as_str()).chain(extra.iter().copied()))
    }

    fn add_resource(&mut self, file: &ResourceFile, diagnostics: &mut Diagnostics) {
        let resource = &file.resource;
        if resource.fields.is_empty() {
            return;
        }
        let mut views = BTreeMap::new();
        if let Some(request) = &resource.request {
            views.insert(Place::Request, request.clone());
        } else if !resource.singleton {
            for (place, suffix) in [(Place::Create, "Create"), (Place::Update, "Update")] {
                views.insert(place, resource.resource.clone().map(|name| name + suffix));
            }
        }
        let deprecated = resource.deprecated.is_some();
        let kind = if resource.singleton { Kind::Record } else { Kind::Resource };
        self.add(&resource.resource, kind, deprecated, views, diagnostics);
    }

    fn add_types(&mut self, file: &ResourceFile, diagnostics: &mut Diagnostics) {
        let deprecated = file.resource.deprecated.is_some();
        for entry in file.resource.types.iter() {
            let given = [
                (Place::Request, &entry.value.request),
                (Place::Create, &entry.value.create),
                (Place::Update, &entry.value.update),
            ];
            let views =
                given.into_iter().filter_map(|(place, name)| Some((place, name.clone()?))).collect();
            self.add(&entry.key, Kind::Record, deprecated, views, diagnostics);
        }
        for entry in file.resource.enums.iter() {
            self.add(&entry.key, Kind::Enum, deprecated, BTreeMap::new(), diagnostics);
        }
    }

    fn add(
        &mut self,
        name: &Spanned<String>,
        kind: Kind,
        deprecated: bool,
        views: BTreeMap<Place, Spanned<String>>,
        diagnostics: &mut Diagnostics,
    ) {
        for view in views.values() {
            self.add(view, Kind::View, deprecated, BTreeMap::new(), diagnostics);
        }
        if let Some(problem) = self.problem(name) {
            diagnostics.push(problem);
            return;
        }
        let views = views.into_iter().map(|(place, name)| (place, name.into_inner())).collect();
        let declaration = Declaration { kind, span: name.span, deprecated, views };
        self.names.insert(name.to_string(), declaration);
    }

    /// What is wrong with a name, if anything.
    fn problem(&self, name: &Spanned<String>) -> Option<Diagnostic> {
        let proper = type_name(name);
        if proper != **name {
            let message = format!("`{}` is not written as the name of a type", **name);
            let help = format!("write `{proper}`: words begin with a capital, initialisms are words");
            return Some(Diagnostic::error("type-name", name.span, message).help(help));
        }
        if RESERVED_TYPES.contains(&proper.as_str()) {
            let message = format!("`{proper}` is a name that the client needs for itself");
            let help = "give the type a longer name";
            return Some(Diagnostic::error("reserved-name", name.span, message).help(help));
        }
        let earlier = self.names.get(&proper)?;
        let message = format!("two types are called `{proper}`");
        let problem = Diagnostic::error("duplicate-type", name.span, message);
        Some(problem.related(earlier.span, "the other one").help("rename one of them"))
    }
}
