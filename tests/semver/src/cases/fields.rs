//! Fields.

use super::{BOOKS, LOANS, OTHER_KEY, OTHER_TYPE, SHELVES};
use crate::Case;

/// Cases of fields that appear, disappear or become optional.
pub(super) fn presence() -> Vec<Case> {
    [existence(), requests(), responses()].into_iter().flatten().collect()
}

fn existence() -> Vec<Case> {
    vec![
        Case::new("responses get a field")
            .edit(BOOKS, "  title:", "  isbn: { type: string, in: [response], doc: Its number. }\n  title:")
            .finds("response-field-added", "Book.isbn")
            .gains("let _ = Book::default().isbn;"),
        Case::new("requests get a field")
            .edit(BOOKS, "  title:", "  isbn: { type: string, in: [create], doc: Its number. }\n  title:")
            .finds("request-field-added", "BookCreate.isbn")
            .gains("let make = |book: BookCreate| book.isbn(\"978\"); drop(make);"),
        Case::new("requests get a required field")
            .edit(BOOKS, "  title:", "  isbn: { type: string, in: [create!], doc: Its number. }\n  title:")
            .finds("required-field-added", "BookCreate.isbn")
            .breaks("let _ = BookCreate::new(BookCreateRequired { title: \"Emma\", shelf_id: \"sh_1\", form: Print::new(\"rag\") });"),
        Case::new("responses lose a field")
            .edit(BOOKS, "  pages: { type: int64, in: [response-], doc: How many pages it has. }\n", "")
            .finds("response-field-removed", "Book.pages")
            .breaks("let _ = Book::default().pages;"),
        Case::new("requests lose a field")
            .edit(BOOKS, "key: { type: string, in: [response-, create]", "key: { type: string, in: [response-]")
            .finds("request-field-removed", "BookCreate.key")
            .breaks("let _ = BookCreate::new(BookCreateRequired { title: \"Emma\", shelf_id: \"sh_1\", form: Print::new(\"rag\") }).key(\"k\");"),
        Case::new("requests lose a field that had to be given")
            .edit(SHELVES, "room: { type: string, in: [response, create!]", "room: { type: string, in: [response]")
            .finds("request-field-removed", "ShelfCreate.room")
            .breaks("let _ = ShelfCreate::new(\"hall\");"),
        Case::new("a field is spelt otherwise")
            .edit(BOOKS, "  pages:", "  Pages:")
            .finds("response-field-removed", "Book.pages")
            .finds("response-field-added", "Book.Pages")
            .unchecked(OTHER_KEY),
    ]
}

fn requests() -> Vec<Case> {
    vec![
        Case::new("a field must be given")
            .edit(BOOKS, "web_page: { type: string, in: [response-, create,", "web_page: { type: string, in: [response-, create!,")
            .finds("request-field-required", "BookCreate.web_page")
            .breaks("let _ = BookCreate::new(BookCreateRequired { title: \"Emma\", shelf_id: \"sh_1\", form: Print::new(\"rag\") }).web_page(\"https://library.example\");"),
        Case::new("a field need not be given")
            .edit(SHELVES, "room: { type: string, in: [response, create!]", "room: { type: string, in: [response, create]")
            .finds("request-field-optional", "ShelfCreate.room")
            .breaks("let _ = ShelfCreate::new(\"hall\");"),
        Case::new("a field may be null")
            .edit(SHELVES, "labels: { type: list of string, in: [response, create, update]", "labels: { type: list of string, in: [response, create, update~]")
            .finds("request-null-taken", "ShelfUpdate.labels")
            .breaks("let _: Option<Vec<String>> = ShelfUpdate::new().labels;")
            .undetected(OTHER_TYPE),
        Case::new("a field may no longer be null")
            .edit(BOOKS, "in: [response-, create, update~], format: url", "in: [response-, create, update], format: url")
            .finds("request-null-refused", "BookUpdate.web_page")
            .breaks("let _ = BookUpdate::new().web_page(Null);")
            .undetected(OTHER_TYPE),
        Case::new("a field that is sent and returned may be null")
            .edit(BOOKS, "weight: { type: int64,", "weight: { type: int64, nullable: true,")
            .finds("request-null-taken-same-type", "Print.weight")
            .finds("response-field-lacking-same-type", "Print.weight"),
        Case::new("a field that is sent and returned may no longer be null")
            .edit(BOOKS, "weight: { type: int64,", "weight: { type: int64, nullable: true,")
            .reversed()
            .finds("request-null-refused-same-type", "Print.weight")
            .finds("response-field-present-same-type", "Print.weight"),
    ]
}

fn responses() -> Vec<Case> {
    vec![
        Case::new("a field may be absent")
            .edit(
                BOOKS,
                "title: { type: string, in: [response,",
                "title: { type: string, in: [response-,",
            )
            .finds("response-field-lacking", "Book.title")
            .breaks("let _: String = Book::default().title;")
            .undetected(OTHER_TYPE),
        Case::new("a list may be absent")
            .edit(
                BOOKS,
                "related: { type: list of id Book | Shelf, in: [response]",
                "related: { type: list of id Book | Shelf, in: [response-]",
            )
            .finds("response-field-lacking-same-type", "Book.related"),
        Case::new("a field is always there")
            .edit(
                BOOKS,
                "pages: { type: int64, in: [response-]",
                "pages: { type: int64, in: [response]",
            )
            .finds("response-field-present", "Book.pages")
            .breaks("let _: Option<i64> = Book::default().pages;")
            .undetected(OTHER_TYPE),
        Case::new("a list is always there")
            .edit(
                BOOKS,
                "related: { type: list of id Book | Shelf, in: [response]",
                "related: { type: list of id Book | Shelf, in: [response-]",
            )
            .reversed()
            .finds("response-field-present-same-type", "Book.related"),
    ]
}

/// Cases of field types and constraints.
pub(super) fn cases() -> Vec<Case> {
    [types(), pointers(), limits()].into_iter().flatten().collect()
}

fn types() -> Vec<Case> {
    vec![
        Case::new("a number becomes a string")
            .edit(BOOKS, "pages: { type: int64", "pages: { type: string")
            .finds("field-type-changed", "Book.pages")
            .breaks("let _: Option<i64> = Book::default().pages;")
            .undetected(OTHER_TYPE),
        Case::new("a number becomes wider")
            .edit(BOOKS, "days: { type: int32", "days: { type: int64")
            .finds("field-type-changed", "Borrowing.days")
            .breaks("let _: i32 = Borrowing::new(\"Ann\", 7).days;")
            .undetected(OTHER_TYPE),
        Case::new("a time becomes a string")
            .edit(LOANS, "due_at: { type: timestamp", "due_at: { type: string")
            .finds("field-type-refined", "Loan.due_at")
            .breaks("let _: Timestamp = Loan::default().due_at;")
            .undetected(OTHER_TYPE),
        Case::new("a string becomes a secret")
            .edit(
                SHELVES,
                "room: { type: string,",
                "room: { type: string, secret: true,",
            )
            .finds("field-type-refined", "Shelf.room")
            .finds("field-type-refined", "ShelfCreate.room")
            .breaks("let _: String = Shelf::default().room;")
            .undetected(OTHER_TYPE),
    ]
}

fn pointers() -> Vec<Case> {
    vec![
        Case::new("an id may be that of more")
            .edit(
                BOOKS,
                "related: { type: list of id Book | Shelf",
                "related: { type: list of id Book | Shelf | Librarian",
            )
            .finds("pointer-widened", "Book.related"),
        Case::new("an id may be that of less")
            .edit(
                BOOKS,
                "after: { type: id Book | Shelf | Librarian",
                "after: { type: id Book | Librarian",
            )
            .finds("pointer-narrowed", "BookCreate.after"),
        Case::new("a reference points to one kind only")
            .edit(SHELVES, "keeper: { type: ref Librarian", "keeper: { type: ref Shelf")
            .finds("field-type-refined", "Shelf.keeper")
            .breaks("let _: Option<Ref<AnyResource>> = Shelf::default().keeper;")
            .undetected(OTHER_TYPE),
        Case::new("a field is deprecated")
            .edit(
                BOOKS,
                "pages: { type: int64,",
                "pages: { type: int64, deprecated: true,",
            )
            .finds("field-deprecated", "Book.pages"),
        Case::new("a field is no longer deprecated")
            .edit(
                BOOKS,
                "pages: { type: int64,",
                "pages: { type: int64, deprecated: true,",
            )
            .reversed()
            .finds("field-restored", "Book.pages"),
    ]
}

fn limits() -> Vec<Case> {
    vec![
        Case::new("a limit is tighter")
            .edit(BOOKS, "max_bytes: 200", "max_bytes: 100")
            .finds("notes-changed", "Book.title")
            .finds("limit-tightened", "BookCreate.title")
            .finds("limit-tightened", "BookUpdate.title"),
        Case::new("a limit is looser")
            .edit(SHELVES, "min: 1, max: 12", "min: 1")
            .finds("notes-changed", "Shelf.rows")
            .finds("limit-loosened", "ShelfCreate.rows")
            .finds("limit-loosened", "ShelfUpdate.rows"),
        Case::new("a format is another")
            .edit(BOOKS, "format: url, doc: Where more", "format: uri, doc: Where more")
            .finds("limit-changed", "Book.web_page")
            .finds("limit-changed", "BookCreate.web_page")
            .finds("limit-changed", "BookUpdate.web_page"),
        Case::new("a default is another")
            .edit(SHELVES, "default: 5", "default: 6")
            .finds("notes-changed", "Shelf.rows")
            .finds("default-changed", "ShelfCreate.rows")
            .finds("default-changed", "ShelfUpdate.rows"),
    ]
}
