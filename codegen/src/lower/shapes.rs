//! The shapes of types: one for responses, and one for each kind of body that operations send; and the presence of a field
//! in each, from its `in:`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, did_you_mean_or};
use crate::model::{Presence, Scalar};
use crate::spec::{Api, Entries, Field, Marked, Place, Resource, Span, Spanned};

use super::{Context, docs};

/// The use of a type.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Use<'a> {
    /// Shape of named types there.
    pub(super) place: Option<Place>,
    /// Resource of a plain `id`.
    pub(super) own: Option<&'a str>,
    /// True if the user of the type is not deprecated.
    pub(super) supported: bool,
}

impl<'a> Use<'a> {
    /// Returns the use of a type by a resource.
    pub(super) fn by(
        resource: &Resource,
        place: Option<Place>,
        own: Option<&'a str>,
    ) -> Self {
        let supported = !docs::is_deprecated(resource.deprecated.as_ref());
        Self { place, own, supported }
    }
}

/// One shape of a type.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    /// All bodies of the type; empty for a type of one shape.
    pub(super) available: &'a [Place],
    /// The bodies of this shape; empty for a type of one shape.
    pub(super) covers: &'a [Place],
    /// True for a resource; only its fields may be those of `api.yaml`.
    pub(super) of_resource: bool,
    /// Use of other types, in any body.
    pub(super) usage: Use<'a>,
}

impl Shape<'_> {
    pub(super) fn usage(&self) -> Use<'_> {
        Use { place: self.covers.first().copied(), ..self.usage }
    }

    /// Returns the presence of a field; `None` if it is never present.
    pub(super) fn presence(
        &self,
        field: &Field,
        name: &Spanned<String>,
        context: &mut Context,
    ) -> Option<Presence> {
        if self.available.is_empty() {
            return Some(single(field, name, context));
        }
        let places = several(field, self.available, name, context);
        let here: Vec<_> =
            self.covers.iter().filter_map(|place| places.get(place).copied()).collect();
        (!here.is_empty()).then(|| merged(here))
    }
}

/// Returns error numbers, each of which may or may not be in `errors.yaml`.
pub(super) fn numbers(numbers: &[Spanned<u32>]) -> Vec<u32> {
    numbers.iter().map(|number| **number).collect()
}

/// Returns true if a file describes a type with IDs of its own. A numeric ID is an ordinary field.
pub(super) fn has_ids(resource: &Resource) -> bool {
    let own = resource.fields.get("id").and_then(|field| field.as_ref());
    let kind = own.and_then(|field| field.kind.as_ref());
    let mut numbers = Scalar::ALL.into_iter().filter(|scalar| scalar.is_number());
    let is_number = kind.is_some_and(|kind| numbers.any(|it| it.name() == **kind));
    !resource.singleton && resource.fields.contains_key("id") && !is_number
}

/// Returns true if a service has a resource; otherwise reports what needs one.
pub(super) fn has_resource(
    resource: &Resource,
    location: Span,
    context: &mut Context,
) -> bool {
    let is_there = !resource.resource.is_empty();
    if !is_there {
        let message = "this service has no resource";
        let help = "add `resource:`, or write the name of a type here";
        context.error(Code::UnknownResource, location, message, help);
    }
    is_there
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
pub(super) fn views(
    resource: &Resource,
    fields: &Entries<Field>,
    available: &[Place],
) -> BTreeMap<Place, Spanned<String>> {
    if let Some(request) = &resource.request {
        return BTreeMap::from([(Place::Request, request.clone())]);
    }
    let suffixes = [(Place::Create, "Create"), (Place::Update, "Update")];
    let views = suffixes.into_iter().filter(|(place, _)| {
        available.contains(place) && fields.values().any(|field| appears(field, *place))
    });
    let name = |suffix| resource.resource.clone().map(|name| name + suffix);
    views.map(|(place, suffix)| (place, name(suffix))).collect()
}

/// Returns true if a field is in a body, as far as it can be determined: invalid bodies are reported elsewhere.
fn appears(field: &Field, place: Place) -> bool {
    let is_here = |text: &Spanned<String>| Place::of(text).is_none_or(|it| it == place);
    let places = field.places.as_ref();
    places.is_none_or(|places| places.is_empty() || places.iter().any(is_here))
}

fn is_sent(resource: &Resource, place: Place, api: &Api) -> bool {
    resource.operations.iter().any(|(name, given)| {
        let own = given.details().body.as_ref();
        let convention = || api.operations.get(name)?.body.as_ref();
        own.or_else(convention).is_some_and(|body| **body == place.word())
    })
}

/// Parses the `in:` of a field of a type with several shapes. `available` are the bodies of that type.
fn several(
    field: &Field,
    available: &[Place],
    name: &Spanned<String>,
    context: &mut Context,
) -> BTreeMap<Place, Presence> {
    let flags = [(field.required, "!"), (field.nullable, "~"), (field.optional, "-")];
    for (_, mark) in flags.into_iter().filter(|(set, _)| *set) {
        let message = format!("`{}` belongs to a type with several shapes", **name);
        let help = format!("write it in `in:`, as the mark `{mark}` after the name");
        context.error(Code::PresenceOutsideIn, name.span, message, help);
    }
    let Some(places) = &field.places else {
        return available.iter().map(|place| (*place, Presence::default())).collect();
    };
    if places.is_empty() {
        let message = format!("`{}` appears nowhere", **name);
        let help = "leave the field out, or `in:`";
        context.error(Code::NoPlace, name.span, message, help);
    }
    let places = places.iter();
    places.filter_map(|place| marked_place(place, available, context)).collect()
}

/// Returns the presence of a field of a type with one shape.
fn single(field: &Field, name: &Spanned<String>, context: &mut Context) -> Presence {
    if field.places.is_some() {
        let message = format!(
            "`{}` belongs to a type with one shape: `in:` has no effect",
            **name
        );
        let help = "remove `in:`, and write `required: true`, `nullable: true` or `optional: true`";
        context.error(Code::InWithoutShapes, name.span, message, help);
    }
    Presence {
        required: field.required,
        nullable: field.nullable,
        optional: field.optional,
    }
}

/// Returns the presence of a field merged over several bodies.
fn merged(presences: impl IntoIterator<Item = Presence>) -> Presence {
    presences.into_iter().fold(Presence::default(), |merged, other| Presence {
        required: merged.required || other.required,
        nullable: merged.nullable || other.nullable,
        optional: merged.optional || other.optional,
    })
}

/// Limits a field of `api.yaml`, which may name more bodies, to those of a type. Its marks also apply to one shape.
/// Returns `None` for a field that none of them has.
pub(super) fn limited(mut field: Field, available: &[Place]) -> Option<Field> {
    let Some(mut places) = field.places.take() else { return Some(field) };
    if available.is_empty() {
        let marked = places.iter().filter_map(|place| Marked::parse(place));
        let Presence { required, nullable, optional } = merged(marked.map(presence));
        return Some(Field { required, nullable, optional, ..field });
    }
    let nowhere = places.is_empty();
    places.retain(|it| Place::of(it).is_none_or(|place| available.contains(&place)));
    let remains = nowhere || !places.is_empty();
    remains.then_some(Field { places: Some(places), ..field })
}

fn presence(Marked { required, nullable, optional, .. }: Marked) -> Presence {
    Presence { required, nullable, optional }
}

fn marked_place(
    text: &Spanned<String>,
    available: &[Place],
    context: &mut Context,
) -> Option<(Place, Presence)> {
    let words = available.iter().map(|place| place.word());
    let marked = Marked::parse(text).filter(|it| available.contains(&it.place));
    let Some(marked) = marked else {
        let word = text.trim_end_matches(Marked::MARKS);
        let message = format!("there is no place `{word}` here");
        let names: Vec<_> = words.clone().map(|word| format!("`{word}`")).collect();
        let places = match names.as_slice() {
            [only] => format!("the only place is {only}"),
            all => format!("the places are {}", all.join(", ")),
        };
        let help = did_you_mean_or(word, words, places);
        context.error(Code::UnknownPlace, text.span, message, help);
        return None;
    };
    let wrong = match marked.place {
        Place::Response => marked.required,
        _ => marked.optional,
    };
    if wrong {
        let (word, marks) = text.split_at(marked.place.word().len());
        let message = format!("`{marks}` has no meaning for `{word}`");
        let help = "`!` is for requests (required), `-` for responses (optional), `~` for both (nullable)";
        context.error(Code::MeaninglessMark, text.span, message, help);
    }
    Some((marked.place, presence(marked)))
}
