//! Names of the description that become the same identifier.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::spec::Spanned;

use super::Context;

/// Reports identifiers with more than one source.
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
            "variant" => {
                "remove one of them: values that are not listed are kept unchanged"
            }
            "field" => "remove one of them: responses may contain undescribed fields",
            _ => "rename one of them",
        };
        let mut problem = Diagnostic::error(Code::NameCollision, key.span, message);
        if earlier.span != key.span {
            problem = problem.related(earlier.span, "the other one");
        }
        context.diagnostics.push(problem.help(help));
    }
}
