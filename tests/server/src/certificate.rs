//! Facts of certificates. Takes PEM; returns a fact of its first certificate, or none if it is invalid.

use std::fmt::Write;
use std::net::IpAddr;
use std::time::Duration;

use serde_json::{Value, json};
use x509_cert::Certificate;
use x509_cert::der::DecodePem;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::oid::db::{DB, rfc4519, rfc5912};
use x509_cert::ext::pkix::name::{DirectoryString, GeneralName};
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, SubjectAltName};
use x509_cert::name::Name;

use crate::clock;

const END: &str = "-----END CERTIFICATE-----";

/// The fact with this name, where the certificate has it.
pub(crate) fn fact(pem: &str, name: &str) -> Option<Value> {
    let certificate = first(pem)?;
    let certificate = certificate.tbs_certificate();
    let subject = certificate.subject();
    let validity = certificate.validity();
    match name {
        "subject_common_name" => text(subject, Name::common_name),
        "subject_organization" => text(subject, Name::organization),
        "subject_organizational_unit" => text(subject, Name::organization_unit),
        "subject_locality" => text(subject, Name::locality),
        "subject_province" => text(subject, Name::state_or_province),
        "subject_country" => text(subject, |name| name.by_oid(rfc4519::C)),
        "issuer_common_name" => text(certificate.issuer(), Name::common_name),
        "serial_number" => Some(json!(hex(certificate.serial_number().as_bytes()))),
        "not_before" => Some(time(validity.not_before.to_unix_duration())),
        "not_after" => Some(time(validity.not_after.to_unix_duration())),
        "private_key_type" => {
            key_type(certificate.subject_public_key_info().algorithm.oid)
        }
        "key_usages" => {
            let (_, KeyUsage(usages)) = certificate.get_extension().ok()??;
            let names =
                usages.into_iter().map(|usage| decapitalized(&format!("{usage:?}")));
            Some(names.collect())
        }
        "extended_key_usages" => {
            let (_, ExtendedKeyUsage(usages)) = certificate.get_extension().ok()??;
            Some(usages.iter().map(purpose).collect())
        }
        "dns_names" | "ips" => {
            let (_, SubjectAltName(names)) = certificate.get_extension().ok()??;
            let is_wanted = |value: &(&str, String)| value.0 == name;
            let names = names.iter().filter_map(alternative).filter(is_wanted);
            Some(names.map(|(_, text)| text).collect())
        }
        _ => None,
    }
}

/// The first certificate of a chain.
fn first(pem: &str) -> Option<Certificate> {
    let end = pem.find(END)? + END.len();
    let start = pem.find("-----BEGIN")?;
    Certificate::from_pem(pem.get(start..end)?).ok()
}

fn text(
    name: &Name,
    part: fn(&Name) -> x509_cert::der::Result<Option<DirectoryString>>,
) -> Option<Value> {
    Some(json!(part(name).ok()??.value()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn time(since_epoch: Duration) -> Value {
    json!(clock::at(since_epoch))
}

fn key_type(algorithm: ObjectIdentifier) -> Option<Value> {
    let known = [
        (rfc5912::RSA_ENCRYPTION, "rsa"),
        (rfc5912::ID_EC_PUBLIC_KEY, "ecdsa"),
        (ObjectIdentifier::new_unwrap("1.3.101.112"), "ed25519"),
    ];
    known.iter().find(|(oid, _)| *oid == algorithm).map(|(_, name)| json!(name))
}

/// The name that RFC 5280 gives a purpose, such as `serverAuth`, or else its number.
fn purpose(usage: &ObjectIdentifier) -> Value {
    let name = DB.by_oid(usage).and_then(|name| name.strip_prefix("id-kp-"));
    name.map_or_else(|| json!(usage.to_string()), |name| json!(name))
}

fn decapitalized(name: &str) -> String {
    let (first, rest) = name.split_at(1.min(name.len()));
    first.to_ascii_lowercase() + rest
}

/// An alternative name of the subject: the list that it belongs to, and its text.
fn alternative(name: &GeneralName) -> Option<(&'static str, String)> {
    match name {
        GeneralName::DnsName(name) => Some(("dns_names", name.to_string())),
        GeneralName::IpAddress(bytes) => {
            let bytes = bytes.as_bytes();
            let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
            let address = v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from));
            Some(("ips", address.ok()?.to_string()))
        }
        _ => None,
    }
}
