//! The names of a description: types, shapes, paths, tags, and types of fields by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::type_name;
use crate::openapi::describe::naming;
use crate::spec::{Field, Place, Resource, ResourceFile, Spanned, Spec};

/// Suffix of the name of a service that would be named like a type.
pub(crate) const SERVICE: &str = "Service";

/// The names of a description and their definitions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Symbols {
    names: BTreeMap<String, Symbol>,
    /// Patterns of the paths of single resources, with the resource.
    items: BTreeMap<String, String>,
    /// Types of fields, by the name of the field.
    fields: BTreeMap<String, BTreeSet<String>>,
    /// Enums, by their values.
    enums: BTreeMap<BTreeSet<String>, BTreeSet<String>>,
    /// Nouns of resources.
    nouns: BTreeMap<String, String>,
    /// Files of services, by tag.
    tags: BTreeMap<String, String>,
}

/// The definition of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Symbol {
    pub(crate) kind: SymbolKind,
    /// Names of the other shapes.
    pub(crate) views: BTreeMap<Place, String>,
    /// Location of its description; `None` for a type that is not in a file yet.
    pub(crate) home: Option<Home>,
    /// Its shape, if its type has several.
    pub(crate) place: Option<Place>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum SymbolKind {
    /// A target of IDs and references.
    Resource,
    #[default]
    Record,
    Enum,
}

/// The location of a type in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Home {
    /// File, relative to the directory of the description.
    pub(crate) file: String,
    /// Path of keys to its fields, or to the values of an enum.
    pub(crate) path: Vec<String>,
    /// Name of the type.
    pub(crate) name: String,
}

impl Home {
    pub(crate) fn new(file: &str, path: &[&str], name: &str) -> Self {
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        Self { file: file.to_owned(), path, name: name.to_owned() }
    }

    /// Returns true for the resource of a service.
    pub(crate) fn is_resource(&self) -> bool {
        self.path.len() == 1
    }

    pub(crate) fn field(&self, name: &str) -> Vec<String> {
        self.path.iter().cloned().chain([name.to_owned()]).collect()
    }
}

impl Symbol {
    /// Returns a resource with the names of its shapes.
    pub(crate) fn resource(name: &str, request: Option<&str>, singleton: bool) -> Self {
        let views = match request {
            Some(request) => BTreeMap::from([(Place::Request, request.to_owned())]),
            None if singleton => BTreeMap::new(),
            None => BTreeMap::from([
                (Place::Create, format!("{name}Create")),
                (Place::Update, format!("{name}Update")),
            ]),
        };
        let kind = if singleton { SymbolKind::Record } else { SymbolKind::Resource };
        Self { kind, views, ..Self::default() }
    }
}

impl Symbols {
    /// Collects the names of a description.
    pub(crate) fn of(spec: &Spec) -> Self {
        let mut symbols = Self::default();
        let kind = SymbolKind::Resource;
        for external in spec.api.externals.keys() {
            symbols.add(external, Symbol { kind, ..Symbol::default() });
        }
        for file in &spec.resources {
            symbols.add_resource(file);
            symbols.add_types(file);
            symbols.add_fields(&file.resource);
        }
        symbols
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Symbol> {
        self.names.get(name)
    }

    /// Returns the location of a type or of one of its shapes, and the shape.
    pub(crate) fn home(&self, name: &str) -> Option<(&Home, Option<Place>)> {
        let symbol = self.names.get(name)?;
        Some((symbol.home.as_ref()?, symbol.place))
    }

    /// Adds a name, and those of its other shapes.
    pub(crate) fn add(&mut self, name: &str, mut symbol: Symbol) {
        for (place, view) in &symbol.views {
            let view_symbol = Symbol {
                home: symbol.home.clone(),
                place: Some(*place),
                ..Symbol::default()
            };
            self.names.insert(view.clone(), view_symbol);
        }
        symbol.place = Some(Place::Response).filter(|_| !symbol.views.is_empty());
        self.names.insert(name.to_owned(), symbol);
    }

    /// Adds the path of single resources.
    pub(crate) fn add_item(&mut self, path: &str, resource: &str) {
        self.items.entry(naming::pattern(path)).or_insert_with(|| resource.to_owned());
    }

    pub(crate) fn add_enum(
        &mut self,
        name: &str,
        home: Option<Home>,
        values: impl IntoIterator<Item = String>,
    ) {
        self.add(name, Symbol { kind: SymbolKind::Enum, home, ..Symbol::default() });
        let values = values.into_iter().collect();
        self.enums.entry(values).or_default().insert(name.to_owned());
    }

    pub(crate) fn add_noun(&mut self, resource: &str, noun: &str) {
        self.nouns.entry(resource.to_owned()).or_insert_with(|| noun.to_owned());
    }

    pub(crate) fn noun(&self, resource: &str) -> String {
        self.nouns.get(resource).cloned().unwrap_or_else(|| naming::noun(resource))
    }

    /// Returns the resource at a path.
    pub(crate) fn item(&self, path: &str) -> Option<&str> {
        self.items.get(&naming::pattern(path)).map(String::as_str)
    }

    /// Returns the file of the service with a tag.
    pub(crate) fn tagged(&self, tag: &str) -> Option<&str> {
        self.tags.get(&tag_name(tag)).map(String::as_str)
    }

    /// Returns true for targets of IDs and references.
    pub(crate) fn is_pointed_to(&self, name: &str) -> bool {
        self.get(name).is_some_and(|symbol| symbol.kind == SymbolKind::Resource)
    }

    pub(crate) fn is_enum(&self, name: &str) -> bool {
        self.get(name).is_some_and(|symbol| symbol.kind == SymbolKind::Enum)
    }

    /// Returns the only enum with exactly these values.
    pub(crate) fn enum_of(&self, values: &[String]) -> Option<&str> {
        only(self.enums.get(&values.iter().cloned().collect())?)
    }

    /// Returns the type of all fields with a name.
    pub(crate) fn usual(&self, field: &str) -> Option<&str> {
        only(self.fields.get(field)?)
    }

    fn add_resource(&mut self, file: &ResourceFile) {
        let resource = &file.resource;
        let name = resource.resource.as_str();
        self.tags.insert(tag_name(&resource.tag), file.path());
        self.add_noun(name, &resource.noun);
        if resource.fields.is_empty() {
            return;
        }
        let request = resource.request.as_ref().map(|name| name.as_str());
        let symbol = Symbol::resource(name, request, resource.singleton);
        let home = Some(Home::new(&file.path(), &["fields"], name));
        self.add(name, Symbol { home, ..symbol });
        if !resource.singleton {
            self.add_item(&format!("{}{}", *resource.path, resource.item()), name);
        }
    }

    fn add_types(&mut self, file: &ResourceFile) {
        let path = file.path();
        for (name, given) in &file.resource.types {
            let views = given.views().map(|(place, name)| (place, name.to_string()));
            let home = Home::new(&path, &["types", name, "fields"], name);
            let (views, home) = (views.collect(), Some(home));
            self.add(name, Symbol { views, home, ..Symbol::default() });
        }
        for (name, given) in &file.resource.enums {
            let home = Home::new(&path, &["enums", name, "values"], name);
            let values = given.values.keys().map(ToString::to_string);
            self.add_enum(name, Some(home), values);
        }
    }

    /// Adds the types of all fields and parameters.
    fn add_fields(&mut self, resource: &Resource) {
        let of_types = resource.types.values().map(|ty| &ty.fields);
        let fields = std::iter::once(&resource.fields).chain(of_types);
        for (name, field) in fields.flatten() {
            if let Some(field) = field {
                self.add_field(name, field);
            }
        }
        let queries = resource.operations.values().map(|it| &it.details().query);
        for (name, field) in queries.chain([&resource.params]).flatten() {
            self.add_field(name, field);
        }
    }

    fn add_field(&mut self, name: &Spanned<String>, field: &Field) {
        for text in [&field.kind, &field.request_type].into_iter().flatten() {
            self.fields.entry(name.to_string()).or_default().insert(text.to_string());
        }
    }
}

/// Returns the item of a set of one.
fn only(names: &BTreeSet<String>) -> Option<&str> {
    names.first().filter(|_| names.len() == 1).map(String::as_str)
}

/// Returns the name of a service, even if it was changed to differ from a type.
pub(crate) fn tag_name(tag: &str) -> String {
    let name = type_name(tag);
    let stem = name.strip_suffix(SERVICE).filter(|name| !name.is_empty());
    stem.unwrap_or(&name).to_owned()
}

/// Iterates over the names of types in a type.
pub(crate) fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split([' ', '|']);
    words.filter(|word| {
        word.starts_with(|c: char| c.is_uppercase()) && type_name(word) == *word
    })
}
