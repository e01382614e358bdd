//! The global object of a window or a worker.

use std::collections::BTreeMap;
use std::time::Duration;

use js_sys::{Array, Function, Promise, Reflect, decode_uri_component, global};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Returns the parameters of the address.
pub(crate) fn query() -> BTreeMap<String, String> {
    let search = member(&member(&global(), "location"), "search");
    let search = search.as_string().unwrap_or_default();
    let pairs = search.trim_start_matches('?').split('&');
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    let decode =
        |text: &str| decode_uri_component(text).map(String::from).unwrap_or_default();
    pairs.map(|(name, value)| (name.to_owned(), decode(value))).collect()
}

/// Reports the outcome of the scenario.
pub(crate) fn set_outcome(outcome: &str) {
    let outcome = JsValue::from_str(outcome);
    if member(&global(), "document").is_undefined() {
        drop(call("postMessage", &[&outcome]));
    } else {
        drop(Reflect::set(&global(), &"outcome".into(), &outcome));
    }
}

/// Waits.
pub(crate) async fn sleep(wait: Duration) {
    let promise = Promise::new(&mut |resolve, _| {
        let millis = JsValue::from_f64(wait.as_secs_f64() * 1000.0);
        drop(call("setTimeout", &[resolve.as_ref(), &millis]));
    });
    drop(JsFuture::from(promise).await);
}

fn call(name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let arguments: Array = arguments.iter().copied().collect();
    member(&global(), name).dyn_into::<Function>()?.apply(&global(), &arguments)
}

fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}
