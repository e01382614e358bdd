//! The only maker of identifiers.
//!
//! Enters a name as the API writes it (`us-cal-1`, `type`, `OAuth`); leaves one that Rust accepts and a reader expects.
//! Initialisms are words (`ApiKey`, `Tls`). Two names that become one are for the caller to report: nothing is renamed
//! in silence.

use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Names that the client's own code takes: a type of the API cannot have them.
pub const RESERVED_TYPES: &[&str] = &[
    "AnyResource", "ApiClient", "Box", "Call", "Client", "Default", "Error", "ErrorCode", "Fetch", "Filterable",
    "Filtered", "From", "Id", "IntoId", "IntoPatch", "IntoValue", "Items", "Iterator", "List", "None", "Null", "Option",
    "Page", "Paged", "Pages", "Patch", "Ref", "Resource", "Result", "Self", "Sensitive", "Some", "String", "Timestamp",
    "Unfiltered", "Unpaged", "UnknownVariant", "Vec", "BTreeMap",
];

/// Methods that every parameter struct has: a setter of that name gets an underscore.
const RESERVED_METHODS: &[&str] = &["new", "clone", "default", "eq", "fmt", "into", "from"];

/// A type: `IpPolicy`, from any way of writing it.
#[must_use]
pub fn type_name(name: &str) -> String {
    guarded(name.to_upper_camel_case(), 'N')
}

/// A field, method or parameter: `type_` for `type`.
#[must_use]
pub fn field_name(name: &str) -> String {
    let snake = guarded(one_word(name).to_snake_case(), 'n');
    if is_keyword(&snake) || RESERVED_METHODS.contains(&snake.as_str()) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// A module or accessor: `https_routes`.
#[must_use]
pub fn module_name(name: &str) -> String {
    field_name(name)
}

/// A variant of an enum: `UsCal1` for `us-cal-1`.
#[must_use]
pub fn variant_name(value: &str) -> String {
    let words: String =
        value.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let name = guarded(words.to_upper_camel_case(), 'V');
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// A constant: `RATE_LIMITED` for `RateLimited`.
#[must_use]
pub fn constant_name(name: &str) -> String {
    guarded(one_word(name).to_shouty_snake_case(), 'N')
}

/// Part of an address: `ip-policies` for `IPPolicies`.
#[must_use]
pub fn address_name(name: &str) -> String {
    one_word(name).to_kebab_case()
}

/// The plural of an English noun, by the two rules that need no dictionary.
#[must_use]
pub fn plural(noun: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// `OAuth` is one word, whatever its capitals say.
fn one_word(name: &str) -> String {
    name.replace("OAuth", "Oauth")
}

/// Whether a name can only be a keyword.
fn is_keyword(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_err() && !name.is_empty()
}

/// An identifier cannot be empty nor begin with a digit.
fn guarded(name: String, lead: char) -> String {
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
        format!("{lead}{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for (name, expected) in [
            ("IpPolicy", "IpPolicy"),
            ("IPPolicy", "IpPolicy"),
            ("APIKey", "ApiKey"),
            ("HTTPSEdgeRoute", "HttpsEdgeRoute"),
            ("EndpointOAuthGitHub", "EndpointOAuthGitHub"),
            ("EndpointOIDC", "EndpointOidc"),
            ("AIGatewayAPIKey", "AiGatewayApiKey"),
            ("EndpointMutualTLSMutate", "EndpointMutualTlsMutate"),
            ("ip policy", "IpPolicy"),
            ("2fa", "N2fa"),
            ("", "N"),
        ] {
            assert_eq!(type_name(name), expected, "{name}");
        }
    }

    #[test]
    fn fields() {
        for (name, expected) in [
            ("type", "type_"),
            ("self", "self_"),
            ("crate", "crate_"),
            ("async", "async_"),
            ("gen", "gen_"),
            ("new", "new_"),
            ("acme_challenge_cname_target", "acme_challenge_cname_target"),
            ("endpointId", "endpoint_id"),
            ("before-id", "before_id"),
            ("3d", "n3d"),
        ] {
            assert_eq!(field_name(name), expected, "{name}");
        }
    }

    #[test]
    fn variants() {
        for (value, expected) in [
            ("allow", "Allow"),
            ("us-cal-1", "UsCal1"),
            ("ngrok/v2", "NgrokV2"),
            ("api_key_created.v0", "ApiKeyCreatedV0"),
            ("PARTIALLY_PROCESSED", "PartiallyProcessed"),
            ("self", "Self_"),
            ("1.3", "V13"),
            ("", "V"),
        ] {
            assert_eq!(variant_name(value), expected, "{value}");
        }
    }

    #[test]
    fn plurals() {
        for (noun, expected) in [
            ("IP policy", "IP policies"),
            ("API key", "API keys"),
            ("reserved address", "reserved addresses"),
            ("agent ingress", "agent ingresses"),
            ("event source", "event sources"),
        ] {
            assert_eq!(plural(noun), expected);
        }
    }
}
