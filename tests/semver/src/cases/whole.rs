//! The whole API, its error codes, and changes that can affect any part.

use super::{API, BOOKS, ERRORS, SHELVES};
use crate::Case;

const TAKEN: &str = "  300: { name: TitleTaken, topic: books, status: 400, doc: Another book on the shelf has this title. }\n";

pub(super) fn cases() -> Vec<Case> {
    [api(), errors(), rest()].into_iter().flatten().collect()
}

fn api() -> Vec<Case> {
    vec![
        Case::new("the version of the API changes")
            .edit(API, "value: \"2\"", "value: \"3\"")
            .finds("convention-changed", "version_value"),
        Case::new("the crate is renamed")
            .edit(API, "crate: library-client", "crate: library")
            .finds("crate-renamed", "crate_name")
            .unchecked("a renamed crate cannot be compared"),
        Case::new("an environment variable is renamed")
            .edit(API, "api_key: LIBRARY_KEY", "api_key: LIBRARY_API_KEY")
            .finds("variable-renamed", "key_variable")
            .unchecked(
                "programs still compile, but no longer find their key at run time",
            ),
        Case::new("pages may be longer")
            .edit(API, "max: 100", "max: 200")
            .finds("limit-loosened", "limit_max"),
    ]
}

fn errors() -> Vec<Case> {
    vec![
        Case::new("an error code gets a name")
            .edit(ERRORS, TAKEN, "")
            .reversed()
            .finds("error-code-added", "ERR_LIBRARY_300")
            .gains("let _ = ErrorCode::TITLE_TAKEN;"),
        Case::new("an error code loses its name")
            .edit(ERRORS, TAKEN, "")
            .finds("error-code-removed", "ERR_LIBRARY_300")
            .breaks("let _ = ErrorCode::TITLE_TAKEN;"),
        Case::new("an error code is renamed")
            .edit(ERRORS, "TitleTaken", "TitleInUse")
            .finds("error-code-renamed", "ERR_LIBRARY_300")
            .breaks("let _ = ErrorCode::TITLE_TAKEN;"),
        Case::new("an error may go away by itself")
            .edit(ERRORS, "status: 400, doc", "status: 400, retry: true, doc")
            .finds("error-retry-changed", "ERR_LIBRARY_300"),
        Case::new("an error may go away after another change")
            .edit(ERRORS, "status: 400, doc", "status: 400, retry: after_change, doc")
            .finds("error-retry-changed", "ERR_LIBRARY_300"),
        Case::new("an error gets the meaning that a resource is in use")
            .edit(ERRORS, "status: 400, doc", "status: 400, in_use: true, doc")
            .finds("error-in-use-changed", "ERR_LIBRARY_300"),
        Case::new("error codes are written otherwise")
            .edit(ERRORS, "format: ERR_LIBRARY_{number}", "format: LIBRARY_{number}")
            .finds("error-form-changed", "form"),
    ]
}

fn rest() -> Vec<Case> {
    vec![
        Case::new("fields are reordered")
            .edit(
                SHELVES,
                "  created_at:\n  description:\n",
                "  description:\n  created_at:\n",
            )
            .finds("order-changed", "Shelf"),
        Case::new("an operation works on some only")
            .edit(
                SHELVES,
                "    method: POST\n",
                "    method: POST\n    applies_to: wood\n",
            )
            .finds("notes-changed", "shelves.dust"),
        Case::new("a description is reworded")
            .edit(BOOKS, "doc: How many pages it has.", "doc: The number of its pages.")
            .finds("docs-changed", "Book.pages"),
    ]
}
