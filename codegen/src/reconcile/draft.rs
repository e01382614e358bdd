//! A description from another source: a published document, or recorded traffic.
//!
//! It has the keys of the description files, each with its source location. A [`FileDraft`] prints itself as a new
//! file; [`reconcile`](super::reconcile) compares it with an existing one.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::Unit;
use super::notes::Note;
use super::ours::merged;
use crate::model::Presence;
use crate::openapi::document::Remark;
use crate::spec::{Marked, Place};
use crate::yaml::edit::{Change, Edit};
use crate::yaml::{Map, Tree, text};

/// A map in source order.
pub(crate) type Section<T> = IndexMap<String, T>;

/// Files by their paths in the directory of a description.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) files: BTreeMap<String, FileDraft>,
}

/// A service.
#[derive(Debug, Default)]
pub(crate) struct FileDraft {
    /// Properties before the first section.
    pub(crate) head: Map,
    pub(crate) params: Map,
    pub(crate) operations: Section<OperationDraft>,
    /// Operations of our description that are there, though they cannot be described.
    pub(crate) unreadable: BTreeSet<String>,
    /// Type of the service's resource.
    pub(crate) resource: TypeDraft,
    pub(crate) types: Section<TypeDraft>,
    pub(crate) enums: Section<EnumDraft>,
    /// Findings about the description of the service.
    pub(crate) findings: Vec<Note>,
}

#[derive(Debug, Default)]
pub(crate) struct TypeDraft {
    /// Properties before its fields.
    pub(crate) head: Map,
    pub(crate) fields: Section<FieldDraft>,
    /// The shapes that were found, each with a source location.
    pub(crate) shapes: BTreeMap<Place, Remark>,
    pub(crate) findings: Vec<Note>,
}

#[derive(Debug, Default)]
pub(crate) struct FieldDraft {
    /// Source locations.
    pub(crate) seen: Vec<Seen>,
    /// Type. `None` if it is in `api.yaml`, if it is that of our description, or if a description has no such type.
    pub(crate) kind: Option<String>,
    pub(crate) request_kind: Option<String>,
    /// True if a description has no such type.
    pub(crate) unsupported: bool,
    /// Contents of `in:`; `None` if it is omitted.
    pub(crate) places: Option<Vec<Marked>>,
    /// Presence in a type of one shape.
    pub(crate) presence: Presence,
    /// Other properties except for the description, in the order in which they are written.
    pub(crate) rest: Map,
    pub(crate) doc: String,
    /// Sentences with facts.
    pub(crate) sentences: Vec<String>,
    /// Source location of facts.
    pub(crate) stated: Option<Remark>,
    pub(crate) findings: Vec<Note>,
}

/// A field in one of its shapes.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) place: Place,
    /// `None` if it is unknown whether it is required.
    pub(crate) required: Option<bool>,
    pub(crate) nullable: bool,
    pub(crate) optional: bool,
    pub(crate) at: Option<Remark>,
}

#[derive(Debug, Default)]
pub(crate) struct EnumDraft {
    pub(crate) doc: String,
    pub(crate) open: bool,
    /// Values, with their source locations.
    pub(crate) values: Section<Option<Remark>>,
    /// True if all sources list exactly these values.
    pub(crate) closed: bool,
}

#[derive(Debug)]
pub(crate) struct OperationDraft {
    pub(crate) at: Remark,
    pub(crate) method: String,
    pub(crate) path: String,
    /// As written, if it is new.
    pub(crate) written: Tree,
    pub(crate) sends: Content,
    /// The shape of the resource that is sent, if there is one.
    pub(crate) place: Option<Place>,
    pub(crate) returns: Content,
    /// Key of the items of a list; empty if the whole response is the list.
    pub(crate) items: String,
    pub(crate) status: Option<u16>,
    pub(crate) deprecated: bool,
    /// True if its parameters select a page.
    pub(crate) paged: bool,
    /// True if its parameters include a filter.
    pub(crate) filtered: bool,
    pub(crate) query: Section<FieldDraft>,
    pub(crate) headers: Section<FieldDraft>,
    /// Reason why it cannot be added to the file of its service, if there is one.
    pub(crate) obstacle: Option<String>,
    pub(crate) findings: Vec<Note>,
}

/// The content of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Nothing,
    /// `{}`.
    Empty,
    Object,
    List,
}

impl Draft {
    /// Returns the unit that defines a type or enum, and the types of its fields.
    pub(super) fn definition(&self, name: &str) -> Option<(Unit, Vec<String>)> {
        self.files.iter().find_map(|(file, draft)| {
            let known = (draft.types.get(name), draft.enums.get(name));
            let (section, value, kinds, notes) = match known {
                (Some(ty), _) => {
                    let kinds = ty.fields.values().flat_map(FieldDraft::kinds).collect();
                    ("types", ty.tree(), kinds, ty.findings(file, &["types", name]))
                }
                (None, Some(known)) => ("enums", known.tree(), Vec::new(), Vec::new()),
                (None, None) => return None,
            };
            let set = Change::Set { key: name.to_owned(), value, after: Vec::new() };
            let edits = vec![(file.clone(), Edit::new([section], set))];
            Some((Unit { notes, edits, removed: None }, kinds))
        })
    }
}

impl FileDraft {
    pub(crate) fn text(&self, path: &str) -> String {
        let up = "../".repeat(path.matches('/').count().saturating_sub(1));
        let schema = format!("# yaml-language-server: $schema={up}../schema.json\n");
        let operations = self.operations.iter();
        let operations = operations.map(|(name, it)| (name, it.written.clone()));
        let operations = operations.collect::<Map>().section();
        let enums = self.enums.iter().map(|(name, it)| (name, it.tree()));
        let types = self.types.iter().map(|(name, it)| (name, it.tree()));
        let fields = Some(section(&self.resource.fields)).filter(|map| !map.is_empty());
        let sections = [
            Map::new().with_filled("params", self.params.clone()),
            Map::new().with("operations", operations),
            Map::new().with_some("fields", fields),
            Map::new().with_filled("enums", enums.collect::<Map>().section()),
            Map::new().with_filled("types", types.collect::<Map>().section()),
        ];
        let sections = sections.into_iter().filter(|section| !section.is_empty());
        let printed = sections.map(|it| format!("\n{}", text::house(&it.section(), 0)));
        let head = text::house(&self.head, 0);
        [schema, head].into_iter().chain(printed).collect()
    }

    /// Returns the findings about a new file.
    pub(crate) fn findings(&self, path: &str) -> Vec<Note> {
        let own = placed(&self.findings, path, &["doc"]).into_iter();
        let operations = self.operations.iter().flat_map(|(name, operation)| {
            placed(operation.all_findings(), path, &["operations", name])
        });
        let types = self.types.iter();
        let types = types.flat_map(|(name, it)| it.findings(path, &["types", name]));
        let resource = self.resource.findings(path, &[]);
        own.chain(operations).chain(resource).chain(types).collect()
    }
}

/// Returns findings about a location in a file.
pub(super) fn placed<'n>(
    findings: impl IntoIterator<Item = &'n Note>,
    file: &str,
    keys: &[impl AsRef<str>],
) -> Vec<Note> {
    findings.into_iter().map(|it| it.clone().in_file(file, keys)).collect()
}

impl TypeDraft {
    pub(crate) fn tree(&self) -> Tree {
        Tree::Map(self.head.clone().with("fields", section(&self.fields)).section())
    }

    /// Returns the findings about it and its fields, at this location.
    fn findings(&self, file: &str, path: &[&str]) -> Vec<Note> {
        let fields = self.fields.iter().flat_map(|(name, field)| {
            placed(&field.findings, file, &[path, &["fields", name]].concat())
        });
        placed(&self.findings, file, path).into_iter().chain(fields).collect()
    }
}

/// Returns the fields that a description can express.
pub(crate) fn section(fields: &Section<FieldDraft>) -> Map {
    let fields = fields.iter().filter(|(_, field)| !field.unsupported);
    fields.map(|(name, field)| (name, field.tree())).collect::<Map>().section()
}

impl FieldDraft {
    /// Returns the value of its name; empty if there is none.
    pub(crate) fn tree(&self) -> Tree {
        let places = self.places.as_ref();
        let places =
            places.map(|it| it.iter().map(|place| place.text()).collect::<Tree>());
        let map = Map::new()
            .with_some("type", self.kind.as_ref())
            .with_some("request_type", self.request_kind.as_ref())
            .with_some("in", places)
            .with_flag("required", self.presence.required)
            .with_flag("nullable", self.presence.nullable)
            .with_flag("optional", self.presence.optional)
            .joined(self.rest.clone())
            .with_filled("doc", self.doc.as_str());
        if map.is_empty() { Tree::Null } else { Tree::Map(map) }
    }

    /// Returns the types that it refers to.
    pub(crate) fn kinds(&self) -> Vec<String> {
        self.kind.iter().chain(&self.request_kind).cloned().collect()
    }

    /// Returns its source location, in this shape if possible.
    pub(crate) fn origin(&self, place: Option<Place>) -> Option<&Remark> {
        let here = self.seen.iter().find(|seen| Some(seen.place) == place);
        here.or(self.seen.first())?.at.as_ref()
    }

    /// Returns the shapes that contain it, without duplicates, with all marks.
    pub(crate) fn marked(&self) -> Vec<Marked> {
        merged(self.seen.iter().map(|seen| {
            let response = seen.place == Place::Response;
            Marked {
                place: seen.place,
                required: !response && seen.required == Some(true),
                nullable: seen.nullable,
                optional: response && seen.optional,
            }
        }))
    }

    /// Returns whether it is required in a shape, if all sources agree.
    pub(crate) fn is_required(&self, place: Place) -> Option<bool> {
        let here = self.seen.iter().filter(|seen| seen.place == place);
        let said: BTreeSet<Option<bool>> = here.map(|seen| seen.required).collect();
        said.first().copied().flatten().filter(|_| said.len() == 1)
    }
}

impl EnumDraft {
    pub(crate) fn tree(&self) -> Tree {
        let values = self.values.keys().map(|value| (value, meaning(value)));
        Tree::Map(
            Map::new()
                .with("doc", self.doc.as_str())
                .with_flag("open", self.open)
                .with("values", values.collect::<Map>().section())
                .section(),
        )
    }
}

/// Returns the description of an undescribed value.
pub(crate) fn meaning(value: &str) -> String {
    format!("The value `{value}`.")
}

impl OperationDraft {
    /// Returns the findings about it and its parameters.
    pub(crate) fn all_findings(&self) -> impl Iterator<Item = &Note> {
        let parameters = self.query.values().chain(self.headers.values());
        let inner = parameters.flat_map(|parameter| &parameter.findings);
        self.findings.iter().chain(inner)
    }

    /// Returns the types that it refers to.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let parameters = self.query.values().chain(self.headers.values());
        let bodies = ["body", "returns"].into_iter();
        let bodies = bodies.filter_map(|key| match self.written.get(key)? {
            Tree::Text(kind) => Some(kind.clone()),
            _ => None,
        });
        bodies.chain(parameters.flat_map(FieldDraft::kinds)).collect()
    }
}
