//! TLS with an authority of one's own, through proxies, and HTTP/2.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::server::{Answer, Server, json};
use crate::worlds::{World, in_both_worlds};
use crate::{KEY, builder, get};

in_both_worlds! {
    an_authority_of_ones_own_is_trusted
    the_others_are_not_trusted_then
    what_is_no_certificate_is_refused
    a_proxy_is_asked_for_a_tunnel
    the_environment_names_a_proxy
    what_is_no_proxy_is_refused_and_not_shown
    plain_http_goes_through_no_proxy
    a_proxy_that_refuses_shows_in_the_error
}

/// The name that the certificate is for.
const HOST: &str = "api.example.test";

/// A server with a certificate of its own making.
struct Secure {
    address: SocketAddr,
    /// Its certificate, in PEM.
    pem: String,
}

fn config(protocols: &[&[u8]]) -> (Arc<ServerConfig>, String) {
    let names = vec![HOST.to_owned(), "localhost".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key);
    let mut config = config.unwrap();
    config.alpn_protocols = protocols.iter().map(|it| it.to_vec()).collect();
    (Arc::new(config), cert.pem())
}

impl Secure {
    /// Says yes to everything, over HTTP/1.1.
    fn new() -> Self {
        let (config, pem) = config(&[]);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                thread::spawn(move || answer(StreamOwned::new(connection, stream)));
            }
        });
        Self { address, pem }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }
}

fn answer(stream: StreamOwned<ServerConnection, TcpStream>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    head(&mut stream)?;
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    stream.get_mut().write_all(answer).ok()?;
    stream.get_mut().conn.send_close_notify();
    stream.get_mut().flush().ok()
}

/// The lines up to an empty one.
fn head(stream: &mut impl BufRead) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            return Some(lines);
        }
        lines.push(line.trim().to_owned());
    }
}

/// A proxy that leads every tunnel to one place, and keeps what it was asked.
struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let notes = Arc::clone(&notes);
                thread::spawn(move || tunnel(stream, target, &notes));
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> String {
        self.asked.lock().unwrap().join("\n")
    }
}

fn tunnel(
    mut stream: TcpStream,
    target: SocketAddr,
    notes: &Mutex<Vec<String>>,
) -> Option<()> {
    let lines = head(&mut BufReader::new(stream.try_clone().ok()?))?;
    notes.lock().unwrap().extend(lines);
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    let mut there = TcpStream::connect(target).ok()?;
    let (mut back, mut from) = (stream.try_clone().ok()?, there.try_clone().ok()?);
    thread::spawn(move || std::io::copy(&mut from, &mut back));
    std::io::copy(&mut stream, &mut there).ok().map(drop)
}

fn an_authority_of_ones_own_is_trusted<W: World>() {
    let server = Secure::new();
    let client = W::builder().api_key(KEY).base_url(server.url());
    let client = client.root_certificate(&server.pem).build().unwrap();
    assert_eq!(W::send(get(&client)).unwrap(), serde_json::json!({}));
}

fn the_others_are_not_trusted_then<W: World>() {
    let (server, other) = (Secure::new(), Secure::new());
    let client = W::builder().api_key(KEY).base_url(server.url()).max_retries(0);
    let client = client.root_certificate(&other.pem).build().unwrap();
    let error = W::send(get(&client)).unwrap_err().to_string();
    assert!(error.to_lowercase().contains("certificate"), "{error}");
}

fn what_is_no_certificate_is_refused<W: World>() {
    for bad in
        ["", "s3cret", "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n"]
    {
        let builder = W::builder().api_key(KEY).root_certificate(bad);
        let error = builder.build().unwrap_err().to_string();
        assert!(error.ends_with("a root certificate is not in PEM"), "{error}");
    }
}

fn a_proxy_is_asked_for_a_tunnel<W: World>() {
    let server = Secure::new();
    let proxy = Proxy::to(server.address);
    let client = W::builder()
        .api_key(KEY)
        .base_url(format!("https://{HOST}"))
        .root_certificate(&server.pem)
        .proxy(format!("http://me:p%40ss@{}", proxy.address))
        .build()
        .unwrap();
    W::send(get(&client)).unwrap();
    let asked = proxy.asked();
    assert!(asked.starts_with(&format!("CONNECT {HOST}:443 HTTP/1.1")), "{asked}");
    // me:p@ss
    let lower = asked.to_lowercase();
    assert!(lower.contains("proxy-authorization: basic bwu6cebzcw=="), "{asked}");
    assert!(!asked.contains(KEY) && !format!("{client:?}").contains("p%40ss"));
}

fn the_environment_names_a_proxy<W: World>() {
    if let Ok(pem) = std::env::var("TEST_PEM") {
        let builder = || {
            let builder = W::builder().read_env().root_certificate(&pem);
            builder.base_url(format!("https://{HOST}")).max_retries(0)
        };
        W::send(get(&builder().build().unwrap())).unwrap();
        // Without a proxy there is no such host.
        W::send(get(&builder().no_proxy().build().unwrap())).unwrap_err();
        return;
    }
    let server = Secure::new();
    let proxy = Proxy::to(server.address);
    let test = format!("tls::{}::the_environment_names_a_proxy", W::NAME);
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &test])
        .env("EXAMPLE_API_KEY", KEY)
        .env("TEST_PEM", &server.pem)
        .env("HTTPS_PROXY", format!("http://{}", proxy.address))
        .env("NO_PROXY", "localhost,.example.com")
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    assert_eq!(proxy.asked().matches(&format!("CONNECT {HOST}:443")).count(), 1);
}

fn what_is_no_proxy_is_refused_and_not_shown<W: World>() {
    for bad in
        ["https://s3cret@host", "socks5://s3cret@host", "http://", "http://s3cret@ho st"]
    {
        let error = W::builder().api_key(KEY).proxy(bad).build().unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("proxy") && !text.contains("s3cret"), "{text}");
    }
}

fn plain_http_goes_through_no_proxy<W: World>() {
    let server = Server::new(vec![json(200, "{}"); 2]);
    // A host that is not there: whoever asks it fails.
    let client = builder::<W>(&server).proxy("http://127.0.0.1:1").build().unwrap();
    W::send(get(&client)).unwrap();
    W::send(get(&client).timeout(Duration::from_secs(9))).unwrap();
}

fn a_proxy_that_refuses_shows_in_the_error<W: World>() {
    let server = Secure::new();
    let proxy = Server::new([Answer::Cut(
        b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"
            .to_vec(),
    )]);
    let client = W::builder().api_key(KEY).base_url(server.url()).max_retries(0);
    let client =
        client.root_certificate(&server.pem).proxy(proxy.url()).build().unwrap();
    let error = W::send(get(&client)).unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("proxy") || text.contains("tunnel"), "{text}");
    assert_eq!(proxy.requests()[0].method, "CONNECT");
    assert!(!format!("{:?}", proxy.requests()).contains(KEY));
}

#[cfg(all(feature = "async", feature = "http2"))]
mod http2 {
    //! HTTP/2, where TLS agrees on it.

    use std::convert::Infallible;

    use http_body_util::Full;
    use hyper::body::{Bytes, Incoming};
    use hyper::server::conn::http2;
    use hyper::service::service_fn;
    use hyper::{Request, Response, Version};
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use ngrok_client_runtime::Client;
    use serde_json::json;
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    use super::{KEY, config, get};

    async fn said(
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let second = request.version() == Version::HTTP_2;
        Ok(Response::new(Full::from(json!({ "http2": second }).to_string())))
    }

    #[tokio::test]
    async fn the_server_chooses_http2() {
        let (config, pem) = config(&[b"h2", b"http/1.1"]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let stream = TlsAcceptor::from(config).accept(stream).await.unwrap();
            let server = http2::Builder::new(TokioExecutor::new());
            server
                .serve_connection(TokioIo::new(stream), service_fn(said))
                .await
                .unwrap();
        });
        let client = Client::builder()
            .api_key(KEY)
            .base_url(format!("https://localhost:{port}"))
            .root_certificate(pem)
            .build()
            .unwrap();
        // Over one connection: no other is accepted.
        for _ in 0..3 {
            assert_eq!(get(&client).await.unwrap(), json!({ "http2": true }));
        }
    }
}
