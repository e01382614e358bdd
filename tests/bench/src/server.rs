//! A minimal server, so that the clients dominate the measurement: every response is rendered in advance.

use std::convert::Infallible;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::Ipv4Addr;
use std::process::{Child, Command, Stdio, exit};
use std::rc::Rc;
use std::{io, thread};

use anyhow::{Context, ensure};
use bytes::Bytes;
use clap::Args;
use http::{Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::task::LocalSet;

use crate::machine;
use crate::pages::Responses;

/// Arguments of the server process.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Number of pages of its list
    #[arg(long)]
    pages: usize,
    /// Core to run on
    #[arg(long)]
    core: Option<usize>,
}

/// A server in a separate process, which ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    /// Starts a server, and waits until it accepts connections.
    pub(crate) fn start(pages: usize, core: Option<usize>) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("serve").args(["--pages", &pages.to_string()]);
        if let Some(core) = core {
            command.args(["--core", &core.to_string()]);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("the server cannot be started")?;
        let mut url = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut url)?;
        }
        let server = Self { child, url: url.trim_end().to_owned() };
        ensure!(server.url.starts_with("http://"), "the server printed nothing");
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If this fails, the server ends with its standard input.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the server: prints its address, and ends when its standard input is closed.
pub(crate) fn run(serve: &Serve) -> anyhow::Result<()> {
    machine::pin(serve.core)?;
    thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        exit(0);
    });
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, listen(serve.pages))
}

async fn listen(pages: usize) -> anyhow::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let responses = Rc::new(Responses::new(&url, pages));
    writeln!(io::stdout(), "{url}")?;
    io::stdout().flush()?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let responses = Rc::clone(&responses);
        let service = service_fn(move |request| {
            let responses = Rc::clone(&responses);
            async move { Ok::<_, Infallible>(respond(&responses, &request)) }
        });
        let connection =
            http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::task::spawn_local(async move {
            // A client that disconnects is not an error.
            let _ = connection.await;
        });
    }
}

fn respond(responses: &Responses, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let uri = request.uri();
    let found = responses.get(uri.path(), uri.query());
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let mut response = Response::new(Full::new(found.unwrap_or_default()));
    *response.status_mut() = status;
    let json = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
