//! Compressed responses: what they contain, within the limits, and what is damaged.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, head};
use crate::{builder, client, get};

in_both_clients! {
    a_compressed_response_is_read
    a_compressed_error_keeps_code_and_message
    the_limit_is_for_what_a_body_contains
    a_damaged_body_says_so
    a_compressed_error_that_is_cut_off_keeps_its_status
}

pub(crate) fn compressed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn reaction(status: u16, coding: &str, body: &[u8]) -> Reaction {
    let head = head(status, &[("content-encoding", coding)], body.len());
    Reaction::Whole([head.as_bytes(), body].concat())
}

fn a_compressed_response_is_read<W: TestClient>() {
    let body = json!({ "text": "x".repeat(100_000) });
    let bytes = compressed(&body.to_string());
    let server =
        Server::new(["gzip", "GZIP", "x-gzip"].map(|it| reaction(200, it, &bytes)));
    let client = client::<W>(&server);
    for _ in 0..3 {
        assert_eq!(W::send(get(&client)).unwrap(), body);
    }
    let asked = server.requests();
    assert!(asked.iter().all(|it| it.header("accept-encoding") == Some("gzip")));
    // Several members follow one another, as from `cat`.
    server.then(reaction(200, "gzip", &[compressed("[1,"), compressed("2]")].concat()));
    let meta = W::send_with_meta(get(&client)).unwrap();
    assert_eq!(meta.value(), &json!([1, 2]));
    assert!(!meta.headers().contains_key("content-encoding"), "{:?}", meta.headers());
}

fn a_compressed_error_keeps_code_and_message<W: TestClient>() {
    let body =
        r#"{"error_code":"ERR_EXAMPLE_101","msg":"not like this","status_code":400}"#;
    let server = Server::new([reaction(400, "gzip", &compressed(body))]);
    let error = W::send(get(&client::<W>(&server))).unwrap_err();
    assert_eq!((error.message(), error.body()), ("not like this", Some(body)));
    assert_eq!(error.raw_code(), Some("ERR_EXAMPLE_101"));
}

fn the_limit_is_for_what_a_body_contains<W: TestClient>() {
    let fits = format!("\"{}\"", "x".repeat(998));
    let bomb = compressed(&"0".repeat(5_000_000));
    let server = Server::new([
        reaction(200, "gzip", &compressed(&fits)),
        reaction(200, "gzip", &compressed(&format!("{fits} "))),
        reaction(200, "gzip", &bomb),
    ]);
    let limited =
        |limit| builder::<W>(&server).max_response_bytes(limit).build().unwrap();
    assert!(W::send(get(&limited(1000))).is_ok());
    for limit in [1000, bomb.len()] {
        let error = W::send(get(&limited(limit))).unwrap_err();
        assert!(error.is_decode() && error.attempts() == 1, "{error:?}");
        let said = format!("longer than {limit} bytes");
        assert!(error.to_string().contains(&said), "{error}");
    }
}

fn a_damaged_body_says_so<W: TestClient>() {
    let mut damaged = compressed(&"[1]".repeat(99));
    damaged.truncate(damaged.len() - 9);
    for status in [200, 400] {
        let server = Server::new([reaction(status, "gzip", &damaged)]);
        let error = W::send(get(&client::<W>(&server))).unwrap_err().to_string();
        assert!(error.contains("encoded as gzip and cannot be decompressed"), "{error}");
    }
}

fn a_compressed_error_that_is_cut_off_keeps_its_status<W: TestClient>() {
    let numbers: Vec<_> = (0..9999).map(|number| number.to_string()).collect();
    let text = numbers.join(",");
    let body = compressed(&text);
    let head = head(400, &[("content-encoding", "gzip")], body.len());
    let cut = [head.as_bytes(), &body[..body.len() / 2]].concat();
    let error =
        W::send(get(&client::<W>(&Server::new([Reaction::Cut(cut)])))).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert!(error.body().unwrap().starts_with("0,1,2,3,"), "{error:?}");
}
