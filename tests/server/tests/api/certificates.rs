//! Resources contain the facts of uploaded certificates.

use std::net::{IpAddr, Ipv4Addr};

use ngrok_test_server::Server;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, SanType, date_time_ymd,
};
use serde_json::{Value, json};

use crate::clients::Outcome;
use crate::derived::made;
use crate::raw::{request, send, with_body};

fn parameters() -> Result<CertificateParams, rcgen::Error> {
    let mut parameters = CertificateParams::new(vec!["app.example.test".to_owned()])?;
    let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    parameters.subject_alt_names.push(SanType::IpAddress(address));
    parameters.not_before = date_time_ymd(2026, 1, 2);
    parameters.not_after = date_time_ymd(2027, 1, 2);
    parameters.serial_number = Some(vec![0x0a, 0xbc].into());
    parameters.distinguished_name.push(DnType::CommonName, "App");
    parameters.distinguished_name.push(DnType::OrganizationName, "Example, Inc.");
    parameters.distinguished_name.push(DnType::CountryName, "DE");
    parameters.key_usages =
        vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyCertSign];
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(parameters)
}

fn facts(resource: &Value, names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| resource[*name].clone()).collect()
}

#[test]
fn a_certificate_shows_what_it_states() -> Outcome {
    let key = KeyPair::generate()?;
    let pem = parameters()?.self_signed(&key)?.pem();
    let chain = format!("# comment\n{pem}{pem}");
    let body =
        json!({ "certificate_pem": chain, "private_key_pem": key.serialize_pem() });
    let server = Server::start()?;
    let made = made(&server, "/tls_certificates", &body);
    let names = [
        "subject_common_name",
        "issuer_common_name",
        "subject_organization",
        "subject_country",
        "serial_number",
        "not_before",
        "not_after",
        "private_key_type",
        "key_usages",
        "extended_key_usages",
        "subject_alternative_names",
        "issued_at",
    ];
    let expected = json!([
        "App",
        "App",
        "Example, Inc.",
        "DE",
        "0abc",
        "2026-01-02T00:00:00Z",
        "2027-01-02T00:00:00Z",
        "ecdsa",
        ["digitalSignature", "keyCertSign"],
        ["serverAuth"],
        { "dns_names": ["app.example.test"], "ips": ["192.0.2.7"] },
        null,
    ]);
    assert_eq!(json!(facts(&made, &names)), expected);
    assert_eq!(made["subject_locality"], "");
    // They stay when something else changes.
    let path = format!("/tls_certificates/{}", made["id"].as_str().unwrap());
    send(with_body(&server, "PATCH", &path, json!({ "description": "changed" })));
    let read = send(request(&server, "GET", &path)).body;
    assert_eq!(json!(facts(&read, &names)), expected);
    Ok(())
}

#[test]
fn an_authority_shows_what_its_certificate_states() -> Outcome {
    let mut parameters = parameters()?;
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = parameters.self_signed(&KeyPair::generate()?)?.pem();
    let server = Server::start()?;
    let made = made(&server, "/certificate_authorities", &json!({ "ca_pem": pem }));
    let names = ["subject_common_name", "not_after", "extended_key_usages"];
    let expected = json!(["App", "2027-01-02T00:00:00Z", ["serverAuth"]]);
    assert_eq!(json!(facts(&made, &names)), expected);
    Ok(())
}
