//! Operations: additions, removals and differences.

use super::draft::{Content, FileDraft, OperationDraft, placed};
use super::ours::OurOperation;
use super::{Comparison, NoteKind};
use crate::model::{Body, Output};
use crate::yaml::Tree;

/// Section of operations in a file.
const OPERATIONS: &str = "operations";

impl<'a> Comparison<'a> {
    pub(super) fn operations(&mut self, draft: &FileDraft) {
        let ours = self.ours;
        for (name, theirs) in &draft.operations {
            match ours.operation(self.file, name) {
                Some(known) => self.operation(known, theirs),
                None => self.new_operation(name, theirs),
            }
        }
        self.needing.clear();
    }

    fn new_operation(&mut self, name: &str, theirs: &OperationDraft) {
        let call = format!("{} {}", theirs.method, theirs.path);
        if let Some(obstacle) = &theirs.obstacle {
            let message = format!("`{call}` is new, but {obstacle}");
            self.note(NoteKind::Undecided, &[OPERATIONS], Some(&theirs.at), message);
            return;
        }
        let keys = [OPERATIONS, name];
        let message = format!("the operation `{name}`, `{call}`");
        let note = self.noted(NoteKind::Added, &keys, Some(&theirs.at), message);
        let path = [OPERATIONS.to_owned()];
        let mut unit = self.set(note, &path, name, theirs.written.clone(), &[]);
        unit.notes.extend(placed(theirs.all_findings(), self.file, &keys));
        self.define(theirs.kinds(), &mut unit);
        let sent = |place| theirs.place == Some(place);
        let waiting = self.needing.extract_if(.., |(place, _)| sent(*place));
        unit.edits.extend(waiting.flat_map(|(_, waiting)| waiting.edits));
        self.found.units.push(unit);
    }

    fn operation(&mut self, ours: &OurOperation<'a>, theirs: &OperationDraft) {
        let known = ours.operation;
        let keys = [OPERATIONS, &known.name];
        let stays = known.deprecated.is_none() && ours.service.deprecated.is_none();
        if theirs.deprecated && stays {
            let place = [OPERATIONS, &known.name, "deprecated"];
            let message = format!("`{}` is deprecated", known.id);
            let note = self.noted(NoteKind::Added, &place, Some(&theirs.at), message);
            let keys = keys.map(str::to_owned);
            let unit = self.set(note, &keys, "deprecated", Tree::Bool(true), &[]);
            self.found.units.push(unit);
        }
        let mut differences = self.differences(ours, theirs);
        self.parameters("query", ours, theirs, &mut differences);
        self.parameters("headers", ours, theirs, &mut differences);
        for message in differences {
            self.note(NoteKind::Undecided, &keys, Some(&theirs.at), message);
        }
    }

    fn differences(&self, ours: &OurOperation, theirs: &OperationDraft) -> Vec<String> {
        let known = ours.operation;
        let id = &known.id;
        let mut differences = Vec::new();
        if !self.ours.has_route(&theirs.method, &theirs.path) {
            differences.push(format!(
                "`{id}` is `{} {}` in the document, and `{} {}` in the description",
                theirs.method,
                theirs.path,
                known.method.as_str(),
                known.path
            ));
        }
        if let Some(status) = theirs.status.filter(|status| *status != known.status) {
            differences.push(format!(
                "`{id}` responds with {status} in the document, and with {} in the description",
                known.status
            ));
        }
        if !known.openapi && !self.options.unpublished {
            differences.push(format!(
                "`{id}` is in the document, contrary to its `openapi: false`"
            ));
        }
        let (sent, returned) = (sent(&known.body), returned(&known.output));
        for (verb, theirs, (ours, ty)) in
            [("sends", theirs.sends, sent), ("returns", theirs.returns, returned)]
        {
            // Documents omit the fields of such a type.
            let omitted = matches!(theirs, Content::Nothing | Content::Empty)
                && ty.is_some_and(|ty| !self.ours.is_published(ty));
            if theirs != ours && !omitted {
                let content = words(verb, theirs);
                differences.push(format!(
                    "`{id}` {verb} {content} in the document, but not in the description"
                ));
            }
        }
        if let (Content::List, Output::List(list)) = (theirs.returns, &known.output) {
            let shown = |key: &str| if key.is_empty() { "$" } else { key }.to_owned();
            if theirs.items != list.key {
                differences.push(format!(
                    "`{id}` has its items under `{}` in the document, and under `{}` in the description",
                    shown(&theirs.items),
                    shown(&list.key)
                ));
            }
            if theirs.paged && !list.paged {
                differences.push(format!(
                    "`{id}` is paginated in the document, but not in the description"
                ));
            }
            if theirs.filtered && list.filter.is_empty() {
                differences.push(format!(
                    "`{id}` takes a filter in the document; name the fields under `filter:`"
                ));
            }
        }
        differences
    }

    /// Adds new parameters, and reports missing ones.
    fn parameters(
        &mut self,
        section: &str,
        ours: &OurOperation,
        theirs: &OperationDraft,
        differences: &mut Vec<String>,
    ) {
        let id = &ours.operation.id;
        let is_query = section == "query";
        let (known, drafts, what) = if is_query {
            (&ours.operation.query, &theirs.query, "query parameter")
        } else {
            (&ours.operation.headers, &theirs.headers, "header")
        };
        let same = |a: &str, b: &str| {
            if is_query { a == b } else { a.eq_ignore_ascii_case(b) }
        };
        let keys = |name: &str| {
            [OPERATIONS, &ours.operation.name, section, name].map(str::to_owned)
        };
        for (name, draft) in drafts {
            let Some(known) = known.iter().find(|known| same(&known.wire, name)) else {
                let message = format!("the {what} `{name}` of `{id}`");
                let unit = self.new_item(&keys(name), draft, message);
                self.found.units.extend(unit);
                continue;
            };
            let required = draft.presence.required;
            if required != known.required && !self.options.unpublished {
                let (one, other) = if required {
                    ("document", "description")
                } else {
                    ("description", "document")
                };
                differences.push(format!(
                    "the {one} requires the parameter `{}` of `{id}`, the {other} does not",
                    known.wire
                ));
            }
        }
        for known in known.iter().filter(|known| is_query && known.openapi) {
            if !drafts.keys().any(|name| same(name, &known.wire)) {
                let message = format!("the query parameter `{}` of `{id}`", known.wire);
                self.gone(&keys(&known.wire), Some(&theirs.at), &message);
            }
        }
    }

    /// Reports missing operations, and services without others.
    pub(super) fn gone_operations(&mut self) {
        let ours = self.ours;
        for own in ours.operations.chunk_by(|a, b| a.service.source == b.service.source)
        {
            let service = own.first().map(|known| known.service);
            let Some(service) = service.filter(|service| service.openapi) else {
                continue;
            };
            let published = own.iter().filter(|known| known.operation.openapi);
            let gone: Vec<_> = published.filter(|it| !self.has(it)).collect();
            let Some(first) = gone.first() else { continue };
            self.file = &first.service.source;
            if gone.len() == own.len() {
                let message = format!("the service `{}`", service.label());
                self.gone(&[], None, &message);
                continue;
            }
            for known in gone {
                let keys = [OPERATIONS.to_owned(), known.operation.name.clone()];
                let message = format!("the operation `{}`", known.operation.id);
                self.gone(&keys, None, &message);
            }
        }
    }

    fn has(&self, known: &OurOperation) -> bool {
        let draft = self.theirs.files.get(&known.service.source);
        let key = &known.operation.name;
        draft.is_some_and(|draft| {
            draft.operations.contains_key(key) || draft.unreadable.contains(key)
        })
    }
}

/// Returns the content of a request of ours, and its type.
fn sent(body: &Body) -> (Content, Option<&str>) {
    match body {
        Body::None => (Content::Nothing, None),
        Body::Empty => (Content::Empty, None),
        Body::Type(name) => (Content::Object, Some(name)),
    }
}

/// Returns the content of a response of ours, and its type.
fn returned(output: &Output) -> (Content, Option<&str>) {
    match output {
        Output::Nothing => (Content::Nothing, None),
        Output::Type(name) => (Content::Object, Some(name)),
        Output::List(_) => (Content::List, None),
    }
}

fn words(verb: &str, content: Content) -> &'static str {
    match (verb, content) {
        ("sends", Content::Nothing) => "no body",
        (_, Content::Nothing) => "nothing",
        (_, Content::Empty) => "an empty object",
        ("sends", _) => "a body with keys",
        (_, Content::Object) => "one object",
        (_, Content::List) => "a list",
    }
}
