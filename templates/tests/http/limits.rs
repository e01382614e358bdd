//! Unbounded responses.

use std::time::{Duration, Instant};

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, head, json};
use crate::{builder, client, get};

in_both_clients! {
    a_body_of_the_maximum_size_is_accepted
    a_body_is_complete_with_any_framing
    a_body_over_the_limit_is_not_read
    an_endless_body_ends
    an_error_over_the_limit_keeps_its_status
    an_endless_head_ends
    endless_framing_times_out
    extreme_limits_do_not_panic
}

fn a_body_of_the_maximum_size_is_accepted<W: TestClient>() {
    let body = format!("\"{}\"", "x".repeat(98));
    let server = Server::new([json(200, &body), json(200, &format!("{body} "))]);
    let client = builder::<W>(&server).max_response_bytes(100).build().unwrap();
    assert!(W::send(get(&client)).is_ok());
    let error = W::send(get(&client)).unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert!(error.to_string().contains("longer than 100 bytes"), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (200, 1));
}

fn a_body_is_complete_with_any_framing<W: TestClient>() {
    let body = format!("\"{}\"", "0123456789abcdef".repeat(2000));
    let mut chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned();
    for piece in body.as_bytes().chunks(5000) {
        let piece = std::str::from_utf8(piece).unwrap();
        chunked = format!("{chunked}{:x}\r\n{piece}\r\n", piece.len());
    }
    chunked.push_str("0\r\n\r\n");
    let to_the_end = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}");
    let server = Server::new([
        Reaction::Whole(chunked.into_bytes()),
        json(200, &body),
        Reaction::Cut(to_the_end.into_bytes()),
    ]);
    // The last one has exactly the maximum length.
    let client = builder::<W>(&server).max_response_bytes(body.len()).build().unwrap();
    for _ in 0..3 {
        let text = W::send(get(&client)).unwrap();
        assert_eq!(text.as_str().unwrap().len() + 2, body.len());
    }
}

fn a_body_over_the_limit_is_not_read<W: TestClient>() {
    // The content length alone is rejected; the body is never sent.
    let start = format!("{}{}", head(200, &[], usize::MAX / 4), "x".repeat(2000));
    let server = Server::new([Reaction::Stall(start.into_bytes())]);
    let client = builder::<W>(&server).max_response_bytes(1000).build().unwrap();
    assert!(W::send(get(&client)).unwrap_err().is_decode());
}

fn an_endless_body_ends<W: TestClient>() {
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let close = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000)).into_bytes();
    let server = Server::new([
        Reaction::Endless(chunked, chunk),
        Reaction::Endless(close, vec![32; 4096]),
    ]);
    let client = client::<W>(&server);
    for _ in 0..2 {
        let error = W::send(get(&client)).unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert_eq!(error.attempts(), 1);
    }
}

fn an_error_over_the_limit_keeps_its_status<W: TestClient>() {
    let head = b"HTTP/1.1 418 Teapot\r\nconnection: close\r\n\r\n".to_vec();
    let server = Server::new([Reaction::Endless(head, b"<html>".to_vec())]);
    let client = builder::<W>(&server).max_response_bytes(1000).build().unwrap();
    let error = W::send(get(&client)).unwrap_err();
    assert_eq!(error.status().unwrap(), 418);
    assert!(error.body().unwrap().starts_with("<html><html>"));
}

fn an_endless_head_ends<W: TestClient>() {
    let head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let server =
        Server::new([Reaction::Endless(head, b"x-more: and more\r\n".to_vec())]);
    let error = W::send(get(&client::<W>(&server)).retries(0)).unwrap_err();
    assert!(!error.is_connect() && error.status().is_none(), "{error:?}");
}

/// Endless chunk sizes, and endless interim responses.
fn endless_framing_times_out<W: TestClient>() {
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let interim = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(4000);
    let server = Server::new([
        Reaction::Endless(chunked, vec![b'0'; 1 << 20]),
        Reaction::Endless(Vec::new(), interim),
    ]);
    let limit = Duration::from_millis(300);
    let client = builder::<W>(&server).timeout(limit).max_retries(0).build().unwrap();
    for _ in 0..2 {
        let start = Instant::now();
        W::send(get(&client)).unwrap_err();
        assert!(start.elapsed() < Duration::from_millis(1500), "{:?}", start.elapsed());
    }
}

fn extreme_limits_do_not_panic<W: TestClient>() {
    let server = Server::new([json(200, "{}"), json(200, "{}")]);
    let client = builder::<W>(&server)
        .timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .max_response_bytes(usize::MAX)
        .build()
        .unwrap();
    W::send(get(&client)).unwrap();
    W::send(get(&client).timeout(Duration::MAX)).unwrap();
    // With a timeout of zero, the result depends on the clock.
    drop(W::send(get(&client).timeout(Duration::ZERO).retries(0)));
}
