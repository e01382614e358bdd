//! The built documentation: what rustdoc warns of, and what only shows on the pages that readers see.

use std::path::Path;

use anyhow::ensure;

use crate::client_files::files_below;
use crate::outcome::Outcome;
use crate::process::{cargo, run as run_process, target_directory};
use crate::terminal::say;

/// The crate whose pages are read.
const CLIENT: &str = "ngrok_client";

/// The crates below it, of which examples must not import: programs do not depend on them.
const INTERNAL: [&str; 3] =
    ["ngrok_client_core::", "ngrok_client_testing::", "ngrok_client_transport::"];

/// Pages that show methods of both clients. Both are called `Client`, so the documentation of the methods' `impl` tells
/// them apart.
const BOTH_CLIENTS: &[&str] =
    &["struct.Builder.html", "struct.Call.html", "struct.Items.html"];

/// Titles that distinguish them.
const WHICH_CLIENT: [&str; 2] = ["With the async client", "With the blocking client"];

/// Beginning of the documentation of other crates, whose links are not checked.
const FOREIGN: [&str; 3] = [
    "id=\"trait-implementations\"",
    "id=\"synthetic-implementations\"",
    "id=\"blanket-implementations\"",
];

/// Builds the documentation and reads the pages of the client.
pub(super) fn run_check() -> anyhow::Result<Outcome> {
    let mut doc = cargo(["doc", "--workspace", "--all-features", "--no-deps"]);
    if run_process(doc.env("RUSTDOCFLAGS", "-D warnings"))? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    let problems = read_pages(&target_directory()?.join("doc").join(CLIENT))?;
    for problem in &problems {
        say!("{problem}");
    }
    Ok(if problems.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// Returns the problems of the pages in a directory and below it.
fn read_pages(directory: &Path) -> anyhow::Result<Vec<String>> {
    ensure!(directory.is_dir(), "cannot read `{}`", directory.display());
    let mut problems = Vec::new();
    for (path, page) in files_below(directory)? {
        if Path::new(&path).extension().is_none_or(|it| it != "html") {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let found = problems_of(name, &String::from_utf8_lossy(&page)).into_iter();
        let shown = directory.join(&path);
        problems.extend(found.map(|problem| format!("{}: {problem}", shown.display())));
    }
    Ok(problems)
}

fn problems_of(name: &str, page: &str) -> Vec<String> {
    let mut problems = Vec::new();
    // Private paths lead on to the page of the item.
    if page.contains("http-equiv=\"refresh\"") {
        return problems;
    }
    let end = FOREIGN.iter().filter_map(|start| page.find(start)).min();
    let page = page.get(..end.unwrap_or(page.len())).unwrap_or(page);
    for import in INTERNAL {
        if examples(page).any(|example| example.contains(import)) {
            problems.push(format!("an example imports from `{import}`"));
        }
    }
    if let Some(link) = unresolved(page) {
        problems.push(format!("`[{link}]` is no link"));
    }
    if BOTH_CLIENTS.contains(&name)
        && !WHICH_CLIENT.iter().all(|words| page.contains(words))
    {
        problems.push("the async and the blocking client have the same name".to_owned());
    }
    problems
}

/// The examples of a page, as HTML. Declarations are no examples: their links name these crates if they were documented before.
fn examples(page: &str) -> impl Iterator<Item = &str> {
    let starts = page.split("<pre class=\"rust rust-example-rendered\"").skip(1);
    starts.map(|rest| rest.split("</pre>").next().unwrap_or_default())
}

/// The text of the first link that rustdoc did not resolve: it stands in brackets.
fn unresolved(page: &str) -> Option<&str> {
    page.split("[<code>").skip(1).find_map(|rest| {
        let (text, after) = rest.split_once("</code>")?;
        after.starts_with(']').then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::problems_of;

    #[test]
    fn what_readers_would_stumble_on_is_found() {
        let import = "<pre class=\"rust rust-example-rendered\"><code><span>use </span>\
                      ngrok_client_core::Quota;</code></pre>";
        let declaration = "<pre class=\"rust item-decl\"><code><a title=\"trait \
                           ngrok_client_core::Quota\">Quota</a></code></pre>";
        for (name, page, found) in [
            ("trait.Transport.html", declaration, None),
            ("struct.Quota.html", import, Some("an example imports")),
            ("enum.Kind.html", "The kinds of [<code>Error</code>].", Some("`[Error]`")),
            ("struct.Call.html", "impl Call&lt;T, Client&gt;", Some("the same name")),
            (
                "struct.Call.html",
                "With the async client. With the blocking client.",
                None,
            ),
            ("struct.Call.html", "<meta http-equiv=\"refresh\">", None),
            ("enum.Kind.html", "id=\"blanket-implementations\" [<code>a</code>]", None),
            ("struct.Error.html", "title=\"struct ngrok_client_core::Error\"", None),
            ("index.html", "<a>[<code>a</code>, b]</a>", None),
        ] {
            let problems = problems_of(name, page).join("; ");
            assert_eq!(!problems.is_empty(), found.is_some(), "{name}: {problems}");
            assert!(problems.contains(found.unwrap_or_default()), "{name}: {problems}");
        }
    }
}
