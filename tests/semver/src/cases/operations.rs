//! Operations and lists.

use super::{BOOKS, HOURS, LOANS, LOST_TRAIT, OTHER_TYPE, SHELVES};
use crate::Case;

const DUST: &str = "  dust:
    doc: Wipes a shelf.
    method: POST
    path: item/dust
    body: empty
    returns: nothing
    status: 204
    instance: true
";

const DUSTING: &str = "
types:
  Dusting:
    doc: How to wipe a shelf.
    fields:
      cloth: { type: string, doc: What to wipe with. }

fields:";

const THOROUGH_DUSTING: &str = "
types:
  Dusting:
    doc: How to wipe a shelf.
    fields:
      cloth: { type: string, required: true, doc: What to wipe with. }

fields:";

pub(super) fn cases() -> Vec<Case> {
    [whole(), paths(), bodies(), responses(), methods()].into_iter().flatten().collect()
}

fn whole() -> Vec<Case> {
    vec![
        Case::new("an operation is added")
            .edit(SHELVES, DUST, "")
            .reversed()
            .finds("operation-added", "shelves.dust")
            .gains("client.shelves().dust(\"sh_1\").await?;"),
        Case::new("an operation is removed")
            .edit(SHELVES, DUST, "")
            .finds("operation-removed", "shelves.dust")
            .breaks("client.shelves().dust(\"sh_1\").await?;"),
        Case::new("an operation is renamed")
            .edit(SHELVES, "  dust:", "  wipe:")
            .finds("operation-removed", "shelves.dust")
            .finds("operation-added", "shelves.wipe")
            .breaks("client.shelves().dust(\"sh_1\").await?;"),
        Case::new("an operation moves to another service")
            .model(|model| {
                let is =
                    |service: &ngrok_codegen::model::Service, tag| service.tag == tag;
                let from =
                    model.services.iter_mut().find(|service| is(service, "Books"));
                let covers = from.map(|books| {
                    let place =
                        books.operations.iter().position(|one| one.name == "covers");
                    books.operations.remove(place.expect("it is there"))
                });
                let to =
                    model.services.iter_mut().find(|service| is(service, "Shelves"));
                to.expect("it is there").operations.extend(covers);
            })
            .finds("operation-removed", "books.covers")
            .finds("operation-added", "shelves.covers")
            .breaks("client.books().covers(\"bk_1\").items();"),
        Case::new("an operation is deprecated")
            .edit(
                LOANS,
                "list: Lists the loans of a branch.",
                "list: { doc: Lists the loans of a branch., deprecated: true }",
            )
            .finds("operation-deprecated", "branches.loans.list"),
        Case::new("an operation is no longer deprecated")
            .edit(
                LOANS,
                "list: Lists the loans of a branch.",
                "list: { doc: Lists the loans of a branch., deprecated: true }",
            )
            .reversed()
            .finds("operation-restored", "branches.loans.list"),
    ]
}

fn paths() -> Vec<Case> {
    vec![
        Case::new("the path of an operation changes")
            .edit(SHELVES, "path: item/dust", "path: item/clean")
            .finds("endpoint-changed", "shelves.dust"),
        Case::new("a path parameter is renamed")
            .edit(HOURS, "/branches/{branch}/hours", "/branches/{name}/hours")
            .edit(HOURS, "branch: { type: string", "name: { type: string")
            .finds("notes-changed", "branches.hours.get")
            .finds("notes-changed", "branches.hours.replace")
            .finds("notes-changed", "branches.hours.delete"),
        Case::new("a path gets a parameter")
            .edit(HOURS, "/branches/{branch}/hours", "/towns/{town}/branches/{branch}/hours")
            .edit(HOURS, "params:", "params:\n  town: { type: string, doc: A town. }")
            .finds("endpoint-changed", "branches.hours.get")
            .finds("path-parameter-added", "branches.hours.get.town")
            .finds("endpoint-changed", "branches.hours.replace")
            .finds("path-parameter-added", "branches.hours.replace.town")
            .finds("endpoint-changed", "branches.hours.delete")
            .finds("path-parameter-added", "branches.hours.delete.town")
            .breaks("client.branches().hours().get(\"north\").await?;"),
        Case::new("a path loses a parameter")
            .edit(SHELVES, "item/books/{book}", "item/book")
            .edit(SHELVES, "params:\n  book: { type: id Book, doc: The book to put there. }\n", "")
            .finds("endpoint-changed", "shelves.put_book")
            .finds("path-parameter-removed", "shelves.put_book.book")
            .breaks("client.shelves().put_book(\"sh_1\", \"bk_1\").await?;"),
        Case::new("a path parameter becomes the ID of another resource")
            .edit(SHELVES, "book: { type: id Book", "book: { type: id Shelf")
            .finds("path-parameter-changed", "shelves.put_book.book")
            .breaks("client.shelves().put_book(\"sh_1\", &Book::default()).await?;")
            .undetected(OTHER_TYPE),
        Case::new("a path parameter becomes any string")
            .edit(SHELVES, "book: { type: id Book", "book: { type: string")
            .finds("path-parameter-refined", "shelves.put_book.book")
            .breaks("client.shelves().put_book(\"sh_1\", &Book::default()).await?;")
            .undetected(OTHER_TYPE),
        Case::new("an enum replaces a string in a path")
            .edit(HOURS, "branch: { type: string", "branch: { type: Genre")
            .finds("path-parameter-refined", "branches.hours.get.branch")
            .finds("path-parameter-refined", "branches.hours.replace.branch")
            .finds("path-parameter-refined", "branches.hours.delete.branch")
            .breaks("fn get(client: &Client, branch: impl IntoValue<String>) { drop(client.branches().hours().get(branch)); }")
            .undetected(OTHER_TYPE),
    ]
}

fn bodies() -> Vec<Case> {
    vec![
        Case::new("an operation takes a body")
            .edit(SHELVES, "body: empty", "body: Dusting")
            .edit(SHELVES, "\nfields:", DUSTING)
            .finds("body-added", "shelves.dust")
            .finds("type-added", "Dusting")
            .breaks("client.shelves().dust(\"sh_1\").await?;"),
        Case::new("an operation needs a body")
            .edit(SHELVES, "body: empty", "body: Dusting")
            .edit(SHELVES, "\nfields:", THOROUGH_DUSTING)
            .finds("required-body-added", "shelves.dust")
            .finds("type-added", "Dusting")
            .breaks("client.shelves().dust(\"sh_1\").await?;"),
        Case::new("an operation no longer takes a body")
            .edit(BOOKS, "    body: Borrowing\n", "")
            .finds("body-removed", "books.borrow")
            .finds("type-no-longer-sent", "Borrowing")
            .finds("field-wrapper-changed", "Borrowing.note")
            .breaks(
                "client.books().borrow(\"bk_1\", &Borrowing::new(\"Ann\", 7)).await?;",
            ),
        Case::new("an operation takes another body")
            .edit(BOOKS, "body: Borrowing", "body: Audio")
            .finds("body-changed", "books.borrow")
            .finds("type-no-longer-sent", "Borrowing")
            .finds("field-wrapper-changed", "Borrowing.note")
            .breaks(
                "client.books().borrow(\"bk_1\", &Borrowing::new(\"Ann\", 7)).await?;",
            ),
        Case::new("an empty body is no longer sent")
            .edit(SHELVES, "body: empty", "body: none")
            .finds("empty-body-changed", "shelves.dust"),
    ]
}

fn responses() -> Vec<Case> {
    vec![
        Case::new("an operation gets a response body")
            .edit(SHELVES, "    returns: nothing\n    status: 204\n    instance", "    returns: resource\n    status: 200\n    instance")
            .finds("response-added", "shelves.dust")
            .finds("status-changed", "shelves.dust")
            .breaks("let () = client.shelves().dust(\"sh_1\").await?;")
            .undetected(OTHER_TYPE),
        Case::new("an operation loses its response body")
            .edit(SHELVES, "    returns: nothing\n    status: 204\n    instance", "    returns: resource\n    status: 200\n    instance")
            .reversed()
            .finds("response-removed", "shelves.dust")
            .finds("status-changed", "shelves.dust")
            .breaks("let _: Shelf = client.shelves().dust(\"sh_1\").await?;")
            .undetected(OTHER_TYPE),
        Case::new("the response type of an operation changes")
            .edit(BOOKS, "body: Borrowing\n    returns: resource", "body: Borrowing\n    returns: Cover")
            .finds("response-changed", "books.borrow")
            .breaks("let _: Book = client.books().borrow(\"bk_1\", &Borrowing::new(\"Ann\", 7)).await?;")
            .undetected(OTHER_TYPE),
        Case::new("the response status of an operation changes")
            .edit(SHELVES, "    returns: nothing\n    status: 204\n    instance", "    returns: nothing\n    status: 202\n    instance")
            .finds("status-changed", "shelves.dust"),
    ]
}

fn methods() -> Vec<Case> {
    vec![
        Case::new("an operation gets a method on resources")
            .edit(SHELVES, "    status: 204\n    instance: true\n", "    status: 204\n")
            .reversed()
            .finds("instance-method-added", "shelves.dust")
            .gains("Shelf::default().dust(&client).await?;"),
        Case::new("an operation loses its method on resources")
            .edit(SHELVES, "    status: 204\n    instance: true\n", "    status: 204\n")
            .finds("instance-method-removed", "shelves.dust")
            .breaks("Shelf::default().dust(&client).await?;"),
    ]
}

/// Cases of pagination, filters and query parameters.
pub(super) fn lists() -> Vec<Case> {
    [paging(), filters(), queries()].into_iter().flatten().collect()
}

fn paging() -> Vec<Case> {
    vec![
        Case::new("the key of the items of a list changes")
            .edit(BOOKS, "items: covers", "items: pictures")
            .finds("list-key-changed", "books.covers"),
        Case::new("a list becomes paginated")
            .edit(BOOKS, "    paged: false\n", "")
            .finds("list-now-paged", "books.covers")
            .breaks(
                "let _: List<Cover, Client, Unpaged> = client.books().covers(\"bk_1\");",
            )
            .undetected(OTHER_TYPE),
        Case::new("a list with its own query type becomes paginated")
            .edit(
                BOOKS,
                "    filter: [id, title]\n    query",
                "    filter: [id, title]\n    paged: false\n    query",
            )
            .reversed()
            .finds("list-now-paged-same-type", "books.list")
            .gains("client.books().list().limit(5).items();"),
        Case::new("a list is no longer paginated")
            .edit(
                LOANS,
                "list: Lists the loans of a branch.",
                "list: { doc: Lists the loans of a branch., paged: false }",
            )
            .finds("list-now-whole", "branches.loans.list")
            .breaks("client.branches().loans().list(\"north\").limit(5).items();")
            .undetected(OTHER_TYPE),
        Case::new("a list with its own query type is no longer paginated")
            .edit(
                BOOKS,
                "    filter: [id, title]\n    query",
                "    filter: [id, title]\n    paged: false\n    query",
            )
            .finds("list-now-whole", "books.list")
            .breaks("client.books().list().limit(5).items();")
            .undetected(LOST_TRAIT),
    ]
}

fn filters() -> Vec<Case> {
    vec![
        Case::new("a list can be filtered")
            .edit(LOANS, "list: Lists the loans of a branch.", "list: { doc: Lists the loans of a branch., filter: [id] }")
            .finds("list-now-filtered", "branches.loans.list")
            .breaks("struct Keeps { loans: List<Loan, Client> } drop(Keeps { loans: client.branches().loans().list(\"north\") });")
            .undetected(OTHER_TYPE),
        Case::new("a list can no longer be filtered")
            .edit(SHELVES, ", filter: [id, description]", "")
            .finds("list-no-longer-filtered", "shelves.list")
            .breaks("client.shelves().list().filter_text(\"true\").items();"),
        Case::new("a list with its own query type gets filters")
            .edit(BOOKS, "    filter: [id, title]\n", "")
            .reversed()
            .finds("list-now-filtered-same-type", "books.list")
            .gains("client.books().list().filter_text(\"true\").items();"),
        Case::new("a list with its own query type loses its filters")
            .edit(BOOKS, "    filter: [id, title]\n", "")
            .finds("list-no-longer-filtered", "books.list")
            .breaks("client.books().list().filter_text(\"true\").items();"),
        Case::new("a list can be filtered by one field more")
            .edit(SHELVES, "filter: [id, description]", "filter: [id, description, room]")
            .finds("filter-field-added", "shelves.list"),
        Case::new("a list can be filtered by one field less")
            .edit(SHELVES, "filter: [id, description]", "filter: [id]")
            .finds("filter-field-removed", "shelves.list"),
    ]
}

fn queries() -> Vec<Case> {
    vec![
        Case::new("a list gets another query parameter")
            .edit(BOOKS, "    query:\n", "    query:\n      year: { type: int32, doc: Lists only books of this year. }\n")
            .finds("query-parameter-added", "books.list.year")
            .gains("client.books().list().year(1999).items();"),
        Case::new("a list gets its first query parameter")
            .edit(SHELVES, "filter: [id, description] }", "filter: [id, description], query: { room: { type: string, doc: A room. } } }")
            .finds("first-query-parameter-added", "shelves.list.room")
            .breaks("let _: List<Shelf, Client, Filtered> = client.shelves().list();")
            .undetected(OTHER_TYPE),
        Case::new("a list loses a query parameter")
            .edit(BOOKS, "      genre: { type: Genre, doc: Lists only books of this genre. }\n", "")
            .finds("query-parameter-removed", "books.list.genre")
            .breaks("client.books().list().genre(Genre::Novel).items();"),
        Case::new("a query parameter becomes a number")
            .edit(BOOKS, "genre: { type: Genre, doc: Lists", "genre: { type: int32, doc: Lists")
            .finds("query-parameter-changed", "books.list.genre")
            .breaks("client.books().list().genre(Genre::Novel).items();")
            .undetected(OTHER_TYPE),
        Case::new("a query parameter becomes any string")
            .edit(BOOKS, "genre: { type: Genre, doc: Lists", "genre: { type: string, doc: Lists")
            .finds("query-parameter-refined", "books.list.genre")
            .breaks("client.books().list().genre(Genre::Novel).items();")
            .undetected(OTHER_TYPE),
        Case::new("a query parameter becomes repeatable")
            .edit(BOOKS, "author: { type: list of string", "author: { type: string")
            .reversed()
            .finds("query-parameter-repeats", "books.list.author"),
        Case::new("a query parameter is no longer repeatable")
            .edit(BOOKS, "author: { type: list of string", "author: { type: string")
            .finds("query-parameter-repeats-no-more", "books.list.author"),
        Case::new("a query parameter is deprecated")
            .edit(BOOKS, "deprecated: { use: books.get }, ", "")
            .reversed()
            .finds("query-parameter-deprecated", "books.list.author"),
        Case::new("a query parameter is no longer deprecated")
            .edit(BOOKS, "deprecated: { use: books.get }, ", "")
            .finds("query-parameter-restored", "books.list.author"),
    ]
}
