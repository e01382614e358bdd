//! Pagination of lists: a client can continue if a page contains the address of the next one.

use super::super::super::Map;
use super::super::super::document::{Kind, Location, Operation, Parameter, Schema};
use super::super::lists;
use super::Scaffold;
use crate::reconcile::NoteKind;

/// Names of parameters with the start of a page.
const CURSORS: &[&str] = &[
    "before_id",
    "after",
    "before",
    "cursor",
    "starting_after",
    "page_token",
    "pageToken",
    "start",
    "marker",
    "continuation",
];

/// Names of parameters with the length of a page.
const LIMITS: &[&str] = &[
    "limit",
    "per_page",
    "page_size",
    "pageSize",
    "perPage",
    "max_results",
    "maxResults",
    "count",
    "size",
    "first",
];

/// Names of parameters that count items or pages.
const COUNTS: &[&str] = &["page", "offset", "skip", "page_number", "pageNumber", "from"];

impl Scaffold<'_> {
    pub(super) fn paging(&mut self) -> Map {
        let next = self.operations.iter().find_map(next_address);
        let queries = || self.operations.iter().flat_map(queries);
        let named = |names: &[&str]| {
            let found = queries().find(|parameter| names.contains(&parameter.name));
            found.map(|parameter| parameter.name.to_owned())
        };
        let (cursor, limit) = (named(CURSORS), named(LIMITS));
        let count = queries().find(|parameter| COUNTS.contains(&parameter.name));
        let bounds = limit
            .as_ref()
            .and_then(|limit| bounds(queries().find(|it| it.name == limit)?));
        let odd = count.or_else(|| queries().find(|it| CURSORS.contains(&it.name)));
        let odd = odd.map(|parameter| (parameter.at.clone(), parameter.name));
        let Some(next) = next else {
            // Pages do not refer to the next one: the parameters remain query parameters of the list.
            if let Some((at, name)) = odd {
                let message = format!(
                    "lists are paginated by `{name}`, and no page contains the address of the next: each call returns \
                     one page, and the parameters have to be set manually"
                );
                self.note(NoteKind::Inexpressible, "paging", &at, message);
            }
            return pages(
                &self.free("page_cursor"),
                &self.free("page_limit"),
                None,
                "next_page_uri",
            );
        };
        if let Some((at, name)) = odd.filter(|_| cursor.is_none()) {
            let message = format!(
                "`{name}` counts pages or items; a client follows `{next}` instead"
            );
            self.note(NoteKind::Inferred, "paging", &at, message);
        }
        let cursor = cursor.unwrap_or_else(|| self.free("page_cursor"));
        let limit = limit.unwrap_or_else(|| self.free("page_limit"));
        pages(&cursor, &limit, bounds, &next)
    }

    /// Returns a name that no query parameter has.
    fn free(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self
            .operations
            .iter()
            .flat_map(queries)
            .any(|parameter| parameter.name == name)
        {
            name.push_str("_expression");
        }
        name
    }
}

fn pages(cursor: &str, limit: &str, bounds: Option<(u32, u32, u32)>, next: &str) -> Map {
    let (default, min, max) = bounds.unwrap_or((100, 1, 100));
    let limit = Map::new()
        .with("parameter", limit)
        .with("default", default)
        .with("min", min)
        .with("max", max);
    Map::new()
        .with("cursor", Map::new().with("parameter", cursor))
        .with("limit", limit)
        .with("page", Map::new().with("uri", "uri").with("next", next))
}

fn queries<'o, 'd>(
    operation: &'o Operation<'d>,
) -> impl Iterator<Item = &'o Parameter<'d>> {
    operation.parameters.iter().filter(|parameter| parameter.location == Location::Query)
}

/// Returns the key of a list with the address of the next page.
fn next_address(operation: &Operation) -> Option<String> {
    let schema = Schema::read(operation.output.as_ref()?.schema.as_ref()?).ok()?;
    let list = lists::read(&schema, &[])?;
    let is_address = |property: &super::super::super::document::Property| {
        let name = property.name.to_lowercase();
        let schema = Schema::read(&property.at).ok()?;
        let text = matches!(schema.kind, Kind::Text);
        let format =
            schema.text("format").is_some_and(|format| matches!(format, "uri" | "url"));
        let called =
            ["uri", "url", "link", "href"].iter().any(|word| name.contains(word));
        (text && name.contains("next") && (format || called || name == "next"))
            .then_some(())
    };
    let properties = schema.properties();
    let mut others =
        properties.iter().filter(|property| list.others.contains(&property.name));
    others
        .find(|property| is_address(property).is_some())
        .map(|property| property.name.to_owned())
}

/// Returns the default, minimum and maximum length of a page.
fn bounds(limit: &Parameter) -> Option<(u32, u32, u32)> {
    let schema = Schema::read(limit.schema.as_ref()?).ok()?;
    let max = schema.count("maximum").filter(|max| *max > 0).unwrap_or(100);
    let min = schema.count("minimum").unwrap_or(1).clamp(1, max);
    let default = schema.count("default").unwrap_or(max).clamp(min, max);
    Some((default, min, max))
}
