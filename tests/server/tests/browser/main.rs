//! The reference of the API in a real browser: it opens without errors and without the internet, shows every service, and
//! makes a call to the server that it came from.
//!
//! Needs Chromium or Chrome: `chromium`, `chromium-headless-shell`, `google-chrome` or another of their names in the path,
//! or whatever the variable `CHROME` names. Where there is none, the test says so and is over.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod browser;
mod devtools;

use std::error::Error;

use ngrok_codegen::lower::lower;
use ngrok_codegen::spec;
use ngrok_test_server::Server;

use browser::Browser;

/// Opens a service, sends the request that is filled in, and waits for the status of the answer.
const CALL: &str = r#"
    (async () => {
        const find = async (selector) => {
            for (;;) {
                const found = document.querySelector(selector);
                if (found) return found;
                await new Promise((done) => setTimeout(done, 50));
            }
        };
        (await find('[id="operations-tag-IPPolicies"] button')).click();
        (await find('[id$="IpPoliciesCreate"] .opblock-summary-control')).click();
        (await find('[id$="IpPoliciesCreate"] .execute')).click();
        const status = await find('.live-responses-table .response .response-col_status');
        const body = await find('.live-responses-table .response .highlight-code');
        return status.innerText + ' ' + body.innerText;
    })()
"#;

#[test]
fn the_reference_opens_and_calls_the_server() -> Result<(), Box<dyn Error>> {
    let Some(browser) = Browser::find() else {
        eprintln!(
            "skipped: there is no Chromium; install one, or set CHROME to its program"
        );
        return Ok(());
    };
    let server = Server::start()?;
    let mut page = browser.open(&format!("{}/", server.url()))?;
    let services = services()?;
    let count =
        format!("document.querySelectorAll('.opblock-tag').length === {services}");
    page.wait_for(&count)?;

    let shown = page.evaluate(CALL)?;
    let shown = shown.as_str().unwrap_or_default();
    assert!(shown.starts_with("201"), "{shown}");
    assert!(shown.contains("\"id\": \"ipp_"), "{shown}");

    let errors = page.errors()?;
    assert!(errors.is_empty(), "{errors:#?}");
    let elsewhere: Vec<_> =
        page.requests().iter().filter(|url| !is_own(url, server.url())).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    let made = page.requests().iter().any(|url| url.ends_with("/ip_policies"));
    assert!(made, "{:#?}", page.requests());
    Ok(())
}

fn is_own(url: &str, server: &str) -> bool {
    url.starts_with(server) || url.starts_with("data:") || url.starts_with("blob:")
}

/// How many services there are.
fn services() -> Result<usize, Box<dyn Error>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
    let (model, _) = spec::load(&folder).spec.as_ref().map(lower).unwrap_or_default();
    Ok(model.ok_or("the description has errors")?.services.len())
}
