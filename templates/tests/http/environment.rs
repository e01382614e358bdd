//! Clients from the environment. A process cannot change its own environment safely, so the test runs itself in another process.

use std::process::Command;

use crate::KEY;
use crate::clients::{TestClient, in_both_clients};
use crate::get;
use crate::server::{Server, json};

in_both_clients! {
    key_and_address_come_from_the_environment
    what_the_environment_has_wrong_is_named
    the_usual_address_can_be_reached_with_the_crates_own_transport
}

fn key_and_address_come_from_the_environment<W: TestClient>() {
    if std::env::var_os("EXAMPLE_API_KEY").is_some() {
        W::send(get(&W::builder().read_env().build().unwrap())).unwrap();
        return;
    }
    let server = Server::new([json(200, "{}")]);
    let test =
        format!("environment::{}::key_and_address_come_from_the_environment", W::NAME);
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &test])
        .env("EXAMPLE_API_KEY", KEY)
        .env("EXAMPLE_API_URL", server.url())
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    let authorization = format!("Bearer {KEY}");
    assert_eq!(server.requests()[0].header("authorization"), Some(&*authorization));
}

fn what_the_environment_has_wrong_is_named<W: TestClient>() {
    if std::env::var_os("EXAMPLE_API_KEY").is_some() {
        println!("{}", W::builder().read_env().build().unwrap_err());
        return;
    }
    let test =
        format!("environment::{}::what_the_environment_has_wrong_is_named", W::NAME);
    for (key, url, proxy, said) in [
        (
            "k",
            "ftp://host/p",
            "",
            "EXAMPLE_API_URL (\"ftp://host/p\"): the base URL is neither",
        ),
        (
            "k",
            "http://me:s3cret@host?s3cret",
            "",
            "EXAMPLE_API_URL (\"http://[redacted]@host\")",
        ),
        ("s3cret key", "", "", "environment variable EXAMPLE_API_KEY: "),
        (
            "k",
            "",
            "socks5://me:s3cret@host",
            "HTTPS_PROXY (\"socks5://[redacted]@host\")",
        ),
    ] {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &test, "--nocapture"])
            .env("EXAMPLE_API_KEY", key)
            .env("EXAMPLE_API_URL", url)
            .env("HTTPS_PROXY", proxy)
            .output()
            .unwrap();
        let shown = String::from_utf8_lossy(&child.stdout);
        assert!(shown.contains(said) && !shown.contains("s3cret"), "{said}: {shown}");
    }
}

fn the_usual_address_can_be_reached_with_the_crates_own_transport<W: TestClient>() {
    let outcome = W::builder().api_key(KEY).build();
    if cfg!(any(feature = "webpki-roots", feature = "native-roots")) {
        assert!(format!("{:?}", outcome.unwrap()).contains("https://api.example.com"));
    } else {
        let error = outcome.unwrap_err();
        assert!(error.to_string().contains("`webpki-roots`"), "{error}");
    }
}
