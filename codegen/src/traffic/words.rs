//! Short summaries of the description for findings.

use crate::model::{
    Body, Field, Listing, Model, Operation, Output, Presence, Rules, Scalar, Type,
    TypeRef,
};

use super::findings::{Side, Subject};

/// Maximum number of names in a list.
const MOST: usize = 8;

/// Returns the summary of a subject; empty if there is none.
pub(super) fn of(model: &Model, subject: Subject<'_>, side: Side) -> String {
    match subject {
        Subject::Operations(None) => "no operation has a path like it".to_owned(),
        Subject::Operations(Some(service)) => {
            let operations =
                model.services.get(service).map(|it| it.operations.as_slice());
            let routes = operations.unwrap_or_default().iter().map(route);
            format!("the nearest are {}", list(routes.collect(), MOST))
        }
        Subject::Operation(spot) => {
            let operation = spot.of(model).1;
            format!("`{}` returns status {}", route(operation), operation.status)
        }
        Subject::Bodies(spot) => bodies(spot.of(model).1, side),
        Subject::Path(spot) => {
            let parameters = spot.of(model).1.parameters.iter();
            let words = parameters
                .map(|it| format!("`{{{}}}` is {}", it.wire, type_words(&it.ty)));
            words.collect::<Vec<_>>().join(", ")
        }
        Subject::Query(spot) => query(spot.of(model).1, model),
        Subject::Type(name) => model.types.get(name).map(of_type).unwrap_or_default(),
        Subject::Field(owner, key) => of_field(model, owner, key, side),
        Subject::ErrorBody => {
            let api = &model.api;
            let keys = [
                &api.error_code,
                &api.error_status,
                &api.error_message,
                &api.error_details,
            ];
            format!("an error is an object with {}", ticked(keys, MOST))
        }
        Subject::ErrorCodes => {
            format!("{} error codes have names", model.error_codes.codes.len())
        }
        Subject::ErrorCode(number) => {
            let code = model.error_codes.codes.get(&number);
            let status = code.and_then(|code| code.status).unwrap_or_default();
            let name = code.map(|code| code.name.as_str()).unwrap_or_default();
            format!("{name} has status {status}")
        }
    }
}

/// Returns the method and the path of an operation.
pub(super) fn route(operation: &Operation) -> String {
    operation.request_line()
}

fn bodies(operation: &Operation, side: Side) -> String {
    match (side, &operation.body, &operation.output) {
        (Side::Request, Body::None, _) => "there is no request body".to_owned(),
        (Side::Request, Body::Empty, _) => {
            "the request body is an object without keys".to_owned()
        }
        (Side::Request, Body::Type(name), _) => format!("the request body is {name}"),
        (_, _, Output::Nothing) => {
            format!("status {} without a body", operation.status)
        }
        (_, _, Output::Type(name)) => {
            format!("status {} with {name}", operation.status)
        }
        (_, _, Output::List(Listing { item, key, paged, .. })) => {
            let what = if *paged { "a page" } else { "a list" };
            let place =
                if key.is_empty() { String::new() } else { format!(", under `{key}`") };
            format!("returns {what} of {item}{place}")
        }
    }
}

fn query(operation: &Operation, model: &Model) -> String {
    let mut names: Vec<&String> =
        operation.query.iter().map(|known| &known.wire).collect();
    let api = &model.api;
    let Output::List(listing) = &operation.output else {
        return parameters(&names);
    };
    if listing.paged {
        names.splice(0..0, [&api.cursor_parameter, &api.limit_parameter]);
    }
    if !listing.filter.is_empty() {
        names.push(&api.filter_parameter);
        let fields = ticked(&listing.filter, MOST);
        return format!("{}; a filter may mention {fields}", parameters(&names));
    }
    parameters(&names)
}

fn parameters(names: &[&String]) -> String {
    if names.is_empty() {
        return "there are no query parameters".to_owned();
    }
    format!("the query parameters are {}", ticked(names, MOST))
}

fn of_type(ty: &Type) -> String {
    match ty {
        Type::Record(record) => {
            let fields = record.fields.iter().map(|field| &field.wire);
            match record.fields.len() {
                0 => format!("{} has no fields", record.name),
                _ => format!("{} has {}", record.name, ticked(fields, MOST)),
            }
        }
        Type::Union(union) => {
            let choices = union.choices.iter().map(|choice| &choice.wire);
            format!("{} is exactly one of {}", union.name, ticked(choices, MOST))
        }
        Type::Enum(known) => {
            let values =
                ticked(known.variants.iter().map(|variant| &variant.wire), MOST);
            let open = if known.open { "; the enum is open" } else { "" };
            format!("{} is {values}{open}", known.name)
        }
    }
}

fn of_field(model: &Model, owner: &str, key: &str, side: Side) -> String {
    match model.types.get(owner) {
        Some(Type::Record(record)) => {
            let field = record.fields.iter().find(|field| field.wire == key);
            field.map(|field| field_words(field, side)).unwrap_or_default()
        }
        Some(Type::Union(union)) => {
            let choice = union.choices.iter().find(|choice| choice.wire == key);
            choice.map(|choice| choice.ty.clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn field_words(field: &Field, side: Side) -> String {
    let mut words = vec![type_words(&field.ty)];
    words.extend(limits(&field.rules));
    words.push(presence(field.presence, side).to_owned());
    words.extend(
        field.only_on.as_ref().map(|only| format!("only in responses to `{only}`")),
    );
    words.join(", ")
}

fn presence(presence: Presence, side: Side) -> &'static str {
    match (side, presence) {
        (Side::Request, Presence { required: true, nullable: true, .. }) => {
            "must be given, may be null"
        }
        (Side::Request, Presence { required: true, .. }) => "must be given",
        (_, Presence { nullable: true, .. }) => "may be null",
        (Side::Request, _) | (_, Presence { optional: true, .. }) => "optional",
        (Side::Response, _) => "always there",
    }
}

fn limits(rules: &Rules) -> impl Iterator<Item = String> {
    let number = |what: &str, bound: Option<f64>| bound.map(|it| format!("{what} {it}"));
    let size =
        |bound: Option<u32>, what: &str| bound.map(|it| format!("up to {it} {what}"));
    let values = rules.one_of().iter().map(ToString::to_string).collect::<Vec<_>>();
    [
        rules.format().map(|format| format!("format `{format}`")),
        rules.key_format().map(|format| format!("format of keys `{format}`")),
        size(rules.max_bytes(), "bytes"),
        size(rules.max_len(), "characters"),
        number("at least", rules.min()),
        number("at most", rules.max()),
        rules.min_items().map(|least| format!("at least {least} elements")),
        (!values.is_empty()).then(|| format!("one of {}", values.join(", "))),
    ]
    .into_iter()
    .flatten()
}

/// Returns a type in the syntax of a description.
pub(super) fn type_words(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => scalar_word(*scalar).to_owned(),
        TypeRef::Id { kinds, .. } => format!("id {}", kinds.join(" | ")),
        TypeRef::Ref { kinds, .. } => format!("ref {}", kinds.join(" | ")),
        TypeRef::List(element) => format!("list of {}", type_words(element)),
        TypeRef::Map(element) => format!("map of {}", type_words(element)),
        TypeRef::Record(name) | TypeRef::Enum(name) => name.clone(),
    }
}

fn scalar_word(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "string",
        Scalar::Bool => "bool",
        Scalar::Int32 => "int32",
        Scalar::Int64 => "int64",
        Scalar::Uint32 => "uint32",
        Scalar::Uint64 => "uint64",
        Scalar::Float64 => "float64",
        Scalar::Timestamp => "timestamp",
    }
}

fn ticked<I>(names: I, most: usize) -> String
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    list(names.into_iter().map(|name| name.as_ref().to_owned()).collect(), most)
}

/// Returns names in code marks, the first of many.
fn list(names: Vec<String>, most: usize) -> String {
    let count = names.len();
    let shown: Vec<_> =
        names.into_iter().take(most).map(|it| format!("`{it}`")).collect();
    let more =
        if count > most { format!(" and {} more", count - most) } else { String::new() };
    shown.join(", ") + &more
}
