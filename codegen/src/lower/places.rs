//! The bodies that contain a field, and its presence there: the `in:` of a field.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::Presence;
use crate::spec::{Field, Spanned};

pub(super) use crate::spec::Place;

/// Required, nullable, optional.
const MARKS: [char; 3] = ['!', '~', '-'];

/// The bodies with a field, and its presence in each.
pub(super) type Places = BTreeMap<Place, Presence>;

/// Parses the `in:` of a field of a type with several shapes. `available` are the bodies of that type; a field of
/// `api.yaml`, which is `common`, may name more.
pub(super) fn several(
    field: &Field,
    available: &[Place],
    common: bool,
    name: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Places {
    let flags = [(field.required, "!"), (field.nullable, "~"), (field.optional, "-")];
    for (_, mark) in flags.into_iter().filter(|(set, _)| *set) {
        let message = format!("`{}` belongs to a type with several shapes", **name);
        let help = format!("write it in `in:`, as the mark `{mark}` after the name");
        diagnostics.push(
            Diagnostic::error(Code::PresenceOutsideIn, name.span, message).help(help),
        );
    }
    let Some(places) = &field.places else {
        return available.iter().map(|place| (*place, Presence::default())).collect();
    };
    if places.is_empty() {
        let message = format!("`{}` appears nowhere", **name);
        let help = "leave the field out, or `in:`";
        diagnostics
            .push(Diagnostic::error(Code::NoPlace, name.span, message).help(help));
    }
    let elsewhere =
        |text: &str| Place::of(text).is_some_and(|place| !available.contains(&place));
    let places = places.iter().filter(|text| !(common && elsewhere(text)));
    places.filter_map(|place| one(place, available, diagnostics)).collect()
}

/// Returns the presence of a field of a type with one shape.
pub(super) fn single(
    field: &Field,
    name: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Presence {
    if field.places.is_some() {
        let message = format!(
            "`{}` belongs to a type with one shape: `in:` has no effect",
            **name
        );
        let help = "remove `in:`, and write `required: true`, `nullable: true` or `optional: true`";
        diagnostics.push(
            Diagnostic::error(Code::InWithoutShapes, name.span, message).help(help),
        );
    }
    Presence {
        required: field.required,
        nullable: field.nullable,
        optional: field.optional,
    }
}

/// Returns the presence of a field merged over all bodies of its `in:`.
pub(super) fn merged(places: &[Spanned<String>]) -> Presence {
    let marked = |mark: char| {
        places.iter().any(|place| place.ends_with(MARKS) && place.contains(mark))
    };
    Presence { required: marked('!'), nullable: marked('~'), optional: marked('-') }
}

fn one(
    text: &Spanned<String>,
    available: &[Place],
    diagnostics: &mut Diagnostics,
) -> Option<(Place, Presence)> {
    let word = text.trim_end_matches(MARKS);
    let marks = &text[word.len()..];
    let words = available.iter().map(|place| place.word());
    let place = Place::parse(word).filter(|place| available.contains(place));
    let Some(place) = place else {
        let message = format!("there is no place `{word}` here");
        let help = did_you_mean(word, words.clone());
        let help = help.unwrap_or_else(|| {
            let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
            match words.as_slice() {
                [only] => format!("the only place is {only}"),
                all => format!("the places are {}", all.join(", ")),
            }
        });
        diagnostics
            .push(Diagnostic::error(Code::UnknownPlace, text.span, message).help(help));
        return None;
    };
    let presence = Presence {
        required: marks.contains('!'),
        nullable: marks.contains('~'),
        optional: marks.contains('-'),
    };
    let wrong =
        if place == Place::Response { presence.required } else { presence.optional };
    if wrong {
        let message = format!("`{marks}` has no meaning for `{word}`");
        let help = "`!` is for requests (required), `-` for responses (optional), `~` for both (nullable)";
        diagnostics.push(
            Diagnostic::error(Code::MeaninglessMark, text.span, message).help(help),
        );
    }
    Some((place, presence))
}
