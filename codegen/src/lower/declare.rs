//! Declarations: every type, view, enum and external resource, before any of them is lowered.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean, did_you_mean_or};
use crate::names::{is_reserved_type, type_name};
use crate::spec::{Api, Entries, Field, Place, Resource, Span, Spanned, Spec, Type};

use super::{conventions, docs, shapes};

/// The names of a description, and their declarations.
#[derive(Default)]
pub(super) struct Declared<'a> {
    names: BTreeMap<String, Declaration<'a>>,
    /// Problems of the names.
    pub(super) problems: Diagnostics,
}

/// The declaration of a name.
pub(super) struct Declaration<'a> {
    pub(super) kind: Kind,
    /// Location of the declaration.
    pub(super) span: Span,
    /// Belongs to a deprecated or removed service.
    pub(super) deprecated: bool,
    /// Names of its other shapes.
    pub(super) views: BTreeMap<Place, String>,
    /// Fields as described, if there are some.
    pub(super) fields: Option<&'a Entries<Option<Field>>>,
    /// True if the name is derived from another one, which is checked.
    derived: bool,
}

/// The kinds of named items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The resource of a service, and target of IDs.
    Resource,
    /// An object.
    Record,
    /// A shape of another object, for requests.
    View,
    Enum,
    /// A target of IDs without operations.
    External,
}

impl<'a> Declared<'a> {
    /// Collects the names in a description.
    pub(super) fn collect(spec: &'a Spec) -> Self {
        let mut declared = Self::default();
        for name in spec.api.externals.keys() {
            declared.add(name, Declaration::new(Kind::External, false));
        }
        for file in &spec.resources {
            declared.add_file(&file.resource, &spec.api);
        }
        declared
    }

    /// Returns the declaration of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Declaration<'a>> {
        self.names.get(name)
    }

    /// Returns the kind of an item.
    pub(super) fn kind(&self, name: &str) -> Option<Kind> {
        self.get(name).map(|found| found.kind)
    }

    /// Returns the location of a declaration.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.get(name).map(|found| found.span)
    }

    /// Returns the shape of a type in a body.
    pub(super) fn view(&self, name: &str, place: Place) -> String {
        self.own_view(name, place).unwrap_or(name).to_owned()
    }

    /// Returns the shape of a type for a body, if it has one for it.
    pub(super) fn own_view(&self, name: &str, place: Place) -> Option<&str> {
        let views = &self.names.get(name)?.views;
        let request = || views.get(&Place::Request).filter(|_| place != Place::Response);
        views.get(&place).or_else(request).map(String::as_str)
    }

    /// Returns "did you mean ...?", among the names valid in a type and the words of `extra`.
    pub(super) fn suggestion(&self, name: &str, extra: &[&str]) -> Option<String> {
        let known = self.names.iter().filter(|(_, found)| found.kind != Kind::View);
        let known = known.map(|(name, _)| name.as_str());
        did_you_mean(name, known.chain(extra.iter().copied()))
    }

    /// Returns the solution for a name that is not a target of IDs.
    pub(super) fn suggested_target(&self, name: &str) -> String {
        let targets = self
            .names
            .iter()
            .filter(|(_, found)| matches!(found.kind, Kind::Resource | Kind::External));
        did_you_mean_or(
            name,
            targets.map(|(name, _)| name.as_str()),
            "use a type that a file describes under `resource:`, or one of `externals:` in `api.yaml`",
        )
    }

    fn add_file(&mut self, resource: &'a Resource, api: &Api) {
        let deprecated = docs::is_deprecated(resource.deprecated.as_ref());
        if !resource.fields.is_empty() && !resource.resource.is_empty() {
            let kind = if resource.singleton { Kind::Record } else { Kind::Resource };
            let new = Declaration::new(kind, deprecated);
            let declaration = Declaration { fields: Some(&resource.fields), ..new };
            let available = shapes::available(resource, api);
            let fields = conventions::fields(resource, &available, api);
            let views = shapes::views(resource, &fields, &available);
            self.add_type(&resource.resource, views, declaration);
        }
        for (name, ty) in &resource.types {
            let new = Declaration::new(Kind::Record, deprecated);
            let declaration = Declaration { fields: Some(&ty.fields), ..new };
            let views = self.type_views(ty);
            self.add_type(name, views, declaration);
        }
        for name in resource.enums.keys() {
            self.add(name, Declaration::new(Kind::Enum, deprecated));
        }
    }

    /// Adds a type and its other shapes.
    fn add_type(
        &mut self,
        name: &Spanned<String>,
        views: BTreeMap<Place, Spanned<String>>,
        mut declaration: Declaration<'a>,
    ) {
        for view in views.values() {
            let mut shape = Declaration::new(Kind::View, declaration.deprecated);
            shape.derived = view.span == name.span;
            self.add(view, shape);
        }
        let views = views.into_iter().map(|(place, name)| (place, name.into_inner()));
        declaration.views = views.collect();
        self.add(name, declaration);
    }

    fn add(&mut self, name: &Spanned<String>, mut declaration: Declaration<'a>) {
        if let Some(earlier) = self.names.get_mut(&**name) {
            let message = format!("two types are called `{}`", **name);
            let problem = Diagnostic::error(Code::DuplicateType, name.span, message);
            let problem = problem.related(earlier.span, "the other one");
            self.problems.push(problem.help("rename one of them"));
            if declaration.kind == Kind::Resource {
                // Its IDs are not reported as well.
                earlier.kind = Kind::Resource;
            }
            return;
        }
        // Invalid names are declared nevertheless, so that their uses are not reported as well.
        self.problems.extend(bad_name(name).filter(|_| !declaration.derived));
        declaration.span = name.span;
        self.names.insert(name.to_string(), declaration);
    }

    /// Returns the names of the shapes of a type besides its own.
    fn type_views(&mut self, given: &Type) -> BTreeMap<Place, Spanned<String>> {
        let views = given.views().map(|(place, name)| (place, name.clone()));
        let mut views: BTreeMap<_, _> = views.collect();
        if let (Some(request), true) = (views.get(&Place::Request), views.len() > 1) {
            let message = "`request` is for all requests, so there is no use for `create` or `update`";
            let problem = Diagnostic::error(Code::TooManyShapes, request.span, message);
            self.problems.push(problem.help("keep `request`, or `create` and `update`"));
            views.retain(|place, _| *place == Place::Request);
        }
        views
    }
}

impl Declaration<'_> {
    fn new(kind: Kind, deprecated: bool) -> Self {
        let (span, views) = (Span::NOWHERE, BTreeMap::new());
        Self { kind, span, deprecated, views, fields: None, derived: false }
    }
}

/// Returns the problem of a type's name, if there is one.
fn bad_name(name: &Spanned<String>) -> Option<Diagnostic> {
    if **name == "Self" || is_reserved_type(name) {
        let message = format!("`{}` is a name that the client needs for itself", **name);
        let problem = Diagnostic::error(Code::ReservedName, name.span, message);
        return Some(problem.help("give the type a longer name"));
    }
    let proper = type_name(name);
    if proper == **name {
        return None;
    }
    let message = format!("`{}` is not written as the name of a type", **name);
    let help =
        format!("write `{proper}`: words begin with a capital, initialisms are words");
    Some(Diagnostic::error(Code::TypeName, name.span, message).help(help))
}
