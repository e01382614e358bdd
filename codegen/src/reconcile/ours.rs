//! Our description, with lookups for the comparison.

use std::collections::BTreeMap;

use super::symbols::{Home, Symbols};
use crate::model::{self, Model, PathTemplate, Service, Type, TypeRef};
use crate::names::type_name;
use crate::spec::{Entries, Field, Marked, Place, Resource, ResourceFile, Spec};

/// A description that was loaded.
#[derive(Debug)]
pub(crate) struct Ours<'a> {
    pub(crate) spec: &'a Spec,
    /// `None` for a new description, which has no services yet.
    pub(crate) model: Option<&'a Model>,
    pub(crate) symbols: Symbols,
    pub(crate) operations: Vec<OurOperation<'a>>,
    /// Operations by method and path.
    routes: BTreeMap<(String, String), usize>,
    ids: BTreeMap<&'a str, usize>,
    /// Operations by file and key.
    keys: BTreeMap<(&'a str, &'a str), usize>,
    files: BTreeMap<String, &'a ResourceFile>,
}

/// An operation and its service.
#[derive(Debug, Clone)]
pub(crate) struct OurOperation<'a> {
    pub(crate) service: &'a Service,
    pub(crate) operation: &'a model::Operation,
}

#[derive(Debug)]
pub(crate) struct OurField<'a> {
    /// Properties in the file, if there are any.
    pub(crate) given: Option<&'a Field>,
    /// Meaning, in the first shape that has it.
    pub(crate) field: Option<&'a model::Field>,
    /// `None` if no shape has it.
    pub(crate) ty: Option<TypeRef>,
    /// Bodies of the type, with the marks of this field.
    pub(crate) places: Vec<Marked>,
    /// All given bodies, including those that the type lacks; `None` if the field is in all of them.
    pub(crate) stated: Option<Vec<Place>>,
}

/// Returns the method and the path of a request, without the names of parameters.
pub(crate) fn route(method: &str, path: &str) -> (String, String) {
    (method.to_owned(), PathTemplate::new(path).pattern())
}

impl<'a> Ours<'a> {
    pub(crate) fn new(spec: &'a Spec, model: Option<&'a Model>) -> Self {
        let files = spec.resources.iter().map(|file| (file.path(), file)).collect();
        let mut ours = Self {
            spec,
            model,
            symbols: Symbols::of(spec),
            operations: Vec::new(),
            routes: BTreeMap::new(),
            ids: BTreeMap::new(),
            keys: BTreeMap::new(),
            files,
        };
        let operations = model.into_iter().flat_map(Model::operations);
        for (index, (service, operation)) in operations.enumerate() {
            let way = route(operation.method.as_str(), &operation.path.to_string());
            ours.routes.entry(way).or_insert(index);
            ours.ids.insert(&operation.id, index);
            ours.keys.insert((&service.source, &operation.name), index);
            ours.operations.push(OurOperation { service, operation });
        }
        ours
    }

    /// Returns the operation with this method and path, else the one with this ID.
    pub(crate) fn find(
        &self,
        method: &str,
        path: &str,
        id: Option<&str>,
    ) -> Option<&OurOperation<'a>> {
        let by_id = || self.ids.get(type_name(id?).as_str());
        let index = self.routes.get(&route(method, path)).or_else(by_id)?;
        self.operations.get(*index)
    }

    /// Returns the operation under a key of a file.
    pub(crate) fn operation(&self, file: &str, key: &str) -> Option<&OurOperation<'a>> {
        let index = self.keys.get(&(file, key))?;
        self.operations.get(*index)
    }

    /// Returns true if an operation with this method and path exists.
    pub(crate) fn has_route(&self, method: &str, path: &str) -> bool {
        self.routes.contains_key(&route(method, path))
    }

    pub(crate) fn resource(&self, file: &str) -> Option<&'a Resource> {
        self.files.get(file).map(|file| &file.resource)
    }

    pub(crate) fn fields(&self, home: &Home) -> Option<&'a Entries<Option<Field>>> {
        let resource = self.resource(&home.file)?;
        if home.is_resource() {
            return Some(&resource.fields);
        }
        resource.types.get(home.name.as_str()).map(|ty| &ty.fields)
    }

    /// Returns the existing shapes of a type; that of a type without others has no body.
    pub(crate) fn shapes(&self, home: &Home) -> Vec<(Option<Place>, &'a Type)> {
        let Some(model) = self.model else { return Vec::new() };
        let symbol = self.symbols.get(&home.name);
        let own = symbol.map(|symbol| (symbol.place, home.name.as_str()));
        let views = symbol.into_iter().flat_map(|symbol| &symbol.views);
        let views = views.map(|(place, view)| (Some(*place), view.as_str()));
        let all = own.into_iter().chain(views);
        all.filter_map(|(place, name)| Some((place, model.types.get(name)?))).collect()
    }

    /// Returns the bodies that can contain the fields of a type; none if it has one shape.
    pub(crate) fn places(&self, home: &Home) -> Vec<Place> {
        self.shapes(home).into_iter().filter_map(|(place, _)| place).collect()
    }

    /// Returns true if a type of one shape is sent.
    pub(crate) fn is_sent(&self, home: &Home) -> bool {
        self.shapes(home).iter().any(|(_, ty)| match ty {
            Type::Record(record) => record.in_requests,
            Type::Union(union) => union.in_requests,
            Type::Enum(_) => false,
        })
    }

    /// Returns true if a type has a field that published documents contain.
    pub(crate) fn is_published(&self, name: &str) -> bool {
        match self.model.and_then(|model| model.types.get(name)) {
            Some(Type::Record(record)) => record.fields.iter().any(|it| it.openapi),
            _ => true,
        }
    }

    pub(crate) fn field(&self, home: &Home, name: &str) -> Option<OurField<'a>> {
        let given = self.fields(home)?.get(name)?.as_ref();
        let common = self.spec.api.fields.get(name).filter(|_| home.is_resource());
        let stated = given.and_then(|given| given.places.as_ref());
        let stated = stated.or_else(|| common?.places.as_ref());
        let available = self.places(home);
        let places = match stated {
            Some(stated) => stated.iter().filter_map(|it| Marked::parse(it)).collect(),
            None => available.iter().copied().map(Marked::bare).collect::<Vec<_>>(),
        };
        let stated = stated.map(|_| places.iter().map(|mark| mark.place).collect());
        let places = if available.is_empty() {
            let flag = |of: fn(&Field) -> bool| given.is_some_and(of);
            vec![Marked {
                place: Place::Response,
                required: flag(|field| field.required),
                nullable: flag(|field| field.nullable),
                optional: flag(|field| field.optional),
            }]
        } else {
            places.into_iter().filter(|it| available.contains(&it.place)).collect()
        };
        let shapes = self.shapes(home);
        let field = shapes.iter().find_map(|(_, ty)| match ty {
            Type::Record(record) => record.fields.iter().find(|it| it.wire == name),
            _ => None,
        });
        let ty = shapes.iter().find_map(|(_, ty)| field_type(ty, name));
        Some(OurField { given, field, ty, places, stated })
    }
}

/// Returns the type of a field in one shape.
pub(crate) fn field_type(ty: &Type, name: &str) -> Option<TypeRef> {
    match ty {
        Type::Record(record) => {
            let field = record.fields.iter().find(|field| field.wire == name)?;
            Some(field.ty.clone())
        }
        Type::Union(union) => {
            let choice = union.choices.iter().find(|choice| choice.wire == name)?;
            Some(TypeRef::Record(choice.ty.clone()))
        }
        Type::Enum(_) => None,
    }
}

/// Sorts bodies in the order in which they are written, and merges the marks of duplicates.
pub(crate) fn merged(places: impl IntoIterator<Item = Marked>) -> Vec<Marked> {
    let mut merged: Vec<Marked> = Vec::new();
    for place in places {
        match merged.iter_mut().find(|known| known.place == place.place) {
            Some(known) => {
                known.required |= place.required;
                known.nullable |= place.nullable;
                known.optional |= place.optional;
            }
            None => merged.push(place),
        }
    }
    merged.sort_by_key(|place| place.place);
    merged
}
