//! Construction of all identifiers.
//!
//! Takes a name as the API writes it (`us-cal-1`, `type`, `OAuth`); returns a valid and idiomatic Rust identifier.
//! Initialisms are words (`ApiKey`, `Tls`). Callers report collisions: nothing is renamed silently.

use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// Types and traits that the client's runtime provides to generated code.
pub(crate) const RUNTIME_TYPES: &[&str] = &[
    "AnyResource",
    "ApiClient",
    "Call",
    "Fetch",
    "Filterable",
    "Filtered",
    "Id",
    "IntoId",
    "IntoPatch",
    "IntoValue",
    "List",
    "Paged",
    "Ref",
    "Sensitive",
    "Timestamp",
    "UnknownVariant",
    "Unpaged",
];

/// Other names that types and services of the API cannot have. `C` is the generic client.
const OTHER_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "C",
    "Client",
    "Default",
    "Error",
    "ErrorCode",
    "From",
    "IntoOption",
    "Items",
    "Iterator",
    "None",
    "Null",
    "Option",
    "Page",
    "Pages",
    "Patch",
    "Resource",
    "Result",
    "Some",
    "String",
    "Unfiltered",
    "Vec",
];

/// Methods of clients, which no file or directory can be named after.
pub const RESERVED_ACCESSORS: &[&str] =
    &["assemble", "builder", "config", "from_env", "run"];

/// Methods of every parameter struct: a setter with that name gets an underscore.
const RESERVED_METHODS: &[&str] =
    &["new", "clone", "default", "eq", "fmt", "into", "from"];

/// Names that generated methods use besides their path parameters.
const RESERVED_PARAMETERS: &[&str] = &["body", "call", "client", "list"];

/// Methods of every list.
const RESERVED_QUERIES: &[&str] = &[
    "before_id",
    "filter",
    "first_page",
    "header",
    "items",
    "limit",
    "pages",
    "param",
    "query",
    "retries",
    "timeout",
];

/// The length of `abstract`, `continue` and `override`: most names are longer than a keyword, and need not be parsed.
const LONGEST_KEYWORD: usize = 8;

/// Returns true if the client's own code uses the name of a type.
#[must_use]
pub fn is_reserved_type(name: &str) -> bool {
    RUNTIME_TYPES.contains(&name) || OTHER_TYPES.contains(&name)
}

/// Returns true if the client's own code uses the name of a service, or that of its accessor.
#[must_use]
pub fn is_reserved_service(name: &str) -> bool {
    is_reserved_type(name) || RESERVED_ACCESSORS.contains(&field_name(name).as_str())
}

/// Returns a type name: `IpPolicy`, from any spelling.
#[must_use]
pub fn type_name(name: &str) -> String {
    // A second time, for words of one letter: `XYPosition` is one of three, and `XyPosition` stays what it is.
    let camel = words(name).to_upper_camel_case().to_upper_camel_case();
    unlike(guarded(camel, 'N'), &["Self"])
}

/// Returns a field or method: `type_` for `type`.
#[must_use]
pub fn field_name(name: &str) -> String {
    let snake = guarded(snake_case(name), 'n');
    if is_keyword(&snake) {
        format!("{snake}_")
    } else {
        unlike(snake, RESERVED_METHODS)
    }
}

/// Returns true if a field cannot have this name in Rust, and gets an underscore.
#[must_use]
pub fn is_taken(field: &str) -> bool {
    field_name(field) == format!("{}_", snake_case(field))
}

/// Returns a path parameter: `body_` for `body`.
#[must_use]
pub fn parameter_name(name: &str) -> String {
    unlike(field_name(name), RESERVED_PARAMETERS)
}

/// Returns the argument for a required query parameter or header, or the setter of an optional one: `items_` for `items`.
#[must_use]
pub fn query_name(name: &str, required: bool) -> String {
    if required {
        parameter_name(name)
    } else {
        unlike(field_name(name), RESERVED_QUERIES)
    }
}

/// Returns the struct with the required fields of a body by name: `SecretCreateRequired`.
#[must_use]
pub fn required_name(record: &str) -> String {
    format!("{record}Required")
}

/// Returns the modules of a service, which are also its accessors: `edges`, `https_routes`.
#[must_use]
pub fn module_names(service: &[String]) -> Vec<String> {
    service.iter().map(|name| field_name(name)).collect()
}

/// Returns a variant of an enum: `UsCal1` for `us-cal-1`.
#[must_use]
pub fn variant_name(value: &str) -> String {
    unlike(guarded(words(value).to_upper_camel_case(), 'V'), &["Self"])
}

/// Returns a constant: `RATE_LIMITED` for `RateLimited`.
#[must_use]
pub fn constant_name(name: &str) -> String {
    guarded(words(&one_word(name)).to_shouty_snake_case(), 'N')
}

/// Returns the struct of a group of services: `EdgeModules`.
#[must_use]
pub fn group_name(path: &[String]) -> String {
    type_name(&path.join("_"))
}

/// Returns the marker of a list with its own query parameters, by the ID of its operation: `EndpointsListQuery`.
#[must_use]
pub fn marker_name(operation: &str) -> String {
    format!("{operation}Query")
}

/// Returns a part of an address: `ip-policies` for `IPPolicies`.
#[must_use]
pub fn address_name(name: &str) -> String {
    one_word(name).to_kebab_case()
}

/// Returns `a` or `an`, by the sound as far as spelling shows it: initialisms are read letter by letter.
#[must_use]
pub fn article(noun: &str) -> &'static str {
    let first = noun.split_whitespace().next().unwrap_or_default();
    let initialism = first.len() > 1 && first.chars().all(|c| !c.is_lowercase());
    let vowels = if initialism { "AEFHILMNORSX" } else { "aeioAEIO" };
    if noun.starts_with(|c| vowels.contains(c)) { "an" } else { "a" }
}

/// Returns the plural of an English noun, by the two rules that need no dictionary.
#[must_use]
pub fn plural(noun: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x'])
            || noun.ends_with("ch")
            || noun.ends_with("sh") =>
        {
            format!("{noun}es")
        }
        _ => format!("{noun}s"),
    }
}

/// Returns a number with its noun.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let noun = if number == 1 { noun.to_owned() } else { plural(noun) };
    format!("{number} {noun}")
}

/// Returns the name in snake case, as most names of fields are already.
fn snake_case(name: &str) -> String {
    if is_snake_case(name) {
        return name.to_owned();
    }
    words(&one_word(name)).to_snake_case()
}

/// Returns true if a name consists of lowercase words and digits, with one underscore in between.
pub(crate) fn is_snake_case(name: &str) -> bool {
    let is_lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.split('_').all(|word| !word.is_empty() && word.bytes().all(is_lower))
}

/// Treats `OAuth` as one word, despite its capitals.
fn one_word(name: &str) -> String {
    name.replace("OAuth", "Oauth")
}

/// Replaces characters that are invalid in identifiers by word separators.
fn words(name: &str) -> String {
    name.chars().map(|c| if is_xid_continue(c) { c } else { ' ' }).collect()
}

/// Returns true if a name is a keyword that cannot be a raw identifier. syn does not know `gen`, a keyword since
/// edition 2024.
fn is_keyword(name: &str) -> bool {
    let short = name.len() <= LONGEST_KEYWORD;
    short && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}

fn unlike(name: String, taken: &[&str]) -> String {
    if taken.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Returns a valid identifier: not empty and not beginning with a digit.
fn guarded(name: String, lead: char) -> String {
    if name.starts_with(is_xid_start) { name } else { format!("{lead}{name}") }
}
