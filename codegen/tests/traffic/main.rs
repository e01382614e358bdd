//! Recordings checked against the description of this repository.

mod edits;
mod fitting;
mod kinds;
mod never_panics;
mod recording;
mod secrets;
mod whole;

use std::path::Path;
use std::sync::LazyLock;

use ngrok_codegen::model::Model;
use ngrok_codegen::traffic::{self, BaseUrl, Har, Report};
use ngrok_codegen::{Described, Loaded, load};

static LOADED: LazyLock<Loaded> = LazyLock::new(|| {
    let mut loaded = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec"));
    loaded.sources.set_root("api-spec");
    loaded
});

/// Returns the description of this repository.
fn described() -> Described<'static> {
    LOADED.described().expect("the description has no errors")
}

fn model() -> &'static Model {
    described().model
}

/// Returns the report of a recording.
fn report(har: &str) -> Report {
    report_at(har, &model().api.base_url)
}

fn report_at(har: &str, base: &str) -> Report {
    let har = Har::read(har.as_bytes()).expect("a HAR");
    let base = BaseUrl::parse(base).expect("an address");
    traffic::check(&har, described(), &base)
}
