//! The example for browsers, used with a keyboard, and its size.
//!
//! `cargo xtask ci browser` builds the page, and runs these tests. If the variable `NGROK_BROWSER_SCREENSHOTS` is a
//! directory, they save screenshots of the page there.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use ngrok_browser::{Chromium, Page, Site};
use ngrok_test_server::{Fault, Server};
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn Error>>;

const PROGRAM: &str = "ngrok-browser-example";

/// Maximum size of the program, and of the compressed program with its JavaScript.
const MAX_BYTES: usize = 400_000;
const MAX_COMPRESSED_BYTES: usize = 150_000;

fn site() -> Result<Site, Box<dyn Error>> {
    let site = std::env::var_os("NGROK_BROWSER_SITE");
    Ok(Site::new(site.ok_or("run these tests with `cargo xtask ci browser`")?))
}

/// The example in a browser, and its API.
struct Example {
    page: Page,
    api: Server,
    _pages: Server,
}

impl Example {
    fn open(name: &str, policies: u32) -> Result<Self, Box<dyn Error>> {
        let api = Server::start()?;
        for number in 1..=policies {
            let fields = json!({ "description": format!("policy {number}") });
            api.add("/ip_policies", fields)?;
        }
        let pages = Server::start()?;
        site()?.serve_example(&pages, api.url(), api.api_key())?;
        let chromium = Chromium::find().ok_or("there is no Chromium")?;
        let mut page = chromium.open(name, &format!("{}/", pages.url()))?;
        page.wait_for(
            "document.querySelector('#status')?.textContent.startsWith('Page')",
        )?;
        Ok(Self { page, api, _pages: pages })
    }

    fn wait_for_text(&mut self, id: &str, text: &str) -> Outcome {
        self.page
            .wait_for(&format!("document.getElementById('{id}').innerText === '{text}'"))
    }

    fn focus(&mut self, selector: &str) -> Outcome {
        self.page.evaluate(&format!("document.querySelector('{selector}').focus()"))?;
        Ok(())
    }

    /// Returns the texts of the first column.
    fn descriptions(&mut self) -> Result<Value, Box<dyn Error>> {
        self.page.evaluate(
            "[...document.querySelectorAll('#rows .description')].map((it) => it.innerText)",
        )
    }

    /// Returns the focused element: its ID, or its text.
    fn focused(&mut self) -> Result<Value, Box<dyn Error>> {
        self.page
            .evaluate("document.activeElement.id || document.activeElement.innerText")
    }

    fn save_screenshot(&mut self, name: &str) -> Outcome {
        if let Some(folder) = std::env::var_os("NGROK_BROWSER_SCREENSHOTS") {
            let file = PathBuf::from(folder).join(format!("{name}.png"));
            let picture = self.page.screenshot()?;
            // The page itself decodes it.
            let bytes = self.page.evaluate(&format!(
                "[...atob('{picture}')].map((it) => it.charCodeAt(0))"
            ))?;
            fs::write(file, serde_json::from_value::<Vec<u8>>(bytes)?)?;
        }
        Ok(())
    }
}

#[test]
#[ignore = "needs the pages that `cargo xtask ci browser` builds"]
fn a_page_is_small() -> Outcome {
    let site = site()?;
    let wasm = fs::read(site.wasm(PROGRAM))?;
    let mut compressed = 0;
    for bytes in [&wasm, &fs::read(site.script(PROGRAM))?] {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes)?;
        compressed += encoder.finish()?.len();
    }
    println!("{} bytes, with JavaScript {compressed} bytes compressed", wasm.len());
    assert!(wasm.len() <= MAX_BYTES, "{} bytes", wasm.len());
    assert!(compressed <= MAX_COMPRESSED_BYTES, "{compressed} bytes compressed");
    Ok(())
}

#[test]
#[ignore = "needs the pages that `cargo xtask ci browser` builds"]
fn pages_and_a_filter_work_from_the_keyboard() -> Outcome {
    let mut example = Example::open("pages", 23)?;
    example.wait_for_text("status", "Page 1, 10 policies")?;
    example.focus("#url")?;
    let order = ["key", "Connect", "filter", "description", "Create", "Delete"];
    for expected in order {
        example.page.press("Tab")?;
        assert_eq!(example.focused()?, expected);
    }
    example.focus("#next")?;
    example.page.press("Enter")?;
    example.wait_for_text("status", "Page 2, 10 policies")?;
    example.page.press("Enter")?;
    example.wait_for_text("status", "Page 3, 3 policies")?;
    // There is no fourth page, and the button keeps the focus.
    example.page.press("Enter")?;
    assert_eq!(example.focused()?, "next");
    assert_eq!(example.descriptions()?, json!(["policy 3", "policy 2", "policy 1"]));
    example.focus("#previous")?;
    example.page.press("Enter")?;
    example.wait_for_text("status", "Page 2, 10 policies")?;

    example.focus("#filter")?;
    example.page.type_text("y 2")?;
    example.wait_for_text("status", "Page 1, 5 policies")?;
    let found = ["policy 23", "policy 22", "policy 21", "policy 20", "policy 2"];
    assert_eq!(example.descriptions()?, json!(found));
    example.page.type_text("nothing")?;
    example.wait_for_text("status", "Page 1, 0 policies")?;
    example.save_screenshot("empty")?;
    assert_eq!(example.page.errors()?, Vec::<String>::new());
    Ok(())
}

#[test]
#[ignore = "needs the pages that `cargo xtask ci browser` builds"]
fn policies_are_created_and_deleted_from_the_keyboard() -> Outcome {
    let mut example = Example::open("changes", 2)?;
    example.focus("#description")?;
    example.page.type_text("<b>ü</b>")?;
    example.page.press("Enter")?;
    example.wait_for_text("status", "Page 1, 3 policies")?;
    assert_eq!(example.descriptions()?, json!(["<b>ü</b>", "policy 2", "policy 1"]));
    assert_eq!(example.focused()?, "description");

    example.focus("#rows button")?;
    example.page.press("Enter")?;
    example.wait_for_text("confirm-title", "Delete <b>ü</b>?")?;
    assert_eq!(example.focused()?, "Cancel");
    example.save_screenshot("confirm")?;
    example.page.press("Escape")?;
    example.page.wait_for("!document.querySelector('#confirm').open")?;
    example.focus("#rows button")?;
    example.page.press("Enter")?;
    example.page.wait_for("document.querySelector('#confirm').open")?;
    example.page.press("Tab")?;
    assert_eq!(example.focused()?, "Delete");
    example.page.press("Enter")?;
    example.wait_for_text("status", "Page 1, 2 policies")?;
    assert_eq!(example.descriptions()?, json!(["policy 2", "policy 1"]));
    assert_eq!(example.page.errors()?, Vec::<String>::new());
    Ok(())
}

#[test]
#[ignore = "needs the pages that `cargo xtask ci browser` builds"]
fn errors_say_what_failed_and_go_away() -> Outcome {
    let mut example = Example::open("errors", 3)?;
    example.api.fault(Fault::status(503).method("DELETE"));
    example.focus("#rows button")?;
    example.page.press("Enter")?;
    example.page.press("Tab")?;
    example.page.press("Enter")?;
    example.wait_for_text("problem-title", "The API refused the request")?;
    let details =
        example.page.evaluate("document.querySelector('#problem').innerText")?;
    assert!(details.as_str().unwrap().contains("503"), "{details}");
    example.save_screenshot("error")?;

    example.api.clear_faults();
    example.focus("#filter")?;
    example.page.type_text("1")?;
    example.page.wait_for("document.querySelector('#problem').hidden")?;
    example.wait_for_text("status", "Page 1, 1 policy")?;

    example.focus("#key")?;
    example.page.type_text("wrong")?;
    example.page.press("Enter")?;
    example.wait_for_text("problem-title", "The API key was not accepted")?;
    let text = example.page.evaluate("document.body.innerText")?;
    assert!(!text.as_str().unwrap().contains(example.api.api_key()));

    example
        .page
        .evaluate("document.querySelector('#url').value = 'http://127.0.0.1:9'")?;
    example.focus("#key")?;
    example.page.press("Enter")?;
    example.wait_for_text("problem-title", "The API cannot be reached")
}

#[test]
#[ignore = "needs the pages that `cargo xtask ci browser` builds"]
fn the_page_fits_narrow_screens_and_dark_rooms() -> Outcome {
    let mut example = Example::open("looks", 23)?;
    let mut backgrounds = Vec::new();
    for (scheme, width) in
        [("light", 1100), ("dark", 1100), ("light", 360), ("dark", 360)]
    {
        example.page.emulate(width, scheme)?;
        let background = example
            .page
            .evaluate("getComputedStyle(document.documentElement).backgroundColor")?;
        backgrounds.push(background);
        let overflow = example
            .page
            .evaluate("document.documentElement.scrollWidth - innerWidth")?;
        assert!(overflow.as_i64().unwrap() <= 0, "{scheme} {width}: {overflow}");
        example.save_screenshot(&format!("{scheme}-{width}"))?;
    }
    assert_ne!(backgrounds[0], backgrounds[1]);
    Ok(())
}
