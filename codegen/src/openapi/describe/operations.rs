//! Operations as written in a file, without the properties of the name's convention.

use super::super::document::{Location, Operation};
use super::super::{Map, Tree};
use super::bodies::{Returned, Sent, wrapper};
use super::conventions::usual;
use super::groups::BARE;
use super::naming::segments;
use super::outline::{Outline, Planned};
use super::{Describer, prose, unsupported};
use crate::names::type_name;
use crate::reconcile::{NoteKind, OperationDraft, section};
use crate::spec::Place;

impl<'a> Describer<'a> {
    /// Returns the facts of any operation, as far as they can be compared with ours.
    pub(super) fn draft(
        &mut self,
        planned: &Planned<'a>,
        resource: &str,
    ) -> OperationDraft {
        let operation = &planned.operation;
        let (sends, place) = planned.sent.content();
        let (returns, items) = planned.returned.content();
        OperationDraft {
            at: operation.at.remark(String::new()),
            method: operation.method.clone(),
            path: operation.path.to_owned(),
            written: Tree::Null,
            sends,
            place,
            returns,
            items: items.to_owned(),
            status: operation.status,
            deprecated: operation.at.flag("deprecated"),
            paged: self.is_paged(planned),
            filtered: self.filter(planned).is_some(),
            query: self.parameters(planned, Location::Query, resource),
            headers: self.parameters(planned, Location::Header, resource),
            obstacle: None,
            findings: planned.findings.clone(),
        }
    }

    pub(super) fn operation(
        &mut self,
        planned: &Planned<'a>,
        outline: &Outline<'a>,
    ) -> OperationDraft {
        let (mut draft, findings) = self.collect(|this| {
            let operation = &planned.operation;
            unsupported::of_operation(&planned.name, operation, &mut this.findings);
            let returned = this.returned(planned, outline);
            let body = this.body(planned, outline);
            let mut draft = this.draft(planned, &outline.resource);
            draft.written = this.written(planned, outline, &draft, &body, &returned);
            draft
        });
        draft.findings.extend(findings);
        draft
    }

    fn written(
        &mut self,
        planned: &Planned,
        outline: &Outline,
        draft: &OperationDraft,
        body: &str,
        returned: &str,
    ) -> Tree {
        let operation = &planned.operation;
        let convention = self.conventions.get(&planned.name);
        let (doc, deprecated) = prose_of(operation);
        let method = convention.and_then(|it| it.method.as_ref()).map(|it| it.as_str());
        let usual_body =
            Some(usual(convention, |it| &it.body)).filter(|it| !it.is_empty());
        let nothing = matches!(planned.returned, Returned::Nothing);
        let status = operation.status.unwrap_or(if nothing { 204 } else { 200 });
        let usual_status = convention.and_then(|it| it.status.as_deref());
        let path = outline.group.relative_path(operation);
        let usual_path = match usual(convention, |it| &it.path) {
            "collection" if outline.group.singleton => "item",
            path => path,
        };
        let unlike =
            |value: &str, usual: &str| (value != usual).then(|| Tree::from(value));
        let map = Map::new()
            .with_filled("doc", doc.as_str())
            .with_some("method", unlike(&operation.method, method.unwrap_or_default()))
            .with_some("path", unlike(&path, usual_path))
            .with_some("body", unlike(body, usual_body.unwrap_or("none")))
            .with_some("openapi_body", wrapper(operation, &planned.sent))
            .with_some("returns", unlike(returned, usual(convention, |it| &it.returns)))
            .with_some("status", Some(status).filter(|it| usual_status != Some(it)))
            .joined(self.listing(planned))
            .with_filled("query", section(&draft.query))
            .with_filled("headers", section(&draft.headers))
            .with_some("deprecated", deprecated);
        match (map.len(), map.get("doc")) {
            (0, _) => Tree::Null,
            (1, Some(doc)) => doc.clone(),
            _ => Tree::Map(map),
        }
    }

    fn body(&mut self, planned: &Planned, outline: &Outline) -> String {
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
                    self.whole(schema, &wanted, *place)
                }
            }
            Sent::Type(schema) => self.whole(schema, &wanted, Place::Request),
        }
    }

    /// Returns true if the request type described by another file is the one that is sent.
    fn fits_known(&self, name: Option<&str>, outline: &Outline) -> bool {
        let Some(name) = name.map(type_name) else { return true };
        let known = self.symbols.get(&outline.resource);
        let mut views = known.into_iter().flat_map(|known| known.views.values());
        name == outline.resource || views.any(|view| *view == name)
    }

    fn returned(&mut self, planned: &Planned, outline: &Outline) -> String {
        let wanted = type_name(&format!("{}_{}_result", outline.resource, planned.name));
        let (schema, is_list) = match &planned.returned {
            Returned::Nothing => return "nothing".to_owned(),
            Returned::Object(schema) => (schema, false),
            Returned::List(list) => (&list.item, true),
        };
        match (outline.is_resource(schema), is_list) {
            (true, true) => "list".to_owned(),
            (true, false) => "resource".to_owned(),
            (false, true) => {
                format!("list of {}", self.whole(schema, &wanted, Place::Response))
            }
            (false, false) => self.whole(schema, &wanted, Place::Response),
        }
    }

    fn listing(&mut self, planned: &Planned) -> Map {
        let Returned::List(list) = &planned.returned else { return Map::new() };
        let operation = &planned.operation;
        let ending = segments(operation.path).last().copied().unwrap_or_default();
        let pageable = operation.method == "GET" && list.key != BARE;
        let filter = self.filter(planned);
        if let Some(filter) = filter {
            let message = "the document does not list filterable fields; `id` was added";
            self.note(NoteKind::Undecided, &filter.at, message);
        }
        let known = self.conventions.page_keys();
        let odd: Vec<&str> =
            list.others.iter().filter(|key| !known.contains(key)).copied().collect();
        if !odd.is_empty() {
            let message = format!(
                "the list has `{}` besides its items, which a client does not return",
                odd.join("`, `")
            );
            self.note(NoteKind::Inexpressible, &operation.at, message);
        }
        let has_id = list.item.property("id").is_some();
        let fields = || Tree::from(vec!["id"]);
        Map::new()
            .with_some("items", (list.key != ending).then_some(list.key))
            .with_some("paged", (pageable && !self.is_paged(planned)).then_some(false))
            .with_some("filter", filter.map(|_| fields()))
            .with_some("filter_only", filter.filter(|_| !has_id).map(|_| fields()))
    }
}

/// Returns the description of an operation, and its deprecation.
fn prose_of(operation: &Operation) -> (String, Option<Tree>) {
    let said = operation.at.text_of("description");
    let said = said.or(operation.at.text_of("summary")).unwrap_or_default();
    let said = prose::plain(said);
    let deprecated = prose::read(&said).known.get("deprecated").cloned();
    let flagged = operation.at.flag("deprecated").then_some(Tree::Bool(true));
    (said, deprecated.or(flagged))
}
