//! Flags of request bodies: takes a type, returns a flag for each of its fields, with dots for nesting.

use clap::{Arg, ArgAction, ValueHint};
use ngrok_api_model::{Field, Model, Operation, Scalar, Service, Type, TypeRef};

use crate::lookup::{Shape, body_type, command_of, word};
use crate::prose;
use crate::shell::{Kind, Shell};

/// Maximum nesting of flags; deeper values are JSON, since types can be recursive.
const DEEPEST: usize = 6;

/// Formats of strings that are usually the content of a file.
const DOCUMENTS: [&str; 6] =
    ["certificate", "csr", "json_or_yaml", "openssh_authorized_key", "pem", "xml"];

/// A flag that sets a field of the body.
#[derive(Clone)]
pub(crate) struct FieldFlag<'m> {
    /// Its name without dashes: `tls-termination.min-version`.
    pub(crate) flag: String,
    /// Another name without dashes.
    alias: Option<String>,
    /// Keys of the path to the field.
    pub(crate) path: Vec<&'m str>,
    /// Type of the value.
    pub(crate) shape: Shape<'m>,
    /// Field, unless it is an alternative of a union or not described.
    pub(crate) field: Option<&'m Field>,
    docs: &'m str,
    /// True if the fields of the object have their own flags.
    object: bool,
}

/// Type of fields that are not described.
static STRING: TypeRef = TypeRef::Scalar(Scalar::String);
static BOOL: TypeRef = TypeRef::Scalar(Scalar::Bool);

/// Returns the flags of an operation's body, in the order of the fields.
pub(crate) fn flags<'m>(
    shell: &'static Shell,
    model: &'m Model,
    service: &Service,
    operation: &'m Operation,
) -> Vec<FieldFlag<'m>> {
    let mut flags = Vec::new();
    if let Some(name) = body_type(operation) {
        collect(model, name, &[], &mut flags);
    }
    let command = format!("{} {}", command_of(service), word(&operation.name));
    let wrapper = shell.wrapped_prefix.filter(|_| operation.openapi_body.is_some());
    for extra in shell.extra_flags {
        let inner = wrapper
            .and_then(|prefix| extra.flag.strip_prefix(prefix)?.strip_prefix('.'));
        let flag = inner.unwrap_or(extra.flag);
        let known = flags.iter().any(|own| own.flag == flag);
        if !known && extra.commands.contains(&command.as_str()) {
            flags.push(undocumented(flag, extra.kind));
        }
    }
    if let Some(prefix) = wrapper {
        for own in &mut flags {
            let full = format!("{prefix}.{}", own.flag);
            own.alias = Some(std::mem::replace(&mut own.flag, full));
        }
    }
    flags
}

/// Returns a flag whose field the model does not describe: the value is sent unchanged.
fn undocumented<'m>(flag: &'static str, kind: Kind) -> FieldFlag<'m> {
    let shape = match kind {
        Kind::String => Shape::Ref(&STRING),
        Kind::Bool => Shape::Ref(&BOOL),
        Kind::List => Shape::Unknown,
    };
    FieldFlag {
        flag: flag.to_owned(),
        alias: None,
        path: flag.replace('-', "_").leak().split('.').collect(),
        shape,
        field: None,
        docs: "",
        object: false,
    }
}

fn collect<'m>(
    model: &'m Model,
    name: &str,
    above: &[&'m str],
    flags: &mut Vec<FieldFlag<'m>>,
) {
    let Some(ty) = model.types.get(name) else { return };
    let members: Vec<(&'m str, Shape<'m>, Option<&'m Field>, &'m str)> = match ty {
        Type::Record(record) => record
            .fields
            .iter()
            .map(|field| {
                (&*field.wire, Shape::Ref(&field.ty), Some(field), &*field.docs)
            })
            .collect(),
        Type::Union(union) => union
            .choices
            .iter()
            .map(|choice| (&*choice.wire, Shape::Named(&choice.ty), None, &*choice.docs))
            .collect(),
        Type::Enum(_) => Vec::new(),
    };
    for (wire, shape, field, docs) in members {
        let path: Vec<_> = above.iter().copied().chain([wire]).collect();
        let words: Vec<_> = path.iter().map(|key| word(key)).collect();
        let object = shape.name().is_some();
        let flag = words.join(".");
        flags.push(FieldFlag {
            flag,
            alias: None,
            path: path.clone(),
            shape,
            field,
            docs,
            object,
        });
        if let (Some(inner), true) = (shape.name(), path.len() < DEEPEST) {
            collect(model, inner, &path, flags);
        }
    }
}

impl FieldFlag<'_> {
    /// Returns the ID of its argument.
    pub(crate) fn id(&self) -> String {
        format!("field {}", self.flag)
    }

    /// Returns the ID of the argument that reads its value from a file.
    pub(crate) fn file_id(&self) -> String {
        format!("file {}", self.flag)
    }

    /// Returns the ID of the argument that reads its value from an address.
    pub(crate) fn url_id(&self) -> String {
        format!("url {}", self.flag)
    }

    /// Returns true if its value can be the content of a file.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.shape, Shape::Ref(TypeRef::Scalar(Scalar::String)))
    }

    fn is_bool(&self) -> bool {
        matches!(self.shape, Shape::Ref(TypeRef::Scalar(Scalar::Bool)))
    }

    /// Returns true if the value is usually the content of a file.
    fn is_document(&self) -> bool {
        let Some(field) = self.field else { return false };
        let format = field.rules.format();
        field.secret || format.is_some_and(|format| DOCUMENTS.contains(&format))
    }

    /// Returns its arguments: the flag, and for strings `--NAME-file` and `--NAME-url` unless another flag has this name.
    pub(crate) fn arguments(&self, model: &Model, all: &[Self]) -> Vec<Arg> {
        let mut main = Arg::new(self.id())
            .long(self.flag.clone())
            .value_name(self.value_name())
            .action(ArgAction::Append)
            .allow_negative_numbers(true)
            .hide(self.object)
            .help(self.help(model));
        if let Some(alias) = &self.alias {
            main = main.alias(alias.clone());
        }
        if self.is_bool() {
            main =
                main.num_args(0..=1).require_equals(true).default_missing_value("true");
        }
        if !self.is_text() {
            return vec![main];
        }
        let from = |id: String, suffix: &str, value: &'static str, help: String| {
            Arg::new(id)
                .long(format!("{}-{suffix}", self.flag))
                .value_name(value)
                .conflicts_with(self.id())
                .help(help)
        };
        let file = from(
            self.file_id(),
            "file",
            "FILE",
            format!("Reads --{} from a file", self.flag),
        )
        .value_hint(ValueHint::FilePath)
        .hide(!self.is_document());
        let url = from(
            self.url_id(),
            "url",
            "URL",
            format!("Reads --{} from an address", self.flag),
        )
        .hide(true);
        let free = |suffix: &str| {
            let name = format!("{}-{suffix}", self.flag);
            all.iter()
                .all(|other| other.flag != name && other.alias.as_ref() != Some(&name))
        };
        let from = [("file", file), ("url", url)]
            .into_iter()
            .filter(|(suffix, _)| free(suffix));
        [main].into_iter().chain(from.map(|(_, argument)| argument)).collect()
    }

    fn value_name(&self) -> String {
        let Shape::Ref(ty) = self.shape else {
            return if self.object { "JSON" } else { "LIST" }.to_owned();
        };
        match ty {
            TypeRef::Map(_) => "KEY=VALUE".to_owned(),
            TypeRef::List(_) => format!("{},...", scalar_name(ty.element())),
            ty => scalar_name(ty).to_owned(),
        }
    }

    fn help(&self, model: &Model) -> String {
        let mut help = prose::summary(self.docs);
        let mut notes = Vec::new();
        let Some(field) = self.field else {
            return if self.docs.is_empty() {
                "Not documented; sent as given".into()
            } else {
                help
            };
        };
        if field.presence.required {
            notes.push("required".to_owned());
        }
        if let Some(values) = enum_values(model, &field.ty) {
            notes.push(format!("one of: {values}"));
        }
        if let Some(default) = field.default.as_ref().filter(|value| !value.is_null()) {
            notes.push(format!("default: {}", default.to_string().trim_matches('"')));
        }
        if field.deprecated.is_some() {
            notes.push("deprecated".to_owned());
        }
        if !notes.is_empty() {
            help = format!("{help} [{}]", notes.join("; "));
        }
        help
    }
}

/// Returns the known values of an enum or a list of it.
fn enum_values(model: &Model, ty: &TypeRef) -> Option<String> {
    let TypeRef::Enum(name) = ty.element() else { return None };
    let Type::Enum(known) = model.types.get(name)? else { return None };
    let values: Vec<_> = known.variants.iter().map(|variant| &*variant.wire).collect();
    Some(values.join(", "))
}

fn scalar_name(ty: &TypeRef) -> &'static str {
    match ty {
        TypeRef::Scalar(Scalar::String) | TypeRef::Enum(_) => "STRING",
        TypeRef::Scalar(Scalar::Bool) => "BOOL",
        TypeRef::Scalar(Scalar::Timestamp) => "TIMESTAMP",
        TypeRef::Scalar(_) => "NUMBER",
        TypeRef::Id { .. } => "ID",
        TypeRef::Ref { .. } | TypeRef::Record(_) => "JSON",
        TypeRef::List(_) => "LIST",
        TypeRef::Map(_) => "MAP",
    }
}
