//! Schemas, interpreted for the type of a value.
//!
//! The dialects of 3.0 and 3.1 give the same result: nullable types, enums by `enum`, `const` or a list of constants,
//! references with and without siblings. Features without an equivalent in a description are reported as such.

use std::collections::BTreeSet;

use super::{At, Remark};

#[derive(Debug, Clone)]
pub(crate) struct Schema<'d> {
    /// Location.
    pub(crate) at: At<'d>,
    /// Name of the referenced component.
    pub(crate) name: Option<String>,
    pub(crate) kind: Kind<'d>,
    pub(crate) nullable: bool,
    /// Known values of a string.
    pub(crate) values: Vec<String>,
    /// True if other values than the known ones are possible.
    pub(crate) open: bool,
    /// Ignored properties.
    hidden: Vec<String>,
    /// Locations of its keywords: beside a reference, and its target.
    sources: Vec<At<'d>>,
}

/// The kind of a value.
#[derive(Debug, Clone)]
pub(crate) enum Kind<'d> {
    Text,
    Flag,
    Integer,
    Number,
    /// A list, and the schema of its items if there is one.
    List(Option<At<'d>>),
    /// A map, and the schema of its values if there is one.
    Map(Option<At<'d>>),
    Object,
    /// A type without an equivalent in a description.
    Other(String),
}

#[derive(Debug, Clone)]
pub(crate) struct Property<'d> {
    pub(crate) name: &'d str,
    pub(crate) at: At<'d>,
    /// `None` if the object does not list the required ones.
    pub(crate) required: Option<bool>,
}

impl<'d> Property<'d> {
    pub(crate) fn read(&self) -> Result<Schema<'d>, Remark> {
        Schema::read(&self.at)
    }
}

/// Maximum nesting of schemas.
const DEPTH_LIMIT: usize = 16;

/// Maximum nesting of lists and maps.
const NESTED_LIMIT: usize = 8;

impl<'d> Schema<'d> {
    pub(crate) fn read(at: &At<'d>) -> Result<Self, Remark> {
        Self::read_inner(at, 0)
    }

    fn read_inner(at: &At<'d>, depth: usize) -> Result<Self, Remark> {
        if depth > DEPTH_LIMIT {
            return Err(at.remark("schemas are nested too deeply here"));
        }
        let target = at.follow()?;
        if let Some(inner) = sole_part(&target) {
            let mut schema = Self::read_inner(&inner, depth + 1)?;
            schema.nullable |= target.flag("nullable");
            return Ok(schema.seen_from(at, &target));
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(parts) = target.get(key)
                && !is_object(&target)
            {
                let schema = alternatives(&target, &parts, key, depth)?;
                return Ok(schema.seen_from(at, &target));
            }
        }
        let types = target.texts("type");
        let null =
            types.contains(&"null") || target.items_of("enum").iter().any(At::is_null);
        let types: Vec<_> = types.into_iter().filter(|name| *name != "null").collect();
        let values = values(&target);
        let kind = kind(&target, &types, &values);
        let schema = Self {
            nullable: null || target.flag("nullable"),
            values,
            ..Self::of(&target, kind)
        };
        Ok(schema.seen_from(at, &target))
    }

    fn of(at: &At<'d>, kind: Kind<'d>) -> Self {
        Self {
            at: at.clone(),
            name: None,
            kind,
            nullable: false,
            values: Vec::new(),
            open: false,
            hidden: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Adds a location with further keywords.
    fn seen_from(mut self, at: &At<'d>, target: &At<'d>) -> Self {
        self.name = target.schema_name().map(str::to_owned).or(self.name);
        self.at = at.clone();
        let mut sources = vec![at.clone()];
        if at.pointer() != target.pointer() {
            sources.push(target.clone());
        }
        sources.append(&mut self.sources);
        self.sources = sources;
        self
    }

    /// Returns the locations of its keywords: beside a reference, and its target.
    pub(crate) fn sources(&self) -> &[At<'d>] {
        &self.sources
    }

    /// Returns the value of a keyword, nearest first.
    pub(crate) fn say(&self, key: &str) -> Option<At<'d>> {
        self.sources.iter().find_map(|source| source.get(key))
    }

    /// Returns the schema, that of its elements, and so on to the innermost.
    pub(crate) fn nested(&self) -> Vec<Self> {
        let mut nested = vec![self.clone()];
        for _ in 0..NESTED_LIMIT {
            let inner = nested.last().and_then(Self::element);
            let Some(Ok(inner)) = inner else { break };
            nested.push(inner);
        }
        nested
    }

    /// Interprets the elements of a list or map; `None` if they have no schema.
    pub(crate) fn element(&self) -> Option<Result<Self, Remark>> {
        match &self.kind {
            Kind::List(Some(inner)) | Kind::Map(Some(inner)) => Some(Self::read(inner)),
            _ => None,
        }
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.sources.iter().find_map(|source| source.text_of(key))
    }

    /// Returns the string under a key of the referenced component.
    pub(crate) fn component_text(&self, key: &str) -> Option<&'d str> {
        let name = Some(self.name.as_deref()?);
        let mut sources = self.sources.iter();
        sources.find(|source| source.schema_name() == name)?.text_of(key)
    }

    /// Returns the string under a key where the schema is used, not where it is defined.
    pub(crate) fn own_text(&self, key: &str) -> Option<&'d str> {
        let own = self.at.text_of(key);
        own.or_else(|| self.name.is_none().then(|| self.text(key)).flatten())
    }

    /// Returns the boolean under a key where the schema is used, not where it is defined.
    pub(crate) fn own_flag(&self, key: &str) -> bool {
        self.at.flag(key)
    }

    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        self.sources.iter().find_map(|source| source.number(key))
    }

    pub(crate) fn count(&self, key: &str) -> Option<u32> {
        self.sources.iter().find_map(|source| source.count(key))
    }

    /// Returns the properties of an object, with those of all its parts.
    pub(crate) fn properties(&self) -> Vec<Property<'d>> {
        let mut properties = Vec::new();
        let mut seen = BTreeSet::new();
        for source in &self.sources {
            collect(source, &mut properties, &mut seen);
        }
        properties.retain(|property: &Property| {
            !self.hidden.iter().any(|hidden| hidden == property.name)
        });
        properties
    }

    pub(crate) fn property(&self, name: &str) -> Option<Property<'d>> {
        self.properties().into_iter().find(|property| property.name == name)
    }

    /// Returns true if it is the same schema: by its name, or by its place if it has none.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (&self.name, &other.name) {
            (None, None) => self.at.pointer() == other.at.pointer(),
            (name, other) => name == other,
        }
    }

    /// Removes some of its properties.
    pub(crate) fn without(mut self, names: &[String]) -> Self {
        self.hidden.extend_from_slice(names);
        self
    }
}

/// Returns the only part of an `allOf` that exists to add keywords to a reference.
fn sole_part<'d>(target: &At<'d>) -> Option<At<'d>> {
    let [only]: [At; 1] = target.items_of("allOf").try_into().ok()?;
    (!is_object(target) && target.get("type").is_none()).then_some(only)
}

/// Returns true if it has its own properties, so that alternatives only restrict it.
fn is_object(target: &At) -> bool {
    target.get("properties").is_some()
}

fn values(target: &At) -> Vec<String> {
    let listed = target.items_of("enum").into_iter().chain(target.get("const"));
    listed.filter_map(|value| value.text().map(str::to_owned)).collect()
}

fn kind<'d>(target: &At<'d>, types: &[&str], values: &[String]) -> Kind<'d> {
    match types {
        ["string"] => Kind::Text,
        ["boolean"] => Kind::Flag,
        ["integer"] => Kind::Integer,
        ["number"] => Kind::Number,
        ["array"] => Kind::List(target.get("items")),
        ["object"] | [] if is_object(target) || target.get("allOf").is_some() => {
            Kind::Object
        }
        ["object"] => map(target),
        [] if target.get("items").is_some() => Kind::List(target.get("items")),
        [] if target.get("additionalProperties").is_some_and(|it| it.is_map()) => {
            map(target)
        }
        [] if !values.is_empty() => Kind::Text,
        [] => Kind::Other("has no type".to_owned()),
        [one] => Kind::Other(format!("has the unknown type `{one}`")),
        several => {
            Kind::Other(format!("is one of several types: `{}`", several.join("`, `")))
        }
    }
}

/// Returns the kind of an object without properties: a named component is an object, anything else a map.
fn map<'d>(target: &At<'d>) -> Kind<'d> {
    let values = target.get("additionalProperties").filter(At::is_map);
    if values.is_none() && target.schema_name().is_some() {
        Kind::Object
    } else {
        Kind::Map(values)
    }
}

/// Interprets `anyOf` and `oneOf`: a nullable type, a list of constants, known strings or any; others have no
/// equivalent.
fn alternatives<'d>(
    target: &At<'d>,
    parts: &At<'d>,
    key: &str,
    depth: usize,
) -> Result<Schema<'d>, Remark> {
    let mut others = Vec::new();
    let mut nullable = target.flag("nullable");
    for part in parts.items() {
        let null = part.text_of("$ref").is_none() && part.texts("type") == ["null"];
        nullable |= null;
        if !null {
            others.push(Schema::read_inner(&part, depth + 1)?);
        }
    }
    nullable |= others.iter().any(|other| other.nullable);
    if let [_] = others.as_slice()
        && let Some(mut only) = others.pop()
    {
        only.nullable = nullable;
        return Ok(only);
    }
    let texts = !others.is_empty()
        && others.iter().all(|other| matches!(other.kind, Kind::Text));
    let values: Vec<String> =
        others.iter().flat_map(|other| other.values.clone()).collect();
    let kind = if texts {
        Kind::Text
    } else {
        Kind::Other(format!("is `{key}` of several types"))
    };
    let open = others.iter().any(|other| other.values.is_empty());
    Ok(Schema { nullable, values, open, ..Schema::of(target, kind) })
}

/// Adds the properties of a schema and of all parts of its `allOf`; the first of a name is kept.
fn collect<'d>(
    at: &At<'d>,
    properties: &mut Vec<Property<'d>>,
    seen: &mut BTreeSet<String>,
) {
    let Ok(at) = at.follow() else { return };
    if !seen.insert(at.pointer().to_owned()) {
        return;
    }
    for part in at.items_of("allOf") {
        collect(&part, properties, seen);
    }
    let required = at.get("required").map(|_| at.texts("required"));
    let Some(own) = at.get("properties") else {
        // A part may only require properties of others.
        for name in required.into_iter().flatten() {
            let known = properties.iter_mut().find(|property| property.name == name);
            if let Some(known) = known {
                known.required = Some(true);
            }
        }
        return;
    };
    for (name, at) in own.entries() {
        let required = required.as_ref().map(|required| required.contains(&name));
        if !properties.iter().any(|property| property.name == name) {
            properties.push(Property { name, at, required });
        }
    }
}
