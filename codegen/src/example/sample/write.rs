//! Encoding of values as JSON and as Rust.

use crate::model::{Field, Wrapper};

use super::Sample;

/// Maximum length of JSON on one line.
const SHORT: usize = 60;

impl Sample<'_> {
    /// Returns the value as text in a path.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Plain(text) | Self::Time(text) => text.clone(),
            Self::Id { id, .. } => id.clone(),
            Self::Value { wire, .. } => (*wire).to_owned(),
            _ => String::new(),
        }
    }

    /// Returns the value as JSON, on one line if it is short.
    pub(crate) fn json(&self) -> String {
        let mut text = String::new();
        self.write_json(&mut text, "\n");
        // Strings contain no newlines in JSON: every newline is one between members.
        let line = text.lines().map(str::trim_start).collect::<Vec<_>>().join(" ");
        if line.len() <= SHORT { line } else { text }
    }

    fn write_json(&self, text: &mut String, line: &str) {
        let inner = format!("{line}  ");
        match self {
            Self::Text(value) | Self::Time(value) | Self::Id { id: value, .. } => {
                text.push_str(&quoted(value));
            }
            Self::Value { wire, .. } => text.push_str(&quoted(wire)),
            Self::Plain(value) => text.push_str(value),
            Self::List(items) => {
                let items = items.iter().map(|item| (None, item));
                write_entries("[", items, "]", text, line, &inner);
            }
            Self::Reference { id, uri } => {
                let (id, uri) = (Self::Text(id.clone()), Self::Text(uri.clone()));
                let entries = [(Some("id"), &id), (Some("uri"), &uri)];
                write_entries("{", entries, "}", text, line, &inner);
            }
            Self::Map(pairs) => {
                let pairs = pairs.iter().map(|(key, value)| (Some(key.as_str()), value));
                write_entries("{", pairs, "}", text, line, &inner);
            }
            Self::Record { fields, .. } => {
                let fields = fields
                    .iter()
                    .map(|(field, value)| (Some(field.wire.as_str()), value));
                write_entries("{", fields, "}", text, line, &inner);
            }
            Self::Choice { choice, value, .. } => {
                let only = [(Some(choice.wire.as_str()), &**value)];
                write_entries("{", only, "}", text, line, &inner);
            }
        }
    }

    /// Returns the value as a Rust argument.
    pub(crate) fn rust(&self) -> String {
        match self {
            Self::Text(text) => format!("{text:?}"),
            Self::Plain(text) => text.clone(),
            Self::Time(text) => format!("Timestamp::parse({text:?})?"),
            Self::Id { variable: Some(variable), .. } => format!("&{variable}"),
            Self::Id { id, .. } => format!("{id:?}"),
            Self::Value { ty, variant, .. } => format!("{ty}::{variant}"),
            Self::Reference { .. } => "Ref::default()".to_owned(),
            Self::List(items) => format!("[{}]", joined(items.iter().map(Sample::rust))),
            Self::Map(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(key, value)| format!("({key:?}, {})", value.rust()));
                format!("[{}]", joined(pairs))
            }
            Self::Choice { union, choice, value } => {
                format!("{union}::{}({})", choice.name, value.rust())
            }
            Self::Record { record, fields } => {
                let required =
                    fields.iter().filter(|(field, _)| field.presence.required);
                let arguments = if record.names_required() {
                    let named = required.map(|(field, value)| {
                        format!("{}: {}", field.name, value.rust())
                    });
                    format!("{} {{ {} }}", record.required_name(), joined(named))
                } else {
                    joined(required.map(|(_, value)| value.rust()))
                };
                let setters =
                    fields.iter().filter(|(field, _)| !field.presence.required);
                let setters: Vec<_> =
                    setters.map(|(field, value)| setter(field, value)).collect();
                format!("{}::new({arguments}){}", record.name, setters.concat())
            }
        }
    }

    /// Returns the types in the Rust code.
    pub(crate) fn types(&self) -> Vec<String> {
        match self {
            Self::Value { ty, .. } => vec![(*ty).to_owned()],
            Self::List(items) => items.iter().flat_map(Sample::types).collect(),
            Self::Map(pairs) => {
                pairs.iter().flat_map(|(_, value)| value.types()).collect()
            }
            Self::Choice { union, value, .. } => {
                std::iter::once((*union).to_owned()).chain(value.types()).collect()
            }
            Self::Record { record, fields } => {
                let inner = fields.iter().flat_map(|(_, value)| value.types());
                let required = record.names_required().then(|| record.required_name());
                [record.name.clone()].into_iter().chain(required).chain(inner).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns true if the Rust code contains the type of times.
    pub(crate) fn has_time(&self) -> bool {
        match self {
            Self::Time(_) => true,
            Self::List(items) => items.iter().any(Sample::has_time),
            Self::Map(pairs) => pairs.iter().any(|(_, value)| value.has_time()),
            Self::Choice { value, .. } => value.has_time(),
            Self::Record { fields, .. } => {
                fields.iter().any(|(_, value)| value.has_time())
            }
            _ => false,
        }
    }
}

/// Writes the members of a list or object, one per line.
fn write_entries<'s, 'm: 's>(
    open: &str,
    entries: impl IntoIterator<Item = (Option<&'s str>, &'s Sample<'m>)>,
    close: &str,
    text: &mut String,
    line: &str,
    inner: &str,
) {
    text.push_str(open);
    let mut before = "";
    for (key, value) in entries {
        text.extend([before, inner]);
        before = ",";
        if let Some(key) = key {
            text.extend([&quoted(key), ": "]);
        }
        value.write_json(text, inner);
    }
    if !before.is_empty() {
        text.push_str(line);
    }
    text.push_str(close);
}

fn setter(field: &Field, value: &Sample) -> String {
    let value = value.rust();
    let boxed = field.wrapper == Wrapper::Boxed;
    let value = if boxed { format!("Box::new({value})") } else { value };
    format!(".{}({value})", field.name)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
