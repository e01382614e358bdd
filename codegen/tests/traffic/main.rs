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

use ngrok_codegen::lower::lower;
use ngrok_codegen::model::Model;
use ngrok_codegen::spec::{self, Loaded, Spec};
use ngrok_codegen::traffic::{self, BaseUrl, Har, Places, Report};

/// The description, and its model.
struct Described {
    loaded: Loaded,
    model: Model,
}

static DESCRIBED: LazyLock<Described> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec");
    let mut loaded = spec::load(&folder);
    loaded.sources.set_root("api-spec");
    let model = lower(spec_of(&loaded)).0.expect("the description has no errors");
    Described { loaded, model }
});

fn spec_of(loaded: &Loaded) -> &Spec {
    loaded.spec.as_ref().expect("the description can be read")
}

fn model() -> &'static Model {
    &DESCRIBED.model
}

/// Returns the report of a recording.
fn report(har: &str) -> Report {
    report_at(har, &model().api.base_url)
}

fn report_at(har: &str, base: &str) -> Report {
    let har = Har::read(har.as_bytes()).expect("a HAR");
    let base = BaseUrl::parse(base).expect("an address");
    let places = Places::new(spec_of(&DESCRIBED.loaded), &DESCRIBED.loaded.sources);
    traffic::check(&har, model(), &base, &places)
}
