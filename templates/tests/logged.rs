//! No dependency logs the API key, or a secret that is sent or returned, at any level and in any form. A separate process: loggers are
//! global.
#![cfg(all(
    feature = "hyper",
    feature = "http2",
    feature = "blocking",
    feature = "tracing",
    any(feature = "webpki-roots", feature = "native-roots")
))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use ngrok_client_runtime::{ApiClient, Builder, Call, Client, blocking};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "http/server.rs"]
mod server;

use server::{Server, with_headers};

const KEY: &str = "K3Y_s3cr3t_0123456789abcdef";
const SENT: &str = "V4ult_v4lue-zyxwvutsrqponmlkj";
const RETURNED: &str = "T0ken~returned~qwertyuiopasdf";

/// All logged lines.
static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn note(line: String) {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line);
}

struct Capture;

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        note(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(span.metadata().target().to_owned());
        span.record(&mut line);
        note(line.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        note(line.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        note(line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.extend([" ", field.name(), "=", &format!("{value:?}")]);
    }
}

/// Returns parts of a secret, as text and in the form of dumps.
fn traces(secret: &str) -> Vec<String> {
    let text = secret.as_bytes().windows(8).map(String::from_utf8_lossy);
    let mut traces: Vec<_> = text.map(|part| part.to_lowercase()).collect();
    for part in secret.as_bytes().windows(4) {
        let hex: Vec<_> = part.iter().map(|byte| format!("{byte:02x}")).collect();
        let numbers: Vec<_> = part.iter().map(ToString::to_string).collect();
        traces.extend([
            hex.concat(),
            hex.join(" "),
            format!("{}{} {}{}", hex[0], hex[1], hex[2], hex[3]),
            hex.join(", 0x"),
            numbers.join(", "),
        ]);
    }
    traces
}

fn leak(lines: &[String], secret: &str) -> Option<String> {
    let traces = traces(secret);
    let leaks = |line: &&String| traces.iter().any(|part| line.contains(part));
    lines.iter().find(leaks).cloned()
}

fn create<C: ApiClient>(client: &C) -> Call<Value, C> {
    Call::post(client, "ThingsCreate", "/things").body(&json!({ "secret": SENT }))
}

fn set_up<C: ApiClient>(builder: Builder<C>, server: &Server) -> Builder<C> {
    builder.api_key(KEY).base_url(server.url())
}

/// A server over TLS that repeats secrets: in its response to the first request, and in its error to the second.
struct Secure {
    address: SocketAddr,
    pem: String,
    versions: Arc<Mutex<Vec<Version>>>,
}

impl Secure {
    fn new(runtime: &Runtime, protocols: &[&str]) -> Self {
        let names = vec!["localhost".to_owned()];
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
        let config =
            ServerConfig::builder_with_provider(ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![cert.der().clone()], key);
        let mut config = config.unwrap();
        config.alpn_protocols = protocols.iter().map(|it| (*it).into()).collect();
        let versions = Arc::default();
        let noted = Arc::clone(&versions);
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move {
            let acceptor = TlsAcceptor::from(Arc::new(config));
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(stream) = acceptor.accept(stream).await else { continue };
                let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                let (stream, noted) = (TokioIo::new(stream), Arc::clone(&noted));
                let service =
                    service_fn(move |request| respond(request, Arc::clone(&noted)));
                if is_http2 {
                    let server = http2::Builder::new(TokioExecutor::new());
                    tokio::spawn(server.serve_connection(stream, service));
                } else {
                    let server = http1::Builder::new();
                    tokio::spawn(server.serve_connection(stream, service));
                }
            }
        });
        Self { address, pem: cert.pem(), versions }
    }

    fn client<C: ApiClient>(&self, builder: Builder<C>) -> C {
        let url = format!("https://localhost:{}", self.address.port());
        builder.api_key(KEY).base_url(url).root_certificate(&self.pem).build().unwrap()
    }
}

async fn respond(
    request: Request<Incoming>,
    versions: Arc<Mutex<Vec<Version>>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let version = request.version();
    let sent = request.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&sent).contains(SENT));
    let earlier = {
        let mut versions = versions.lock().unwrap();
        versions.push(version);
        versions.len() - 1
    };
    let (status, body) = match earlier % 2 {
        0 => (201, format!(r#"{{"secret":"{RETURNED}"}}"#)),
        _ => (400, format!(r#"{{"msg":"{KEY} {SENT}"}}"#)),
    };
    let response = Response::builder().status(status).header("location", KEY);
    Ok(response.header("x-echo", SENT).body(Full::from(body)).unwrap())
}

/// Calls over TLS: with the blocking client, and with the async one over both versions of HTTP.
fn call_over_tls(runtime: &Runtime) {
    let server = Secure::new(runtime, &["h2", "http/1.1"]);
    let client = server.client(blocking::Client::builder());
    assert_eq!(create(&client).send().unwrap()["secret"], RETURNED);
    create(&client).send().unwrap_err();
    let client = server.client(Client::builder());
    assert_eq!(runtime.block_on(create(&client).send()).unwrap()["secret"], RETURNED);
    runtime.block_on(create(&client).send()).unwrap_err();
    let versions = server.versions.lock().unwrap().clone();
    assert_eq!(versions[..2], [Version::HTTP_11; 2]);
    assert_eq!(versions[2..], [Version::HTTP_2; 2]);

    let server = Secure::new(runtime, &["http/1.1"]);
    let client = server.client(Client::builder());
    assert_eq!(runtime.block_on(create(&client).send()).unwrap()["secret"], RETURNED);
    runtime.block_on(create(&client).send()).unwrap_err();
    assert_eq!(*server.versions.lock().unwrap(), [Version::HTTP_11; 2]);
}

#[test]
fn no_secret_is_logged_at_any_level() {
    log::set_logger(&Capture).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Capture).unwrap();
    let body = format!(r#"{{"secret":"{RETURNED}"}}"#);
    let chunked = format!(
        "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    let echo = [("location", KEY), ("x-echo", SENT)];
    let server = Server::new((0..2).flat_map(|_| {
        [
            with_headers(201, &echo, &body),
            server::Reaction::Whole(chunked.clone().into_bytes()),
            with_headers(400, &echo, &format!(r#"{{"msg":"{KEY} {SENT}"}}"#)),
        ]
    }));
    let client = set_up(blocking::Client::builder(), &server).build().unwrap();
    for _ in 0..2 {
        assert_eq!(create(&client).send().unwrap()["secret"], RETURNED);
    }
    create(&client).send().unwrap_err();
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let client = set_up(Client::builder(), &server).build().unwrap();
        for _ in 0..2 {
            assert_eq!(create(&client).await.unwrap()["secret"], RETURNED);
        }
        create(&client).await.unwrap_err();
    });
    assert!(server.requests().iter().all(|request| request.body.contains(SENT)));
    call_over_tls(&runtime);

    let lines = LINES.lock().unwrap().clone();
    // What is looked through has lines of this crate and of the libraries below it.
    for part in ["ThingsCreate", "hyper_util", "rustls", "h2::"] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part}: {lines:#?}");
    }
    let lines: Vec<_> = lines.iter().map(|line| line.to_lowercase()).collect();
    for secret in [KEY, SENT, RETURNED] {
        assert_eq!(leak(&lines, secret), None);
    }
}

#[test]
fn dumps_are_recognized() {
    for dump in [
        "ureq_proto::util 204b 3359 5f73 3363 7233 745f 3031 3233  .k3y_s3cr3t_0123",
        "4b 33 59 5f 73",
        "bytes [75, 51, 89, 95, 115]",
        "sent bearer k3y_s3cr3t_0",
    ] {
        assert_eq!(leak(&[dump.to_owned()], KEY), Some(dump.to_owned()));
    }
}
