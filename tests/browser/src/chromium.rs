//! A headless browser. It is found, started with its own profile, and terminated.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::{Page, find};

/// Time that a browser has to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program of a browser.
#[derive(Debug)]
pub struct Chromium(PathBuf);

/// A running browser.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    profile: PathBuf,
}

impl Chromium {
    /// Finds the browser named by `CHROME`, or the first one in `PATH`.
    #[must_use]
    pub fn find() -> Option<Self> {
        find::chromium().map(Self)
    }

    /// Opens a page, in a browser with a new profile of this name.
    ///
    /// # Errors
    ///
    /// If the browser does not start or cannot be controlled.
    pub fn open(&self, name: &str, url: &str) -> Result<Page, Box<dyn Error>> {
        let folder = format!("browser-{name}-{}", std::process::id());
        let profile = std::env::temp_dir().join(folder);
        let _ = fs::remove_dir_all(&profile);
        let mut child = Command::new(&self.0)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            .args([
                "--no-first-run",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let said = child.stderr.take();
        let running = Running { child, profile };
        let mut lines = BufReader::new(said.ok_or("it prints nothing")?).lines();
        let address = lines.find_map(|line| {
            line.ok()?.strip_prefix("DevTools listening on ").map(str::to_owned)
        });
        // The remaining output is read, so that the browser never blocks on it.
        std::thread::spawn(move || lines.for_each(drop));
        Page::open(running, &address.ok_or("it does not print its address")?, url)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let start = Instant::now();
        while self.child.try_wait().is_ok_and(|ended| ended.is_none())
            && start.elapsed() < PATIENCE
        {
            sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}
