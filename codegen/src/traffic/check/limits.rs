//! Values, checked against the rules of their field as requests are, with what servers send beside that.

use serde_json::{Number, Value};

use crate::model::Rules;
use crate::model::check::{
    Breach, ViolationKind, check_count, check_key, check_number, check_string,
};
use crate::traffic::findings::{Kind, Note, SLOT, Seen, Weight};
use crate::traffic::path::Path;

use super::Walk;
use super::slot::Slot;

impl<'m> Walk<'m, '_> {
    /// Checks a string against the rules of its field.
    pub(super) fn text(
        &mut self,
        slot: Slot<'m>,
        text: &str,
        value: &Value,
        path: &Path<'_>,
    ) {
        let Some(rules) = slot.rules else { return };
        // Servers send empty strings for what is not set.
        if text.is_empty() {
            return;
        }
        self.breaches(slot, check_string(rules, text), Some(value), path);
        // Where keys have a form, the rule is one about keys.
        if rules.key_format().is_none() {
            self.case(slot, rules, text, Some(value), path);
        }
    }

    /// Checks a number against the rules of its field.
    pub(super) fn number(
        &mut self,
        slot: Slot<'m>,
        number: &Number,
        value: &Value,
        path: &Path<'_>,
    ) {
        if let (Some(rules), Some(number)) = (slot.rules, number.as_f64()) {
            self.breaches(slot, check_number(rules, number), Some(value), path);
        }
    }

    /// Checks the number of elements of a list or map.
    pub(super) fn length(
        &mut self,
        slot: Slot<'m>,
        length: usize,
        value: &Value,
        path: &Path<'_>,
    ) {
        let breach = slot.rules.and_then(|rules| check_count(rules, length));
        self.breaches(slot, breach, Some(value), path);
    }

    /// Checks a key of a map against the rules of its field.
    pub(super) fn map_key(&mut self, slot: Slot<'m>, key: &str, path: &Path<'_>) {
        let Some(rules) = slot.rules else { return };
        let inner = path.foreign(key);
        let known = rules.known_keys();
        if !known.is_empty() && !rules.open() && !known.iter().any(|it| it == key) {
            let message = format!("`{SLOT}` is no key of it");
            let note = Note::new(Weight::New, Kind::UnknownKey, slot.subject, message);
            return self.add(note.foreign(key), Seen::absent(&inner));
        }
        self.breaches(slot, check_key(rules, key), None, &inner);
        if let Some(problem) =
            self.ids.problem(key, rules.keys()).filter(|_| !rules.keys().is_empty())
        {
            let message = format!("a key is an id that {problem}");
            self.differs(slot, Kind::Format, message, None, &inner);
        }
        self.case(slot, rules, key, None, &inner);
    }

    fn breaches(
        &mut self,
        slot: Slot<'m>,
        breaches: impl IntoIterator<Item = Breach>,
        value: Option<&Value>,
        path: &Path<'_>,
    ) {
        for Breach { kind, message } in breaches {
            let is_number = value.is_some_and(Value::is_number);
            let kind = match kind {
                ViolationKind::Form
                | ViolationKind::Characters
                | ViolationKind::Disallowed
                    if !is_number && !message.starts_with("must have at least") =>
                {
                    Kind::Format
                }
                _ => Kind::Limit,
            };
            self.differs(slot, kind, message, value, path);
        }
    }

    /// Reports upper case in what servers send in lower case. What is sent to them may be converted.
    fn case(
        &mut self,
        slot: Slot<'m>,
        rules: &Rules,
        text: &str,
        value: Option<&Value>,
        path: &Path<'_>,
    ) {
        let upper = text.contains(|c: char| c.is_uppercase());
        if rules.case() == Some("lower") && upper && !self.is_request() {
            self.differs(slot, Kind::Format, "has capital letters", value, path);
        }
    }
}
