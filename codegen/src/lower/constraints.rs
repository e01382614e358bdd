//! Rules over several fields of a type.

use crate::diagnostic::Code;
use crate::model::{Constraint, ConstraintKind};
use crate::spec::{self, Spanned};

use super::Context;
use super::shape::{Shape, numbers};

/// Lowers the rules of a shape. Their fields are checked elsewhere.
pub(super) fn lower(
    rules: &[Spanned<spec::Constraint>],
    shape: Shape,
    context: &mut Context,
) -> Vec<Constraint> {
    rules.iter().filter_map(|rule| one(rule, shape, context)).collect()
}

fn one(
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
        return wrong_kind(rule, context);
    };
    if (kind == ConstraintKind::Requires) != rule.condition.is_some() {
        return wrong_kind(rule, context);
    }
    Some(Constraint {
        kind,
        fields: fields.iter().map(ToString::to_string).collect(),
        condition: rule.condition.as_ref().map(ToString::to_string),
        errors: numbers(&rule.errors),
    })
}

fn wrong_kind(
    rule: &Spanned<spec::Constraint>,
    context: &mut Context,
) -> Option<Constraint> {
    let message = "the meaning of this rule is unclear";
    let help = "a rule is one of `one_of`, `at_most_one_of`, `together`, or `if` with `requires`";
    context.error(Code::ConstraintKind, rule.span, message, help);
    None
}
