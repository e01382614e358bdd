//! Updates with effect: their values differ from the existing ones.

use crate::model::{Field, Model};

use super::{Sample, formats, named};

/// Returns this update or, if it has no effect, one of another field.
pub(crate) fn different<'m>(
    change: Sample<'m>,
    before: Option<&Sample<'m>>,
    model: &'m Model,
) -> Sample<'m> {
    let change = with_other_values(change);
    let (Sample::Record { record, .. }, Some(before)) = (&change, before) else {
        return change;
    };
    if differs(&change, before) {
        return change;
    }
    let others = record.fields.iter().filter(|field| field.deprecated.is_none());
    let mut others = others.filter_map(|field| {
        let wanted = [(record.name.clone(), field.wire.clone())];
        Some(with_other_values(named(&record.name, &wanted, model)?))
    });
    others.find(|other| differs(other, before)).unwrap_or(change)
}

/// Replaces unconstrained strings by others, and disables enabled booleans.
fn with_other_values(mut sample: Sample) -> Sample {
    if let Sample::Record { fields, .. } = &mut sample {
        for (field, value) in fields {
            let is_on = field.default.as_ref().and_then(serde_json::Value::as_bool);
            match value {
                Sample::Text(text) if text == formats::ANY => {
                    formats::ANY_OTHER.clone_into(text);
                }
                Sample::Plain(text) if text == "true" && is_on != Some(false) => {
                    "false".clone_into(text);
                }
                _ => {}
            }
        }
    }
    sample
}

fn differs(change: &Sample, before: &Sample) -> bool {
    let (Some(change), Some(before)) = (fields(change), fields(before)) else {
        return true;
    };
    let same = |(field, value): &(&Field, Sample)| {
        before.iter().any(|(other, old)| other.wire == field.wire && old == value)
    };
    !change.iter().all(same)
}

fn fields<'s, 'm>(sample: &'s Sample<'m>) -> Option<&'s [(&'m Field, Sample<'m>)]> {
    match sample {
        Sample::Record { fields, .. } => Some(fields),
        _ => None,
    }
}
