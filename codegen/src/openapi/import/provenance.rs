//! The document of the last import.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::super::document::Document;
use super::super::{Map, text};
use super::overrides::title;
use crate::reconcile::Texts;

/// File with the document.
const FILE: &str = "imported.yaml";

/// Heading of the file.
const HEAD: &str = "\
# Written by `cargo xtask import`: the document that this description was last brought up to.
";

/// Records a document: its name, its title and version, and the digest of its text.
pub(super) fn record(name: &str, source: &str, document: &Document, texts: &mut Texts) {
    let top = document.top();
    let info = top.get("info");
    let version = info.as_ref().and_then(|info| info.text_of("version"));
    let digest = Sha256::digest(source.as_bytes());
    let digest = digest.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    });
    let facts = Map::new()
        .with("document", name)
        .with_some("title", title(document))
        .with_some("version", version)
        .with_some("openapi", top.text_of("openapi"))
        .with("sha256", digest);
    texts.insert(FILE.to_owned(), format!("{HEAD}{}", text::house(&facts, 0)));
}
