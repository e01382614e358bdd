//! The programs that the tests run in a browser: one scenario, named by the address of the page or of the worker. The outcome
//! is the global variable `outcome`, as JSON; a worker posts it.

#[cfg(target_family = "wasm")]
mod global;
#[cfg(target_family = "wasm")]
mod scenarios;

#[cfg(target_family = "wasm")]
fn main() {
    std::panic::set_hook(Box::new(|panic| global::set_outcome(&panic.to_string())));
    wasm_bindgen_futures::spawn_local(async {
        let outcome = scenarios::run(&global::query()).await;
        global::set_outcome(&outcome.to_string());
    });
}

#[cfg(not(target_family = "wasm"))]
fn main() {
    println!("This program runs in browsers: `cargo xtask ci browser`.");
}
