//! Example values. Takes a model; returns JSON that the API could send or accept.
//!
//! Every field of every record has a distinct value, so that mixed up fields are detected. Strings contain characters that must be escaped:
//! quotes in JSON, slashes and spaces in paths. Both the tests and their build script, which turns these values into Rust, use this file;
//! it knows nothing of the client.

use ngrok_codegen::model::{
    Choice, Field, Model, Operation, QueryParameter, Record, Scalar, Type, TypeRef,
};
use serde_json::{Map, Value, json};

/// Prefix of every secret, which occurs nowhere else.
pub const SECRET: &str = "hush-hush";

/// A name that is neither a value of an enum nor an alternative of a union.
pub const UNKNOWN: &str = "of_the_future";

/// Page size requested from lists.
pub const LIMIT: u32 = 37;

/// Cursor: an ID with characters that must be escaped in a query.
pub const CURSOR: &str = "a/b c?d%é&e=f+g";

/// Filter with characters that must be escaped in a query.
pub const FILTER: &str = "obj.id == \"a&b\" || obj.metadata.contains('100% é+#')";

/// Generates examples of the types of a model.
#[derive(Clone, Copy, Debug)]
pub struct Examples<'m> {
    model: &'m Model,
    unknown_enums: bool,
}

impl<'m> Examples<'m> {
    /// Creates examples whose enums have known values.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self { model, unknown_enums: false }
    }

    /// Uses unknown values for enums.
    #[must_use]
    pub fn with_unknown_enums(self) -> Self {
        Self { unknown_enums: true, ..self }
    }

    /// Returns a record with all its fields, or a union with its first alternative.
    #[must_use]
    pub fn full(&self, name: &str) -> Value {
        match self.model.types.get(name) {
            Some(Type::Record(record)) => self.object(record, |_| true),
            Some(Type::Union(union)) => {
                union.choices.first().map_or(Value::Null, |choice| self.choice(choice))
            }
            _ => Value::Null,
        }
    }

    /// Returns a record with required fields only.
    #[must_use]
    pub fn required(&self, name: &str) -> Value {
        match self.model.types.get(name) {
            Some(Type::Record(record)) => {
                self.object(record, |field| field.presence.required)
            }
            _ => self.full(name),
        }
    }

    /// Returns a union with this alternative.
    #[must_use]
    pub fn choice(&self, choice: &Choice) -> Value {
        json!({ &choice.wire: self.full(&choice.ty) })
    }

    /// Returns a value for a field of a record.
    #[must_use]
    pub fn field(&self, record: &Record, field: &Field) -> Value {
        let place = format!("{}.{}", record.name, field.wire);
        self.value(&field.ty, field.secret, &place)
    }

    /// Returns the values of a query parameter: two, if it can be repeated.
    #[must_use]
    pub fn query(
        &self,
        operation: &Operation,
        parameter: &QueryParameter,
    ) -> Vec<Value> {
        let count = if parameter.repeated { 2 } else { 1 };
        let place = |index: u32| format!("{}.{} {index}", operation.id, parameter.wire);
        (0..count).map(|index| self.value(&parameter.ty, false, &place(index))).collect()
    }

    fn object(&self, record: &Record, wanted: impl Fn(&Field) -> bool) -> Value {
        let fields = record.fields.iter().filter(|field| wanted(field));
        fields.map(|field| (field.wire.clone(), self.field(record, field))).collect()
    }

    fn value(&self, ty: &TypeRef, secret: bool, place: &str) -> Value {
        match ty {
            TypeRef::Scalar(Scalar::String) if secret => {
                format!("{SECRET} {place}").into()
            }
            TypeRef::Scalar(scalar) => scalar_value(*scalar, place),
            TypeRef::Id { .. } => id(place),
            TypeRef::Ref { .. } => {
                json!({ "id": id(place), "uri": format!("https://api.example.com/{place}") })
            }
            TypeRef::List(item) => {
                let item =
                    |number| self.value(item, secret, &format!("{place}[{number}]"));
                json!([item(0), item(1)])
            }
            TypeRef::Map(value) => {
                let keys =
                    ["first", "the 2nd \"é\""].map(|key| format!("{place} {key}"));
                let entry = |key: String| (key.clone(), self.value(value, secret, &key));
                keys.into_iter().map(entry).collect::<Map<_, _>>().into()
            }
            TypeRef::Record(name) => self.full(name),
            TypeRef::Enum(name) => self.enum_value(name, place),
        }
    }

    fn enum_value(&self, name: &str, place: &str) -> Value {
        let variants = match self.model.types.get(name) {
            Some(Type::Enum(enumeration)) if !self.unknown_enums => {
                enumeration.variants.as_slice()
            }
            _ => &[],
        };
        let count = u64::try_from(variants.len()).unwrap_or(u64::MAX).max(1);
        let chosen = usize::try_from(number(place) % count).unwrap_or_default();
        let known = variants.get(chosen).map(|variant| variant.wire.clone());
        known.unwrap_or_else(|| format!("{UNKNOWN} {place}")).into()
    }
}

/// Returns an ID with characters that must be escaped in a path.
fn id(place: &str) -> Value {
    format!("{place} a/b?c%é#d").into()
}

/// Returns a scalar. Numbers include the limits of their types and of JSON.
fn scalar_value(scalar: Scalar, place: &str) -> Value {
    let number = number(place);
    match scalar {
        Scalar::String => format!("{place} \"é\\\n\t☃").into(),
        Scalar::Bool => true.into(),
        Scalar::Int32 => i64::from(i32::MIN).saturating_add_unsigned(number).into(),
        Scalar::Int64 => i64::MIN.saturating_add_unsigned(number).into(),
        Scalar::Uint32 => (u64::from(u32::MAX) - number).into(),
        Scalar::Uint64 => (u64::MAX - number).into(),
        Scalar::Float64 => {
            json!(f64::from(u32::try_from(number).unwrap_or_default()) + 0.25)
        }
        Scalar::Timestamp => timestamp(number).into(),
    }
}

fn timestamp(number: u64) -> String {
    let (day, hour, minute) = (1 + number % 28, number % 24, number % 60);
    format!("2025-03-{day:02}T{hour:02}:{minute:02}:01.{:03}Z", 1 + number % 999)
}

/// Returns a number below 100,000 for a location: FNV-1a, folded.
fn number(place: &str) -> u64 {
    let step =
        |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    place.bytes().fold(0xcbf2_9ce4_8422_2325, step) % 100_000
}
