//! The public surface as text, one line for each item, so that reviewers see the effect of a change of the description.

use std::collections::BTreeMap;

use ngrok_codegen::model::{
    Body, Deprecation, Enum, ErrorCode, Field, Operation, Output, Parameter,
    QueryParameter, Record, Retry, Service, Type, TypeRef, Union,
};
use ngrok_codegen::names::{
    constant_name, field_name, parameter_name, query_name, variant_name,
};
use ngrok_conformance::model;
use ngrok_conformance::shape::Absence;

#[test]
fn the_surface_is_as_reviewed() {
    let model = model();
    let services = model.services.iter().map(service);
    let types = model.types.values().map(|ty| match ty {
        Type::Record(record) => self::record(record),
        Type::Union(union) => self::union(union),
        Type::Enum(enumeration) => self::enumeration(enumeration),
    });
    let codes = std::iter::once(error_codes(&model.error_codes.codes));
    let text: Vec<_> = services.chain(types).chain(codes).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("surface", text.join("\n")));
}

fn service(service: &Service) -> String {
    let fetch =
        service.fetch.as_ref().map(|method| format!(", ids fetch by `{method}`"));
    let mut text = format!(
        "service {} = {}, about {}{}{}\n",
        service.label(),
        service.name,
        service.resource,
        fetch.unwrap_or_default(),
        deprecated(service.deprecated.as_ref()),
    );
    text.extend(service.operations.iter().map(operation));
    text
}

fn operation(operation: &Operation) -> String {
    let parameters = operation.parameters.iter().map(parameter);
    let query = operation.query.iter().map(query);
    let body = match &operation.body {
        Body::None => None,
        Body::Empty => Some("body {}".to_owned()),
        Body::Type(name) => Some(format!("body {name}")),
    };
    let arguments: Vec<_> = parameters.chain(query).chain(body).collect();
    let instance = operation.instance.then(|| {
        let fields = operation.parameters.iter().map(|it| field_name(&it.wire));
        format!(", on a resource with {}", fields.collect::<Vec<_>>().join(", "))
    });
    format!(
        "  {}({}) -> {}{}{}\n    {} {} {}\n",
        field_name(&operation.name),
        arguments.join(", "),
        output(operation),
        instance.unwrap_or_default(),
        deprecated(operation.deprecated.as_ref()),
        operation.id,
        format!("{:?}", operation.method).to_uppercase(),
        operation.path,
    )
}

fn parameter(parameter: &Parameter) -> String {
    format!(
        "{}: {}",
        renamed(&parameter.wire, &parameter_name(&parameter.wire)),
        type_ref(&parameter.ty)
    )
}

fn query(query: &QueryParameter) -> String {
    let repeated = if query.repeated { ", repeated" } else { "" };
    let name = renamed(&query.wire, &query_name(&query.wire, query.required));
    format!(
        "?{name}: {}{repeated}{}",
        type_ref(&query.ty),
        deprecated(query.deprecated.as_ref())
    )
}

fn output(operation: &Operation) -> String {
    let status = operation.status;
    match &operation.output {
        Output::Nothing => format!("{status}"),
        Output::Type(name) => format!("{status} {name}"),
        Output::List(list) => {
            let paged = if list.paged { "pages" } else { "all" };
            let filter = match list.filter.as_slice() {
                [] => String::new(),
                fields => format!(", filter by {}", fields.join(" ")),
            };
            format!("{status} {paged} of {} in `{}`{filter}", list.item, list.key)
        }
    }
}

fn record(record: &Record) -> String {
    let mut text = format!(
        "record {}: {:?}{}{}\n",
        record.name,
        record.role,
        directions(record.in_requests, record.in_responses),
        record
            .prefix
            .as_ref()
            .map(|prefix| format!(", ids begin with `{prefix}`"))
            .unwrap_or_default(),
    );
    text.extend(record.fields.iter().map(|it| field(it, record)));
    text
}

fn field(field: &Field, record: &Record) -> String {
    let ty = type_ref(&field.ty);
    let ty = match Absence::of(record, field) {
        Absence::Empty => ty,
        Absence::Nothing => format!("option of {ty}"),
        Absence::Null => format!("patch of {ty}"),
    };
    let presence = field.presence;
    let said = [
        (presence.required, "required"),
        (presence.nullable, "nullable"),
        (presence.optional, "optional"),
        (field.secret, "secret"),
    ];
    let said =
        said.iter().filter(|(holds, _)| *holds).map(|(_, word)| format!(", {word}"));
    let name = renamed(&field.wire, &field_name(&field.wire));
    let deprecated = deprecated(field.deprecated.as_ref());
    format!("  {name}: {ty}{}{deprecated}\n", said.collect::<String>())
}

fn union(union: &Union) -> String {
    let mut text = format!(
        "union {}{}\n",
        union.name,
        directions(union.in_requests, union.in_responses)
    );
    let choices = union.choices.iter();
    text.extend(choices.map(|choice| {
        format!(
            "  {}: {}\n",
            renamed(&choice.wire, &variant_name(&choice.wire)),
            choice.ty
        )
    }));
    text
}

fn enumeration(enumeration: &Enum) -> String {
    let open = if enumeration.open { ", open" } else { "" };
    let mut text = format!("enum {}{open}\n", enumeration.name);
    let variants = enumeration.variants.iter();
    text.extend(variants.map(|variant| {
        format!("  {}\n", renamed(&variant.wire, &variant_name(&variant.wire)))
    }));
    text
}

fn error_codes(codes: &BTreeMap<u32, ErrorCode>) -> String {
    let lines = codes.iter().map(|(number, code)| {
        let retry = match code.retry {
            Retry::Never => "",
            Retry::Later => ", retry",
            Retry::AfterChange => ", retry after a change",
        };
        let in_use = if code.in_use { ", in use" } else { "" };
        format!(
            "  {number} {} = {}{retry}{in_use}\n",
            code.name,
            constant_name(&code.name)
        )
    });
    std::iter::once("error codes\n".to_owned()).chain(lines).collect()
}

fn directions(sent: bool, returned: bool) -> &'static str {
    match (sent, returned) {
        (true, true) => ", sent and returned",
        (true, false) => ", sent",
        (false, true) => ", returned",
        (false, false) => "",
    }
}

/// Returns a name on the wire, with the one in Rust if they differ.
fn renamed(wire: &str, name: &str) -> String {
    if wire == name { wire.to_owned() } else { format!("{wire} as {name}") }
}

fn deprecated(said: Option<&Deprecation>) -> String {
    said.map(|said| format!(" (deprecated: {})", said.note.trim_end_matches('.')))
        .unwrap_or_default()
}

fn type_ref(ty: &TypeRef) -> String {
    let pointer = |word: &str, kinds: &[String], target: Option<&String>| {
        let typed = if target.is_some() { "" } else { " (any)" };
        format!("{word} {}{typed}", kinds.join(" | "))
    };
    match ty {
        TypeRef::Scalar(scalar) => scalar.name().to_owned(),
        TypeRef::Id { kinds, target } => pointer("id", kinds, target.as_ref()),
        TypeRef::Ref { kinds, target } => pointer("ref", kinds, target.as_ref()),
        TypeRef::List(item) => format!("list of {}", type_ref(item)),
        TypeRef::Map(value) => format!("map of {}", type_ref(value)),
        TypeRef::Record(name) | TypeRef::Enum(name) => name.clone(),
    }
}
