// Written by wasm-bindgen: the module that loads the program.
import start from "./ngrok-browser-example.js";

start();
