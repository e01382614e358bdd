//! The fields of one shape of a type, and rules over several of them.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean_or};
use crate::model::{self, Constraint, ConstraintKind, Rule, Rules, Scalar, TypeRef};
use crate::spec::{self, Entries, Field, Format, Place, Spanned, Spec, names, plain};

use super::docs::{self, Named};
use super::shapes::{Shape, numbers};
use super::{Context, tools, type_expr};

/// Lowers the fields of a shape.
pub(super) fn lower(
    entries: &Entries<Field>,
    shape: Shape,
    context: &mut Context,
) -> Vec<model::Field> {
    let one = |(name, field): (&Spanned<String>, &Field)| {
        let before = context.diagnostics.count(Severity::Error);
        let lowered = one(name, field, shape, context);
        let after = context.diagnostics.count(Severity::Error);
        context.invalid.extend((after > before).then_some(name.span));
        lowered
    };
    entries.iter().filter_map(one).collect()
}

fn missing_type(name: &Spanned<String>, of_resource: bool, spec: &Spec) -> Diagnostic {
    let common = &spec.api.fields;
    let reason = match (of_resource, common.contains_key(name)) {
        (true, _) => ", and `api.yaml` has none for it",
        (false, true) => ": `api.yaml` describes fields of resources only",
        (false, false) => "",
    };
    let message = format!("`{}` has no type{reason}", **name);
    let known = names(common).filter(|_| of_resource);
    let help = did_you_mean_or(name, known, "add `type:`");
    Diagnostic::error(Code::MissingType, name.span, message).help(help)
}

fn one(
    name: &Spanned<String>,
    field: &Field,
    shape: Shape,
    context: &mut Context,
) -> Option<model::Field> {
    let Some(kind) = &field.kind else {
        let problem = missing_type(name, shape.of_resource, context.spec);
        context.diagnostics.push(problem);
        return None;
    };
    let presence = shape.presence(field, name, context)?;
    let in_request = shape.covers.iter().any(|place| *place != Place::Response);
    let kind = field.request_type.as_ref().filter(|_| in_request).unwrap_or(kind);
    let ty = type_expr::parse(kind, shape.usage(), context)?;
    if field.secret && *ty.element() != TypeRef::Scalar(Scalar::String) {
        let message = format!("`{}` is secret, but not a string", **name);
        let help = "only strings, and lists and maps of strings, can be redacted: mark the fields inside";
        context.error(Code::SecretType, kind.span, message, help);
    }
    if let Some(default) = field.default.as_ref().filter(|_| presence.required) {
        let message = format!("`{}` is required, so its default is never used", **name);
        let help = "take out `default:`, or the mark `!` in `in:`";
        context.error(Code::DefaultOfRequired, default.span, message, help);
    }
    let rules = rules(field, shape, context);
    let equal = tools::equality(field.equal.as_ref(), &ty, context);
    Some(model::Field {
        wire: name.to_string(),
        ty,
        recursive: false,
        presence,
        docs: docs::of_named(Named::Field, name, field.doc.as_ref(), context),
        secret: field.secret,
        rules,
        equal,
        default: field.default.as_ref().map(|value| (**value).clone()),
        only_on: field.only_on.as_ref().map(ToString::to_string),
        written_as: field.written_as.as_ref().map(ToString::to_string),
        errors: numbers(&field.errors),
        deprecated: docs::deprecation(field.deprecated.as_ref()),
        openapi: field.openapi.unwrap_or(true),
    })
}

/// The rules of a field: keys of its own, and those below `rules:`, which the model has under the same names.
fn rules(field: &Field, shape: Shape, context: &mut Context) -> Rules {
    let format = |format: &Option<Spanned<Format>>| format.as_ref().and_then(plain);
    let keys = field.keys.as_ref();
    let keys = keys.map(|keys| type_expr::parse_kinds(keys, shape.usage(), context));
    let of_field = [
        format(&field.format).map(Rule::Format),
        format(&field.key_format).map(Rule::KeyFormat),
        keys.map(Rule::Keys),
        (!field.one_of.is_empty()).then(|| Rule::OneOf(field.one_of.clone())),
        field.max_bytes.as_deref().copied().map(Rule::MaxBytes),
        field.max_len.as_deref().copied().map(Rule::MaxLen),
        field.min.as_deref().copied().map(Rule::Min),
        field.max.as_deref().copied().map(Rule::Max),
        field.min_items.as_deref().copied().map(Rule::MinItems),
        field.unit.as_ref().map(|unit| Rule::Unit(unit.to_string())),
    ];
    let rare: Rules = field.rules.as_ref().and_then(plain).unwrap_or_default();
    let rare = rare.iter().filter(|rule| is_given(&rule.to_value())).cloned();
    of_field.into_iter().flatten().chain(rare).collect()
}

/// Returns false for the value of a rule that is absent.
fn is_given(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

/// Lowers the rules of a shape. Their fields are checked elsewhere.
pub(super) fn constraints(
    rules: &[Spanned<spec::Constraint>],
    shape: Shape,
    context: &mut Context,
) -> Vec<Constraint> {
    rules.iter().filter_map(|rule| constraint(rule, shape, context)).collect()
}

fn constraint(
    rule: &Spanned<spec::Constraint>,
    shape: Shape,
    context: &mut Context,
) -> Option<Constraint> {
    let here =
        |word: &Spanned<String>| shape.covers.iter().any(|place| place.word() == **word);
    if !rule.places.is_empty()
        && !shape.available.is_empty()
        && !rule.places.iter().any(here)
    {
        return None;
    }
    let kinds = [
        (ConstraintKind::OneOf, &rule.one_of),
        (ConstraintKind::AtMostOneOf, &rule.at_most_one_of),
        (ConstraintKind::Together, &rule.together),
        (ConstraintKind::Requires, &rule.requires),
    ];
    let mut given = kinds.into_iter().filter(|(_, fields)| !fields.is_empty());
    let (Some((kind, fields)), None) = (given.next(), given.next()) else {
        return unclear(rule, context);
    };
    if (kind == ConstraintKind::Requires) != rule.condition.is_some() {
        return unclear(rule, context);
    }
    Some(Constraint {
        kind,
        fields: fields.iter().map(ToString::to_string).collect(),
        condition: rule.condition.as_ref().map(ToString::to_string),
        errors: numbers(&rule.errors),
    })
}

fn unclear(
    rule: &Spanned<spec::Constraint>,
    context: &mut Context,
) -> Option<Constraint> {
    let message = "the meaning of this rule is unclear";
    let help = "a rule is one of `one_of`, `at_most_one_of`, `together`, or `if` with `requires`";
    context.error(Code::ConstraintKind, rule.span, message, help);
    None
}
