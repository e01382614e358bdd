//! Schemas of lists: objects that contain the items.

use std::collections::BTreeMap;

use crate::model::{Listing, Model, Operation, Output, Service};

use super::super::{Map, Tree};
use super::{examples, reference};

/// The lists of a model and the names of their schemas.
pub(super) struct Lists {
    names: BTreeMap<Shape, String>,
}

/// Identifies a list: the item, the key of the items, and whether it is paginated.
type Shape = (String, String, bool);

impl Lists {
    /// Names each list after its item, like the published document; a second one of the same item after its
    /// operation.
    pub(super) fn name(model: &Model) -> Self {
        let mut lists = Self { names: BTreeMap::new() };
        let own_first =
            lists_of(model).filter(|(service, _, list)| service.resource == list.item);
        let others =
            lists_of(model).filter(|(service, _, list)| service.resource != list.item);
        for (_, operation, list) in own_first.chain(others) {
            lists.add(list, operation, model);
        }
        lists
    }

    fn add(&mut self, list: &Listing, operation: &Operation, model: &Model) {
        let shape = shape(list);
        if self.names.contains_key(&shape) {
            return;
        }
        let taken = |name: &String| {
            model.types.contains_key(name)
                || self.names.values().any(|other| other == name)
        };
        let mut name = format!("{}List", list.item);
        if taken(&name) {
            name = format!("{}Page", operation.id);
        }
        while taken(&name) {
            name.push('_');
        }
        self.names.insert(shape, name);
    }

    /// Returns the name of the schema of a list.
    pub(super) fn get(&self, list: &Listing) -> &str {
        self.names.get(&shape(list)).map_or("", String::as_str)
    }

    /// Returns the schemas by name.
    pub(super) fn schemas(&self, model: &Model) -> BTreeMap<String, Map> {
        let schema = |((item, key, paged), name): (&Shape, &String)| {
            (name.clone(), schema(item, key, *paged, model))
        };
        self.names.iter().map(schema).collect()
    }
}

fn shape(list: &Listing) -> Shape {
    (list.item.clone(), list.key.clone(), list.paged)
}

fn lists_of(model: &Model) -> impl Iterator<Item = (&Service, &Operation, &Listing)> {
    let operations = model.services.iter().flat_map(|service| {
        service.operations.iter().map(move |operation| (service, operation))
    });
    operations.filter_map(|(service, operation)| match &operation.output {
        Output::List(list) => Some((service, operation, list)),
        Output::Nothing | Output::Type(_) => None,
    })
}

fn schema(item: &str, key: &str, paged: bool, model: &Model) -> Map {
    let api = &model.api;
    if key.is_empty() {
        return Map::new()
            .with("type", "array")
            .with("description", format!("A list of `{item}`."))
            .with("items", reference("schemas", item))
            .with("examples", vec![Tree::from(vec![examples::of(item, model)])]);
    }
    let items = Map::new()
        .with("type", "array")
        .with("items", reference("schemas", item))
        .with("description", "The items.");
    let mut properties = Map::new()
        .with(key, items)
        .with(&api.page_uri, address("string", "Address of the page."));
    let mut example = Map::new()
        .with(key, Tree::from(vec![examples::of(item, model)]))
        .with(&api.page_uri, &api.base_url);
    if paged {
        let next = address(
            vec!["string", "null"],
            "Address of the next page; null on the last one.",
        );
        properties.set(&api.page_next, next);
        example.set(&api.page_next, Tree::Null);
    }
    let description = if paged {
        format!("A page of `{item}`.")
    } else {
        format!("A list of `{item}`.")
    };
    Map::new()
        .with("type", "object")
        .with("description", description)
        .with("properties", properties)
        .with("required", vec![key])
        .with("examples", vec![example])
}

fn address(kind: impl Into<Tree>, description: &str) -> Map {
    Map::new().with("type", kind).with("format", "uri").with("description", description)
}
