//! A server on a thread of its own. A listener and a router go in; it runs until it is dropped.

use std::io;
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use axum::Router;
use tokio::runtime;
use tokio::sync::oneshot;

use crate::connection::{Listener, Switch};

/// How much stack a server has, in bytes; it takes what it needs of that. Filters that nest as deep as their parser lets
/// them need more than is usual.
const STACK: usize = 64 << 20;

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Running {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub(crate) fn start(listener: TcpListener, router: Router) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            Listener(tokio::net::TcpListener::from_std(listener)?)
        };
        let service = router.into_make_service_with_connect_info::<Switch>();
        let (stop, stopped) = oneshot::channel();
        let serve = async move {
            tokio::select! {
                result = axum::serve(listener, service) => drop(result),
                _ = stopped => {}
            }
        };
        let thread = thread::Builder::new().name("ngrok-test-server".to_owned());
        let thread = thread.stack_size(STACK);
        // The runtime ends with the thread, and with it every connection.
        let thread = thread.spawn(move || runtime.block_on(serve))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
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
