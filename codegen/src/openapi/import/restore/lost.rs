//! Types that the rest of a description mentions, and that were described in a file that is gone.
//!
//! Each goes back into the new file whose resource is called most like it. What a service that stays mentions cannot be
//! described by one that is going; if all new ones are, it goes into the file that mentions it.

use std::collections::BTreeMap;

use crate::names::type_name;
use crate::spec::{Resource, Spec};

use super::super::super::document::{Document, Schema};
use super::super::super::edit::{Change, Edit};
use super::super::super::{Map, Tree};
use super::super::docs;
use super::super::known::{Name, NameKind};
use super::super::make::{FileTypes, Maker};
use super::super::naming::{noun, snake, words};
use super::super::notes::NoteKind;
use super::super::service::Sheet;
use super::super::spot::Spot;

/// The file that says what is outside of the API.
const API: &str = "api.yaml";

/// Puts the types into the new files; what belongs into one that is there is left as edits.
pub(super) fn put_back(
    document: &Document,
    spec: &Spec,
    maker: &mut Maker,
    sheets: &mut [Sheet],
) -> Vec<(String, Edit)> {
    let mut edits = Vec::new();
    for name in maker.known.dangling() {
        if maker.known.get(&name).is_some() {
            continue;
        }
        if maker.known.is_mentioned_as_pointed_to(&name) {
            edits.push(external(&name, document, maker));
            continue;
        }
        let user = supported_user(spec, &name);
        let home = home(&name, sheets, user.is_some());
        let path = home.map_or(user, |home| Some(sheets[home].path.clone()));
        let Some(path) = path else { continue };
        maker.notes.work_on(&path, ["enums", &name]);
        let mut types = FileTypes::default();
        describe(&name, document, maker, &mut types);
        match home {
            Some(home) => sheets[home].types.join(types),
            None => edits.extend(types.edits(&path)),
        }
    }
    edits
}

/// What ids point to but no service is about is outside of the API, as far as the document tells.
fn external(name: &str, document: &Document, maker: &mut Maker) -> (String, Edit) {
    let noun = noun(name);
    let facts = Map::new()
        .with("prefix", snake(name))
        .with("doc", docs::sentence(&format!("{}.", docs::with_article(&noun))));
    let change = Change::Set { key: name.to_owned(), value: facts.into(), after: None };
    maker.known.add(name, Name { kind: NameKind::External, ..Name::default() });
    maker.notes.work_on(API, ["externals", name]);
    let message = format!(
        "`{name}` is pointed to, but the document has no service about it; taken for something outside of the API"
    );
    maker.notes.at(NoteKind::Undecided, &document.top(), message);
    (API.to_owned(), Edit::new(["externals"], change))
}

/// The new file that a type goes into.
fn home(name: &str, sheets: &[Sheet], supported: bool) -> Option<usize> {
    let wanted = words(name);
    let alike = |sheet: &Sheet| {
        let own = words(&sheet.resource);
        own.iter().zip(&wanted).take_while(|(a, b)| a == b).count()
    };
    let candidates = sheets.iter().enumerate();
    let candidates = candidates.filter(|(_, sheet)| !(supported && sheet.deprecated));
    let best = candidates.rev().max_by_key(|(_, sheet)| alike(sheet));
    best.map(|(index, _)| index)
}

/// The first file of a service that stays and mentions a type.
fn supported_user(spec: &Spec, name: &str) -> Option<String> {
    let stays = spec.resources.iter().filter(|file| file.resource.deprecated.is_none());
    let mut users = stays.filter(|file| mentions(&file.resource, name));
    users.next().map(|file| format!("resources/{}.yaml", file.accessor.join("/")))
}

fn mentions(resource: &Resource, name: &str) -> bool {
    let of_types = resource.types.values().flat_map(|given| given.fields.values());
    let fields = resource.fields.values().chain(of_types).flatten();
    let fields = fields.chain(resource.params.values());
    let mut kinds = fields.filter_map(|field| field.kind.as_ref());
    kinds.any(|kind| kind.split([' ', '|']).any(|word| word == name))
}

fn describe(name: &str, document: &Document, maker: &mut Maker, types: &mut FileTypes) {
    let components = document.top().get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    let schema = schemas.and_then(|schemas| {
        schemas.entries().find(|(known, _)| type_name(known) == name)
    });
    match schema.map(|(_, at)| Schema::read(&at)) {
        Some(Ok(schema)) if !schema.properties().is_empty() => {
            maker.make(name, &BTreeMap::new(), &[(Spot::Response, schema)], types);
        }
        _ => {
            let doc =
                format!("`{name}`, whose values the published document does not list.");
            let described = Map::new()
                .with("doc", doc)
                .with("open", true)
                .with("values", Map::new().section())
                .section();
            types.enums.set(name, described);
            maker.known.add(name, Name { kind: NameKind::Enum, ..Name::default() });
            let message = format!(
                "`{name}` is mentioned, but its values are not known; taken for an enum without any"
            );
            maker.notes.at(NoteKind::Undecided, &document.top(), message);
        }
    }
}

impl FileTypes {
    /// Takes up those of another file.
    fn join(&mut self, other: Self) {
        self.types = std::mem::take(&mut self.types).joined(other.types);
        self.enums = std::mem::take(&mut self.enums).joined(other.enums);
    }

    /// The same as edits of a file that is there.
    pub(in super::super) fn edits(self, file: &str) -> Vec<(String, Edit)> {
        let sections = [("enums", self.enums), ("types", self.types)];
        let edits = sections.iter().flat_map(|(section, map)| {
            map.iter().map(|(name, value)| {
                let (key, value): (_, Tree) = (name.to_owned(), value.clone());
                let edit =
                    Edit::new([*section], Change::Set { key, value, after: None });
                (file.to_owned(), edit)
            })
        });
        edits.collect()
    }
}
