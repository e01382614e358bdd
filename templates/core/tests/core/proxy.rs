//! The proxy from the environment, and the hosts it applies to.

use std::ffi::OsString;

use super::API;
use ngrok_client_core::{Settings, env};

/// Returns the proxy for a base URL, with these variables set.
fn proxy(
    base: Option<&str>,
    variables: &[(&str, &str)],
) -> Result<Option<String>, String> {
    let settings = Settings { base_url: base.map(str::to_owned), ..Settings::default() };
    let lookup = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    };
    env::proxy(&API, &settings, &lookup)
}

/// Returns true if `NO_PROXY` contains the API at this address.
fn is_spared(base: &str, list: &str) -> bool {
    let variables = [("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", list)];
    proxy(Some(base), &variables).unwrap().is_none()
}

const HTTPS: (&str, &str) = ("HTTPS_PROXY", "http://a:1");

#[test]
fn the_first_variable_that_is_set_is_used() {
    let of = |variables: &[(&str, &str)]| proxy(None, variables).unwrap();
    let all = ("all_proxy", "b:2");
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[("HTTP_PROXY", "http://c:3")]), None);
    assert_eq!(of(&[all]).as_deref(), Some("http://b:2"));
    assert_eq!(of(&[all, HTTPS]).as_deref(), Some("http://a:1"));
    assert_eq!(of(&[("HTTPS_PROXY", ""), all]).as_deref(), Some("http://b:2"));
    let small = ("https_proxy", "http://d:4");
    assert_eq!(of(&[small, all]).as_deref(), Some("http://d:4"));
    assert_eq!(of(&[small, HTTPS]).as_deref(), Some("http://a:1"));
}

#[test]
fn loopback_addresses_bypass_the_proxy() {
    for here in ["http://localhost:1", "http://127.0.0.1", "https://[::1]:2/v1"] {
        assert_eq!(proxy(Some(here), &[HTTPS]), Ok(None), "{here}");
    }
}

#[test]
fn hosts_and_subdomains_bypass_the_proxy() {
    for list in [
        "*",
        "x, api.example.com",
        ".example.com",
        "*.example.com",
        "COM",
        "api.example.com.",
        "example.com:443",
        "*:443",
        "localhost,api.example.com:443 ,x",
    ] {
        assert!(is_spared("https://api.example.com", list), "{list}");
        assert!(is_spared("https://API.example.com./v1", list), "{list}");
    }
    for list in [
        "",
        ",",
        " ",
        ".",
        "*.",
        "pi.example.com",
        "example.co",
        "xapi.example.com",
        "x.api.example.com",
        "example.com:8443",
        "example.com:port",
        "example.com:99999",
        "https://api.example.com",
        "10.0.0.0/8",
        "0.0.0.0/0",
    ] {
        assert!(!is_spared("https://api.example.com", list), "{list}");
    }
    assert!(is_spared("https://api.example.com:8443", "example.com:8443"));
    assert!(is_spared("https://api.example.com:8443", "example.com"));
    assert!(!is_spared("https://api.example.com:8443", "example.com:443"));
}

#[test]
fn addresses_and_networks_bypass_the_proxy() {
    for (base, list) in [
        ("https://10.1.2.3", "10.1.2.3"),
        ("https://10.1.2.3", "10.1.2.3:443"),
        ("https://10.1.2.3", "10.0.0.0/8"),
        ("https://10.1.2.3", "192.168.0.0/16, 10.1.2.0/30"),
        ("https://10.1.2.3:8443", "10.1.2.3/32:8443"),
        ("https://10.1.2.3", "0.0.0.0/0"),
        ("https://[fd00::1]", "fd00::1"),
        ("https://[fd00::1]", "[fd00::1]"),
        ("https://[fd00::1]:8443", "[fd00::1]:8443"),
        ("https://[fd00::1]", "fd00::/8"),
        ("https://[FD00::1]", "fd00:0:0::1"),
        ("https://[fd00::1]", "::/0"),
    ] {
        assert!(is_spared(base, list), "{base} {list}");
    }
    for (base, list) in [
        ("https://10.1.2.3", "10.1.2.30"),
        ("https://10.1.2.3", "2.3"),
        ("https://10.1.2.3", "*.2.3"),
        ("https://10.1.2.3", "10.1.2.4/31"),
        ("https://10.1.2.3", "10.0.0.0/33"),
        ("https://10.1.2.3", "10.0.0.0/"),
        ("https://10.1.2.3", "10.0.0.0/x"),
        ("https://10.1.2.3", "10.1.2.3:80"),
        ("https://10.1.2.3", "::/0"),
        ("https://[fd00::1]", "fe00::/8"),
        ("https://[fd00::1]", "fd00::/129"),
        ("https://[fd00::1]", "[fd00::1]:80"),
        ("https://[fd00::1]", "0.0.0.0/0"),
    ] {
        assert!(!is_spared(base, list), "{base} {list}");
    }
}

#[test]
fn an_unsupported_proxy_is_rejected_and_redacted() {
    for bad in ["socks5://me:s3cret@host", "https://s3cret@host", "http://s3cret@h o"] {
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            let error = proxy(None, &[(name, bad)]).unwrap_err();
            let begin = format!("environment variable {name} (\"");
            assert!(error.starts_with(&begin), "{error}");
            assert!(
                error.contains("[redacted]@h")
                    && error.contains("): the proxy's address ")
            );
            assert!(!error.contains("s3cret"), "{error}");
        }
        // An unused proxy is not validated.
        assert_eq!(proxy(None, &[("ALL_PROXY", bad), ("NO_PROXY", "*")]), Ok(None));
    }
}
