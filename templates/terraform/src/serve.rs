//! The process as Terraform starts it: the handshake on standard output, a socket, and HTTP/2 with TLS on it.
//!
//! Terraform presents a certificate that the crypto library of this program cannot verify (P-521). The socket is in a
//! folder that only the current user can enter instead.

use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::net::{UnixListener, UnixStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::grpc::Service;
use crate::provider::Provider;

/// Variable that Terraform sets to identify itself: a name and a value of the protocol, not a secret.
const COOKIE: (&str, &str) = (
    "TF_PLUGIN_MAGIC_COOKIE",
    "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
);

/// Calls that run when Terraform disappears may end within this time.
const GRACE: Duration = Duration::from_secs(60);

/// Returns whether Terraform started this process.
pub(crate) fn is_started_by_terraform() -> bool {
    std::env::var(COOKIE.0).is_ok_and(|value| value == COOKIE.1)
}

/// Serves until Terraform ends the process or disappears.
pub(crate) fn serve(provider: Provider) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let folder = folder()?;
    let served = runtime.block_on(listen(&folder, provider));
    // A creation that has been sent is waited for.
    runtime.shutdown_timeout(GRACE);
    let removed = fs::remove_dir_all(&folder);
    served.and(removed)
}

/// Creates a folder for the socket that only the current user can enter.
fn folder() -> io::Result<PathBuf> {
    let parent = std::env::var_os("PLUGIN_UNIX_SOCKET_DIR")
        .map_or_else(std::env::temp_dir, PathBuf::from);
    let random = RandomState::new().build_hasher().finish();
    let folder = parent.join(format!("tf-{random:016x}"));
    let mut builder = DirBuilder::new();
    builder.mode(0o700).create(&folder).map(|()| folder)
}

async fn listen(folder: &Path, provider: Provider) -> io::Result<()> {
    let socket = folder.join("socket");
    let listener = UnixListener::bind(&socket)?;
    let (acceptor, certificate) = tls()?;
    let handshake = format!("1|6|unix|{}|grpc|{certificate}\n", socket.display());
    let mut stdout = io::stdout().lock();
    stdout.write_all(handshake.as_bytes()).and_then(|()| stdout.flush())?;
    drop(stdout);

    let ended = Arc::new(Notify::new());
    let service = Service { provider: Arc::new(provider), ended: Arc::clone(&ended) };
    let mut connections = JoinSet::new();
    // Terraform is interrupted together with its providers, and ends them when it is done.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                connections.spawn(connection(stream, acceptor.clone(), service.clone()));
            }
            // Terraform keeps a connection for as long as it needs the provider.
            Some(_) = connections.join_next() => if connections.is_empty() {
                return Ok(());
            },
            () = ended.notified() => return Ok(()),
            _ = terminate.recv() => return Ok(()),
            _ = interrupt.recv() => {}
        }
    }
}

/// Creates a certificate for this process; Terraform expects it in the handshake and accepts no other.
fn tls() -> io::Result<(TlsAcceptor, String)> {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()])
        .map_err(io::Error::other)?;
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let certificate = own.cert.der().clone();
    let text = STANDARD_NO_PAD.encode(&certificate);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok((TlsAcceptor::from(Arc::new(config)), text))
}

/// Responds to the requests of a connection; one that breaks is of no interest.
async fn connection(stream: UnixStream, acceptor: TlsAcceptor, service: Service) {
    if let Ok(stream) = acceptor.accept(stream).await {
        let service = service_fn(move |request| service.clone().respond(request));
        let http = http2::Builder::new(TokioExecutor::new());
        drop(http.serve_connection(TokioIo::new(stream), service).await);
    }
}
