//! The limits of a field.

use serde_json::{Number, Value};

use crate::model::Limits;
use crate::traffic::findings::{Kind, Note, SLOT, Seen, Weight};
use crate::traffic::path::Path;

use super::slot::Slot;
use super::{Walk, formats};

impl<'m> Walk<'m, '_> {
    /// Holds text against the limits of its field.
    pub(super) fn text(
        &mut self,
        slot: Slot<'m>,
        text: &str,
        value: &Value,
        path: &Path<'_>,
    ) {
        let Some(limits) = slot.limits else { return };
        let mut broken = Vec::new();
        let over = |length: usize, max: Option<u32>| {
            max.filter(|max| usize::try_from(*max).is_ok_and(|max| length > max))
        };
        if let Some(max) = over(text.len(), limits.max_bytes) {
            broken.push((Kind::Limit, format!("is longer than {max} bytes")));
        }
        if let Some(max) = over(text.chars().count(), limits.max_len) {
            broken.push((Kind::Limit, format!("is longer than {max} characters")));
        }
        // Servers send empty text for what is not set.
        if !text.is_empty() && !accepts(limits, text, self.is_request()) {
            if let Some(format) = &limits.format
                && !formats::is_of(format, text, &limits.rules)
            {
                broken.push((Kind::Format, format!("is no {}", formats::words(format))));
            }
            // Where keys have a form, the rule is one about keys.
            let case = limits.key_format.is_none();
            broken.extend(self.letters(limits, text, case).map(|it| (Kind::Format, it)));
        }
        for (kind, message) in broken {
            self.differs(slot, kind, message, Some(value), path);
        }
    }

    /// Holds a number against the limits of its field.
    pub(super) fn number(
        &mut self,
        slot: Slot<'m>,
        number: &Number,
        value: &Value,
        path: &Path<'_>,
    ) {
        let Some(limits) = slot.limits else { return };
        let float = number.as_f64();
        let below = limits.min.filter(|min| float.is_some_and(|it| it < *min));
        let above = limits.max.filter(|max| float.is_some_and(|it| it > *max));
        let other = !limits.one_of.is_empty()
            && !is_open(limits)
            && !number.as_i64().is_some_and(|it| limits.one_of.contains(&it));
        let status = limits.format.as_deref() == Some("http_status")
            && !number.as_u64().is_some_and(|it| (100..600).contains(&it));
        let broken = [
            below.map(|min| format!("is less than {min}")),
            above.map(|max| format!("is more than {max}")),
            other.then(|| "is none of the values it may have".to_owned()),
            status.then(|| "is no HTTP status".to_owned()),
        ];
        for message in broken.into_iter().flatten() {
            self.differs(slot, Kind::Limit, message, Some(value), path);
        }
    }

    /// Holds a key of a map against what its field says of keys.
    pub(super) fn map_key(&mut self, slot: Slot<'m>, key: &str, path: &Path<'_>) {
        let Some(limits) = slot.limits else { return };
        let inner = path.foreign(key);
        let mut known = words(limits, "known_keys").peekable();
        if known.peek().is_some() && !is_open(limits) && !known.any(|it| it == key) {
            let message = format!("`{SLOT}` is no key of it");
            let note = Note::new(Weight::New, Kind::UnknownKey, slot.subject, message);
            self.add(note.foreign(key), Seen::absent(&inner));
        }
        let format = limits.key_format.as_deref();
        let wrong = format.filter(|it| !formats::is_of(it, key, &limits.rules));
        let wrong = wrong.map(|it| format!("is no {}", formats::words(it)));
        let keys =
            (!limits.keys.is_empty()).then(|| self.ids.problem(key, &limits.keys));
        let id = keys.flatten().map(|problem| format!("is an id that {problem}"));
        for problem in [wrong, id, self.letters(limits, key, true)].into_iter().flatten()
        {
            let message = format!("a key {problem}");
            self.differs(slot, Kind::Format, message, None, &inner);
        }
    }

    /// Checks the characters of a string; `case`: upper and lower case too.
    fn letters(&self, limits: &Limits, text: &str, case: bool) -> Option<String> {
        let rule = |name: &str| limits.rules.get(name).and_then(Value::as_str);
        let forbidden = rule("forbidden_chars").unwrap_or_default();
        if text.contains(|c| forbidden.contains(c)) {
            return Some(format!("has one of the characters `{forbidden}`"));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
        if rule("charset") == Some("alphanumeric_period") && !text.chars().all(plain) {
            return Some(
                "has other characters than letters, digits and full stops".to_owned(),
            );
        }
        if let Some(prefix) =
            rule("item_prefix").filter(|prefix| !text.starts_with(prefix))
        {
            return Some(format!("does not begin with `{prefix}`"));
        }
        // What is sent may be folded on the way.
        let upper = text.contains(|c: char| c.is_uppercase());
        if case && rule("case") == Some("lower") && upper && !self.is_request() {
            return Some("has capital letters".to_owned());
        }
        None
    }
}

/// Whether text is taken in another form than that of its field.
pub(super) fn accepts(limits: &Limits, text: &str, in_request: bool) -> bool {
    let open_format = is_open(limits) && limits.format.is_some();
    let empty = text.is_empty() && limits.rules.get("may_be_empty").is_some();
    let other = words(limits, "accepts").any(|form| match form {
        "ip:port" => text.parse::<std::net::SocketAddr>().is_ok(),
        "numeric_id" => text.chars().all(|c| c.is_ascii_digit()),
        _ => in_request,
    });
    open_format || empty || other
}

/// Whether input in any case is taken.
pub(super) fn any_case(limits: Option<&Limits>) -> bool {
    limits.is_some_and(|limits| limits.rules.get("any_case").is_some())
}

/// The words of a rule that is a list.
pub(super) fn words<'l>(
    limits: &'l Limits,
    name: &str,
) -> impl Iterator<Item = &'l str> {
    let list = limits.rules.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

fn is_open(limits: &Limits) -> bool {
    limits.rules.get("open").is_some()
}
