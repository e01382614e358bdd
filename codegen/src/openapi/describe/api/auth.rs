//! Authentication.

use super::super::super::Map;
use super::super::super::document::At;
use super::Scaffold;
use crate::reconcile::NoteKind;

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
}

fn pair(header: &str, scheme: &str) -> Map {
    Map::new().with("header", header).with("scheme", scheme)
}

/// Returns the header of a scheme, with a note for callers.
fn header(scheme: &At) -> Result<(Map, &'static str), String> {
    match scheme.text_of("type").unwrap_or_default() {
        "http" => {
            let word = scheme.text_of("scheme").unwrap_or("bearer");
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            match word.to_ascii_lowercase().as_str() {
                "bearer" => Ok((pair("authorization", "Bearer"), "")),
                "basic" => Ok((
                    pair("authorization", "Basic"),
                    "is basic authentication: the key is `user:password` in base64",
                )),
                _ if !word.is_empty() && word.chars().all(plain) => {
                    Ok((pair("authorization", word), ""))
                }
                _ => Err(format!("has the scheme `{word}`, which is no word")),
            }
        }
        "apiKey" => {
            let name = scheme.text_of("name").unwrap_or_default();
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            match scheme.text_of("in") {
                Some("header") if !name.is_empty() && name.chars().all(plain) => {
                    Ok((pair(name, ""), ""))
                }
                Some("header") => {
                    Err(format!("names a header `{name}`, which cannot be one"))
                }
                place => Err(format!(
                    "sends the key in a {}, which a client cannot do",
                    place.unwrap_or("place that it does not name")
                )),
            }
        }
        "oauth2" | "openIdConnect" => Ok((
            pair("authorization", "Bearer"),
            "requires a separate login for a token: a client uses the token as its key",
        )),
        other => Err(format!("is of the kind `{other}`, which a client cannot follow")),
    }
}
