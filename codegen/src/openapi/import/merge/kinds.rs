//! What kind of value a field holds: the document may know less, but not something else.

use crate::model::{Field, Record, Scalar, Type, TypeRef};

use super::super::super::Tree;
use super::super::super::document::{At, Kind, Schema};
use super::super::super::home;
use super::super::make::type_text;
use super::super::notes::NoteKind;
use super::super::prose::Facts;
use super::Merge;

impl<'a, 'd> Merge<'a, 'd> {
    /// Compares, and follows what is inside.
    pub(super) fn kind(
        &mut self,
        record: &Record,
        field: &Field,
        ty: &'a TypeRef,
        schema: &Schema<'d>,
        said: &Facts,
    ) {
        match (ty, &schema.kind) {
            (TypeRef::List(inner), Kind::List(items)) => {
                self.element(record, field, inner, items.as_ref(), said);
            }
            (TypeRef::Map(inner), Kind::Map(values)) => {
                self.element(record, field, inner, values.as_ref(), said);
            }
            (TypeRef::Record(name), Kind::Object) => {
                self.record(name, schema);
                self.work_on_field(&record.name, &field.wire);
            }
            (TypeRef::Ref { .. }, Kind::Object) => self.reference(record, field, schema),
            (TypeRef::Enum(name), Kind::Text) => self.values(name, schema, said),
            (TypeRef::Id { .. } | TypeRef::Scalar(Scalar::String), Kind::Text) => {
                self.text(record, field, schema, said);
            }
            (TypeRef::Scalar(Scalar::Timestamp), Kind::Text)
            | (TypeRef::Scalar(Scalar::Bool), Kind::Flag)
            | (TypeRef::Scalar(Scalar::Float64), Kind::Number | Kind::Integer)
            // An object without keys says nothing.
            | (TypeRef::Record(_) | TypeRef::Ref { .. }, Kind::Map(None)) => {}
            (TypeRef::Scalar(scalar), Kind::Integer | Kind::Number) if is_whole(*scalar) => {
                self.width(record, field, *scalar, schema);
            }
            (TypeRef::Map(_), Kind::Object) if schema.properties().is_empty() => {}
            (_, kind) => {
                let message = format!(
                    "`{}` of {} {} in the document, and is `{}` in the description",
                    field.wire,
                    record.name,
                    in_words(kind),
                    type_text(ty)
                );
                self.maker.notes.at(NoteKind::Undecided, &schema.at, message);
            }
        }
    }

    fn element(
        &mut self,
        record: &Record,
        field: &Field,
        ty: &'a TypeRef,
        at: Option<&At<'d>>,
        said: &Facts,
    ) {
        match at.map(Schema::read) {
            Some(Ok(schema)) => self.kind(record, field, ty, &schema, said),
            Some(Err(remark)) => {
                self.maker.notes.remark(NoteKind::Inexpressible, remark);
            }
            None => {}
        }
    }

    /// A reference has an id and an address, and nothing that is not known.
    fn reference(&mut self, record: &Record, field: &Field, schema: &Schema<'d>) {
        let others: Vec<_> = schema.properties();
        let others = others.iter().map(|property| property.name);
        let others: Vec<_> = others
            .filter(|name| !matches!(*name, "id" | "uri" | "url" | "href"))
            .collect();
        if !others.is_empty() {
            let message = format!(
                "`{}` of {} is a reference in the description, but has `{}` in the document",
                field.wire,
                record.name,
                others.join("`, `")
            );
            self.maker.notes.at(NoteKind::Undecided, &schema.at, message);
        }
    }

    /// Adds the values that an enum lacks.
    fn values(&mut self, name: &str, schema: &Schema<'d>, said: &Facts) {
        let Some(Type::Enum(known)) = self.model.types.get(name) else { return };
        let stated =
            if schema.values.is_empty() { &said.values } else { &schema.values };
        let Some(file) = home::file_of(self.model, name) else { return };
        let has =
            |value: &String| known.variants.iter().any(|variant| variant.wire == *value);
        for value in stated.iter().filter(|value| !has(value)) {
            let path = ["enums".to_owned(), name.to_owned(), "values".to_owned()];
            let meaning = Tree::from(format!("The value `{value}`."));
            let at = schema.at.remark(format!("the value `{value}` of {name}"));
            self.set(&file, &path, value, meaning, at);
        }
        if schema.values.is_empty() || schema.open || self.conventions.own {
            return;
        }
        for variant in &known.variants {
            if !schema.values.contains(&variant.wire) {
                let path =
                    vec!["enums".to_owned(), name.to_owned(), "values".to_owned()];
                let message = format!("the value `{}` of {name}", variant.wire);
                let at = Some(schema.at.remark(String::new()));
                self.gone_key(&file, path, &variant.wire, at, message);
            }
        }
    }

    /// A text of which the document knows more.
    fn text(
        &mut self,
        record: &Record,
        field: &Field,
        schema: &Schema<'d>,
        said: &Facts,
    ) {
        let stated =
            if schema.values.is_empty() { &said.values } else { &schema.values };
        let time = schema.text("format") == Some("date-time") || said.timestamp;
        let what = if !stated.is_empty() {
            format!("has the values `{}`", stated.join("`, `"))
        } else if time {
            "is a point in time".to_owned()
        } else {
            return;
        };
        let message = format!(
            "`{}` of {} {what} in the document, and is `{}` in the description",
            field.wire,
            record.name,
            type_text(&field.ty)
        );
        self.maker.notes.at(NoteKind::Undecided, &schema.at, message);
    }

    fn width(
        &mut self,
        record: &Record,
        field: &Field,
        scalar: Scalar,
        schema: &Schema<'d>,
    ) {
        let known = type_text(&TypeRef::Scalar(scalar));
        let stated = schema.text("format");
        let whole = matches!(stated, Some("int32" | "int64" | "uint32" | "uint64"));
        if let Some(stated) = stated.filter(|stated| whole && *stated != known) {
            let message = format!(
                "`{}` of {} is `{stated}` in the document, and `{known}` in the description",
                field.wire, record.name
            );
            self.maker.notes.at(NoteKind::Undecided, &schema.at, message);
        }
    }
}

fn is_whole(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64)
}

fn in_words(kind: &Kind) -> String {
    let word = match kind {
        Kind::Text => "is a string",
        Kind::Flag => "is a flag",
        Kind::Integer => "is an integer",
        Kind::Number => "is a number",
        Kind::List(_) => "is a list",
        Kind::Map(_) => "is a map",
        Kind::Object => "is an object",
        Kind::Other(what) => what,
    };
    word.to_owned()
}
