//! Where the fields of a type are written.

use crate::model::Model;
use crate::spec::{Entries, Field, Resource, Spec};

/// The place in a file that has the fields of a type.
pub(crate) struct Home<'s> {
    /// The file, below the folder of the description.
    pub(crate) file: String,
    /// The keys that lead to the fields.
    pub(crate) path: Vec<String>,
    /// What the fields are those of.
    pub(crate) name: String,
    /// The fields that are there.
    pub(crate) fields: &'s Entries<Option<Field>>,
}

impl<'s> Home<'s> {
    /// Where the fields of a type are, and the word for it in `in:`; none where the type has one shape.
    pub(crate) fn of(
        model: &Model,
        spec: &'s Spec,
        ty: &str,
    ) -> Option<(Self, Option<&'static str>)> {
        let accessor = accessor_of(model, ty)?;
        let file = spec.resources.iter().find(|file| file.accessor == *accessor)?;
        let resource = &file.resource;
        let home = |path: &[&str], name: &str, fields| Self {
            file: file_name(accessor),
            path: path.iter().map(|key| (*key).to_owned()).collect(),
            name: name.to_owned(),
            fields,
        };
        for entry in &resource.types {
            let own = &entry.value;
            let views = [
                ("create", &own.create),
                ("update", &own.update),
                ("request", &own.request),
            ];
            let mut given =
                views.iter().filter_map(|(place, view)| Some((*place, view.as_ref()?)));
            let shaped = given.clone().next().is_some();
            let view = given.find(|(_, view)| view.as_str() == ty);
            if *entry.key == ty || view.is_some() {
                let place = view.map_or("response", |(place, _)| place);
                let found =
                    home(&["types", &entry.key, "fields"], &entry.key, &own.fields);
                return Some((found, shaped.then_some(place)));
            }
        }
        let found = home(&["fields"], &resource.resource, &resource.fields);
        if resource.singleton && resource.request.is_none() {
            return (*resource.resource == ty).then_some((found, None));
        }
        Some((found, Some(place_in(resource, ty)?)))
    }
}

/// The file that describes a type.
pub(crate) fn file_of(model: &Model, ty: &str) -> Option<String> {
    accessor_of(model, ty).map(file_name)
}

fn accessor_of<'m>(model: &'m Model, ty: &str) -> Option<&'m [String]> {
    model.home_of(ty).map(|service| service.accessor.as_slice())
}

fn file_name(accessor: &[String]) -> String {
    format!("resources/{}.yaml", accessor.join("/"))
}

/// The word for a shape of a resource.
fn place_in(resource: &Resource, ty: &str) -> Option<&'static str> {
    if resource.request.as_ref().is_some_and(|request| request.as_str() == ty) {
        return Some("request");
    }
    match ty.strip_prefix(resource.resource.as_str())? {
        "" => Some("response"),
        "Create" => Some("create"),
        "Update" => Some("update"),
        _ => None,
    }
}
