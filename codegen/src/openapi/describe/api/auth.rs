//! Authentication.

use super::super::super::Map;
use super::super::super::document::At;
use super::Scaffold;
use crate::reconcile::NoteKind;

impl Scaffold<'_> {
    /// Returns the header and the scheme before the key: of the first supported scheme.
    pub(super) fn auth(&mut self) -> Map {
        let components = self.document.top().get("components");
        let all = components.and_then(|components| components.get("securitySchemes"));
        let schemes: Vec<_> =
            all.iter().flat_map(|all| all.entries().collect::<Vec<_>>()).collect();
        let mut found = None;
        for (name, at) in &schemes {
            let Ok(scheme) = at.follow() else { continue };
            match header(&scheme) {
                Ok((map, remark)) if found.is_none() => {
                    found = Some(map);
                    if let Some(remark) = remark {
                        self.note(
                            NoteKind::Undecided,
                            "auth",
                            at,
                            format!("`{name}` {remark}"),
                        );
                    }
                }
                Ok(_) => {
                    let message = format!(
                        "`{name}` is another authentication scheme; a client supports one"
                    );
                    self.note(NoteKind::Inexpressible, "auth", at, message);
                }
                Err(why) => {
                    self.note(
                        NoteKind::Inexpressible,
                        "auth",
                        at,
                        format!("`{name}` {why}"),
                    );
                }
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
fn header(scheme: &At) -> Result<(Map, Option<String>), String> {
    let kind = scheme.text_of("type").unwrap_or_default();
    match kind {
        "http" => {
            let word = scheme.text_of("scheme").unwrap_or("bearer");
            let token = !word.is_empty()
                && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            match word.to_ascii_lowercase().as_str() {
                "bearer" => Ok((pair("authorization", "Bearer"), None)),
                "basic" => {
                    let remark =
                        "is basic authentication: the key is `user:password` in base64";
                    Ok((pair("authorization", "Basic"), Some(remark.to_owned())))
                }
                _ if token => Ok((pair("authorization", word), None)),
                _ => Err(format!("has the scheme `{word}`, which is no word")),
            }
        }
        "apiKey" => {
            let name = scheme.text_of("name").unwrap_or_default();
            let sound = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            match scheme.text_of("in") {
                Some("header") if !name.is_empty() && name.chars().all(sound) => {
                    Ok((pair(name, ""), None))
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
        "oauth2" | "openIdConnect" => {
            let remark = "requires a separate login for a token: a client uses the token as its key";
            Ok((pair("authorization", "Bearer"), Some(remark.to_owned())))
        }
        other => Err(format!("is of the kind `{other}`, which a client cannot follow")),
    }
}
