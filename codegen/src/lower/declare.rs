//! Which names there are: every type, view, enum and external thing, before any of them is looked into.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::names::{RESERVED_TYPES, type_name};
use crate::spec::{Entries, Entry, Field, Resource, Span, Spanned, Spec, Type};

use super::places::Place;
use super::{deprecation, shapes};

/// The names of a description, and what each stands for.
pub(super) struct Declared<'a> {
    names: BTreeMap<String, Declaration<'a>>,
}

/// What a name stands for.
pub(super) struct Declaration<'a> {
    pub(super) kind: Kind,
    /// Where it is declared.
    pub(super) span: Span,
    /// It belongs to a service that is going or gone.
    pub(super) deprecated: bool,
    /// The names of its other shapes.
    pub(super) views: BTreeMap<Place, String>,
    /// Its fields as they are described, where it has some.
    pub(super) fields: Option<&'a Entries<Option<Field>>>,
    /// What `api.yaml` says of fields holds for these.
    pub(super) common: bool,
}

/// How a name came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// It stands in a file.
    Written,
    /// It was made from one that does, and is as good as that.
    Made,
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

impl<'a> Declared<'a> {
    /// Reads the names off a description, and reports those that are taken twice.
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

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<&Declaration<'a>> {
        self.names.get(name)
    }

    /// The shape that a type has in a place.
    pub(super) fn view(&self, name: &str, place: Place) -> String {
        self.own_view(name, place).unwrap_or(name).to_owned()
    }

    /// The shape that a type has for a place, if it has one for it.
    pub(super) fn own_view(&self, name: &str, place: Place) -> Option<&str> {
        let views = &self.names.get(name)?.views;
        let request = || views.get(&Place::Request).filter(|_| place != Place::Response);
        views.get(&place).or_else(request).map(String::as_str)
    }

    /// "did you mean ...?", among the names that may stand in a type and the words of `extra`.
    pub(super) fn suggestion(&self, name: &str, extra: &[&str]) -> Option<String> {
        let known = self.names.iter().filter(|(_, found)| found.kind != Kind::View);
        let known = known.map(|(name, _)| name.as_str());
        did_you_mean(name, known.chain(extra.iter().copied()))
    }

    /// What can be done about the name of something that no id points to.
    pub(super) fn suggested_target(&self, name: &str) -> String {
        let targets = self
            .names
            .iter()
            .filter(|(_, found)| matches!(found.kind, Kind::Resource | Kind::External));
        let meant = did_you_mean(name, targets.map(|(name, _)| name.as_str()));
        meant.unwrap_or_else(|| {
            "name what a file describes under `resource:`, or one of `externals:` in `api.yaml`"
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
        let deprecated = deprecation::is_deprecated(resource.deprecated.as_ref());
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
        let deprecated = deprecation::is_deprecated(resource.deprecated.as_ref());
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
                // Its ids are not to be blamed as well.
                earlier.kind = Kind::Resource;
            }
            return;
        }
        // What has a bad name is found all the same, so that those who name it are not blamed as well.
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

/// The names of the shapes that a type has beside its own.
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

/// What is wrong with the name of a type, if anything.
fn bad_name(name: &Spanned<String>) -> Option<Diagnostic> {
    if **name == "Self" || RESERVED_TYPES.contains(&name.as_str()) {
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
