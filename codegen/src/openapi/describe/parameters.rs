//! Parameters in paths, queries and headers.

use super::super::Map;
use super::super::document::{Kind, Location, Parameter, Property, Schema};
use super::operations::Shown;
use super::outline::{Outline, Returned};
use super::paths::{joined, parameter, segments};
use super::shape::{Owner, found};
use super::{Describer, docs, lists, unsupported};
use crate::model::Presence;
use crate::names::type_name;
use crate::reconcile::{FieldDraft, FileDraft, NoteKind, Section};
use crate::spec::Place;

/// Headers that a document may list as parameters without a meaning.
const IGNORED_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

impl<'d> Describer<'d> {
    /// Returns the parameters of all paths, except for the ID of the resource itself.
    pub(super) fn params(&self, outline: &Outline) -> Map {
        let mut params = Map::new().section();
        for planned in &outline.operations {
            let path = segments(planned.operation.path);
            for (at, segment) in path.iter().enumerate() {
                let Some(name) = parameter(segment) else { continue };
                if params.get(name).is_some() {
                    continue;
                }
                let mut declared = planned.operation.parameters.iter();
                let declared =
                    declared.find(|it| it.location == Location::Path && it.name == name);
                let way = joined(&path[..=at]);
                if let Some(described) = self.param(name, &way, declared, outline) {
                    params.set(name, described);
                }
            }
        }
        params
    }

    /// Returns a path parameter; `None` for the ID of the resource itself, which needs no description.
    fn param(
        &self,
        name: &str,
        way: &str,
        declared: Option<&Parameter>,
        outline: &Outline,
    ) -> Option<Map> {
        let schema =
            declared.and_then(|declared| Schema::read(declared.schema.as_ref()?).ok());
        let whose = self.symbols.item(way).map(str::to_owned);
        let number =
            schema.as_ref().is_some_and(|schema| matches!(schema.kind, Kind::Integer));
        let own = whose.as_deref() == Some(outline.resource.as_str())
            && !outline.group.singleton;
        if own && name == "id" && !number {
            return None;
        }
        let doc = declared.and_then(|declared| declared.at.text_of("description"));
        let usual = || match &whose {
            Some(whose) => format!("Which {}.", self.symbols.noun(whose)),
            None => format!("The `{name}` of the path."),
        };
        let doc = doc.map_or_else(usual, docs::plain);
        let by_field = || own.then(|| self.field_type(name, outline)).flatten();
        let is_id = whose.as_deref().filter(|whose| {
            let other = !own || name == "id" || is_named_by_id(name, outline);
            self.symbols.is_pointed_to(whose) && !number && other
        });
        let kind = match (is_id, schema) {
            (Some(whose), _) => format!("id {whose}"),
            (None, Some(schema)) => {
                let known = self.enum_name(&schema).or_else(by_field);
                known.unwrap_or_else(|| {
                    if number { "int64".to_owned() } else { "string".to_owned() }
                })
            }
            (None, None) => by_field().unwrap_or_else(|| "string".to_owned()),
        };
        Some(Map::new().with("type", kind).with("doc", doc))
    }

    /// Returns the enum that a schema refers to.
    fn enum_name(&self, schema: &Schema) -> Option<String> {
        let name = type_name(schema.name.as_ref()?);
        self.symbols.is_enum(&name).then_some(name)
    }

    /// Returns the enum of the field with the same name.
    fn field_type(&self, name: &str, outline: &Outline) -> Option<String> {
        let (_, resource) = outline.shapes.first()?;
        let properties = resource.properties();
        let property = properties.iter().find(|property| property.name == name)?;
        let schema = Schema::read(&property.at).ok()?;
        let by_values = || self.symbols.enum_of(&schema.values).map(str::to_owned);
        self.enum_name(&schema).or_else(by_values)
    }

    /// Returns the query parameters besides those of pagination and filtering, as fields. Cookies are noted.
    pub(super) fn query(
        &mut self,
        shown: &Shown<'_, 'd>,
        resource: &str,
        out: &mut FileDraft,
    ) -> Section<FieldDraft> {
        let mut query = Section::new();
        let paged = self.is_paged(shown);
        let is_list = matches!(shown.returned, Returned::List(_));
        for parameter in &shown.operation.parameters {
            let paging = self.conventions.paging.iter().any(|it| it == parameter.name);
            let filter = self.conventions.filter == parameter.name;
            let usual = (paging && paged) || (filter && is_list);
            match parameter.location {
                Location::Query if !usual => {
                    let field = self.parameter(parameter, resource, out);
                    query.insert(parameter.name.to_owned(), field);
                }
                Location::Other => self.refuse(parameter, "a cookie"),
                _ => {}
            }
        }
        query
    }

    /// Returns true if an operation is a paginated list.
    pub(super) fn is_paged(&self, shown: &Shown) -> bool {
        let Returned::List(list) = shown.returned else { return false };
        let operation = shown.operation;
        let mut query = operation.parameters.iter();
        let paging = |name: &str| self.conventions.paging.iter().any(|it| it == name);
        operation.method == "GET"
            && list.key != lists::BARE
            && query.any(|it| it.location == Location::Query && paging(it.name))
    }

    /// Returns the request headers besides common ones, as fields.
    pub(super) fn headers(
        &mut self,
        shown: &Shown<'_, 'd>,
        resource: &str,
        out: &mut FileDraft,
    ) -> Section<FieldDraft> {
        let mut headers = Section::new();
        let given = shown.operation.parameters.iter();
        for parameter in given.filter(|it| it.location == Location::Header) {
            if !self.is_sent_anyway(parameter) {
                let field = self.parameter(parameter, resource, out);
                headers.insert(parameter.name.to_owned(), field);
            }
        }
        headers
    }

    /// Returns true if a client sends a header itself.
    fn is_sent_anyway(&self, parameter: &Parameter) -> bool {
        let name = parameter.name.to_ascii_lowercase();
        let usual = self.conventions.headers.contains(&name);
        usual || IGNORED_HEADERS.contains(&name.as_str())
    }

    fn refuse(&mut self, parameter: &Parameter, what: &str) {
        let must = if parameter.required { ", and is required" } else { "" };
        let message = format!("`{}` is {what}{must}", parameter.name);
        self.note(NoteKind::Inexpressible, &parameter.at, message);
    }

    /// Returns a parameter as a field of one shape.
    fn parameter(
        &mut self,
        parameter: &Parameter<'d>,
        resource: &str,
        out: &mut FileDraft,
    ) -> FieldDraft {
        let (field, findings) =
            self.collect(|this| this.parameter_field(parameter, resource, out));
        let unsupported = FieldDraft { unsupported: true, ..FieldDraft::default() };
        FieldDraft { findings, ..field.unwrap_or(unsupported) }
    }

    fn parameter_field(
        &mut self,
        parameter: &Parameter<'d>,
        resource: &str,
        out: &mut FileDraft,
    ) -> Option<FieldDraft> {
        unsupported::of_parameter(parameter, &mut self.findings);
        if let Some(what) = unlike_a_value(parameter) {
            self.refuse(parameter, what);
            return None;
        }
        let name = parameter.name;
        let at = parameter.schema.clone()?;
        let property = Property { name, at, required: None };
        let noun = self.symbols.noun(resource);
        let owner = Owner {
            name: resource,
            noun: &noun,
            places: &[],
            sent: false,
            resource: false,
        };
        let found = vec![found(Place::Response, &property, None)];
        let mut field = self.field(owner, name, found, out);
        field.presence =
            Presence { required: parameter.required, ..Presence::default() };
        field.rest = std::mem::take(&mut field.rest).without("secret");
        if parameter.at.flag("deprecated") {
            field.rest.set("deprecated", true);
        }
        for seen in &mut field.seen {
            seen.at = Some(parameter.at.remark(String::new()));
        }
        let doc = parameter.at.text_of("description").map(docs::plain);
        let is_header = parameter.location == Location::Header;
        let what = if is_header { "header" } else { "query parameter" };
        let doc = doc.filter(|doc| !doc.is_empty());
        field.doc = doc.unwrap_or_else(|| format!("The {what} `{name}`."));
        Some(field)
    }
}

/// Returns true if a parameter of another name is the ID of the resource nevertheless.
fn is_named_by_id(name: &str, outline: &Outline) -> bool {
    let properties = outline.shapes.first().map(|(_, resource)| resource.properties());
    let properties = properties.unwrap_or_default();
    let id = properties.iter().find(|property| property.name == "id");
    let text = id.and_then(|id| Schema::read(&id.at).ok());
    let is_text = text.is_some_and(|schema| matches!(schema.kind, Kind::Text));
    is_text && !properties.iter().any(|property| property.name == name)
}

/// Describes a parameter that is neither a value nor a list of values.
fn unlike_a_value(parameter: &Parameter) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.[]".contains(c);
    let query = parameter.location == Location::Query;
    if query && !parameter.name.chars().all(plain) {
        return Some("a parameter whose name needs escapes");
    }
    let schema = Schema::read(parameter.schema.as_ref()?).ok()?;
    let inner = match &schema.kind {
        Kind::List(inner) => {
            let inner = inner.as_ref().and_then(|inner| Schema::read(inner).ok());
            inner.map_or(Kind::Text, |inner| inner.kind)
        }
        kind => kind.clone(),
    };
    match inner {
        Kind::Object => Some("an object"),
        Kind::Map(_) => Some("a map"),
        Kind::List(_) => Some("a list of lists"),
        _ => None,
    }
}
