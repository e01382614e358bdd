//! TLS with custom root certificates, and proxies.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use ngrok_client_runtime::{Builder, RetryPolicy};

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, json};
use crate::{KEY, builder, get};

in_both_clients! {
    a_custom_authority_is_trusted
    default_authorities_are_not_trusted_then
    what_is_no_certificate_is_refused
    a_server_without_tls_is_recognized
    a_proxy_is_asked_for_a_tunnel
    the_proxy_is_read_from_the_environment
    an_invalid_proxy_is_rejected_and_redacted
    plain_http_bypasses_the_proxy
    a_proxys_scheme_may_be_in_capitals
    a_rejection_by_a_proxy_is_not_retried
    a_failure_of_a_proxy_is_retried
    a_slow_proxy_is_bounded_by_the_limits
}

/// Host name of the certificate.
const HOST: &str = "api.example.test";

/// A server with a self-signed certificate.
struct Secure {
    address: SocketAddr,
    /// Its certificate, in PEM.
    pem: String,
}

pub(crate) fn config(protocols: &[&[u8]]) -> (Arc<ServerConfig>, String) {
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
    /// Responds to everything with success, over HTTP/1.1.
    fn new() -> Self {
        let (config, pem) = config(&[]);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                thread::spawn(move || reaction(StreamOwned::new(connection, stream)));
            }
        });
        Self { address, pem }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }
}

fn reaction(stream: StreamOwned<ServerConnection, TcpStream>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    head(&mut stream)?;
    let reaction =
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    stream.get_mut().write_all(reaction).ok()?;
    stream.get_mut().conn.send_close_notify();
    stream.get_mut().flush().ok()
}

/// Reads lines up to an empty one.
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

/// A proxy that tunnels to a fixed address, and records its requests.
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

fn a_custom_authority_is_trusted<W: TestClient>() {
    let server = Secure::new();
    let client = W::builder().api_key(KEY).base_url(server.url());
    let client = client.root_certificate(&server.pem).build().unwrap();
    assert_eq!(W::send(get(&client)).unwrap(), serde_json::json!({}));
}

fn default_authorities_are_not_trusted_then<W: TestClient>() {
    let (server, other) = (Secure::new(), Secure::new());
    let client = W::builder().api_key(KEY).base_url(server.url()).max_retries(0);
    let client = client.root_certificate(&other.pem).build().unwrap();
    let error = W::send(get(&client)).unwrap_err().to_string();
    assert!(error.to_lowercase().contains("certificate"), "{error}");
}

fn a_server_without_tls_is_recognized<W: TestClient>() {
    // One closes the connection, and one responds to what it takes for a request.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let responding = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let written = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            thread::spawn(move || written.and_then(|()| stream.read(&mut [0; 9999])));
        }
    });
    let closing = Server::new([]);
    for url in [closing.url(), responding] {
        let url = url.replace("http://", "https://");
        let client = W::builder().api_key(KEY).base_url(url).max_retries(0);
        let error = W::send(get(&client.build().unwrap())).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert!(error.to_string().contains("may not use TLS"), "{error}");
    }
}

fn what_is_no_certificate_is_refused<W: TestClient>() {
    for bad in
        ["", "s3cret", "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n"]
    {
        let builder = W::builder().api_key(KEY).root_certificate(bad);
        let error = builder.build().unwrap_err().to_string();
        assert!(error.ends_with("a root certificate is not in PEM"), "{error}");
    }
}

fn a_proxy_is_asked_for_a_tunnel<W: TestClient>() {
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

fn the_proxy_is_read_from_the_environment<W: TestClient>() {
    if let Ok(pem) = std::env::var("TEST_PEM") {
        let builder = || {
            let builder = W::builder().read_env().root_certificate(&pem);
            builder.base_url(format!("https://{HOST}")).max_retries(0)
        };
        W::send(get(&builder().build().unwrap())).unwrap();
        // Without a proxy the host does not exist.
        W::send(get(&builder().no_proxy().build().unwrap())).unwrap_err();
        return;
    }
    let server = Secure::new();
    let proxy = Proxy::to(server.address);
    let test = format!("tls::{}::the_proxy_is_read_from_the_environment", W::NAME);
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

fn an_invalid_proxy_is_rejected_and_redacted<W: TestClient>() {
    for bad in [
        "https://s3cret@host",
        "socks5://s3cret@host",
        "http://",
        "http://s3cret@ho st",
        "http://s3cret@host:99999",
        "http://s3cret@[::1]:99999",
        "http://s3cret@host:",
    ] {
        let error = W::builder().api_key(KEY).proxy(bad).build().unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("proxy") && !text.contains("s3cret"), "{text}");
    }
}

fn plain_http_bypasses_the_proxy<W: TestClient>() {
    let server = Server::new(vec![json(200, "{}"); 2]);
    // Requests to this proxy fail.
    let client = builder::<W>(&server).proxy("http://127.0.0.1:1").build().unwrap();
    W::send(get(&client)).unwrap();
    W::send(get(&client).timeout(Duration::from_secs(9))).unwrap();
}

fn a_proxys_scheme_may_be_in_capitals<W: TestClient>() {
    let server = Secure::new();
    let proxy = Proxy::to(server.address);
    let address = format!("HTTP://{}", proxy.address);
    W::send(get(&behind::<W>(&server, &address).build().unwrap())).unwrap();
    assert!(proxy.asked().starts_with("CONNECT"));
}

fn behind<W: TestClient>(server: &Secure, proxy: &str) -> Builder<W::Client> {
    let builder = W::builder().api_key(KEY).base_url(server.url());
    let quick = RetryPolicy::new().base_wait(Duration::from_millis(1));
    builder.root_certificate(&server.pem).proxy(proxy).retry_policy(quick)
}

/// Returns a proxy that responds to each request with this status.
fn refusing(status: &str) -> Server {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\nno");
    Server::new(vec![Reaction::Cut(head.into_bytes()); 9])
}

fn a_rejection_by_a_proxy_is_not_retried<W: TestClient>() {
    let server = Secure::new();
    for status in ["407 Proxy Authentication Required", "403 Forbidden"] {
        let proxy = refusing(status);
        let client = behind::<W>(&server, &proxy.url()).build().unwrap();
        let error = W::send(get(&client)).unwrap_err();
        assert!(error.is_connect() && !error.is_retryable(), "{error:?}");
        let text = error.to_string();
        let said = format!("the proxy refused the tunnel with status {status}");
        assert!(text.contains(&said), "{text}");
        assert_eq!((proxy.requests().len(), error.attempts()), (1, 1));
        assert_eq!(proxy.requests()[0].method, "CONNECT");
        assert!(!format!("{:?}", proxy.requests()).contains(KEY));
    }
}

fn a_failure_of_a_proxy_is_retried<W: TestClient>() {
    let (server, proxy) = (Secure::new(), refusing("502 Bad Gateway"));
    let client = behind::<W>(&server, &proxy.url()).build().unwrap();
    let error = W::send(crate::create(&client)).unwrap_err();
    assert!(error.is_connect() && error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains("with status 502 Bad Gateway"), "{error}");
    assert_eq!((proxy.requests().len(), error.attempts()), (4, 4));
}

fn a_slow_proxy_is_bounded_by_the_limits<W: TestClient>() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let dripping = b"HTTP/1.1 200 ".iter().chain(std::iter::repeat(&b'a'));
                for byte in dripping {
                    thread::sleep(Duration::from_millis(100));
                    if stream.write_all(&[*byte]).is_err() {
                        return;
                    }
                }
            });
        }
    });
    let (server, limit) = (Secure::new(), Duration::from_millis(400));
    let client = || behind::<W>(&server, &proxy).max_retries(0);
    for client in [client().connect_timeout(limit), client().timeout(limit)] {
        let start = Instant::now();
        let error = W::send(get(&client.build().unwrap())).unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    }
}
