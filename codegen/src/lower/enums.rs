//! Enums: strings with known values.

use crate::diagnostic::Code;
use crate::model::{Enum, Variant};
use crate::names::variant_name;
use crate::spec::{self, Entry};

use super::{Context, collisions, docs};

/// Lowers an enum of `enums:`.
pub(super) fn lower(entry: &Entry<spec::Enum>, context: &mut Context) -> Enum {
    let given = &entry.value;
    let keys = given.values.keys().map(|key| (variant_name(key), key));
    collisions::report("variant", keys, context);
    report_unknown(given, context);
    let variants = given.values.iter().map(|value| Variant {
        wire: value.key.to_string(),
        name: variant_name(&value.key),
        docs: docs::lower(&value.value, context),
    });
    let variants = variants.collect();
    let docs = docs::lower(&given.doc, context);
    Enum { name: entry.key.to_string(), docs, open: given.open, variants }
}

fn report_unknown(given: &spec::Enum, context: &mut Context) {
    let taken = given.values.keys().find(|key| variant_name(key) == "Unknown");
    if let Some(taken) = taken {
        let message = "`Unknown` is the variant for unknown values";
        let help = "remove it: values that are not listed are kept unchanged";
        context.error(Code::ReservedName, taken.span, message, help);
    }
}
