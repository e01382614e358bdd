//! Services.

use super::{BOOKS, CARDS, HOURS, SHELVES};
use crate::Case;

const READERS: &str = "
noun: reader
resource: Reader
tag: Readers
path: /readers
doc: User who reads.
operations: { get: Looks up one reader. }
fields: { id: { prefix: rd } }
";

pub(super) fn cases() -> Vec<Case> {
    [whole(), ids()].into_iter().flatten().collect()
}

fn whole() -> Vec<Case> {
    vec![
        Case::new("a service is added")
            .add("resources/readers.yaml", READERS)
            .finds("service-added", "readers")
            .gains("client.readers().get(\"rd_1\").await?;"),
        Case::new("a service is removed")
            .remove(HOURS)
            .finds("service-removed", "branches.hours")
            .breaks("client.branches().hours().get(\"north\").await?;"),
        Case::new("a service moves out of its folder")
            .rename(HOURS, "resources/hours.yaml")
            .finds("service-removed", "branches.hours")
            .finds("service-added", "hours")
            .breaks("client.branches().hours().get(\"north\").await?;"),
        Case::new("the tag of a service changes")
            .edit(BOOKS, "tag: Books", "tag: LibraryBooks")
            .finds("service-renamed", "books")
            .finds("operation-id-changed", "books.create")
            .finds("operation-id-changed", "books.get")
            .finds("operation-id-changed", "books.list")
            .finds("query-type-renamed", "books.list")
            .finds("operation-id-changed", "books.update")
            .finds("operation-id-changed", "books.delete")
            .finds("operation-id-changed", "books.covers")
            .finds("operation-id-changed", "books.borrow")
            .breaks("let _: resources::books::Books<Client> = client.books();"),
        Case::new("a service is deprecated")
            .edit(HOURS, "singleton: true", "singleton: true\ndeprecated: true")
            .finds("service-deprecated", "branches.hours")
            .breaks("client.branches().hours().get(\"north\").await?;"),
        Case::new("a service is no longer deprecated")
            .edit(CARDS, "deprecated: { since: 2020-01-01, use: books }", "")
            .finds("service-restored", "cards")
            .gains("client.cards().get(\"cd_1\").await?;"),
    ]
}

/// Consequences for IDs of resources.
fn ids() -> Vec<Case> {
    vec![
        Case::new("a resource can no longer be followed")
            .edit(SHELVES, "  get: Looks up one shelf.\n", "")
            .finds("fetch-removed", "shelves")
            .finds("operation-removed", "shelves.get")
            .breaks("Id::<Shelf>::new(\"sh_1\").get(&client).await?;"),
        Case::new("a resource can be followed")
            .edit(SHELVES, "  get: Looks up one shelf.\n", "")
            .reversed()
            .finds("fetch-added", "shelves")
            .finds("operation-added", "shelves.get")
            .gains("Id::<Shelf>::new(\"sh_1\").get(&client).await?;"),
        Case::new("the only operation that gets a resource takes more than its ID")
            .edit(CARDS, "deprecated: { since: 2020-01-01, use: books }\n", "")
            .edit(CARDS, "path: /cards", "path: /drawers/{drawer}/cards")
            .edit(CARDS, "operations:", "params: { drawer: { type: string, doc: A drawer. } }\noperations:")
            .reversed()
            .finds("service-deprecated", "cards")
            .finds("fetch-added", "cards")
            .finds("endpoint-changed", "cards.get")
            .finds("path-parameter-removed", "cards.get.drawer")
            .finds("endpoint-changed", "cards.list")
            .finds("path-parameter-removed", "cards.list.drawer")
            .breaks("client.cards().get(\"a\", \"cd_1\").await?;"),
        Case::new("an accessor leads to a struct of another name")
            .edit(HOURS, "tag: BranchHours", "tag: Opening")
            .finds("service-renamed", "branches.hours")
            .finds("operation-id-changed", "branches.hours.get")
            .finds("operation-id-changed", "branches.hours.replace")
            .finds("operation-id-changed", "branches.hours.delete")
            .breaks("struct Keeps { hours: resources::branches::hours::BranchHours<Client> }"),
        Case::new("the resource that all refer to is deprecated")
            .edit(SHELVES, "path: /shelves", "path: /shelves\ndeprecated: true")
            .finds("service-deprecated", "shelves")
            .finds("field-type-refined", "Book.shelf")
            .finds("field-type-refined", "BookCreate.shelf_id")
            .finds("field-type-refined", "BookUpdate.shelf_id")
            .breaks("let _: Ref<Shelf> = client.books().get(\"bk_1\").await?.shelf;"),
    ]
}
