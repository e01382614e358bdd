//! What the description has already: names, shapes, paths, and how fields are typed elsewhere.
//!
//! A description that lacks files names what is not there; that is known too, so that it can be put back.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::type_name;
use crate::spec::{Entries, Field, Resource, Spec};

use super::spot::{Marked, Spot};
use super::{naming, paths};

/// The names of a description and what they stand for.
#[derive(Debug, Default)]
pub(super) struct Known {
    names: BTreeMap<String, Name>,
    /// Patterns of the paths of single resources, with the resource.
    items: BTreeMap<String, String>,
    /// The types of fields, by the name of the field.
    fields: BTreeMap<String, BTreeSet<String>>,
    /// The values of enums.
    enums: BTreeMap<String, Vec<String>>,
    /// What resources are called in prose.
    nouns: BTreeMap<String, String>,
}

/// What a name stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) kind: NameKind,
    /// The names of the other shapes.
    pub(super) views: BTreeMap<Spot, String>,
    /// It belongs to a service that is going or gone.
    pub(super) deprecated: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum NameKind {
    /// What ids and references can point to.
    Resource,
    #[default]
    Record,
    Enum,
    /// A shape of another type.
    View,
    /// Pointed to, but without operations.
    External,
}

impl Known {
    /// Reads the names off a description.
    pub(super) fn of(spec: &Spec) -> Self {
        let mut known = Self::default();
        for external in spec.api.externals.keys() {
            known.add(external, Name { kind: NameKind::External, ..Name::default() });
        }
        for file in &spec.resources {
            known.add_resource(&file.resource);
            known.add_types(&file.resource);
        }
        known
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<&Name> {
        self.names.get(name)
    }

    /// Adds a name.
    pub(super) fn add(&mut self, name: &str, declared: Name) {
        for view in declared.views.values() {
            let view_name = Name {
                kind: NameKind::View,
                deprecated: declared.deprecated,
                ..Name::default()
            };
            self.names.insert(view.clone(), view_name);
        }
        self.names.insert(name.to_owned(), declared);
    }

    /// Adds the path of single resources.
    pub(super) fn add_item(&mut self, path: &str, resource: &str) {
        self.items.entry(paths::pattern(path)).or_insert_with(|| resource.to_owned());
    }

    /// Adds the values of an enum.
    pub(super) fn add_enum(&mut self, name: &str, values: Vec<String>) {
        self.enums.insert(name.to_owned(), values);
    }

    /// Adds what a resource is called in prose.
    pub(super) fn add_noun(&mut self, resource: &str, noun: &str) {
        self.nouns.entry(resource.to_owned()).or_insert_with(|| noun.to_owned());
    }

    /// What a resource is called in prose.
    pub(super) fn noun(&self, resource: &str) -> String {
        self.nouns.get(resource).cloned().unwrap_or_else(|| naming::noun(resource))
    }

    /// The resource that a path leads to.
    pub(super) fn item(&self, path: &str) -> Option<&str> {
        self.items.get(&paths::pattern(path)).map(String::as_str)
    }

    /// Whether ids and references can point to it.
    pub(super) fn is_pointed_to(&self, name: &str) -> bool {
        matches!(
            self.get(name).map(|name| name.kind),
            Some(NameKind::Resource | NameKind::External)
        )
    }

    /// The one enum that has these values and no others.
    pub(super) fn enum_of(&self, values: &[String]) -> Option<&str> {
        let same = |known: &Vec<String>| {
            known.iter().collect::<BTreeSet<_>>() == values.iter().collect()
        };
        let mut found = self
            .enums
            .iter()
            .filter(|(_, known)| same(known))
            .map(|(name, _)| name.as_str());
        found.next().filter(|_| found.next().is_none())
    }

    /// The type that all fields of a name have.
    pub(super) fn usual(&self, field: &str) -> Option<&str> {
        let types = self.fields.get(field)?;
        types.first().filter(|_| types.len() == 1).map(String::as_str)
    }

    /// The names that types mention but nothing declares.
    pub(super) fn dangling(&self) -> BTreeSet<String> {
        let mentioned = self.fields.values().flatten().flat_map(|text| names_in(text));
        mentioned
            .filter(|name| !self.names.contains_key(*name))
            .map(str::to_owned)
            .collect()
    }

    /// The names that are mentioned as `id` or `ref` but not declared, which can only be resources.
    pub(super) fn is_mentioned_as_pointed_to(&self, name: &str) -> bool {
        self.fields.values().flatten().any(|text| {
            let pointer = text.contains("id ") || text.contains("ref ");
            pointer && names_in(text).any(|mentioned| mentioned == name)
        })
    }

    fn add_resource(&mut self, resource: &Resource) {
        self.add_noun(&resource.resource, &resource.noun);
        self.add_fields(
            resource
                .fields
                .iter()
                .filter_map(|entry| Some((entry.key.as_str(), entry.value.as_ref()?))),
        );
        self.add_fields(
            resource.params.iter().map(|entry| (entry.key.as_str(), &entry.value)),
        );
        for returned in operation_types(resource) {
            self.fields.entry(String::new()).or_default().insert(returned);
        }
        let deprecated = resource.deprecated.is_some();
        let name = resource.resource.as_str();
        if resource.fields.is_empty() {
            self.fields.entry(String::new()).or_default().insert(name.to_owned());
            return;
        }
        let mut views = BTreeMap::new();
        if let Some(request) = &resource.request {
            views.insert(Spot::Request, request.to_string());
        } else if !resource.singleton {
            views.insert(Spot::Create, format!("{name}Create"));
            views.insert(Spot::Update, format!("{name}Update"));
        }
        let kind =
            if resource.singleton { NameKind::Record } else { NameKind::Resource };
        self.add(name, Name { kind, views, deprecated });
        if !resource.singleton {
            let item = resource.item_path.as_ref().map_or("/{id}", |path| path.as_str());
            self.add_item(&format!("{}{item}", *resource.path), name);
        }
    }

    fn add_types(&mut self, resource: &Resource) {
        let deprecated = resource.deprecated.is_some();
        for entry in &resource.types {
            let given = &entry.value;
            let views = [
                (Spot::Request, &given.request),
                (Spot::Create, &given.create),
                (Spot::Update, &given.update),
            ];
            let views = views
                .into_iter()
                .filter_map(|(spot, name)| Some((spot, name.as_ref()?.to_string())))
                .collect();
            self.add(&entry.key, Name { kind: NameKind::Record, views, deprecated });
            self.add_fields(
                given.fields.iter().filter_map(|entry| {
                    Some((entry.key.as_str(), entry.value.as_ref()?))
                }),
            );
        }
        for entry in &resource.enums {
            self.add(
                &entry.key,
                Name { kind: NameKind::Enum, deprecated, ..Name::default() },
            );
            self.add_enum(
                &entry.key,
                entry.value.values.keys().map(ToString::to_string).collect(),
            );
        }
    }

    fn add_fields<'a>(&mut self, fields: impl Iterator<Item = (&'a str, &'a Field)>) {
        for (name, field) in fields {
            for text in
                [&field.kind, &field.request_type, &field.keys].into_iter().flatten()
            {
                self.fields.entry(name.to_owned()).or_default().insert(text.to_string());
            }
        }
    }
}

/// The types that operations name: what they send, what they return, what they are asked.
fn operation_types(resource: &Resource) -> Vec<String> {
    let details = resource.operations.values().filter_map(|operation| match operation {
        crate::spec::Operation::Details(details) => Some(details),
        _ => None,
    });
    let named = details.flat_map(|details| {
        let query = details.query.values().filter_map(|field| field.kind.clone());
        details
            .body
            .iter()
            .chain(&details.returns)
            .cloned()
            .chain(query)
            .collect::<Vec<_>>()
    });
    named.map(|text| text.to_string()).collect()
}

/// The names of types in the words of a type.
pub(super) fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split([' ', '|']);
    words.filter(|word| {
        word.starts_with(|c: char| c.is_uppercase()) && type_name(word) == *word
    })
}

/// The fields that `api.yaml` describes for all resources, as far as an import needs them.
#[derive(Debug, Default)]
pub(super) struct CommonFields {
    fields: BTreeMap<String, (String, Vec<Marked>)>,
    docs: BTreeMap<String, String>,
}

impl CommonFields {
    pub(super) fn of(fields: &Entries<Field>) -> Self {
        let docs = fields.iter().filter_map(|entry| {
            Some((entry.key.to_string(), entry.value.doc.as_ref()?.to_string()))
        });
        let docs = docs.collect();
        let fields = fields.iter().filter_map(|entry| {
            let places = entry
                .value
                .places
                .iter()
                .flatten()
                .filter_map(|place| Marked::parse(place));
            Some((
                entry.key.to_string(),
                (entry.value.kind.as_ref()?.to_string(), places.collect()),
            ))
        });
        Self { fields: fields.collect(), docs }
    }

    /// What is said of a field of all resources.
    pub(super) fn doc(&self, name: &str) -> &str {
        self.docs.get(name).map_or("", String::as_str)
    }

    /// The type of a field and its places.
    pub(super) fn get(&self, name: &str) -> Option<(&str, &[Marked])> {
        self.fields.get(name).map(|(kind, places)| (kind.as_str(), places.as_slice()))
    }
}
