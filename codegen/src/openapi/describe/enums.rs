//! Enums: strings with known values.

use super::super::document::{At, Remark, Schema};
use super::prose::Facts;
use super::shape::Owner;
use super::{Describer, docs};
use crate::names::{RESERVED_TYPES, type_name};
use crate::reconcile::{EnumDraft, FileDraft, NoteKind};

impl Describer<'_> {
    /// Returns the name of an enum, which is described if it is unknown.
    pub(super) fn enumeration(
        &mut self,
        owner: Owner,
        field: &str,
        schema: &Schema,
        said: &Facts,
        out: &mut FileDraft,
    ) -> String {
        let values = values(schema, said);
        let own_name = schema.name.as_ref().map(|name| type_name(name));
        let known = match &own_name {
            Some(name) => Some(name.as_str()).filter(|name| self.symbols.is_enum(name)),
            None => self.symbols.enum_of(values),
        };
        if let Some(known) = known {
            return known.to_owned();
        }
        let wanted =
            own_name.unwrap_or_else(|| type_name(&format!("{}_{field}", owner.name)));
        let name = self.free_name(&wanted, &schema.at);
        let doc = docs::first_paragraph(&docs::plain(
            schema.component_text("description").unwrap_or_default(),
        ));
        let doc = if doc.is_empty() {
            format!("The `{field}` of {}.", docs::with_article(owner.noun))
        } else {
            doc
        };
        let values = values.to_vec();
        let at = schema.at.remark(String::new());
        let described = EnumDraft {
            doc,
            open: schema.open,
            values: values.iter().map(|it| (it.clone(), Some(at.clone()))).collect(),
            closed: false,
        };
        out.enums.insert(name.clone(), described);
        self.symbols.add_enum(&name, None, values);
        name
    }

    /// Records the values of an enum of ours.
    pub(super) fn known_values(&mut self, name: &str, schema: &Schema, said: &Facts) {
        let at: Remark = schema.at.remark(String::new());
        let closed = !schema.values.is_empty() && !schema.open;
        let fresh = || EnumDraft { closed: true, ..EnumDraft::default() };
        let draft = self.enums.entry(name.to_owned()).or_insert_with(fresh);
        draft.closed &= closed;
        for value in values(schema, said) {
            draft.values.entry(value.clone()).or_insert_with(|| Some(at.clone()));
        }
    }

    /// Returns an unused name; a change is noted.
    pub(super) fn free_name(&mut self, wanted: &str, at: &At) -> String {
        let taken = |name: &str| {
            self.symbols.get(name).is_some() || RESERVED_TYPES.contains(&name)
        };
        if !taken(wanted) {
            return wanted.to_owned();
        }
        let mut name = format!("{wanted}Value");
        let mut number = 2;
        while taken(&name) {
            name = format!("{wanted}Value{number}");
            number += 1;
        }
        let message =
            format!("the name `{wanted}` is in use; this type is named `{name}`");
        self.note(NoteKind::Undecided, at, message);
        name
    }
}

/// Returns the values of a schema, or else of its prose.
fn values<'a>(schema: &'a Schema, said: &'a Facts) -> &'a [String] {
    if schema.values.is_empty() { &said.values } else { &schema.values }
}
