//! Operations: additions, removals and differences.

use super::draft::{FieldDraft, FileDraft, OperationDraft, Returns, Sends};
use super::ours::OurOperation;
use super::{Comparison, NoteKind};
use crate::model::{Body, Output, QueryParameter};
use crate::yaml::Tree;
use crate::yaml::edit::Edit;

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
        let mut unit = self.set(note, &path, name, theirs.written.clone());
        let (edits, notes) = self.definitions(theirs.kinds());
        unit.edits.extend(edits);
        unit.notes.extend(self.findings(&keys, &theirs.all_findings()));
        unit.notes.extend(notes);
        let needing = std::mem::take(&mut self.needing);
        for (place, waiting) in needing {
            if theirs.sends == Sends::Place(place) {
                unit.edits.extend(waiting.edits);
            } else {
                self.needing.push((place, waiting));
            }
        }
        self.found.units.push(unit);
    }

    fn operation(&mut self, ours: &OurOperation<'a>, theirs: &OperationDraft) {
        let known = ours.operation;
        let id = &known.id;
        let method = known.method.as_str();
        if !self.ours.has_route(&theirs.method, &theirs.path) {
            let (theirs_method, path) = (&theirs.method, &theirs.path);
            let message = format!(
                "`{id}` is `{theirs_method} {path}` in the document, and `{method} {}` in the description",
                known.path
            );
            self.differs(ours, theirs, message);
        }
        if let Some(status) = theirs.status.filter(|status| *status != known.status) {
            let message = format!(
                "`{id}` responds with {status} in the document, and with {} in the description",
                known.status
            );
            self.differs(ours, theirs, message);
        }
        if !known.openapi && !self.options.unpublished {
            let message =
                format!("`{id}` is in the document, contrary to its `openapi: false`");
            self.differs(ours, theirs, message);
        }
        let stays = known.deprecated.is_none() && ours.service.deprecated.is_none();
        if theirs.deprecated && stays {
            let keys = [OPERATIONS.to_owned(), ours.key.clone()];
            let place = [OPERATIONS, &ours.key, "deprecated"];
            let message = format!("`{id}` is deprecated");
            let note = self.noted(NoteKind::Added, &place, Some(&theirs.at), message);
            let unit = self.set(note, &keys, "deprecated", Tree::Bool(true));
            self.found.units.push(unit);
        }
        self.sent(ours, theirs);
        self.returned(ours, theirs);
        self.parameters("query", &known.query, ours, theirs);
        self.parameters("headers", &known.headers, ours, theirs);
    }

    /// Adds a note on an operation that differs in both.
    fn differs(
        &mut self,
        ours: &OurOperation,
        theirs: &OperationDraft,
        message: impl Into<String>,
    ) {
        let keys = [OPERATIONS, &ours.key];
        self.note(NoteKind::Undecided, &keys, Some(&theirs.at), message);
    }

    fn sent(&mut self, ours: &OurOperation, theirs: &OperationDraft) {
        let word = match (&theirs.sends, &ours.operation.body) {
            (Sends::Nothing, Body::None)
            | (Sends::Empty, Body::Empty)
            | (Sends::Place(_) | Sends::Object, Body::Type(_)) => return,
            // Documents omit the fields of such a type.
            (Sends::Empty, Body::Type(name)) if !self.ours.is_published(name) => return,
            (Sends::Nothing, _) => "sends no body",
            (Sends::Empty, _) => "sends an empty object",
            (Sends::Place(_) | Sends::Object, _) => "sends a body with keys",
        };
        let id = &ours.operation.id;
        let message =
            format!("`{id}` {word} in the document, but not in the description");
        self.differs(ours, theirs, message);
    }

    fn returned(&mut self, ours: &OurOperation, theirs: &OperationDraft) {
        let id = &ours.operation.id;
        let word = match (&theirs.returns, &ours.operation.output) {
            (Returns::Nothing, Output::Nothing) | (Returns::Object, Output::Type(_)) => {
                return;
            }
            (Returns::List(key), Output::List(listing)) => {
                if *key != listing.key {
                    let shown = |key: &str| {
                        if key.is_empty() { "$".to_owned() } else { key.to_owned() }
                    };
                    let message = format!(
                        "`{id}` has its items under `{}` in the document, and under `{}` in the description",
                        shown(key),
                        shown(&listing.key)
                    );
                    self.differs(ours, theirs, message);
                }
                if theirs.paged && !listing.paged {
                    let message = format!(
                        "`{id}` is paginated in the document, but not in the description"
                    );
                    self.differs(ours, theirs, message);
                }
                if theirs.filtered && listing.filter.is_empty() {
                    let message = format!(
                        "`{id}` takes a filter in the document; name the fields under `filter:`"
                    );
                    self.differs(ours, theirs, message);
                }
                return;
            }
            (Returns::Nothing, Output::Type(name)) if !self.ours.is_published(name) => {
                return;
            }
            (Returns::Nothing, _) => "nothing",
            (Returns::Object, _) => "one object",
            (Returns::List(_), _) => "a list",
        };
        let message =
            format!("`{id}` returns {word} in the document, but not in the description");
        self.differs(ours, theirs, message);
    }

    /// Adds new parameters, and reports missing ones.
    fn parameters(
        &mut self,
        section: &str,
        known: &[QueryParameter],
        ours: &OurOperation,
        theirs: &OperationDraft,
    ) {
        let is_query = section == "query";
        let same = |a: &str, b: &str| {
            if is_query { a == b } else { a.eq_ignore_ascii_case(b) }
        };
        let drafts = if is_query { &theirs.query } else { &theirs.headers };
        for (name, draft) in drafts {
            match known.iter().find(|known| same(&known.wire, name)) {
                Some(known) => self.required_parameter(known, draft, ours, theirs),
                None => self.new_parameter(section, name, draft, ours),
            }
        }
        let gone = known.iter().filter(|known| is_query && known.openapi);
        for known in gone {
            if !drafts.keys().any(|name| same(name, &known.wire)) {
                let keys = [OPERATIONS, &ours.key, section, &known.wire];
                let keys = keys.map(str::to_owned);
                let id = &ours.operation.id;
                let message = format!("the query parameter `{}` of `{id}`", known.wire);
                self.gone(&keys, Some(&theirs.at), &message);
            }
        }
    }

    fn required_parameter(
        &mut self,
        known: &QueryParameter,
        draft: &FieldDraft,
        ours: &OurOperation,
        theirs: &OperationDraft,
    ) {
        if draft.presence.required == known.required || self.options.unpublished {
            return;
        }
        let (name, id) = (&known.wire, &ours.operation.id);
        let (one, other) = if draft.presence.required {
            ("document", "description")
        } else {
            ("description", "document")
        };
        let message = format!(
            "the {one} requires the parameter `{name}` of `{id}`, the {other} does not"
        );
        self.differs(ours, theirs, message);
    }

    fn new_parameter(
        &mut self,
        section: &str,
        name: &str,
        draft: &FieldDraft,
        ours: &OurOperation,
    ) {
        let keys = [OPERATIONS, &ours.key, section, name].map(str::to_owned);
        let found = self.findings(&keys, &draft.findings);
        if draft.unsupported {
            self.found.notes.extend(found);
            return;
        }
        let what = if section == "query" { "query parameter" } else { "header" };
        let message = format!("the {what} `{name}` of `{}`", ours.operation.id);
        let note = self.noted(NoteKind::Added, &keys, draft.origin(None), message);
        let mut unit = self.set(note, &keys[..3], name, draft.tree());
        let (edits, notes): (Vec<(String, Edit)>, _) = self.definitions(draft.kinds());
        unit.edits.extend(edits);
        unit.notes.extend(found);
        unit.notes.extend(notes);
        self.found.units.push(unit);
    }

    /// Reports missing operations, and services without others.
    pub(super) fn gone_operations(&mut self) {
        let ours = self.ours;
        for own in ours.operations.chunk_by(|a, b| a.file == b.file) {
            let service = own.first().map(|known| known.service);
            let Some(service) = service.filter(|service| service.openapi) else {
                continue;
            };
            let published = own.iter().filter(|known| known.operation.openapi);
            let gone: Vec<_> = published.filter(|it| !self.has(it)).collect();
            let Some(first) = gone.first() else { continue };
            self.file = &first.file;
            if gone.len() == own.len() {
                let message = format!("the service `{}`", service.accessor.join("."));
                self.gone(&[], None, &message);
                continue;
            }
            for known in gone {
                let keys = [OPERATIONS.to_owned(), known.key.clone()];
                let message = format!("the operation `{}`", known.operation.id);
                self.gone(&keys, None, &message);
            }
        }
    }

    fn has(&self, known: &OurOperation) -> bool {
        let draft = self.theirs.files.get(&known.file);
        draft.is_some_and(|draft| {
            draft.operations.contains_key(&known.key)
                || draft.unreadable.contains(&known.key)
        })
    }
}
