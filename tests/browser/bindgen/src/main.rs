//! `ngrok-browser-bindgen DIRECTORY FILE.wasm...`: writes the JavaScript modules that load programs
//! compiled for browsers. Equivalent to the command line of wasm-bindgen, in the version of the library that the programs use.

use std::env;
use std::path::PathBuf;

use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let mut paths = env::args_os().skip(1).map(PathBuf::from);
    let directory =
        paths.next().context("usage: ngrok-browser-bindgen DIRECTORY FILE.wasm...")?;
    for path in paths {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(&path).typescript(false).omit_default_module_path(false);
        bindgen.remove_name_section(true).remove_producers_section(true);
        bindgen.web(true)?.generate(&directory)?;
    }
    Ok(())
}
