//! Operations as written in a file, without the properties of the name's convention.

use super::super::document::{Location, Operation, Parameter, Schema};
use super::super::{Map, Tree};
use super::conventions::Convention;
use super::outline::{Outline, Planned, Returned, Sent, wrapper};
use super::paths::segments;
use super::prose;
use super::{Describer, docs, lists, unsupported};
use crate::names::type_name;
use crate::reconcile::{
    FieldDraft, FileDraft, NoteKind, OperationDraft, OurOperation, Returns, Section,
    Sends,
};
use crate::spec::Place;

/// An operation of the document, with its interpreted bodies.
pub(super) struct Shown<'p, 'd> {
    pub(super) operation: &'p Operation<'d>,
    pub(super) sent: &'p Sent<'d>,
    pub(super) returned: &'p Returned<'d>,
}

impl<'d> Describer<'d> {
    /// Describes an operation of ours, as far as it can be compared.
    pub(super) fn known_operation(
        &mut self,
        shown: &Shown<'_, 'd>,
        ours: &OurOperation,
        out: &mut FileDraft,
    ) -> OperationDraft {
        let resource = &ours.service.resource;
        let query = self.query(shown, resource, out);
        let headers = self.headers(shown, resource, out);
        self.draft(shown, Tree::Null, query, headers)
    }

    /// Returns the facts of any operation.
    fn draft(
        &self,
        shown: &Shown<'_, 'd>,
        written: Tree,
        query: Section<FieldDraft>,
        headers: Section<FieldDraft>,
    ) -> OperationDraft {
        let operation = shown.operation;
        OperationDraft {
            at: operation.at.remark(String::new()),
            method: operation.method.clone(),
            path: operation.path.to_owned(),
            written,
            sends: sends(shown.sent),
            returns: returns(shown.returned),
            status: operation.status,
            deprecated: operation.at.flag("deprecated"),
            paged: self.is_paged(shown),
            filtered: self.filter(shown).is_some(),
            query,
            headers,
            obstacle: None,
            findings: Vec::new(),
        }
    }

    /// Describes a new operation.
    pub(super) fn operation(
        &mut self,
        planned: &Planned<'d>,
        outline: &Outline<'d>,
        out: &mut FileDraft,
    ) -> OperationDraft {
        let shown = Shown {
            operation: &planned.operation,
            sent: &planned.sent,
            returned: &planned.returned,
        };
        let operation = shown.operation;
        let (mut draft, findings) = self.collect(|this| {
            unsupported::of_operation(&planned.name, operation, &mut this.findings);
            this.described(planned, &shown, outline, out)
        });
        draft.findings = planned.findings.iter().cloned().chain(findings).collect();
        draft
    }

    fn described(
        &mut self,
        planned: &Planned<'d>,
        shown: &Shown<'_, 'd>,
        outline: &Outline<'d>,
        out: &mut FileDraft,
    ) -> OperationDraft {
        let operation = shown.operation;
        let default = Convention::default();
        let convention = self.conventions.get(&planned.name).unwrap_or(&default).clone();
        let (doc, deprecated) = prose_of(operation);
        let returned = self.returned(planned, outline, out);
        let body = self.body(planned, outline, out);
        let usual_body = convention.body.as_deref().unwrap_or("none");
        let status = operation.status.unwrap_or_else(|| usual_status(shown));
        let query = self.query(shown, &outline.resource, out);
        let headers = self.headers(shown, &outline.resource, out);
        let section = |fields: &Section<FieldDraft>| {
            let fields = fields.iter().filter(|(_, field)| !field.unsupported);
            fields.map(|(name, it)| (name, it.tree())).collect::<Map>().section()
        };
        let map = Map::new()
            .with_filled("doc", doc.as_str())
            .with_some("method", differing(&operation.method, &convention.method))
            .with_some("path", relative_path(operation, outline, &convention))
            .with_some("body", differing(&body, usual_body))
            .with_some("openapi_body", wrapper(operation, shown.sent))
            .with_some("returns", differing(&returned, &convention.returns))
            .with_some("status", Some(status).filter(|it| *it != convention.status))
            .joined(self.listing(shown))
            .with_filled("query", section(&query))
            .with_filled("headers", section(&headers))
            .with_some("deprecated", deprecated);
        let written = match (map.len(), map.get("doc")) {
            (0, _) => Tree::Null,
            (1, Some(doc)) => doc.clone(),
            _ => Tree::Map(map),
        };
        self.draft(shown, written, query, headers)
    }

    fn body(
        &mut self,
        planned: &Planned,
        outline: &Outline,
        out: &mut FileDraft,
    ) -> String {
        let wanted = type_name(&format!("{}_{}", outline.resource, planned.name));
        match &planned.sent {
            Sent::Nothing => "none".to_owned(),
            Sent::Empty => "empty".to_owned(),
            Sent::Place(place, schema) => {
                let own = outline.describes
                    || *place == Place::Request
                        && self.fits_known(schema.name.as_deref(), outline);
                if own {
                    place.word().to_owned()
                } else {
                    self.whole(schema, &wanted, *place, out)
                }
            }
            Sent::Type(schema) => self.whole(schema, &wanted, Place::Request, out),
        }
    }

    /// Returns true if the request type described by another file is the one that is sent.
    fn fits_known(&self, name: Option<&str>, outline: &Outline) -> bool {
        let name = name.map(type_name);
        let known = self.symbols.get(&outline.resource);
        let views = known.into_iter().flat_map(|known| known.views.values());
        name.is_none_or(|name| {
            name == outline.resource || views.into_iter().any(|view| *view == name)
        })
    }

    fn returned(
        &mut self,
        planned: &Planned,
        outline: &Outline,
        out: &mut FileDraft,
    ) -> String {
        let wanted = type_name(&format!("{}_{}_result", outline.resource, planned.name));
        match &planned.returned {
            Returned::Nothing => "nothing".to_owned(),
            Returned::Object(schema) if is_resource(schema, outline) => {
                "resource".to_owned()
            }
            Returned::Object(schema) => {
                self.whole(schema, &wanted, Place::Response, out)
            }
            Returned::List(list) if is_resource(&list.item, outline) => {
                "list".to_owned()
            }
            Returned::List(list) => {
                let item = self.whole(&list.item, &wanted, Place::Response, out);
                format!("list of {item}")
            }
        }
    }

    /// Returns the properties of a list operation.
    fn listing(&mut self, shown: &Shown) -> Map {
        let Returned::List(list) = shown.returned else { return Map::new() };
        let operation = shown.operation;
        let ending = segments(operation.path).last().copied().unwrap_or_default();
        let pageable = operation.method == "GET" && list.key != lists::BARE;
        let paged = self.is_paged(shown);
        let filter = self.filter(shown).map(|filter| filter.at.clone());
        if let Some(at) = &filter {
            let message = "the document does not list filterable fields; `id` was added";
            self.note(NoteKind::Undecided, at, message);
        }
        let known = |key: &&str| self.conventions.page_keys.iter().any(|it| it == key);
        let odd = list.others.iter().filter(|key| !known(key)).copied();
        let odd: Vec<_> = odd.collect();
        if !odd.is_empty() {
            let message = format!(
                "the list has `{}` besides its items, which a client does not return",
                odd.join("`, `")
            );
            self.note(NoteKind::Inexpressible, &operation.at, message);
        }
        let has_id = list.item.properties().iter().any(|property| property.name == "id");
        let fields = || Tree::from(vec!["id"]);
        Map::new()
            .with_some("items", (list.key != ending).then_some(list.key))
            .with_some("paged", (pageable && !paged).then_some(false))
            .with_some("filter", filter.as_ref().map(|_| fields()))
            .with_some("filter_only", filter.filter(|_| !has_id).map(|_| fields()))
    }

    /// Returns the parameter of filters of a list, if there is one.
    fn filter<'p>(&self, shown: &Shown<'p, 'd>) -> Option<&'p Parameter<'d>> {
        let is_list = matches!(shown.returned, Returned::List(_));
        let mut parameters = shown.operation.parameters.iter();
        parameters.find(|parameter| {
            let query = parameter.location == Location::Query;
            is_list && query && parameter.name == self.conventions.filter
        })
    }
}

fn sends(sent: &Sent) -> Sends {
    match sent {
        Sent::Nothing => Sends::Nothing,
        Sent::Empty => Sends::Empty,
        Sent::Place(place, _) => Sends::Place(*place),
        Sent::Type(_) => Sends::Object,
    }
}

fn returns(returned: &Returned) -> Returns {
    match returned {
        Returned::Nothing => Returns::Nothing,
        Returned::Object(_) => Returns::Object,
        Returned::List(list) if list.key == lists::BARE => Returns::List(String::new()),
        Returned::List(list) => Returns::List(list.key.to_owned()),
    }
}

fn differing(value: &str, usual: &str) -> Option<Tree> {
    (value != usual).then(|| Tree::from(value))
}

/// Returns the description of an operation, and its deprecation.
fn prose_of(operation: &Operation) -> (String, Option<Tree>) {
    let said = operation.at.text_of("description");
    let said = said.or(operation.at.text_of("summary")).unwrap_or_default();
    let said = docs::plain(said);
    let deprecated = prose::read(&said).deprecated;
    let flagged = operation.at.flag("deprecated").then_some(Tree::Bool(true));
    (said, deprecated.or(flagged))
}

fn relative_path(
    operation: &Operation,
    outline: &Outline,
    convention: &Convention,
) -> Option<Tree> {
    let path = outline.relative_path(operation);
    let whole = outline.group.singleton && path == "item";
    let same = path == convention.path || whole && convention.path == "collection";
    (!same).then(|| Tree::from(path))
}

fn is_resource(schema: &Schema, outline: &Outline) -> bool {
    let Some((_, resource)) = outline.shapes.first() else { return false };
    match (&schema.name, &resource.name) {
        (Some(name), Some(resource)) => name == resource,
        (None, None) => schema.at.pointer() == resource.at.pointer(),
        _ => false,
    }
}

fn usual_status(shown: &Shown) -> u16 {
    if matches!(shown.returned, Returned::Nothing) { 204 } else { 200 }
}
