//! Types as a whole, enums and unions.

use ngrok_codegen::model::Type;

use super::{BOOKS, LOANS, LOST_TRAIT, OTHER_KEY, OTHER_TYPE, SHELVES};
use crate::Case;

const REMINDER: &str = "  Reminder:
    doc: A letter that asks for a book.
    fields:
      text: { type: string, doc: What it says. }
      earlier: { type: list of Reminder, doc: The letters before it. }
";

const REMINDER_ENUM: &str = "enums:
  Reminder:
    doc: How a reader was asked.
    values: { letter: By letter. }
";

const SPINE: &str = "types:
  Spine:
    doc: The back of a book.
    fields:
      width: { type: int32, doc: How wide it is. }
";

const PUT_COVER: &str = "  put_cover:
    doc: Gives a book a cover.
    method: POST
    path: item/cover
    body: Cover
    returns: nothing
    status: 204
  borrow:";

/// Cases of types as a whole.
pub(super) fn cases() -> Vec<Case> {
    [existence(), uses()].into_iter().flatten().collect()
}

fn existence() -> Vec<Case> {
    vec![
        Case::new("a type is added")
            .edit(BOOKS, "types:\n", SPINE)
            .finds("type-added", "Spine")
            .gains("let _ = Spine::default();"),
        Case::new("a type is removed")
            .edit(BOOKS, "types:\n", SPINE)
            .reversed()
            .finds("type-removed", "Spine")
            .breaks("let _ = Spine::default();"),
        Case::new("a type is renamed")
            .edit(BOOKS, "list of Cover", "list of Picture")
            .edit(BOOKS, "  Cover:\n", "  Picture:\n")
            .finds("type-removed", "Cover")
            .finds("type-added", "Picture")
            .finds("response-changed", "books.covers")
            .breaks("let _: Option<Cover> = client.books().covers(\"bk_1\").items().next().await.transpose()?;"),
        Case::new("a resource is renamed")
            .edit(LOANS, "resource: Loan", "resource: Lending")
            .finds("type-removed", "Loan")
            .finds("type-added", "Lending")
            .finds("response-changed", "branches.loans.get")
            .finds("path-parameter-changed", "branches.loans.get.id")
            .finds("response-changed", "branches.loans.list")
            .breaks("let _: Loan = client.branches().loans().get(\"north\", \"ln_1\").await?;"),
        Case::new("a type moves to another service")
            .edit(LOANS, "types:\n", "")
            .edit(LOANS, REMINDER, "")
            .add("resources/notices.yaml", "
noun: notice
resource: Notice
tag: Notices
path: /notices
doc: Something to be known.
operations: { get: Looks up one notice. }
fields: { id: { prefix: no } }
types:
  Reminder:
    doc: A letter that asks for a book.
    fields:
      text: { type: string, doc: What it says. }
      earlier: { type: list of Reminder, doc: The letters before it. }
")
            .finds("service-added", "notices")
            .finds("type-removed", "Reminder")
            .breaks("let _ = resources::branches::loans::Reminder::default();"),
        Case::new("a record becomes an enum")
            .edit(LOANS, "types:\n", "")
            .edit(LOANS, REMINDER, REMINDER_ENUM)
            .finds("type-kind-changed", "Reminder")
            .finds("field-type-changed", "Loan.reminder")
            .breaks("let _ = Reminder::default().text;"),
    ]
}

fn uses() -> Vec<Case> {
    vec![
        Case::new("a type is sent")
            .edit(BOOKS, "  borrow:", PUT_COVER)
            .finds("operation-added", "books.put_cover")
            .finds("type-now-sent", "Cover")
            .finds("field-wrapper-changed", "Cover.url")
            .finds("field-wrapper-changed", "Cover.colours")
            .breaks("let _: String = Cover::default().url;")
            .undetected(OTHER_TYPE),
        Case::new("a type is no longer sent")
            .edit(BOOKS, "  borrow:", PUT_COVER)
            .reversed()
            .finds("operation-removed", "books.put_cover")
            .finds("type-no-longer-sent", "Cover")
            .finds("field-wrapper-changed", "Cover.url")
            .finds("field-wrapper-changed", "Cover.colours")
            .breaks("let _ = Cover::new().url(\"https://library.example/c.png\");"),
        Case::new("a type has ids")
            .model(|model| set_prefix(model, None))
            .reversed()
            .finds("resource-added", "Loan")
            .gains("fn id(of: impl IntoId<Loan>) -> Id<Loan> { of.into_id() } id(&Loan::default());"),
        Case::new("a type no longer has ids")
            .model(|model| set_prefix(model, None))
            .finds("resource-removed", "Loan")
            .breaks("fn id(of: impl IntoId<Loan>) -> Id<Loan> { of.into_id() } id(&Loan::default());")
            .undetected(LOST_TRAIT),
        Case::new("ids begin with other letters")
            .edit(SHELVES, "prefix: sh", "prefix: sf")
            .finds("id-prefix-changed", "Shelf"),
        Case::new("a rule over fields is added")
            .edit(BOOKS, "constraints:\n", "constraints:\n  - { together: [web_page, key] }\n")
            .finds("constraint-added", "Book")
            .finds("constraint-added", "BookCreate")
            .finds("constraint-added", "BookUpdate"),
        Case::new("a rule over fields is removed")
            .edit(BOOKS, "constraints:\n  - { at_most_one_of: [web_page, description], errors: [301] }\n", "")
            .finds("constraint-removed", "Book")
            .finds("constraint-removed", "BookCreate")
            .finds("constraint-removed", "BookUpdate"),
        Case::new("the required fields of a creation are reordered")
            .edit(BOOKS, "  shelf_id: { type: id Shelf, in: [create!, update], doc: The shelf to put it on. }\n", "")
            .edit(BOOKS, "  title:", "  shelf_id: { type: id Shelf, in: [create!, update], doc: The shelf to put it on. }\n  title:")
            .finds("order-changed", "BookCreate")
            .finds("order-changed", "BookUpdate"),
        Case::new("the arguments of a body are reordered")
            .edit(BOOKS, "      days: { type: int32, required: true, one_of: [7, 14, 28], doc: For how long. }\n", "")
            .edit(BOOKS, "      reader:", "      days: { type: int32, required: true, one_of: [7, 14, 28], doc: For how long. }\n      reader:")
            .finds("required-order-changed", "Borrowing")
            .breaks("let _ = Borrowing::new(\"Ann\", 7);")
            .undetected(OTHER_TYPE),
    ]
}

fn set_prefix(model: &mut ngrok_codegen::model::Model, prefix: Option<&str>) {
    if let Some(Type::Record(loan)) = model.types.get_mut("Loan") {
        loan.prefix = prefix.map(str::to_owned);
    }
}

/// Cases of enums and unions.
pub(super) fn choices() -> Vec<Case> {
    [values(), unions()].into_iter().flatten().collect()
}

fn values() -> Vec<Case> {
    vec![
        Case::new("an enum gets a value")
            .edit(
                BOOKS,
                "      poetry: Verses.\n",
                "      poetry: Verses.\n      drama: For the stage.\n",
            )
            .finds("enum-value-added", "Genre.drama")
            .gains("let _ = Genre::Drama;"),
        Case::new("an enum loses a value")
            .edit(BOOKS, "      poetry: Verses.\n", "")
            .finds("enum-value-removed", "Genre.poetry")
            .breaks("let _ = Genre::Poetry;"),
        Case::new("a value is spelt otherwise")
            .edit(BOOKS, "      sci-fi:", "      sci_fi:")
            .finds("enum-value-removed", "Genre.sci-fi")
            .finds("enum-value-added", "Genre.sci_fi")
            .unchecked(OTHER_KEY),
        Case::new("an enum becomes incomplete")
            .edit(BOOKS, "doc: Kinds of books.", "doc: Kinds of books.\n    open: true")
            .finds("enum-opened", "Genre"),
        Case::new("an enum becomes complete")
            .edit(BOOKS, "doc: Kinds of books.", "doc: Kinds of books.\n    open: true")
            .reversed()
            .finds("enum-closed", "Genre"),
    ]
}

fn unions() -> Vec<Case> {
    vec![
        Case::new("a union gets an alternative")
            .edit(BOOKS, "      audio: {", "      braille: { type: Braille, nullable: true, doc: To be felt. }\n      audio: {")
            .edit(BOOKS, "  Print:\n", "  Braille: { doc: A book to be felt., fields: { dots: { type: int64, doc: Its dots. } } }\n  Print:\n")
            .finds("choice-added", "Form.braille")
            .finds("type-added", "Braille")
            .gains("let _ = Form::Braille(Braille::new());"),
        Case::new("a union loses a choice")
            .edit(BOOKS, "      audio: { type: Audio, nullable: true, doc: Spoken. }\n", "")
            .finds("choice-removed", "Form.audio")
            .finds("type-no-longer-sent", "Audio")
            .breaks("let _ = Form::Audio(Audio::new(\"Ann\", 60));"),
        Case::new("a choice is spelt otherwise")
            .edit(BOOKS, "      audio: {", "      AUDIO: {")
            .finds("choice-removed", "Form.audio")
            .finds("choice-added", "Form.AUDIO")
            .unchecked(OTHER_KEY),
        Case::new("the type of an alternative changes")
            .edit(BOOKS, "audio: { type: Audio", "audio: { type: Borrowing")
            .finds("choice-changed", "Form.audio")
            .finds("type-no-longer-sent", "Audio")
            .finds("field-wrapper-changed", "Borrowing.note")
            .breaks("let _ = Form::Audio(Audio::new(\"Ann\", 60));"),
        Case::new("the type of an alternative becomes one that is already sent")
            .edit(BOOKS, "body: Borrowing", "body: Audio")
            .edit(BOOKS, "audio: { type: Audio", "audio: { type: Borrowing")
            .finds("body-changed", "books.borrow")
            .finds("choice-changed", "Form.audio")
            .finds("field-wrapper-changed", "Borrowing.note")
            .breaks("let _ = Form::Audio(Audio::new(\"Ann\", 60));")
            .undetected(OTHER_TYPE),
        Case::new("a choice is fixed")
            .edit(BOOKS, "exactly_one_of: { errors: [302] }", "exactly_one_of: { errors: [302], fixed: true }")
            .finds("choice-fixed", "Form"),
        Case::new("a choice is no longer fixed")
            .edit(BOOKS, "exactly_one_of: { errors: [302] }", "exactly_one_of: { errors: [302], fixed: true }")
            .reversed()
            .finds("choice-freed", "Form"),
    ]
}
