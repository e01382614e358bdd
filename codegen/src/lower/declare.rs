//! Declarations: every type, view, enum and external resource, before any of them is lowered.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::names::{is_reserved_type, type_name};
use crate::spec::{Entries, Entry, Field, Place, Resource, Span, Spanned, Spec, Type};

use super::{docs, shapes};

/// The names of a description, and their declarations.
pub(super) struct Declared<'a> {
    names: BTreeMap<String, Declaration<'a>>,
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
    /// True if the common fields of `api.yaml` apply to these.
    pub(super) common: bool,
}

/// The origin of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// Written in a file.
    Written,
    /// Derived from a written one.
    Made,
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
    /// Collects the names in a description, and reports duplicates.
    pub(super) fn collect(spec: &'a Spec, diagnostics: &mut Diagnostics) -> Self {
        let mut declared = Self { names: BTreeMap::new() };
        for external in &spec.api.externals {
            let declaration = Declaration::new(Kind::External);
            declared.add(&external.key, Name::Written, declaration, diagnostics);
        }
        for file in &spec.resources {
            declared.add_resource(&file.resource, spec, diagnostics);
            declared.add_types(&file.resource, diagnostics);
        }
        declared
    }

    /// Returns the declaration of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Declaration<'a>> {
        self.names.get(name)
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
        let meant = did_you_mean(name, targets.map(|(name, _)| name.as_str()));
        meant.unwrap_or_else(|| {
            "use a type that a file describes under `resource:`, or one of `externals:` in `api.yaml`"
                .to_owned()
        })
    }

    fn add_resource(
        &mut self,
        resource: &'a Resource,
        spec: &Spec,
        diagnostics: &mut Diagnostics,
    ) {
        if resource.fields.is_empty() {
            return;
        }
        let deprecated = docs::is_deprecated(resource.deprecated.as_ref());
        let views = shapes::views(resource, &spec.api);
        let views = self.add_views(views, Name::Made, deprecated, diagnostics);
        let kind = if resource.singleton { Kind::Record } else { Kind::Resource };
        let fields = Some(&resource.fields);
        let declaration = Declaration {
            deprecated,
            views,
            fields,
            common: true,
            ..Declaration::new(kind)
        };
        self.add(&resource.resource, Name::Written, declaration, diagnostics);
    }

    fn add_types(&mut self, resource: &'a Resource, diagnostics: &mut Diagnostics) {
        let deprecated = docs::is_deprecated(resource.deprecated.as_ref());
        for entry in &resource.types {
            let views = type_views(entry, diagnostics);
            let views = self.add_views(views, Name::Written, deprecated, diagnostics);
            let fields = Some(&entry.value.fields);
            let declaration = Declaration {
                deprecated,
                views,
                fields,
                ..Declaration::new(Kind::Record)
            };
            self.add(&entry.key, Name::Written, declaration, diagnostics);
        }
        for entry in &resource.enums {
            let declaration = Declaration { deprecated, ..Declaration::new(Kind::Enum) };
            self.add(&entry.key, Name::Written, declaration, diagnostics);
        }
    }

    fn add_views(
        &mut self,
        views: BTreeMap<Place, Spanned<String>>,
        written: Name,
        deprecated: bool,
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<Place, String> {
        for view in views.values() {
            let declaration = Declaration { deprecated, ..Declaration::new(Kind::View) };
            self.add(view, written, declaration, diagnostics);
        }
        views.into_iter().map(|(place, name)| (place, name.into_inner())).collect()
    }

    fn add(
        &mut self,
        name: &Spanned<String>,
        written: Name,
        declaration: Declaration<'a>,
        diagnostics: &mut Diagnostics,
    ) {
        if let Some(earlier) = self.names.get_mut(&**name) {
            let message = format!("two types are called `{}`", **name);
            let problem = Diagnostic::error(Code::DuplicateType, name.span, message);
            let problem = problem.related(earlier.span, "the other one");
            diagnostics.push(problem.help("rename one of them"));
            if declaration.kind == Kind::Resource {
                // Its IDs are not reported as well.
                earlier.kind = Kind::Resource;
            }
            return;
        }
        // Invalid names are declared nevertheless, so that their uses are not reported as well.
        diagnostics.extend(bad_name(name).filter(|_| written == Name::Written));
        self.names
            .insert(name.to_string(), Declaration { span: name.span, ..declaration });
    }
}

impl Declaration<'_> {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            span: Span::NOWHERE,
            deprecated: false,
            views: BTreeMap::new(),
            fields: None,
            common: false,
        }
    }
}

/// Returns the names of the shapes of a type besides its own.
fn type_views(
    entry: &Entry<Type>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Place, Spanned<String>> {
    let given = [
        (Place::Request, &entry.value.request),
        (Place::Create, &entry.value.create),
        (Place::Update, &entry.value.update),
    ];
    let views =
        given.into_iter().filter_map(|(place, name)| Some((place, name.clone()?)));
    let mut views: BTreeMap<_, _> = views.collect();
    if let (Some(request), true) = (views.get(&Place::Request), views.len() > 1) {
        let message =
            "`request` is for all requests, so there is no use for `create` or `update`";
        let problem = Diagnostic::error(Code::TooManyShapes, request.span, message);
        diagnostics.push(problem.help("keep `request`, or `create` and `update`"));
        views.retain(|place, _| *place == Place::Request);
    }
    views
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
