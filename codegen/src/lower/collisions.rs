//! Names of the description that become the same name.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::spec::Spanned;

use super::Context;

/// Reports names that more than one source would get.
pub(super) fn report<'k>(
    what: &str,
    names: impl Iterator<Item = (String, &'k Spanned<String>)>,
    context: &mut Context,
) {
    let mut seen: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
    for (name, key) in names {
        let Some(earlier) = seen.get(&name) else {
            seen.insert(name, key);
            continue;
        };
        let message = format!(
            "`{}` and `{}` would both become the {what} `{name}`",
            ***earlier, **key
        );
        let help = match what {
            "variant" => "leave one of them out: what is not listed is kept as it came",
            "field" => "leave one of them out: answers may have more than is described",
            _ => "rename one of them",
        };
        let mut problem = Diagnostic::error(Code::NameCollision, key.span, message);
        if earlier.span != key.span {
            problem = problem.related(earlier.span, "the other one");
        }
        context.diagnostics.push(problem.help(help));
    }
}
