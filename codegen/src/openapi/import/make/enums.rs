//! Enums: texts with known values.

use crate::names::type_name;

use super::super::super::document::{At, Schema};
use super::super::super::extension;
use super::super::super::{Map, Tree};
use super::super::docs;
use super::super::known::{Name, NameKind};
use super::super::notes::NoteKind;
use super::super::prose::Facts;
use super::{FileTypes, Maker, Owner};

impl Maker {
    /// The name of an enum, which is described if it is not known yet.
    pub(super) fn enumeration(
        &mut self,
        owner: Owner,
        field: &str,
        schema: &Schema,
        said: &Facts,
        out: &mut FileTypes,
    ) -> String {
        let values = if schema.values.is_empty() {
            said.values.clone()
        } else {
            schema.values.clone()
        };
        let own_name = schema.name.as_ref().map(|name| type_name(name));
        if let Some(name) = &own_name
            && self.known.get(name).is_some_and(|known| known.kind == NameKind::Enum)
        {
            return name.clone();
        }
        if own_name.is_none()
            && let Some(known) = self.known.enum_of(&values)
        {
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
        let meanings = schema.say(extension::VALUES);
        let values_map: Map = values
            .iter()
            .map(|value| (value, meaning(value, meanings.as_ref())))
            .collect();
        let described = Map::new()
            .with("doc", doc)
            .with_flag("open", schema.open)
            .with("values", values_map.section())
            .section();
        self.known.add(&name, Name { kind: NameKind::Enum, ..Name::default() });
        self.known.add_enum(&name, values);
        out.enums.set(&name, described);
        name
    }

    /// A name that nothing has yet; another one than wanted is told.
    pub(super) fn free_name(&mut self, wanted: &str, at: &At) -> String {
        let taken = |name: &str| {
            self.known.get(name).is_some()
                || crate::names::RESERVED_TYPES.contains(&name)
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
            format!("the name `{wanted}` is taken; this type is called `{name}`");
        self.notes.at(NoteKind::Undecided, at, message);
        name
    }
}

fn meaning(value: &str, meanings: Option<&At>) -> Tree {
    let said = meanings.and_then(|meanings| meanings.text_of(value));
    Tree::from(said.map_or_else(|| format!("The value `{value}`."), docs::plain))
}
