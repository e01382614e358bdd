//! Types of fields, and their other facts: kinds, enums, targets of references, formats, constraints.

use super::super::document::{At, Kind, Schema};
use super::super::{Map, Tree};
use super::fields::{Found, Subject};
use super::naming::singular;
use super::prose::Facts;
use super::{Describer, prose};
use crate::model::{Scalar, ScalarKind, TypeRef};
use crate::names::{article, is_reserved_type, type_name};
use crate::reconcile::{EnumDraft, Note, NoteKind, names_in};
use crate::spec::Format;

/// Formats that are implied by a type, or have no meaning.
const IN_TYPES: &str =
    "date-time int32 int64 uint32 uint64 double float password byte binary";

/// The type of a field, and that of its requests if different.
pub(super) type Kinds = (String, Option<String>);

impl Describer<'_> {
    /// Returns the type of a field; `None` if a description has no such type.
    pub(super) fn kind(&mut self, subject: Subject) -> Option<Kinds> {
        let first = &subject.found.first()?.schema;
        let kind = match &first.kind {
            Kind::Text => self.text(subject, first),
            Kind::Flag => "bool".to_owned(),
            Kind::Integer => self.integer(subject.name, first),
            Kind::Number => "float64".to_owned(),
            Kind::List(_) => return self.elements("list", subject),
            Kind::Map(_) => return self.elements("map", subject),
            Kind::Object => return self.object(subject),
            Kind::Other(what) => {
                let message = format!("`{}` {what}", subject.name);
                self.note(NoteKind::Inexpressible, &first.at, message);
                return None;
            }
        };
        Some((kind, None))
    }

    /// Returns true if a schema does not contradict our type. The values of enums are recorded.
    pub(super) fn fits(&mut self, ty: &TypeRef, schema: &Schema, said: &Facts) -> bool {
        match (ty, &schema.kind) {
            (TypeRef::List(ty), Kind::List(_)) | (TypeRef::Map(ty), Kind::Map(_)) => {
                match schema.element() {
                    Some(Ok(schema)) => self.fits(ty, &schema, said),
                    Some(Err(_)) | None => true,
                }
            }
            (TypeRef::Map(_), Kind::Object) => schema.properties().is_empty(),
            (TypeRef::Ref { .. }, Kind::Object) => {
                let address = |name: &str| matches!(name, "id" | "uri" | "url" | "href");
                schema.properties().iter().all(|it| address(it.name))
            }
            (TypeRef::Enum(name), Kind::Text) => {
                self.known_values(name, schema, said);
                true
            }
            (TypeRef::Id { .. } | TypeRef::Scalar(Scalar::String), Kind::Text) => {
                values(schema, said).is_empty() && !is_time(schema, said)
            }
            // An object without keys is compatible with any.
            (TypeRef::Record(_), Kind::Object | Kind::Map(None))
            | (TypeRef::Ref { .. }, Kind::Map(None))
            | (TypeRef::Scalar(Scalar::Timestamp), Kind::Text)
            | (TypeRef::Scalar(Scalar::Bool), Kind::Flag)
            | (TypeRef::Scalar(Scalar::Float64), Kind::Number | Kind::Integer) => true,
            (TypeRef::Scalar(known), Kind::Integer | Kind::Number) => {
                known.kind() == ScalarKind::Integer
                    && integer_of(schema).is_none_or(|stated| stated == *known)
            }
            _ => false,
        }
    }

    /// Returns a list or map, by the type of its elements.
    fn elements(&mut self, word: &str, subject: Subject) -> Option<Kinds> {
        let Subject { name, found, .. } = subject;
        let mut inner = Vec::new();
        for one in found {
            match one.schema.element() {
                Some(Ok(schema)) => inner.push(Found { schema, ..one.clone() }),
                Some(Err(remark)) => {
                    self.findings.push(Note::new(NoteKind::Inexpressible, remark));
                }
                None => {}
            }
        }
        if inner.is_empty() {
            if let Some(usual) = self.usual(name, word) {
                return Some((usual, None));
            }
            let at = &found.first()?.schema.at;
            let message =
                format!("`{name}` has no type of elements; strings are assumed");
            self.note(NoteKind::Undecided, at, message);
            return Some((format!("{word} of string"), None));
        }
        let (name, found) = (&*singular(name), &*inner);
        let (kind, request) = self.kind(Subject { name, found, ..subject })?;
        let request = request.map(|kind| format!("{word} of {kind}"));
        Some((format!("{word} of {kind}"), request))
    }

    fn text(&mut self, subject: Subject, schema: &Schema) -> String {
        let Subject { name, said, .. } = subject;
        if !values(schema, said).is_empty() {
            return self.enumeration(subject, schema);
        }
        if is_time(schema, said) {
            return "timestamp".to_owned();
        }
        if schema.text("format").is_some() {
            return "string".to_owned();
        }
        let by_name = self.usual(name, "").or_else(|| self.id_by_name(name));
        if let Some(kind) = &by_name {
            let message = format!("`{name}` is taken for `{kind}`, going by its name");
            self.note(NoteKind::Inferred, &schema.at, message);
        }
        by_name.unwrap_or_else(|| "string".to_owned())
    }

    /// Returns `id X` for a field named like a resource with `_id`.
    fn id_by_name(&self, name: &str) -> Option<String> {
        let resource = type_name(name.strip_suffix("_id").filter(|_| self.guesses)?);
        self.symbols.is_pointed_to(&resource).then(|| format!("id {resource}"))
    }

    fn integer(&self, name: &str, schema: &Schema) -> String {
        let stated = integer_of(schema).map(|scalar| scalar.name().to_owned());
        let whole =
            |kind: &String| matches!(kind.as_str(), "int32" | "uint32" | "uint64");
        let usual = || self.usual(name, "").filter(whole);
        stated.or_else(usual).unwrap_or_else(|| "int64".to_owned())
    }

    /// Returns the type of all other fields with this name, if documents do not distinguish it from others.
    fn usual(&self, name: &str, word: &str) -> Option<String> {
        let usual = self.symbols.usual(name).filter(|_| self.guesses)?;
        let simple = matches!(usual, "timestamp" | "int32" | "uint32" | "uint64");
        let fits = match word {
            "" => simple || usual.starts_with("id ") || self.symbols.is_enum(usual),
            word => usual.starts_with(word),
        };
        (fits && self.is_known(usual)).then(|| usual.to_owned())
    }

    /// Returns true if all names in a type are known.
    fn is_known(&self, kind: &str) -> bool {
        names_in(kind).all(|name| self.symbols.get(name).is_some())
    }

    /// Returns `ref X` for an object with only an ID and an address.
    pub(super) fn reference(&mut self, name: &str, schema: &Schema) -> Option<String> {
        let properties = schema.properties();
        let is_text = |it: &Schema| matches!(it.kind, Kind::Text);
        let texts = properties.iter().all(|it| it.read().is_ok_and(|it| is_text(&it)));
        let has = |names: &[&str]| properties.iter().any(|it| names.contains(&it.name));
        let is_reference = texts
            && properties.len() == 2
            && has(&["id"])
            && has(&["uri", "url", "href", "self"]);
        let own = schema.name.as_ref().map(|name| type_name(name));
        let is_resource = own.is_some_and(|name| self.symbols.is_pointed_to(&name));
        (is_reference && !is_resource).then(|| self.target(name, &schema.at))
    }

    /// Returns the target of a field, by its name.
    fn target(&mut self, name: &str, at: &At) -> String {
        let resource = type_name(name);
        let by_name = self.symbols.is_pointed_to(&resource);
        let by_name = by_name.then(|| format!("ref {resource}"));
        let usual = self.symbols.usual(name);
        let usual = usual.filter(|it| it.starts_with("ref ") && self.is_known(it));
        let Some(kind) = by_name.or_else(|| usual.map(str::to_owned)) else {
            let message = format!("`{name}` is a reference, but its target is unknown");
            self.note(NoteKind::Undecided, at, message);
            return "ref any".to_owned();
        };
        let message = format!("`{name}` is taken for `{kind}`, going by its name");
        self.note(NoteKind::Inferred, at, message);
        kind
    }

    /// Returns the name of an enum, which is described if it is unknown.
    fn enumeration(&mut self, subject: Subject, schema: &Schema) -> String {
        let Subject { owner, name: field, said, .. } = subject;
        let values = values(schema, said);
        let own_name = schema.name.as_ref().map(|name| type_name(name));
        let known = match &own_name {
            Some(name) => Some(name.as_str()).filter(|name| self.symbols.is_enum(name)),
            None => self.symbols.enum_of(values),
        };
        if let Some(known) = known {
            return known.to_owned();
        }
        let wanted =
            own_name.unwrap_or_else(|| type_name(&format!("{}_{field}", owner.name)));
        let name = self.free_name(&wanted, &schema.at);
        let said = schema.component_text("description").unwrap_or_default();
        let mut doc = prose::first_paragraph(&prose::plain(said));
        if doc.is_empty() {
            doc = format!("The `{field}` of {} {}.", article(owner.noun), owner.noun);
        }
        let at = schema.at.remark(String::new());
        let described = EnumDraft {
            doc,
            open: schema.open,
            values: values.iter().map(|it| (it.clone(), Some(at.clone()))).collect(),
            closed: false,
        };
        self.out().enums.insert(name.clone(), described);
        self.symbols.add_enum(&name, None, values.to_vec());
        name
    }

    /// Records the values of an enum of ours, in its file.
    fn known_values(&mut self, name: &str, schema: &Schema, said: &Facts) {
        let Some((home, _)) = self.ours.symbols.home(name) else { return };
        let file = self.described.draft.files.entry(home.file.clone()).or_default();
        let fresh = || EnumDraft { closed: true, ..EnumDraft::default() };
        let draft = file.enums.entry(name.to_owned()).or_insert_with(fresh);
        draft.closed &= !schema.values.is_empty() && !schema.open;
        let at = schema.at.remark(String::new());
        for value in values(schema, said) {
            draft.values.entry(value.clone()).or_insert_with(|| Some(at.clone()));
        }
    }

    /// Returns an unused name; a change is noted.
    pub(super) fn free_name(&mut self, wanted: &str, at: &At) -> String {
        let free =
            |name: &String| self.symbols.get(name).is_none() && !is_reserved_type(name);
        let others = (1..).map(|number| match number {
            1 => format!("{wanted}Value"),
            number => format!("{wanted}Value{number}"),
        });
        let mut names = std::iter::once(wanted.to_owned()).chain(others);
        let name = names.find(free).unwrap_or_default();
        if name != wanted {
            let message =
                format!("the name `{wanted}` is in use; this type is named `{name}`");
            self.note(NoteKind::Undecided, at, message);
        }
        name
    }

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

/// Returns the values of a schema, or else of its prose.
fn values<'a>(schema: &'a Schema, said: &'a Facts) -> &'a [String] {
    if schema.values.is_empty() { &said.values } else { &schema.values }
}

/// Returns the stated type of integers.
fn integer_of(schema: &Schema) -> Option<Scalar> {
    let stated = schema.text("format")?;
    let mut integers =
        Scalar::ALL.into_iter().filter(|it| it.kind() == ScalarKind::Integer);
    integers.find(|scalar| scalar.name() == stated)
}

fn is_time(schema: &Schema, said: &Facts) -> bool {
    schema.text("format") == Some("date-time") || said.timestamp
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
