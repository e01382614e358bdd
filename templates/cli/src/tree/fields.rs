//! Flags of request bodies: takes a type, returns a flag for each of its fields, with dots for nesting.

use clap::{Arg, ArgAction, ValueHint};
use ngrok_api_model::{
    Field, Member, Model, Operation, Scalar, Service, Shape, TypeRef,
};

use super::arguments::with_candidates;
use crate::lookup::{command_line, word};
use crate::prose;
use crate::shell::{Kind, Program};

/// Maximum nesting of flags; deeper values are JSON, since types can be recursive.
const DEEPEST: usize = 6;

/// Formats of strings that are usually the content of a file.
pub(crate) const DOCUMENTS: [&str; 6] =
    ["certificate", "csr", "json_or_yaml", "openssh_authorized_key", "pem", "xml"];

/// A flag that sets a field of the body.
#[derive(Clone)]
pub(crate) struct FieldFlag {
    /// Its name without dashes: `tls-termination.min-version`.
    pub(crate) flag: String,
    /// Another name without dashes.
    alias: Option<String>,
    /// Keys of the path to the field.
    pub(crate) path: Vec<&'static str>,
    /// Type of the value.
    pub(crate) shape: Shape<'static>,
    /// Field, unless it is an alternative of a union or not described.
    pub(crate) field: Option<&'static Field>,
    docs: &'static str,
}

/// Types of fields that are not described.
static STRING: TypeRef = TypeRef::Scalar(Scalar::String);
static BOOL: TypeRef = TypeRef::Scalar(Scalar::Bool);

/// Returns the flags of an operation's body, in the order of the fields.
pub(crate) fn flags(
    program: Program,
    service: &Service,
    operation: &'static Operation,
) -> Vec<FieldFlag> {
    let Program { shell, model } = program;
    let mut flags = Vec::new();
    if let Some(name) = operation.body_type() {
        collect(model, Shape::Named(name), &[], &mut flags);
    }
    let command = command_line(service, operation);
    let wrapper = shell.wrapped_prefix.filter(|_| operation.openapi_body.is_some());
    let extra = shell.extra_flags.iter();
    for extra in extra.filter(|extra| extra.commands.contains(&command.as_str())) {
        let inner = wrapper
            .and_then(|prefix| extra.flag.strip_prefix(prefix)?.strip_prefix('.'));
        let flag = inner.unwrap_or(extra.flag);
        if flags.iter().all(|own| own.flag != flag) {
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
fn undocumented(flag: &'static str, kind: Kind) -> FieldFlag {
    let shape = match kind {
        Kind::String => Shape::Ref(&STRING),
        Kind::Bool => Shape::Ref(&BOOL),
        Kind::List => Shape::Unknown,
    };
    let path = flag.replace('-', "_").leak().split('.').collect();
    FieldFlag { flag: flag.to_owned(), alias: None, path, shape, field: None, docs: "" }
}

fn collect(
    model: &'static Model,
    object: Shape<'static>,
    above: &[&'static str],
    flags: &mut Vec<FieldFlag>,
) {
    for Member { key, docs, field, shape } in object.members(model) {
        let path = [above, &[key]].concat();
        let words: Vec<_> = path.iter().map(|key| word(key)).collect();
        let (flag, alias) = (words.join("."), None);
        flags.push(FieldFlag { flag, alias, path: path.clone(), shape, field, docs });
        if path.len() < DEEPEST {
            collect(model, shape, &path, flags);
        }
    }
}

impl FieldFlag {
    /// Returns the ID of its argument.
    pub(crate) fn id(&self) -> String {
        format!("field {}", self.flag)
    }

    /// Returns the ID of the argument that reads its value from a `file` or `url`.
    pub(crate) fn source_id(&self, source: &str) -> String {
        format!("{source} {}", self.flag)
    }

    fn is(&self, scalar: Scalar) -> bool {
        matches!(self.shape, Shape::Ref(TypeRef::Scalar(own)) if *own == scalar)
    }

    /// Returns true if its value can be the content of a file.
    pub(crate) fn is_text(&self) -> bool {
        self.is(Scalar::String)
    }

    /// Returns true if the fields of the object have their own flags.
    pub(crate) fn is_object(&self) -> bool {
        self.shape.name().is_some()
    }

    /// Returns true if the value is usually the content of a file.
    fn is_document(&self) -> bool {
        self.field.is_some_and(|field| {
            let format = field.rules.format();
            field.secret || format.is_some_and(|format| DOCUMENTS.contains(&format))
        })
    }

    /// Returns its arguments: the flag, and for strings `--NAME-file` and `--NAME-url` unless another flag has this name.
    pub(crate) fn arguments(&self, program: Program, all: &[Self]) -> Vec<Arg> {
        let mut main = Arg::new(self.id())
            .long(self.flag.clone())
            .value_name(self.value_name())
            .action(ArgAction::Append)
            .allow_negative_numbers(true)
            .hide(self.is_object())
            .help(self.help(program.model));
        if let Some(alias) = &self.alias {
            main = main.alias(alias.clone());
        }
        if let Shape::Ref(ty) = self.shape {
            main = with_candidates(main, program, ty);
        }
        if self.is(Scalar::Bool) {
            main =
                main.num_args(0..=1).require_equals(true).default_missing_value("true");
        }
        let mut arguments = vec![main];
        let sources = [
            ("file", "FILE", "a file", ValueHint::FilePath),
            ("url", "URL", "an address", ValueHint::Url),
        ];
        for (suffix, value, source, hint) in sources {
            let name = format!("{}-{suffix}", self.flag);
            let is_free = all
                .iter()
                .all(|other| other.flag != name && other.alias.as_ref() != Some(&name));
            if self.is_text() && is_free {
                let argument = Arg::new(self.source_id(suffix))
                    .long(name)
                    .value_name(value)
                    .value_hint(hint)
                    .conflicts_with(self.id())
                    .help(format!("Reads --{} from {source}", self.flag))
                    .hide(suffix == "url" || !self.is_document());
                arguments.push(argument);
            }
        }
        arguments
    }

    fn value_name(&self) -> String {
        match self.shape {
            Shape::Ref(TypeRef::Map(_)) => "KEY=VALUE".to_owned(),
            Shape::Ref(ty @ TypeRef::List(_)) => {
                format!("{},...", scalar_name(ty.element()))
            }
            Shape::Ref(ty) => scalar_name(ty).to_owned(),
            Shape::Named(_) => "JSON".to_owned(),
            _ => "LIST".to_owned(),
        }
    }

    fn help(&self, model: &Model) -> String {
        let help = prose::summary(self.docs);
        let Some(field) = self.field else {
            let undocumented = "Not documented; sent as given".to_owned();
            return if help.is_empty() { undocumented } else { help };
        };
        let values = model.enum_values(&field.ty);
        let default = field.default.as_ref().filter(|value| !value.is_null());
        let notes = [
            field.presence.required.then(|| "required".to_owned()),
            (!values.is_empty()).then(|| format!("one of: {}", values.join(", "))),
            default.map(|value| {
                format!("default: {}", value.to_string().trim_matches('"'))
            }),
            field.deprecated.is_some().then(|| "deprecated".to_owned()),
        ];
        let notes: Vec<_> = notes.into_iter().flatten().collect();
        if notes.is_empty() { help } else { format!("{help} [{}]", notes.join("; ")) }
    }
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
