//! The syntax of `type:`: `string`, `id IpPolicy`, `list of ref A | B`, `map of int64`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Scalar, TypeRef};
use crate::spec::Spanned;

use super::Context;
use super::declare::Kind;
use super::shapes::Use;

/// The words of types, besides the names of scalars.
const WORDS: [&str; 4] = ["id", "ref", "list", "map"];

/// The target of an ID or reference to any resource.
const ANY: &str = "any";

/// Maximum nesting of lists and maps.
const NESTING_LIMIT: usize = 8;

/// Parses a type. Errors are reported.
pub(super) fn parse(
    text: &Spanned<String>,
    usage: Use,
    context: &mut Context,
) -> Option<TypeRef> {
    if text.split_whitespace().filter(|word| *word == "of").count() > NESTING_LIMIT {
        let message = "lists and maps are nested too deeply";
        let help = "move the inner type to `types:`";
        context.error(Code::NestedType, text.span, message, help);
        return None;
    }
    parse_words(text.trim(), text, usage, context)
}

/// Parses a type that is also checked elsewhere, without reporting errors.
pub(super) fn parse_silently(
    text: &Spanned<String>,
    usage: Use,
    context: &Context,
) -> Option<TypeRef> {
    let mut unheard = Diagnostics::default();
    let mut context = Context::new(context.spec, context.declared, &mut unheard);
    parse(text, usage, &mut context)
}

/// Parses `id X | Y` as the possible targets.
pub(super) fn parse_kinds(
    text: &Spanned<String>,
    usage: Use,
    context: &mut Context,
) -> Vec<String> {
    let Some(ty) = parse(text, usage, context) else { return Vec::new() };
    if !matches!(ty, TypeRef::Id { .. } | TypeRef::Ref { .. }) {
        let message = "expected `id` and the names of resources";
        let help = "such as `id IpPolicy` or `id TcpEdge | TlsEdge`";
        context.error(Code::NotAnId, text.span, message, help);
    }
    targets(&ty).to_vec()
}

/// Returns the possible targets of an ID or reference; none of other types.
pub(super) fn targets(ty: &TypeRef) -> &[String] {
    match ty {
        TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => kinds,
        _ => &[],
    }
}

fn parse_words(
    words: &str,
    text: &Spanned<String>,
    usage: Use,
    context: &mut Context,
) -> Option<TypeRef> {
    if let Some(scalar) = Scalar::ALL.into_iter().find(|scalar| scalar.name() == words) {
        return Some(TypeRef::Scalar(scalar));
    }
    let (head, rest) = words.split_once(' ').unwrap_or((words, ""));
    match (head, rest.strip_prefix("of ")) {
        ("list" | "map", Some(element)) => {
            let element = Box::new(parse_words(element.trim(), text, usage, context)?);
            let is_list = head == "list";
            Some(if is_list { TypeRef::List(element) } else { TypeRef::Map(element) })
        }
        ("list" | "map", None) => {
            let message = format!("expected `{head} of` and the type of its elements");
            let help = format!("such as `{head} of string`");
            context.error(Code::UnfinishedType, text.span, message, help);
            None
        }
        ("id" | "ref", _) => pointer(head, rest, text, usage, context),
        _ => named(words, text, usage, context),
    }
}

/// Parses `id`, `id X`, `ref X | Y`, `ref any`.
fn pointer(
    head: &str,
    rest: &str,
    text: &Spanned<String>,
    usage: Use,
    context: &mut Context,
) -> Option<TypeRef> {
    let pointing = |kinds, target| match head {
        "id" => TypeRef::Id { kinds, target },
        _ => TypeRef::Ref { kinds, target },
    };
    if rest.trim() == ANY {
        return Some(pointing(Vec::new(), None));
    }
    let mut kinds: Vec<String> = rest
        .split('|')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    // A plain `id` is that of the resource itself; a reference needs a target.
    if kinds.is_empty() && head == "id" {
        kinds.extend(usage.own.map(str::to_owned));
    }
    if kinds.is_empty() {
        let message = format!("`{head}` has no element type");
        let help = format!("name a resource behind it, such as `{head} IpPolicy`");
        context.error(Code::UnfinishedType, text.span, message, help);
        return None;
    }
    let known: Vec<bool> =
        kinds.iter().map(|kind| points_somewhere(kind, text, context)).collect();
    if known.contains(&false) {
        return None;
    }
    let target = typed_target(&kinds, usage, context);
    Some(pointing(kinds, target))
}

fn points_somewhere(kind: &str, text: &Spanned<String>, context: &mut Context) -> bool {
    let found = context.declared.kind(kind);
    if matches!(found, Some(Kind::Resource | Kind::External)) {
        return true;
    }
    let message = match found {
        Some(_) => format!("`{kind}` has no IDs: it is not the resource of a service"),
        None => format!("there is no resource `{kind}`"),
    };
    let help = context.declared.suggested_target(kind);
    context.error(Code::UnknownResource, text.span, message, help);
    false
}

/// Returns the resource that an ID is typed as: if it has only one target, which exists whenever the user does.
fn typed_target(kinds: &[String], usage: Use, context: &Context) -> Option<String> {
    let [kind] = kinds else { return None };
    let declaration = context.declared.get(kind)?;
    let always_there = !(usage.supported && declaration.deprecated);
    (declaration.kind == Kind::Resource && always_there).then(|| kind.clone())
}

fn named(
    name: &str,
    text: &Spanned<String>,
    usage: Use,
    context: &mut Context,
) -> Option<TypeRef> {
    let Some(declaration) = context.declared.get(name) else {
        let message = format!("there is no type `{name}`");
        let words = Scalar::ALL.into_iter().map(Scalar::name).chain(WORDS);
        let words: Vec<&str> = words.collect();
        let other = "describe it under `types:` or `enums:`, in this file or another";
        let help = context.declared.suggestion(name, &words);
        let help = help.unwrap_or_else(|| other.to_owned());
        context.error(Code::UnknownType, text.span, message, help);
        return None;
    };
    let (kind, deprecated, span) =
        (declaration.kind, declaration.deprecated, declaration.span);
    if usage.supported && deprecated {
        let message = format!(
            "`{name}` belongs to a service that is deprecated, but is used by one that is not"
        );
        let help = "describe the type in a file of a supported service";
        let problem = Diagnostic::error(Code::DeprecatedType, text.span, message);
        context.diagnostics.push(problem.related(span, "described here").help(help));
        return None;
    }
    match kind {
        Kind::Enum => Some(TypeRef::Enum(name.to_owned())),
        Kind::Record | Kind::Resource | Kind::View => {
            let view = usage.place.map(|place| context.declared.view(name, place));
            Some(TypeRef::Record(view.unwrap_or_else(|| name.to_owned())))
        }
        Kind::External => {
            let message = format!("`{name}` can be pointed to, but has no fields");
            let help = format!("write `id {name}` or `ref {name}`");
            context.error(Code::ExternalType, text.span, message, help);
            None
        }
    }
}
