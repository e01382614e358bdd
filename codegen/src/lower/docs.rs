//! Prose of the description, as written, and deprecation. What has no description, or an empty one, is reported.

use crate::diagnostic::Code;
use crate::model::{Deprecation, Docs};
use crate::spec::{self, Spanned};

use super::Context;

/// The prose of a text.
pub(super) fn lower(text: &Spanned<String>, context: &mut Context) -> Docs {
    let prose = text.trim();
    if prose.is_empty() {
        let message = "the description is empty";
        let help = "say in a sentence what a user needs to know";
        context.error(Code::EmptyDoc, text.span, message, help);
    }
    prose.to_owned()
}

/// The prose of a field, or of a parameter of a path or query.
pub(super) fn of_named(
    what: Named,
    name: &Spanned<String>,
    text: Option<&Spanned<String>>,
    context: &mut Context,
) -> Docs {
    if let Some(text) = text {
        return lower(text, context);
    }
    let (lead, word, needed) = match what {
        Named::Field => ("", "field", "what a user needs to know"),
        Named::Parameter => ("the parameter ", "parameter", "what it names or selects"),
    };
    let message = format!("{lead}`{}` has no description", **name);
    let help = format!("add `doc:` with {needed}");
    context.warning(Code::MissingDoc, name.span, message, help);
    format!("The {word} `{}`.", **name)
}

/// What is described.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    Field,
    Parameter,
}

/// The first paragraph of a text.
pub(super) fn first_paragraph(prose: &str) -> Docs {
    let goes_on = |line: &&str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with("```") && !line.starts_with("~~~")
    };
    prose.lines().take_while(goes_on).collect::<Vec<_>>().join("\n")
}

/// Returns true if an item is deprecated or removed; `deprecated: false` means that it is not.
pub(super) fn is_deprecated(said: Option<&Spanned<spec::Deprecation>>) -> bool {
    said.is_some_and(|said| !matches!(**said, spec::Deprecation::Flag(false)))
}

/// Lowers the deprecation of an item; `None` for `false`.
pub(super) fn deprecation(
    said: Option<&Spanned<spec::Deprecation>>,
) -> Option<Deprecation> {
    let details = match said.map(|said| &**said) {
        None | Some(spec::Deprecation::Flag(false)) => return None,
        Some(spec::Deprecation::Flag(true)) => &spec::DeprecationDetails::default(),
        Some(spec::Deprecation::Details(details)) => details,
    };
    let when = match (&details.since, details.planned) {
        (Some(since), _) => format!("not supported since {since}"),
        (None, true) => "will go in a later version of the API".to_owned(),
        (None, false) => "kept for backward compatibility".to_owned(),
    };
    let instead = details.instead.as_ref().map(|name| format!("; use `{}`", **name));
    Some(Deprecation {
        instead: details.instead.as_ref().map(ToString::to_string),
        since: details.since.clone(),
        planned: details.planned,
        note: format!("{when}{}.", instead.unwrap_or_default()),
    })
}
