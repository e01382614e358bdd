//! Schemas of lists: objects that contain the items.

use std::collections::BTreeMap;

use super::{address, examples, reference, typed};
use crate::model::{Listing, Model};
use crate::openapi::{Map, Tree};

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
        let services = model.services.iter();
        let operations = services
            .flat_map(|service| service.operations.iter().map(move |it| (service, it)));
        let mut lists: Vec<_> = operations
            .filter_map(|(service, operation)| {
                let list = operation.listing()?;
                Some((service.resource != list.item, list, &operation.id))
            })
            .collect();
        lists.sort_by_key(|(foreign, ..)| *foreign);
        let mut names = BTreeMap::<Shape, String>::new();
        for (_, list, id) in lists {
            let shape = shape(list);
            if names.contains_key(&shape) {
                continue;
            }
            let free = |name: &String| {
                !model.types.contains_key(name) && !names.values().any(|it| it == name)
            };
            let usual = Some(format!("{}List", list.item)).filter(free);
            let mut name = usual.unwrap_or_else(|| format!("{id}Page"));
            while !free(&name) {
                name.push('_');
            }
            names.insert(shape, name);
        }
        Self { names }
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

fn schema(item: &str, key: &str, paged: bool, model: &Model) -> Map {
    let api = &model.api;
    let what = if paged { "page" } else { "list" };
    let description = format!("A {what} of `{item}`.");
    let items = |description: &str| {
        typed("array", description).with("items", reference("schemas", item))
    };
    let examples = Tree::from(vec![examples::of(item, model)]);
    if key.is_empty() {
        return items(&description).with("examples", vec![examples]);
    }
    let mut properties = Map::new()
        .with(key, items("The items."))
        .with(&api.page_uri, address("Address of the page."));
    let mut example = Map::new().with(key, examples).with(&api.page_uri, &api.base_url);
    if paged {
        let next = address("Address of the next page; null on the last one.");
        properties.set(&api.page_next, next.with("type", vec!["string", "null"]));
        example.set(&api.page_next, Tree::Null);
    }
    typed("object", &description)
        .with("properties", properties)
        .with("required", vec![key])
        .with("examples", vec![example])
}
