//! Conventions of calls, by the names that APIs give them: authentication, pagination, the keys of an error body.

use super::super::super::Map;
use super::super::super::document::{
    At, Kind, Location, Operation, Parameter, Property, Schema,
};
use super::super::groups;
use super::Scaffold;
use crate::reconcile::NoteKind;

/// Names of parameters with the start of a page.
const CURSORS: &str = "before_id after before cursor starting_after page_token pageToken start marker continuation";

/// Names of parameters with the length of a page.
const LIMITS: &str =
    "limit per_page page_size pageSize perPage max_results maxResults count size first";

/// Names of parameters that count items or pages.
const COUNTS: &str = "page offset skip page_number pageNumber from";

/// Keys of an error body, with the names that they have in documents. The first that has a name takes it.
const ERROR_KEYS: &[(&str, &str)] = &[
    ("status", "status_code statusCode http_status status"),
    ("message", "msg message error_message detail title description error_description"),
    ("details", "details errors meta extra params"),
    ("code", "error_code errorCode code type reason error"),
];

impl Scaffold<'_> {
    /// Returns the header and the scheme before the key: of the first supported scheme.
    pub(super) fn auth(&mut self) -> Map {
        let components = self.document.top().get("components");
        let schemes = components.map(|it| it.entries_of("securitySchemes"));
        let mut found = None;
        for (name, at) in schemes.unwrap_or_default() {
            let Ok(scheme) = at.follow() else { continue };
            let (kind, message) = match header(&scheme) {
                Ok((map, remark)) if found.is_none() => {
                    found = Some(map);
                    (NoteKind::Undecided, remark.to_owned())
                }
                Ok(_) => {
                    let other =
                        "is another authentication scheme; a client supports one";
                    (NoteKind::Inexpressible, other.to_owned())
                }
                Err(why) => (NoteKind::Inexpressible, why),
            };
            if !message.is_empty() {
                self.note(kind, "auth", &at, format!("`{name}` {message}"));
            }
        }
        found.unwrap_or_else(|| {
            self.guessed("auth", "the authentication");
            pair("authorization", "Bearer")
        })
    }

    /// Returns the parameters and keys of pages: a client can continue if a page contains the address of the next one.
    pub(super) fn paging(&mut self) -> Map {
        let queries =
            || self.operations.iter().flat_map(|it| it.parameters_in(Location::Query));
        let one_of = |names: &str| {
            queries().find(|parameter| names.split(' ').any(|it| it == parameter.name))
        };
        // A name that no query parameter has.
        let free = |mut name: String| {
            while queries().any(|parameter| parameter.name == name) {
                name.push_str("_expression");
            }
            name
        };
        let next = self.operations.iter().find_map(next_address);
        let (cursor, limit) = (one_of(CURSORS), one_of(LIMITS));
        let odd = one_of(COUNTS).or(cursor).cloned();
        let odd = odd.filter(|_| next.is_none() || cursor.is_none());
        // If pages do not refer to the next one, the parameters remain query parameters of the list.
        let named = |parameter: Option<&Parameter>, name: &str| {
            let known = parameter.filter(|_| next.is_some());
            known.map_or_else(|| free(name.to_owned()), |it| it.name.to_owned())
        };
        let cursor = named(cursor, "page_cursor");
        let bounds = limit.filter(|_| next.is_some()).and_then(bounds);
        let limit = named(limit, "page_limit");
        if let Some(Parameter { name, at, .. }) = odd {
            let (kind, message) = if let Some(next) = &next {
                let message = format!(
                    "`{name}` counts pages or items; a client follows `{next}` instead"
                );
                (NoteKind::Inferred, message)
            } else {
                let message = format!(
                    "lists are paginated by `{name}`, and no page contains the address of the next: each call returns \
                     one page, and the parameters have to be set manually"
                );
                (NoteKind::Inexpressible, message)
            };
            self.note(kind, "paging", &at, message);
        }
        let (default, min, max) = bounds.unwrap_or((100, 1, 100));
        let limit = Map::new()
            .with("parameter", limit)
            .with("default", default)
            .with("min", min)
            .with("max", max);
        let next = next.unwrap_or_else(|| "next_page_uri".to_owned());
        Map::new()
            .with("cursor", Map::new().with("parameter", cursor))
            .with("limit", limit)
            .with("page", Map::new().with("uri", "uri").with("next", next))
    }

    pub(super) fn error_body(&mut self) -> Map {
        let usual = ["code", "status", "message", "details"];
        let mut body: Map = usual.into_iter().map(|key| (key, key)).collect();
        let Some(schema) = self.operations.iter().find_map(|it| error(&it.at)) else {
            self.guessed("error_body", "the form of errors");
            return body;
        };
        let mut taken: Vec<&str> = Vec::new();
        for (key, names) in ERROR_KEYS {
            let mut free = names.split(' ').filter(|name| !taken.contains(name));
            if let Some(found) = free.find(|name| schema.property(name).is_some()) {
                taken.push(found);
                body.set(*key, found);
            }
        }
        let (kind, message) = if taken.is_empty() {
            let message = "errors have none of the keys that a client reads; their text is kept unchanged";
            (NoteKind::Inexpressible, message.to_owned())
        } else {
            let taken = taken.join("`, `");
            let message = format!("`{taken}` are taken for the keys of an error");
            (NoteKind::Inferred, message)
        };
        self.note(kind, "error_body", &schema.at, message);
        let is_object = |it: &Property| {
            it.read().is_ok_and(|inner| matches!(inner.kind, Kind::Object))
        };
        if let Some(inner) = schema.property("error").filter(is_object) {
            let message =
                "errors are wrapped in another object, which a client does not support";
            self.note(NoteKind::Inexpressible, "error_body", &inner.at, message);
        }
        body
    }
}

/// Returns the key of a list with the address of the next page.
fn next_address(operation: &Operation) -> Option<String> {
    let schema = operation.returned()?;
    let list = groups::list(&schema, &[])?;
    let is_address = |property: &Property| {
        let name = property.name.to_lowercase();
        let schema = property.read().ok();
        let format = schema.as_ref().and_then(|schema| schema.text("format"));
        let called = ["uri", "url", "link", "href"].iter().any(|it| name.contains(it));
        schema.is_some_and(|schema| matches!(schema.kind, Kind::Text))
            && name.contains("next")
            && (matches!(format, Some("uri" | "url")) || called || name == "next")
    };
    let properties = schema.properties();
    let mut others = properties.iter().filter(|it| list.others.contains(&it.name));
    others.find(|property| is_address(property)).map(|it| it.name.to_owned())
}

/// Returns the default, minimum and maximum length of a page.
fn bounds(limit: &Parameter) -> Option<(u32, u32, u32)> {
    let schema = limit.read()?;
    let max = schema.count("maximum").filter(|max| *max > 0).unwrap_or(100);
    let min = schema.count("minimum").unwrap_or(1).clamp(1, max);
    let default = schema.count("default").unwrap_or(max).clamp(min, max);
    Some((default, min, max))
}

fn error<'d>(operation: &At<'d>) -> Option<Schema<'d>> {
    let responses = operation.entries_of("responses").into_iter();
    let mut failures =
        responses.filter(|(status, _)| !status.starts_with(['1', '2', '3']));
    failures.find_map(|(_, response)| {
        let content = response.follow().ok()?.get("content")?;
        let json = content.entries().find(|(media, _)| media.contains("json"))?.1;
        let schema = Schema::read(&json.get("schema")?).ok()?;
        (!schema.properties().is_empty()).then_some(schema)
    })
}

fn pair(header: &str, scheme: &str) -> Map {
    Map::new().with("header", header).with("scheme", scheme)
}

/// Returns the header of an authentication scheme, with a note for callers.
fn header(scheme: &At) -> Result<(Map, &'static str), String> {
    let plain = |text: &str, signs: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
        !text.is_empty() && text.chars().all(plain)
    };
    let text = |key, usual| scheme.text_of(key).unwrap_or(usual);
    let (name, word) = (text("name", ""), text("scheme", "bearer"));
    let place = text("in", "place that it does not name");
    match (text("type", ""), place, word.to_ascii_lowercase().as_str()) {
        ("http", _, "bearer") => Ok((pair("authorization", "Bearer"), "")),
        ("http", _, "basic") => Ok((
            pair("authorization", "Basic"),
            "is basic authentication: the key is `user:password` in base64",
        )),
        ("http", ..) if plain(word, "-") => Ok((pair("authorization", word), "")),
        ("http", ..) => Err(format!("has the scheme `{word}`, which is no word")),
        ("apiKey", "header", _) if plain(name, "-_.") => Ok((pair(name, ""), "")),
        ("apiKey", "header", _) => {
            Err(format!("names a header `{name}`, which cannot be one"))
        }
        ("apiKey", ..) => {
            Err(format!("sends the key in a {place}, which a client cannot do"))
        }
        ("oauth2" | "openIdConnect", ..) => Ok((
            pair("authorization", "Bearer"),
            "requires a separate login for a token: a client uses the token as its key",
        )),
        (other, ..) => {
            Err(format!("is of the kind `{other}`, which a client cannot follow"))
        }
    }
}
