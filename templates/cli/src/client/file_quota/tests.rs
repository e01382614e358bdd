//! The rate limit that the processes of a user share through a file.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, iter};

use ngrok_client_core::blocking::Transport;
use ngrok_client_core::{HttpRequest, HttpResponse, Limits, TransportError};

use super::FileQuota;

const WINDOW: Duration = Duration::from_millis(300);

/// Responds as the path of the request says, and records the waits.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Vec<Duration>>>);

impl Transport for Server {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> Result<HttpResponse, TransportError> {
        match request.uri().path() {
            "/refused" => {
                let refused = http::Response::builder().status(429);
                Ok(refused.header("retry-after", "60").body(Vec::new()).unwrap())
            }
            "/unsent" => Err(TransportError::connect("no such host")),
            _ => Ok(HttpResponse::new(b"{}".to_vec())),
        }
    }

    fn sleep(&self, wait: Duration) {
        self.0.lock().unwrap().push(wait);
        thread::sleep(wait);
    }
}

/// A limit of two requests, as another process has it.
fn quota(folder: &Path) -> FileQuota {
    FileQuota::new(folder, ("key", "https://api.example.com"), 2, WINDOW).unwrap()
}

fn send(transport: &impl Transport, path: &str) {
    let mut request = HttpRequest::new(Vec::new());
    *request.uri_mut() = path.parse().unwrap();
    let _ = transport.send(request, Limits::default());
}

/// Returns the only file of the state.
fn file(folder: &Path) -> std::path::PathBuf {
    fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn processes_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (server, told) = (Server::default(), Arc::new(Mutex::new(0)));
    let limited = || {
        let told = Arc::clone(&told);
        quota(folder.path()).limit(server.clone(), move |usage| {
            assert_eq!((usage.requests, usage.used, usage.window), (2, 2, WINDOW));
            *told.lock().unwrap() += 1;
        })
    };
    let (one, other) = (limited(), limited());
    let start = Instant::now();
    send(&one, "/");
    send(&other, "/");
    assert!(server.0.lock().unwrap().is_empty());
    send(&other, "/");
    assert!(start.elapsed() >= WINDOW, "{:?}", start.elapsed());
    let waits = server.0.lock().unwrap().len();
    assert_eq!(*told.lock().unwrap(), waits);
    assert_ne!(waits, 0);
}

#[test]
fn keys_and_addresses_have_their_own_limits() {
    let folder = tempfile::tempdir().unwrap();
    send(&quota(folder.path()).limit(Server::default(), |_| {}), "/");
    let used = |key| FileQuota::new(folder.path(), key, 2, WINDOW).unwrap().usage();
    let used = |key, url| used((key, url)).unwrap().used;
    assert_eq!(used("key", "https://api.example.com"), 1);
    assert_eq!(used("other", "https://api.example.com"), 0);
    assert_eq!(used("key", "https://other.example.com"), 0);
}

#[test]
fn a_rejection_stops_all_and_a_failed_connection_counts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let limited = quota(folder.path()).limit(Server::default(), |_| {});
    iter::repeat_n("/unsent", 5).for_each(|path| send(&limited, path));
    let usage = || quota(folder.path()).usage().unwrap();
    assert_eq!((usage().used, usage().wait), (0, Duration::ZERO));
    send(&limited, "/refused");
    // At most one window, although the server asked for more.
    let wait = usage().wait;
    assert!(!wait.is_zero() && wait <= WINDOW, "{wait:?}");
}

#[test]
fn a_damaged_file_and_a_wrong_clock_limit_nothing() {
    let folder = tempfile::tempdir().unwrap();
    send(&quota(folder.path()).limit(Server::default(), |_| {}), "/");
    let far = u64::MAX / 2;
    for text in [String::new(), "{".to_owned(), format!("{far}\n1 {far} true\n")] {
        fs::write(file(folder.path()), text).unwrap();
        let usage = quota(folder.path()).usage().unwrap();
        assert_eq!((usage.used, usage.wait), (0, Duration::ZERO));
    }
}

#[test]
fn requests_of_a_process_that_ended_count_for_a_limited_time() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(quota(folder.path()).usage().unwrap().used, 0);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let until = now.unwrap().as_millis() + 200;
    fs::write(file(folder.path()), format!("0\n1 {until} true\n")).unwrap();
    assert_eq!(quota(folder.path()).usage().unwrap().used, 1);
    thread::sleep(Duration::from_millis(250));
    assert_eq!(quota(folder.path()).usage().unwrap().used, 0);
}

#[test]
fn a_directory_that_cannot_be_created_is_no_limit() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(FileQuota::new(&file, ("", ""), 2, WINDOW).is_none());
}
