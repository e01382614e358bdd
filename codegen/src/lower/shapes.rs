//! The shapes of a resource: one for responses, and one for each kind of body that its operations send.

use std::collections::BTreeMap;

use crate::spec::{Api, Entries, Entry, Field, Resource, Spanned};

use super::conventions::own_details;
use super::places::Place;

/// Returns true if a file describes a type with IDs of its own. A numeric ID is an ordinary field.
pub(super) fn has_ids(resource: &Resource) -> bool {
    const NUMBERS: [&str; 5] = ["int32", "int64", "uint32", "uint64", "float64"];
    let own = resource.fields.get("id").and_then(|field| field.as_ref());
    let kind = own.and_then(|field| field.kind.as_ref());
    let is_number = kind.is_some_and(|kind| NUMBERS.contains(&kind.as_str()));
    !resource.singleton && resource.fields.contains_key("id") && !is_number
}

/// Returns the bodies that can contain the fields of a resource; none for a resource of one shape.
pub(super) fn available(resource: &Resource, api: &Api) -> Vec<Place> {
    if resource.request.is_some() {
        return vec![Place::Response, Place::Request];
    }
    if resource.singleton {
        return Vec::new();
    }
    let sent = [Place::Create, Place::Update].into_iter();
    let sent = sent.filter(|place| is_sent(resource, *place, api));
    std::iter::once(Place::Response).chain(sent).collect()
}

/// Returns the names of the shapes for requests, by body.
pub(super) fn views(resource: &Resource, api: &Api) -> BTreeMap<Place, Spanned<String>> {
    if let Some(request) = &resource.request {
        return BTreeMap::from([(Place::Request, request.clone())]);
    }
    let mut views = BTreeMap::new();
    for place in available(resource, api) {
        let suffix = match place {
            Place::Create => "Create",
            Place::Update => "Update",
            Place::Response | Place::Request => continue,
        };
        if resource.fields.iter().any(|entry| appears(entry, place, api)) {
            views.insert(place, resource.resource.clone().map(|name| name + suffix));
        }
    }
    views
}

/// Returns true if a field of a resource is in a body.
pub(super) fn appears(entry: &Entry<Option<Field>>, place: Place, api: &Api) -> bool {
    let places = said(entry, Some(&api.fields), |field| field.places.as_ref());
    places.is_none_or(|places| places.iter().any(|text| Place::of(text) == Some(place)))
}

/// Returns true if a field is in responses, as far as it can be determined.
pub(super) fn comes_back(
    entry: &Entry<Option<Field>>,
    common: Option<&Entries<Field>>,
) -> bool {
    let places = said(entry, common, |field| field.places.as_ref());
    places.is_none_or(|places| {
        // An invalid body is reported elsewhere.
        let answer = |text: &Spanned<String>| {
            Place::of(text).is_none_or(|place| place == Place::Response)
        };
        places.is_empty() || places.iter().any(answer)
    })
}

/// Returns a property of a field: its own or, if it has no type, that of `api.yaml`.
pub(super) fn said<'a, T>(
    entry: &'a Entry<Option<Field>>,
    common: Option<&'a Entries<Field>>,
    pick: impl Fn(&'a Field) -> Option<&'a T>,
) -> Option<&'a T> {
    let own = entry.value.as_ref();
    let common = common.filter(|_| own.is_none_or(|own| own.kind.is_none()));
    own.and_then(&pick).or_else(|| common?.get(&entry.key).and_then(pick))
}

fn is_sent(resource: &Resource, place: Place, api: &Api) -> bool {
    resource.operations.iter().any(|entry| {
        let own = own_details(&entry.value).and_then(|details| details.body.as_ref());
        let convention = || api.operations.get(&entry.key)?.body.as_ref();
        own.or_else(convention).is_some_and(|body| **body == place.word())
    })
}
