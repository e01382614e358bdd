//! Access control: host names, pages of other sites, clients that never complete a request.

use std::time::{Duration, Instant};

use ngrok_test_server::Server;

use crate::clients::Outcome;
use crate::raw::{exchange, request, send};

/// Returns the whole response to a GET with these headers.
fn get(server: &Server, path: &str, headers: &[&str]) -> String {
    let headers = headers.join("\r\n");
    exchange(
        server,
        &format!("GET {path} HTTP/1.1\r\nconnection: close\r\n{headers}\r\n\r\n"),
    )
}

fn status(response: &str) -> &str {
    response.split(' ').nth(1).unwrap_or_default()
}

const FILES: [&str; 2] = ["/", "/-/start.js"];

/// Starts a server with a page, and a script that contains the key.
fn server() -> std::io::Result<Server> {
    let server = Server::start()?;
    let script = format!("const key = '{}';", server.api_key()).into_bytes();
    server.add_file(FILES[0], "text/html", b"a page".as_slice());
    server.add_file(FILES[1], "text/javascript", script);
    Ok(server)
}

#[test]
fn pages_of_other_sites_cannot_read_the_key() -> Outcome {
    let server = server()?;
    let here = "host: localhost";
    for path in FILES {
        for site in ["cross-site", "same-site", "unheard-of"] {
            let site = format!("sec-fetch-site: {site}");
            let script = ["sec-fetch-mode: no-cors", "sec-fetch-dest: script"];
            let framed = ["sec-fetch-mode: navigate", "sec-fetch-dest: iframe"];
            for how in [script, framed] {
                let response = get(&server, path, &[here, &site, how[0], how[1]]);
                assert_eq!(status(&response), "403", "{path} {site}");
                assert!(!response.contains(server.api_key()), "{path} {site}");
            }
        }
        for site in
            ["sec-fetch-site: same-origin", "sec-fetch-site: none", "accept: */*"]
        {
            let response = get(&server, path, &[here, site]);
            assert_eq!(status(&response), "200", "{path} {site}");
            // Old browsers do not send the site of a request; some of them respect this header.
            let lower = response.to_ascii_lowercase();
            assert!(lower.contains("cross-origin-resource-policy: same-origin\r\n"));
            assert!(lower.contains("x-frame-options: deny\r\n"));
            assert!(!lower.contains("access-control-allow-origin"));
        }
    }
    let link = [
        "sec-fetch-site: cross-site",
        "sec-fetch-mode: navigate",
        "sec-fetch-dest: document",
    ];
    let followed = |path| get(&server, path, &[here, link[0], link[1], link[2]]);
    assert_eq!(status(&followed("/")), "200", "a link may lead to the page");
    assert_eq!(status(&followed("/-/start.js")), "403");
    Ok(())
}

#[test]
fn the_path_of_a_page_is_the_api_for_callers_with_a_key() -> Outcome {
    let server = server()?;
    let key = format!("authorization: Bearer {}", server.api_key());
    let call = get(&server, "/", &["host: localhost", &key, "ngrok-version: 2"]);
    assert!(call.contains("content-type: application/json"), "{call}");
    let script = get(&server, FILES[1], &["host: localhost", &key]);
    assert!(
        script.ends_with(&format!("const key = '{}';", server.api_key())),
        "{script}"
    );
    Ok(())
}

#[test]
fn a_foreign_host_is_rejected_everywhere() -> Outcome {
    let server = server()?;
    let key = format!("authorization: Bearer {}", server.api_key());
    for path in FILES.into_iter().chain(["/ip_policies", "/nowhere"]) {
        for host in [
            "host: evil.test",
            "host: 127.0.0.1.evil.test:80",
            "host: 10.1.2.3",
            "host:",
            "accept: */*",
            "host: localhost\r\nhost: evil.test",
        ] {
            let response = get(&server, path, &[host, &key, "ngrok-version: 2"]);
            assert!(
                ["421", "400"].contains(&status(&response)),
                "{path} {host}: {response}"
            );
            assert!(!response.contains(server.api_key()), "{path} {host}");
        }
    }
    // The address in the request line counts as well.
    let response = get(
        &server,
        "http://evil.test/ip_policies",
        &["host: localhost", &key, "ngrok-version: 2"],
    );
    assert_eq!(status(&response), "421");
    Ok(())
}

#[test]
fn addresses_in_responses_use_the_host_of_the_request() -> Outcome {
    let server = Server::builder().host("mock.example").start()?;
    let port = server.url().rsplit_once(':').unwrap().1;
    assert_eq!(server.url(), format!("http://mock.example:{port}"));
    let local = Server::start()?;
    let key = format!("authorization: Bearer {}", local.api_key());
    for (target, host) in [
        ("/ip_policies", "localhost:99"),
        ("/ip_policies", "127.0.0.1"),
        ("http://localhost:7/ip_policies", "localhost:7"),
    ] {
        let named = format!("host: {host}");
        let response = get(&local, target, &[&named, &key, "ngrok-version: 2"]);
        assert!(
            response.contains(&format!(r#""uri":"http://{host}/ip_policies""#)),
            "{response}"
        );
    }
    Ok(())
}

#[test]
fn a_host_that_is_configured_is_served() -> Outcome {
    let server = Server::builder().host("mock").host("127.0.0.1").start()?;
    assert!(server.url().starts_with("http://mock:"));
    let local = server.url().replace("mock", "127.0.0.1");
    let mut asked = request(&server, "GET", "/ip_policies");
    *asked.uri_mut() = format!("{local}/ip_policies").parse()?;
    asked.headers_mut().insert("host", "mock:4000".parse()?);
    let reply = send(asked);
    assert_eq!(
        (reply.status, &reply.body["uri"]),
        (200, &"http://mock:4000/ip_policies".into())
    );
    for host in ["a b", "", "mock:4000", "http://mock", "é"] {
        assert!(Server::builder().host(host).start().is_err(), "{host}");
    }
    Ok(())
}

#[test]
fn an_incomplete_head_times_out() -> Outcome {
    let server = Server::builder().header_timeout(Duration::from_millis(200)).start()?;
    let start = Instant::now();
    for head in ["", "GET /ip_policies HTTP/1.1\r\nhost: loc"] {
        exchange(&server, head);
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    Ok(())
}
