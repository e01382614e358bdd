//! Settings: accepted and rejected values, and redaction of the key.

use std::ffi::OsString;

use http::{HeaderMap, Method};

use super::{API, API_FACTS, KEY, config, draft, settings};
use ngrok_client_core::ErrorKind;
use ngrok_client_core::env;
use ngrok_client_core::{Api, Config, Draft, Exchange, Operation, Settings};

#[test]
fn invalid_keys_are_rejected_and_redacted() {
    let cases =
        ["", "  ", "abc def", "abc\u{0}def", "abc\ndef", "abc\u{7f}", "abc\u{fc}def"];
    for key in cases {
        let settings =
            Settings { api_key: Some(key.to_owned().into()), ..Settings::default() };
        let error = Config::new(&settings, &API)
            .err()
            .unwrap_or_else(|| panic!("{key:?} was taken"));
        assert_eq!(error.kind(), ErrorKind::Configuration);
        for text in [error.to_string(), format!("{error:?}")] {
            assert!(!text.contains("abc"), "{text}");
        }
    }
    let error = Config::new(&Settings::default(), &API).err().unwrap();
    assert!(error.to_string().contains("no example API key"), "{error}");
}

/// Returns the headers of a request that is sent.
fn sent(config: &Config, api: &'static Api) -> HeaderMap {
    let operation = Operation { name: "ThingsTest", items: "" };
    let draft = Draft::new(api, operation, Method::GET, "/things");
    let request = Exchange::new(draft, config).unwrap().attempt().unwrap();
    request.headers().clone()
}

#[test]
fn white_space_around_a_key_is_removed() {
    let key = Some(format!(" {KEY}\n").into());
    let settings = Settings { api_key: key, ..Settings::default() };
    let config = Config::new(&settings, &API).unwrap();
    assert_eq!(sent(&config, &API)["authorization"], format!("Bearer {KEY}"));
}

#[test]
fn the_key_is_redacted_in_headers() {
    let config = config();
    let headers = sent(&config, &API);
    assert!(headers["authorization"].is_sensitive());
    assert!(!format!("{:?} {headers:?}", config.headers()).contains(KEY));
    let shown = draft(Method::GET, "/things").build(&config).unwrap();
    assert_eq!(shown.headers()["authorization"], "[redacted]");
    assert!(shown.headers()["authorization"].is_sensitive());
}

#[test]
fn a_product_precedes_the_crate() {
    let own = API.agent;
    let cases = [("tool/1.2", format!("tool/1.2 {own}")), (" ", own.to_owned())];
    for (product, whole) in cases {
        let settings = Settings { product: Some(product.to_owned()), ..settings() };
        assert_eq!(Config::new(&settings, &API).unwrap().headers()["user-agent"], whole);
    }
    let settings = Settings { product: Some("a\nb".to_owned()), ..settings() };
    assert!(Config::new(&settings, &API).is_err());
}

#[test]
fn default_headers_are_checked() {
    let with = |name: &str, value: &str| {
        let headers = vec![(name.to_owned(), value.to_owned())];
        Config::new(&Settings { headers, ..settings() }, &API)
    };
    assert_eq!(with("X-Team", "a").unwrap().headers()["x-team"], "a");
    assert_eq!(
        with("Authorization", "b").err().unwrap().kind(),
        ErrorKind::Configuration
    );
}

#[test]
fn key_and_base_url_are_read_from_the_environment() {
    let read = |variables: &[(&str, OsString)]| {
        let mut settings = Settings::default();
        let lookup = |name: &str| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
        };
        env::read(&API, &mut settings, &lookup)
            .map(|()| (settings.api_key.map(|key| key.to_string()), settings.base_url))
    };
    let key = |text: &str| ("EXAMPLE_API_KEY", OsString::from(text));
    let url = |text: &str| ("EXAMPLE_API_URL", OsString::from(text));
    let unset = Err("environment variable EXAMPLE_API_KEY is not set".to_owned());

    assert_eq!(read(&[]), unset);
    assert_eq!(read(&[key(" ")]), unset);
    assert_eq!(read(&[url("http://localhost")]), unset);
    assert_eq!(read(&[key("k")]), Ok((Some("k".to_owned()), None)));
    assert_eq!(read(&[key("k"), url("")]), Ok((Some("k".to_owned()), None)));
    assert_eq!(
        read(&[key("k"), url("http://localhost")]),
        Ok((Some("k".to_owned()), Some("http://localhost".to_owned())))
    );
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf8_is_an_error() {
    use std::os::unix::ffi::OsStringExt;

    let lookup = |_: &str| Some(OsString::from_vec(vec![0xff]));
    let error = env::read(&API, &mut Settings::default(), &lookup).unwrap_err();
    assert!(error.contains("EXAMPLE_API_KEY is not valid Unicode"), "{error}");
}

#[test]
fn a_key_without_a_scheme_has_no_prefix() {
    static BARE: Api = Api { auth_header: "x-api-key", auth_scheme: "", ..API_FACTS };
    let config = Config::new(&settings(), &BARE).unwrap();
    assert_eq!(sent(&config, &BARE)["x-api-key"], KEY);
}
