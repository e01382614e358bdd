//! Base URLs, and addresses of the server.

use ngrok_client_core::url::{BaseUrl, escape};

#[test]
fn accepted_base_urls() {
    let cases = [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        ("  https://api.example.com:8443/v1/ ", "https://api.example.com:8443/v1"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://LOCALHOST:4040/x", "http://LOCALHOST:4040/x"),
        ("http://[::1]:1", "http://[::1]:1"),
        ("HTTPS://Api.Example.com", "https://Api.Example.com"),
    ];
    for (given, kept) in cases {
        let base =
            BaseUrl::parse(given).unwrap_or_else(|what| panic!("{given}: {what}"));
        assert_eq!(base.to_string(), kept, "{given}");
    }
}

#[test]
fn rejected_base_urls() {
    let cases = [
        ("", "not a URL"),
        ("api.example.com", "scheme and a host"),
        ("/v1", "scheme and a host"),
        ("https://", "not a URL"),
        ("https://api example.com", "not a URL"),
        ("https://api.example.com?x=1", "query or a fragment"),
        ("https://api.example.com/#top", "query or a fragment"),
        ("https://me:secret@api.example.com", "user name or a password"),
        ("ftp://api.example.com", "neither https nor http"),
        ("http://api.example.com", "plain http"),
        ("http://127.0.0.1.example.com", "plain http"),
        ("http://localhost.example.com", "plain http"),
        ("http://128.0.0.1", "plain http"),
        ("http://0.0.0.0", "plain http"),
        ("http://[::2]", "plain http"),
        ("http://[::ffff:127.0.0.1]", "plain http"),
    ];
    for (given, why) in cases {
        let what =
            BaseUrl::parse(given).err().unwrap_or_else(|| panic!("{given} was taken"));
        assert!(what.contains(why), "{given}: {what}");
        assert!(!what.contains("secret"), "{what}");
        assert!(!what.contains("allow_plain_http_to"), "{what}");
    }
}

#[test]
fn a_path_cannot_become_part_of_the_host() {
    let base = BaseUrl::parse("https://api.example.com").unwrap();
    assert_eq!(base.join("/x", "").unwrap(), "https://api.example.com/x");
    assert_eq!(
        base.join("//evil.example/x", "").unwrap().host(),
        Some("api.example.com")
    );
    for path in ["", "x", ".evil.example/x", "@evil.example/x", ":444/x"] {
        assert!(base.join(path, "").is_err(), "{path}");
    }
}

#[test]
fn followed_addresses() {
    let cases = [
        // Absolute, as the API sends them.
        (
            "https://h",
            "https://h/things?before_id=t_1",
            "https://h/things?before_id=t_1",
        ),
        ("https://h", "https://h:443/things", "https://h/things"),
        ("https://h:443", "https://h/things", "https://h:443/things"),
        ("https://h", "HTTPS://H/things", "https://h/things"),
        ("https://h", "//h/things", "https://h/things"),
        (
            "http://127.0.0.1:9",
            "http://127.0.0.1:9?limit=1",
            "http://127.0.0.1:9/?limit=1",
        ),
        // A path of the API follows that of the base URL.
        ("https://h", "/things?limit=1", "https://h/things?limit=1"),
        ("https://h/v1", "/things", "https://h/v1/things"),
        ("https://h/v1", "/v1/things", "https://h/v1/things"),
        ("https://h/v1", "/v1?x", "https://h/v1?x"),
        ("https://h/v1", "/v10/things", "https://h/v1/v10/things"),
        ("https://h/v1", "https://h/v1/things", "https://h/v1/things"),
        ("https://h", "https://h/a%20b?x=%2F", "https://h/a%20b?x=%2F"),
    ];
    for (base, reference, address) in cases {
        let base = BaseUrl::parse(base).unwrap();
        let resolved = base.resolve(reference).unwrap_or_else(|what| panic!("{what}"));
        assert_eq!(resolved.to_string(), address, "{reference} at {base}");
    }
}

#[test]
fn rejected_addresses() {
    let base = BaseUrl::parse("https://api.example.com").unwrap();
    let elsewhere = [
        "https://evil.example/things",
        "https://api.example.com.evil.example/things",
        "https://api.example.com@evil.example/things",
        "https://key@api.example.com/things",
        "https://api.example.com:444/things",
        "http://api.example.com/things",
        "http://api.example.com:443/things",
        "//evil.example/things",
        "ftp://api.example.com/things",
    ];
    for reference in elsewhere {
        let what =
            base.resolve(reference).err().unwrap_or_else(|| panic!("{reference}"));
        assert!(what.contains("for no other place"), "{reference}: {what}");
        assert!(what.contains(reference), "{what}");
    }
    let long = format!("https://evil.example/{}", "x".repeat(100_000));
    assert!(base.resolve(&long).unwrap_err().len() < 1000);
    assert!(base.resolve(&long[..60_000]).unwrap_err().len() < 1000);
    let senseless = [
        "",
        "things",
        "?limit=1",
        "javascript:alert(1)",
        "https:/api.example.com",
        "https:\\\\evil.example",
        "/\\evil.example",
        "https://api.example.com/a b",
        "/things\r\nx: y",
        "/th\u{fc}ngs",
        "https://",
    ];
    for reference in senseless {
        assert!(base.resolve(reference).is_err(), "{reference:?} was followed");
    }
}

#[test]
fn escaping_leaves_no_separators() {
    let cases = [
        ("t_1-A.~", "t_1-A.~"),
        ("a/b", "a%2Fb"),
        ("a?b#c&d=e+f", "a%3Fb%23c%26d%3De%2Bf"),
        ("%2e", "%252e"),
        ("x y\n", "x%20y%0A"),
        ("ü", "%C3%BC"),
        ("{id}", "%7Bid%7D"),
    ];
    for (text, escaped) in cases {
        assert_eq!(escape(text), escaped);
    }
}

#[test]
fn relative_references_are_resolved_against_a_page() {
    let base = BaseUrl::parse("https://api.example.com/v2").unwrap();
    let from = "https://api.example.com/v2/a/things?limit=2".parse().unwrap();
    for (reference, resolved) in [
        ("?before_id=t_1", "/v2/a/things?before_id=t_1"),
        ("others?x=/../y", "/v2/a/others?x=/../y"),
        ("./others", "/v2/a/others"),
        ("../b/./c/..", "/v2/b/"),
        ("../../../../x", "/x"),
        ("", "/v2/a/things?limit=2"),
        ("#top", "/v2/a/things?limit=2"),
        ("/a?x=1", "/v2/a?x=1"),
        ("a//b?c:d", "/v2/a/a//b?c:d"),
    ] {
        let uri = base.resolve_from(reference, Some(&from)).unwrap();
        assert_eq!(uri.to_string(), format!("https://api.example.com{resolved}"));
    }
    for reference in ["https:x", "evil.com:80", "mailto:a", "//evil.com", "a\\b", "a b"]
    {
        assert!(base.resolve_from(reference, Some(&from)).is_err(), "{reference}");
    }
    assert!(base.resolve("?before_id=t_1").is_err());
}
