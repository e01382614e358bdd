//! Facts of a field besides its type and bodies.

use super::super::document::Schema;
use super::super::{Map, Tree};
use super::Describer;
use super::shape::Subject;
use crate::model::Scalar;
use crate::reconcile::NoteKind;
use crate::spec::Format;

/// Formats that are implied by a type, or have no meaning.
const IN_TYPES: &str =
    "date-time int32 int64 uint32 uint64 double float password byte binary";

impl Describer<'_> {
    /// Returns formats, constraints and other facts, in the order in which they are written. What a document states
    /// precedes what its prose says.
    pub(super) fn facts(&mut self, subject: Subject, kind: &str) -> Map {
        let Subject { found, said, .. } = subject;
        let said = |key: &str| said.known.get(key).cloned();
        let element: Vec<Schema> =
            found.iter().filter_map(|one| one.schema.nested().pop()).collect();
        let whole = |key: &str| found.iter().find_map(|one| one.schema.say(key));
        let count = |key: &str| found.iter().find_map(|one| one.schema.count(key));
        let bound =
            |key: &str| element.iter().find_map(|it| it.number(key)).map(Tree::from);

        let last = kind.rsplit(' ').next();
        let number =
            Scalar::ALL.iter().any(|it| it.is_number() && Some(it.name()) == last);
        let text = kind.ends_with("string");
        let max_len =
            element.iter().find_map(|it| it.count("maxLength")).map(Tree::from);
        let max_len = max_len.filter(|it| Some(it) != said("max_bytes").as_ref());
        let trivial = Tree::from(0_u32);
        let min = bound("minimum").or(said("min"));
        let min = min.filter(|min| !(kind.contains("uint") && *min == trivial));
        let default = whole("default").map(|at| at.tree());
        let default = default.filter(|value| *value != Tree::Null);
        let keys = whole("propertyNames").and_then(|keys| keys.text_of("format"));
        let flagged = found.iter().any(|one| one.schema.own_flag("deprecated"));
        let values = element.first().into_iter().flat_map(|it| &it.values);
        let values = values.filter_map(|it| it.parse::<i64>().ok());
        let format = element.iter().find_map(|it| it.text("format"));

        Map::new()
            .with_flag("secret", format == Some("password"))
            .with_some("format", self.format(subject, format).filter(|_| text))
            .with_some("key_format", keys.and_then(known_format))
            .with_some("default", default.or(said("default")))
            .with_filled("one_of", values.filter(|_| number).collect::<Tree>())
            .with_some("max_bytes", said("max_bytes"))
            .with_some("max_len", max_len.or(said("max_len")).filter(|_| text))
            .with_some("min", min.filter(|_| number))
            .with_some("max", bound("maximum").or(said("max")).filter(|_| number))
            .with_some("min_items", count("minItems").or(count("minProperties")))
            .with_some(
                "deprecated",
                said("deprecated").or(flagged.then_some(Tree::Bool(true))),
            )
    }

    /// Returns the format, in the words of a description.
    fn format(&mut self, subject: Subject, stated: Option<&str>) -> Option<Tree> {
        let implied = |format: &str| IN_TYPES.split(' ').any(|it| it == format);
        let Some(stated) = stated.filter(|format| !implied(format)) else {
            return subject.said.known.get("format").cloned();
        };
        let known = known_format(stated);
        if let Some(first) = subject.found.first().filter(|_| known.is_none()) {
            let message = format!(
                "`{}` has the unknown format `{stated}`, which was omitted",
                subject.name
            );
            self.note(NoteKind::Undecided, &first.schema.at, message);
        }
        known.map(Tree::from)
    }
}

/// Returns the name of a format in description files.
fn known_format(stated: &str) -> Option<String> {
    let name = stated.replace('-', "_");
    let name = match name.as_str() {
        "ipv4" | "ipv6" => "ip",
        "uri_reference" | "iri" => "url",
        "idn_email" => "email",
        other => other,
    };
    let known = serde_json::from_value::<Format>(name.into()).is_ok();
    known.then(|| name.to_owned())
}
