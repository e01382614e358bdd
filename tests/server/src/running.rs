//! A server on its own thread. Takes a listener and the shared state; runs until it is dropped.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime;
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::connection::Connection;
use crate::service;
use crate::state::State;

/// Wait before accepting again after the system ran out of a resource.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// A running server.
#[derive(Debug)]
pub(crate) struct Running {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub(crate) fn start(listener: TcpListener, state: Arc<State>) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let serve = async move {
            let accepting = tokio::spawn(accept(listener, state));
            // It fails if the sender was dropped, which also stops the server.
            let _ = stopped.await;
            accepting.abort();
        };
        let thread = thread::Builder::new().name("ngrok-test-server".to_owned());
        // The runtime ends with the thread, and with it every connection.
        let thread = thread.spawn(move || runtime.block_on(serve))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

/// Accepts connections and serves each in its own task.
async fn accept(listener: tokio::net::TcpListener, state: Arc<State>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(state.header_timeout);
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) if is_about_one_connection(&error) => continue,
            Err(_) => {
                sleep(EXHAUSTED).await;
                continue;
            }
        };
        let (connection, switch) = Connection::new(stream);
        let state = Arc::clone(&state);
        let service = service_fn(move |request| {
            let (state, switch) = (Arc::clone(&state), switch.clone());
            async move {
                Ok::<_, Infallible>(service::respond(&state, &switch, request).await)
            }
        });
        let serving = http.serve_connection(TokioIo::new(connection), service);
        tokio::spawn(async move {
            // It fails if the client closes the connection or does not send HTTP.
            let _ = serving.await;
        });
    }
}

/// Returns true if accepting failed because of a single connection.
fn is_about_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionReset
    )
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It fails if the thread panicked, which has been printed.
            let _ = thread.join();
        }
    }
}
