//! Typed filters: their expressions, and the results of an independent evaluator.

use std::time::Duration;

use cel::{Context, Program, to_value};
use proptest::prelude::*;
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use super::decode;
use super::models::{Action, Policy, Rule};
use crate::runtime::filter::{Condition, Fields};
use crate::runtime::{Id, Ref, Timestamp};

fn written<R: Into<Condition>>(condition: impl FnOnce(Fields<Rule>) -> R) -> String {
    condition(Fields::new()).into().to_string()
}

#[test]
fn each_type_has_its_conditions() {
    let time = Timestamp::UNIX_EPOCH;
    let rule: Id<Rule> = Id::new("rl_1");
    for (text, expected) in [
        (written(|it| it.id().eq("rl_1")), r#"obj.id == "rl_1""#),
        (written(|it| it.id().ne(&rule)), r#"obj.id != "rl_1""#),
        (written(|it| it.id().one_of(["a", "b"])), r#"obj.id in ["a", "b"]"#),
        (written(|it| it.type_().contains("x")), r#"obj.type.contains("x")"#),
        (written(|it| it.type_().starts_with("x")), r#"obj.type.startsWith("x")"#),
        (written(|it| it.type_().ends_with("x")), r#"obj.type.endsWith("x")"#),
        (written(|it| it.type_().is_empty()), r#"obj.type == """#),
        (written(Fields::enabled), "obj.enabled == true"),
        (written(|it| !it.enabled()), "obj.enabled == false"),
        (written(|it| it.hits().ge(-7)), "obj.hits >= -7"),
        (written(|it| it.action().eq(Action::Deny)), r#"obj.action == "deny""#),
        (written(|it| it.policy().id().eq("p")), r#"obj.policy.id == "p""#),
        (written(|it| it.cidrs().has("x")), r#""x" in obj.cidrs"#),
        (written(|it| it.cidrs().size().lt(3)), "size(obj.cidrs) < 3"),
        (written(|it| it.cidrs().is_empty()), "size(obj.cidrs) == 0"),
        (
            written(|it| it.created_at().after(time)),
            r#"obj.created_at > timestamp("1970-01-01T00:00:00Z")"#,
        ),
    ] {
        assert_eq!(text, expected);
    }
}

#[test]
fn parentheses_are_where_they_are_needed() {
    let (few, on, named) = (
        || Fields::<Rule>::new().hits().lt(1),
        || Fields::<Rule>::new().enabled(),
        || Fields::<Rule>::new().type_().contains("c"),
    );
    let [x, y, z] = ["obj.hits < 1", "obj.enabled == true", r#"obj.type.contains("c")"#];
    for (condition, expected) in [
        (few() & on() & named(), format!("{x} && {y} && {z}")),
        (few() | on() | named(), format!("{x} || {y} || {z}")),
        (few() & on() | named(), format!("{x} && {y} || {z}")),
        (few() & (on() | named()), format!("{x} && ({y} || {z})")),
        ((few() | on()) & named(), format!("({x} || {y}) && {z}")),
        (!(few() | on()), format!("!({x} || {y})")),
        (!few() & !named(), format!("!({x}) && !{z}")),
        (!!named(), format!("!!{z}")),
    ] {
        assert_eq!(condition.to_string(), expected);
    }
}

#[test]
fn durations_are_relative_to_now_and_saturate() {
    let day = Duration::from_secs(86_400);
    let now = Timestamp::now();
    for (condition, ago, holds) in [
        (written(|it| it.created_at().within(day)), -1, true),
        (written(|it| it.created_at().within(day)), -25, false),
        (written(|it| it.created_at().within(day)), 1, false),
        (written(|it| it.created_at().within(Duration::MAX)), -90_000, true),
        (written(|it| it.created_at().older_than(day)), -25, true),
        (written(|it| it.created_at().older_than(day)), -23, false),
        (written(|it| it.created_at().older_than(Duration::MAX)), -90_000, false),
        (written(|it| it.created_at().within_next(day)), 23, true),
        (written(|it| it.created_at().within_next(day)), 25, false),
        (written(|it| it.created_at().within_next(day)), -1, false),
        (written(|it| it.created_at().within_next(Duration::MAX)), 90_000, true),
    ] {
        let seconds = now.unix_seconds() + ago * 3600;
        let created_at = Timestamp::from_unix(seconds, 0).expect("it is in our time");
        let item = Item { created_at, ..Item::default() };
        assert_eq!(admits(&condition, &item), holds, "{condition} {ago}");
    }
}

/// The object of a filter.
#[derive(Clone, Debug, Default)]
struct Item {
    text: String,
    created_at: Timestamp,
    enabled: bool,
    hits: i64,
    cidrs: Vec<String>,
    policy: String,
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let time = chrono::DateTime::parse_from_rfc3339(&self.created_at.to_string());
        let time = cel::Timestamp(time.expect("it is RFC 3339"));
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("type", &self.text)?;
        map.serialize_entry("created_at", &time)?;
        map.serialize_entry("enabled", &self.enabled)?;
        map.serialize_entry("hits", &self.hits)?;
        map.serialize_entry("cidrs", &self.cidrs)?;
        map.serialize_entry("policy", &serde_json::json!({ "id": self.policy }))?;
        map.end()
    }
}

/// Evaluates a filter, of which `obj` is the only name.
fn admits(filter: &str, item: &Item) -> bool {
    let program = Program::compile(filter).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(program.references().variables(), ["obj"], "{filter}");
    let mut context = Context::default();
    let object = to_value(item).expect("it is a map");
    context.add_variable_from_value("obj", object);
    match program.execute(&context) {
        Ok(cel::Value::Bool(holds)) => holds,
        other => panic!("{filter}: {other:?}"),
    }
}

/// A condition, independent of its expression.
#[derive(Clone, Debug)]
enum Ask {
    Is(String),
    IsNot(String),
    OneOf(Vec<String>),
    Contains(String),
    StartsWith(String),
    EndsWith(String),
    Empty,
    Enabled,
    Hits(i64),
    After(Timestamp),
    Has(String),
    Size(i64),
    Policy(String),
    Not(Box<Ask>),
    And(Box<Ask>, Box<Ask>),
    Or(Box<Ask>, Box<Ask>),
}

impl Ask {
    fn condition(&self, it: Fields<Rule>) -> Condition {
        match self {
            Self::Is(text) => it.type_().eq(text),
            Self::IsNot(text) => it.type_().ne(text),
            Self::OneOf(texts) => it.type_().one_of(texts),
            Self::Contains(text) => it.type_().contains(text),
            Self::StartsWith(text) => it.type_().starts_with(text),
            Self::EndsWith(text) => it.type_().ends_with(text),
            Self::Empty => it.type_().is_empty(),
            Self::Enabled => it.enabled().into(),
            Self::Hits(hits) => it.hits().gt(*hits),
            Self::After(time) => it.created_at().after(*time),
            Self::Has(text) => it.cidrs().has(text),
            Self::Size(size) => it.cidrs().size().le(*size),
            Self::Policy(id) => it.policy().id().eq(id),
            Self::Not(ask) => !ask.condition(it),
            Self::And(one, other) => one.condition(it) & other.condition(it),
            Self::Or(one, other) => one.condition(it) | other.condition(it),
        }
    }

    fn holds(&self, item: &Item) -> bool {
        match self {
            Self::Is(text) => item.text == *text,
            Self::IsNot(text) => item.text != *text,
            Self::OneOf(texts) => texts.contains(&item.text),
            Self::Contains(text) => item.text.contains(text),
            Self::StartsWith(text) => item.text.starts_with(text),
            Self::EndsWith(text) => item.text.ends_with(text),
            Self::Empty => item.text.is_empty(),
            Self::Enabled => item.enabled,
            Self::Hits(hits) => item.hits > *hits,
            Self::After(time) => item.created_at > *time,
            Self::Has(text) => item.cidrs.contains(text),
            Self::Size(size) => {
                i64::try_from(item.cidrs.len()).is_ok_and(|len| len <= *size)
            }
            Self::Policy(id) => item.policy == *id,
            Self::Not(ask) => !ask.holds(item),
            Self::And(one, other) => one.holds(item) && other.holds(item),
            Self::Or(one, other) => one.holds(item) || other.holds(item),
        }
    }
}

/// Generates strings that would end quotes, calls or lines if they were not escaped, and that are often equal.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[\"'\\\\a]{0,2}",
        2 => "[\"'\\\\\n\r\t\u{0}\u{7}\u{7f}\u{85}\u{2028}()&|!.$u0]{0,5}",
        1 => Just("\" || true || \"".to_owned()),
        1 => any::<String>(),
    ]
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0_i64..2_000_000_000, 0_u32..1_000_000_000)
        .prop_map(|(seconds, nanos)| Timestamp::from_unix(seconds, nanos).expect("fits"))
}

fn item() -> impl Strategy<Value = Item> {
    let texts = proptest::collection::vec(text(), 0..3);
    (text(), time(), any::<bool>(), any::<i64>(), texts, text()).prop_map(
        |(text, created_at, enabled, hits, cidrs, policy)| Item {
            text,
            created_at,
            enabled,
            hits,
            cidrs,
            policy,
        },
    )
}

fn ask() -> impl Strategy<Value = Ask> {
    let texts = proptest::collection::vec(text(), 0..3);
    let one = prop_oneof![
        text().prop_map(Ask::Is),
        text().prop_map(Ask::IsNot),
        texts.prop_map(Ask::OneOf),
        text().prop_map(Ask::Contains),
        text().prop_map(Ask::StartsWith),
        text().prop_map(Ask::EndsWith),
        Just(Ask::Empty),
        Just(Ask::Enabled),
        any::<i64>().prop_map(Ask::Hits),
        time().prop_map(Ask::After),
        text().prop_map(Ask::Has),
        (0_i64..3).prop_map(Ask::Size),
        text().prop_map(Ask::Policy),
    ];
    one.prop_recursive(4, 24, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        let pair = pair.prop_map(|(one, other)| (Box::new(one), Box::new(other)));
        prop_oneof![
            inner.prop_map(|ask| Ask::Not(Box::new(ask))),
            pair.clone().prop_map(|(one, other)| Ask::And(one, other)),
            pair.prop_map(|(one, other)| Ask::Or(one, other)),
        ]
    })
}

proptest! {
    #[test]
    fn a_filter_is_correct_with_any_values(ask in ask(), item in item()) {
        let filter = written(|it| ask.condition(it));
        prop_assert_eq!(admits(&filter, &item), ask.holds(&item), "{}", filter);
    }

    #[test]
    fn quoted_strings_are_parsed_unchanged(text in text()) {
        let quoted = ngrok_client_core::filter::quoted(&text);
        let program = Program::compile(&quoted).expect("it is an expression");
        let value = program.execute(&Context::default());
        prop_assert_eq!(value, Ok(cel::Value::from(text)));
    }
}

#[test]
fn a_reference_is_filtered_by_its_id_and_debug_output_is_short() {
    let it = Fields::<Rule>::new();
    let of_other: Ref<Policy> = decode(r#"{"id":"pol_1","uri":""}"#);
    assert_eq!(
        it.policy().id().eq(&of_other).to_string(),
        r#"obj.policy.id == "pol_1""#
    );
    assert_eq!(format!("{it:?} {:?}", it.policy().id()), "Fields Field(obj.policy.id)");
    assert_eq!(format!("{:?}", it.hits().lt(1)), r#"Condition("obj.hits < 1")"#);
}
