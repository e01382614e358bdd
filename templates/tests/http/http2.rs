//! HTTP/2, where TLS negotiates it: connections that break or are closed gracefully.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use ngrok_client_runtime::{Builder, Client, RetryPolicy};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::tls::config;
use crate::{KEY, create, get};

type Stream = TlsStream<TcpStream>;

/// A server whose n-th connection is handled by `handle(n, ..)`.
struct Server {
    address: SocketAddr,
    pem: String,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn new<F: Future<Output = ()> + Send + 'static>(
        handle: impl Fn(usize, Stream) -> F + Send + Sync + 'static,
    ) -> Self {
        let (config, pem) = config(&[b"h2", b"http/1.1"]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            let acceptor = TlsAcceptor::from(config);
            while let Ok((stream, _)) = listener.accept().await {
                let number = count.fetch_add(1, Ordering::SeqCst);
                if let Ok(stream) = acceptor.accept(stream).await {
                    tokio::spawn(handle(number, stream));
                }
            }
        });
        Self { address, pem, connections }
    }

    fn client(&self, port: u16) -> Builder<Client> {
        let quick = RetryPolicy::new().base_wait(Duration::from_millis(1));
        Client::builder()
            .api_key(KEY)
            .base_url(format!("https://localhost:{port}"))
            .root_certificate(&self.pem)
            .retry_policy(quick)
    }
}

/// Responds to everything.
async fn serve(stream: Stream) {
    let said = service_fn(|request: Request<Incoming>| async move {
        let second = request.version() == Version::HTTP_2;
        let body = json!({ "http2": second }).to_string();
        Ok::<_, Infallible>(Response::new(Full::<Bytes>::from(body)))
    });
    let server = http2::Builder::new(TokioExecutor::new());
    drop(server.serve_connection(TokioIo::new(stream), said).await);
}

#[tokio::test]
async fn the_server_chooses_http2() {
    let server = Server::new(|_, stream| serve(stream)).await;
    let client = server.client(server.address.port()).build().unwrap();
    for _ in 0..3 {
        assert_eq!(get(&client).await.unwrap(), json!({ "http2": true }));
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

/// Forwards to an address, until it is set to drop the data of its first connection.
async fn forward(to: SocketAddr, dead: Arc<AtomicBool>) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((here, _)) = listener.accept().await {
            let first = count.fetch_add(1, Ordering::SeqCst) == 0;
            let there = TcpStream::connect(to).await.unwrap();
            let ((mut from, mut back), (mut reactions, mut on)) =
                (here.into_split(), there.into_split());
            let dead = Arc::clone(&dead);
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                while let Ok(read @ 1..) = from.read(&mut buffer).await {
                    if !(first && dead.load(Ordering::SeqCst)) {
                        on.write_all(&buffer[..read]).await.unwrap();
                    }
                }
            });
            tokio::spawn(async move { copy(&mut reactions, &mut back).await });
        }
    });
    (port, connections)
}

#[tokio::test]
async fn a_retry_after_a_timeout_takes_another_connection() {
    let server = Server::new(|_, stream| serve(stream)).await;
    let dead = Arc::new(AtomicBool::new(false));
    let (port, connections) = forward(server.address, Arc::clone(&dead)).await;
    let client =
        server.client(port).timeout(Duration::from_millis(800)).build().unwrap();
    get(&client).await.unwrap();
    dead.store(true, Ordering::SeqCst);
    get(&client).await.unwrap();
    create(&client).retries(0).await.unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_dead_connection_is_noticed_before_a_long_timeout() {
    let server = Server::new(|_, stream| serve(stream)).await;
    let dead = Arc::new(AtomicBool::new(false));
    let (port, connections) = forward(server.address, Arc::clone(&dead)).await;
    let client = server.client(port).timeout(Duration::from_secs(8)).build().unwrap();
    get(&client).await.unwrap();
    dead.store(true, Ordering::SeqCst);
    // Pinged after 2 seconds, and closed 2 seconds later.
    let call = get(&client).timeout(Duration::from_secs(60)).send();
    tokio::time::timeout(Duration::from_secs(9), call).await.unwrap().unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

/// The end of a server's second stream.
#[derive(Clone, Copy)]
enum End {
    Reset(u8),
    GoAway { last: u8 },
}

/// Responds to the first request, and ends the second one.
async fn end_second(mut stream: Stream, end: End) -> Option<()> {
    stream.read_exact(&mut [0; 24]).await.ok()?;
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.ok()?;
    let mut requests = 0;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        stream.read_exact(&mut vec![0; length as usize]).await.ok()?;
        match (head[3], requests) {
            (4, _) if head[4] & 1 == 0 => {
                stream.write_all(&[0, 0, 0, 4, 1, 0, 0, 0, 0]).await.ok()?;
            }
            (1, 0) => {
                requests += 1;
                // HEADERS with `:status: 200`, and DATA.
                stream.write_all(&[0, 0, 1, 1, 4, 0, 0, 0, 1, 0x88]).await.ok()?;
                stream.write_all(b"\0\0\x02\0\x01\0\0\0\x01{}").await.ok()?;
            }
            (1, _) => match end {
                End::Reset(reason) => {
                    stream.write_all(&[0, 0, 4, 3, 0]).await.ok()?;
                    stream.write_all(&head[5..]).await.ok()?;
                    stream.write_all(&[0, 0, 0, reason]).await.ok()?;
                }
                End::GoAway { last } => {
                    stream.write_all(&[0, 0, 8, 7, 0, 0, 0, 0, 0]).await.ok()?;
                    stream.write_all(&[0, 0, 0, last, 0, 0, 0, 0]).await.ok()?;
                    stream.flush().await.ok()?;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    return stream.shutdown().await.ok();
                }
            },
            _ => {}
        }
        stream.flush().await.ok()?;
    }
}

/// Sends a POST whose stream ends like this on the first connection. Returns the number of connections.
async fn post_after(end: End) -> Result<usize, ngrok_client_runtime::Error> {
    let others = Arc::new(Mutex::new(0));
    let count = Arc::clone(&others);
    let server = Server::new(move |number, stream| {
        let count = Arc::clone(&count);
        async move {
            if number == 0 {
                end_second(stream, end).await.unwrap_or_default();
            } else {
                *count.lock().unwrap() += 1;
                serve(stream).await;
            }
        }
    })
    .await;
    let client = server.client(server.address.port()).build().unwrap();
    get(&client).await.unwrap();
    create(&client).await?;
    let others = *others.lock().unwrap();
    Ok(others)
}

#[tokio::test]
async fn a_post_that_the_server_refused_unprocessed_is_retried() {
    const REFUSED_STREAM: u8 = 7;
    // The connection stays open, and rejects each further attempt.
    let error = post_after(End::Reset(REFUSED_STREAM)).await.unwrap_err();
    assert!(error.is_connect() && error.attempts() == 4, "{error:?}");
    assert!(error.to_string().contains("refused stream"), "{error}");
    assert!(!error.to_string().contains("may have processed"), "{error}");
    assert_eq!(post_after(End::GoAway { last: 1 }).await.unwrap(), 1);
}

#[tokio::test]
async fn a_post_that_the_server_may_have_processed_is_not_retried() {
    const CANCEL: u8 = 8;
    for end in [End::Reset(CANCEL), End::GoAway { last: 3 }] {
        let error = post_after(end).await.unwrap_err();
        assert!(!error.is_connect() && error.attempts() == 1, "{error:?}");
        assert!(error.to_string().contains("may have processed"), "{error}");
    }
}
