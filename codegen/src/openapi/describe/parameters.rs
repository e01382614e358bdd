//! Parameters in paths, queries and headers.

use super::super::Map;
use super::super::document::{Kind, Location, Parameter, Property, Schema};
use super::Describer;
use super::bodies::Returned;
use super::fields::{Owner, Shape};
use super::groups::BARE;
use super::naming::{joined, segments};
use super::outline::{Outline, Planned};
use super::{prose, unsupported};
use crate::model::{PathTemplate, Presence};
use crate::names::type_name;
use crate::reconcile::{FieldDraft, Section};
use crate::spec::Place;

impl<'a> Describer<'a> {
    /// Returns the parameters of all paths, except for the ID of the resource itself.
    pub(super) fn params(&self, outline: &Outline) -> Map {
        let mut params = Map::new().section();
        for planned in &outline.operations {
            let path = segments(planned.operation.path);
            for (at, segment) in path.iter().enumerate() {
                let way = joined(&path[..=at]);
                for name in PathTemplate::new(segment).parameters() {
                    let mut declared = planned.operation.parameters_in(Location::Path);
                    let declared = declared.find(|it| it.name == name);
                    let known = params.contains_key(name);
                    let new = || self.param(name, &way, declared, outline);
                    if let Some(described) = (!known).then(new).flatten() {
                        params.set(name, described);
                    }
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
        let schema = declared.and_then(Parameter::read);
        let whose = self.symbols.item(way);
        let number = schema.as_ref().is_some_and(|it| matches!(it.kind, Kind::Integer));
        let own = whose == Some(outline.resource.as_str()) && !outline.group.singleton;
        if own && name == "id" && !number {
            return None;
        }
        let doc = declared.and_then(|declared| declared.at.text_of("description"));
        let usual = || match whose {
            Some(whose) => format!("Which {}.", self.symbols.noun(whose)),
            None => format!("The `{name}` of the path."),
        };
        let is_id = whose.filter(|whose| {
            let other = !own || name == "id" || is_named_by_id(name, outline);
            self.symbols.is_pointed_to(whose) && !number && other
        });
        let plain = if number { "int64" } else { "string" };
        let kind = if let Some(whose) = is_id {
            format!("id {whose}")
        } else {
            let known = schema.as_ref().and_then(|schema| self.enum_name(schema));
            known.unwrap_or_else(|| plain.to_owned())
        };
        let doc = doc.map_or_else(usual, prose::plain);
        Some(Map::new().with("type", kind).with("doc", doc))
    }

    /// Returns the enum that a schema refers to.
    fn enum_name(&self, schema: &Schema) -> Option<String> {
        let name = type_name(schema.name.as_ref()?);
        self.symbols.is_enum(&name).then_some(name)
    }

    /// Returns the parameters at a location as fields, besides those of pagination and filtering, and common headers.
    pub(super) fn parameters(
        &mut self,
        planned: &Planned<'a>,
        location: Location,
        resource: &str,
    ) -> Section<FieldDraft> {
        let mut fields = Section::new();
        for parameter in planned.operation.parameters_in(location) {
            let name = parameter.name;
            let usual = match location {
                Location::Header => self.conventions.sends_header(name),
                _ => {
                    self.conventions.is_paging(name) && self.is_paged(planned)
                        || self.filter(planned).is_some_and(|it| it.name == name)
                }
            };
            if !usual {
                let (field, findings) =
                    self.collect(|this| this.parameter(parameter, resource));
                let unsupported =
                    FieldDraft { unsupported: true, ..FieldDraft::default() };
                let field = FieldDraft { findings, ..field.unwrap_or(unsupported) };
                fields.insert(name.to_owned(), field);
            }
        }
        fields
    }

    /// Returns true if an operation is a paginated list.
    pub(super) fn is_paged(&self, planned: &Planned) -> bool {
        let Returned::List(list) = &planned.returned else { return false };
        let mut query = planned.operation.parameters_in(Location::Query);
        planned.operation.method == "GET"
            && list.key != BARE
            && query.any(|it| self.conventions.is_paging(it.name))
    }

    /// Returns the filter of a list.
    pub(super) fn filter<'p>(
        &self,
        planned: &'p Planned<'a>,
    ) -> Option<&'p Parameter<'a>> {
        let mut query = planned.operation.parameters_in(Location::Query);
        let filter = query.find(|it| self.conventions.is_filter(it.name));
        filter.filter(|_| matches!(planned.returned, Returned::List(_)))
    }

    /// Returns a parameter as a field of one shape.
    fn parameter(
        &mut self,
        parameter: &Parameter<'a>,
        resource: &str,
    ) -> Option<FieldDraft> {
        unsupported::of_parameter(parameter, &mut self.findings);
        if let Some(what) = unlike_a_value(parameter) {
            self.findings.push(unsupported::refused(parameter, what));
            return None;
        }
        let name = parameter.name;
        let at = parameter.schema.clone()?;
        let noun = self.symbols.noun(resource);
        let (places, sent) = (&[][..], false);
        let owner = Owner { name: resource, noun: &noun, places, sent, resource: false };
        let property = Property { name, at, required: None };
        let member = (Place::Response, None, property);
        let mut field = self.field(owner, name, vec![member]);
        field.presence =
            Presence { required: parameter.required, ..Presence::default() };
        field.rest = std::mem::take(&mut field.rest).without("secret");
        if parameter.at.flag("deprecated") {
            field.rest.set("deprecated", true);
        }
        for seen in &mut field.seen {
            seen.at = Some(parameter.at.remark(String::new()));
        }
        let doc = parameter.at.text_of("description").map(prose::plain);
        let is_header = parameter.location == Location::Header;
        let what = if is_header { "header" } else { "query parameter" };
        let doc = doc.filter(|doc| !doc.is_empty());
        field.doc = doc.unwrap_or_else(|| format!("The {what} `{name}`."));
        Some(field)
    }
}

/// Returns true if a parameter of another name is the ID of the resource nevertheless.
fn is_named_by_id(name: &str, outline: &Outline) -> bool {
    let Some(Shape { schema: resource, .. }) = outline.shapes.first() else {
        return false;
    };
    let id = resource.property("id").and_then(|id| id.read().ok());
    let is_text = id.is_some_and(|schema| matches!(schema.kind, Kind::Text));
    is_text && resource.property(name).is_none()
}

/// Describes a parameter that is neither a value nor a list of values.
fn unlike_a_value(parameter: &Parameter) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.[]".contains(c);
    let query = parameter.location == Location::Query;
    if query && !parameter.name.chars().all(plain) {
        return Some("a parameter whose name needs escapes");
    }
    let schema = parameter.read()?;
    let element = match &schema.kind {
        Kind::List(_) => schema.element()?.ok()?,
        _ => schema,
    };
    match element.kind {
        Kind::Object => Some("an object"),
        Kind::Map(_) => Some("a map"),
        Kind::List(_) => Some("a list of lists"),
        _ => None,
    }
}
