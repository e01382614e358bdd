//! Sample strings for fields.
//!
//! The example in the documentation of a field comes first, then one of its format.

pub(crate) use crate::model::such_as;
use crate::model::{Field, Model};

/// Letters and digits of sample IDs.
const BASE62: &str = "2kXq7LmV0bTzR9wYdC4sPfH1nJgK6eA8uN3xG5hQvBtZ";

/// A string without constraints.
pub(super) const ANY: &str = "example";

/// Another such string.
pub(super) const ANY_OTHER: &str = "another-example";

/// A private key in PEM.
const PRIVATE_KEY: &str =
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n";

/// Returns a string for a field, which is no longer than allowed.
pub(super) fn text(field: &Field) -> String {
    let longest = field.rules.longest().and_then(|most| usize::try_from(most).ok());
    let text = known(field).unwrap_or_else(|| ANY.to_owned());
    text.chars().take(longest.unwrap_or(usize::MAX)).collect()
}

/// Returns a string for a field with constraints.
pub(super) fn known(field: &Field) -> Option<String> {
    let default =
        field.default.as_ref().and_then(|value| value.as_str().map(str::to_owned));
    let accepted =
        field.rules.accepts().first().filter(|form| !form.contains(' ')).cloned();
    let format = field.rules.format();
    let known = match format {
        Some("pem") if field.secret => Some(PRIVATE_KEY),
        format => format.and_then(by_format),
    };
    let known = || known.map(str::to_owned);
    default.or(accepted).or_else(|| such_as(&field.docs)).or_else(known)
}

/// Returns an ID of a type of resource.
pub(crate) fn id(kind: &str, model: &Model) -> String {
    let external =
        || model.api.externals.get(kind).map(|external| external.prefix.clone());
    let prefix = prefix(kind, model).or_else(external);
    let length = usize::try_from(model.api.id_length).unwrap_or_default();
    let random: String = BASE62.chars().cycle().take(length).collect();
    match prefix.filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix}_{random}"),
        None => random,
    }
}

/// Returns the address of a resource of a type.
pub(crate) fn address(kind: &str, model: &Model) -> String {
    let home = model.services.iter().find(|service| service.resource == kind);
    let get = home.and_then(|home| {
        home.operations.iter().find(|one| Some(&one.name) == home.fetch.as_ref())
    });
    let path = get.map(|get| get.path.fill(|_| id(kind, model))).unwrap_or_default();
    format!("{}{path}", model.api.base_url)
}

fn prefix(kind: &str, model: &Model) -> Option<String> {
    match model.types.get(kind)? {
        crate::model::Type::Record(record) => record.prefix.clone(),
        _ => None,
    }
}

/// Returns a sample of a format.
pub(crate) fn by_format(format: &str) -> Option<&'static str> {
    let text = match format {
        "acl_rule" => "allow:*.example.com",
        "arn" => "arn:aws:iam::123456789012:role/example",
        "cel" => "true",
        "certificate" | "pem" => {
            "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"
        }
        "cidr" => "10.1.0.0/16",
        "csr" => {
            "-----BEGIN CERTIFICATE REQUEST-----\n...\n-----END CERTIFICATE REQUEST-----\n"
        }
        "email" => "ann@example.com",
        "hex" => "9f86d081",
        "hostname" | "hostname_or_ip" => "app.example.com",
        "hostport" => "app.example.com:443",
        "http_header_name" => "x-example",
        "error_code" | "http_status" => "404",
        "ip" => "10.1.0.1",
        "iso_country_code" => "DE",
        "json" | "json_or_yaml" | "yaml" => "{}",
        "openssh_authorized_key" => {
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample ann@example.com"
        }
        "regex" => "^example",
        "route_selector" => "/api",
        "slug" | "team_slug" => "an-example",
        "tls_version" => "1.3",
        "uri" | "url" | "url_or_address" => "https://app.example.com",
        "urn" => "urn:example:app",
        "username" => "ann",
        "xml" => "<example/>",
        _ => return None,
    };
    Some(text)
}
