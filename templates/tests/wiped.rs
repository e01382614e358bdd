//! Secrets are wiped from memory when they are dropped: the process reads its own memory.
#![cfg(all(target_os = "linux", target_env = "gnu", feature = "blocking"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex};

use ngrok_client_runtime::blocking::{Client, Transport};
use ngrok_client_runtime::{
    Call, HttpRequest, HttpResponse, Limits, Sensitive, TransportError,
};

/// Long enough for a separate allocation, whose ends allocators write to.
const LENGTH: usize = 4000;

/// Returns a secret that occurs nowhere else in memory, and its address.
fn secret(letter: u8) -> (String, usize) {
    let secret = String::from_utf8(vec![letter; LENGTH]).unwrap();
    let place = secret.as_ptr() as usize;
    (secret, place)
}

/// Counts the bytes at an address that still have this letter.
fn left(place: usize, letter: u8) -> usize {
    // On the stack: freed memory must not be reused for it.
    let mut bytes = [0; LENGTH];
    let memory = File::open("/proc/self/mem").unwrap();
    // Pages returned to the system are gone as well.
    match memory.read_at(&mut bytes, place.try_into().unwrap()) {
        Ok(read) => bytes[..read].split(|byte| *byte == letter).count() - 1,
        Err(_) => 0,
    }
}

/// Records the addresses of the key in requests.
#[derive(Clone, Default)]
struct Places(Arc<Mutex<Vec<usize>>>);

impl Transport for Places {
    fn send(
        &self,
        request: HttpRequest,
        _limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let key = request.headers()["authorization"].as_bytes();
        self.0.lock().unwrap().push(key.as_ptr() as usize + "Bearer ".len());
        Ok(HttpResponse::new(b"{}".to_vec()))
    }
}

fn get(client: &Client) -> Call<serde_json::Value, Client> {
    Call::get(client, "ThingsGet", "/things")
}

/// A single test: another thread could reuse the freed memory.
#[test]
fn dropped_secrets_are_wiped() {
    secrets_are_wiped();
    a_key_is_wiped();
    a_key_returned_by_a_function_is_wiped();
}

fn secrets_are_wiped() {
    // Unwiped memory is found; otherwise the test would prove nothing.
    let (plain, place) = secret(b'p');
    assert_eq!(left(place, b'p'), LENGTH);
    drop(plain);
    assert!(left(place, b'p') > LENGTH / 2, "freed memory cannot be read here");

    let (text, place) = secret(b's');
    let value = Sensitive::from(text);
    assert_eq!(left(place, b's'), LENGTH);
    drop(value);
    assert_eq!(left(place, b's'), 0);
}

fn a_key_is_wiped() {
    let (text, place) = secret(b'k');
    let places = Places::default();
    let builder = Client::builder().api_key(text).transport(places.clone());
    assert_eq!(left(place, b'k'), LENGTH);
    let client = builder.build().unwrap();
    assert_eq!(left(place, b'k'), 0, "the text is gone with the builder");
    get(&client).send().unwrap();
    get(&client).send().unwrap();
    let sent = places.0.lock().unwrap().clone();
    assert_eq!(sent[0], sent[1], "all requests share one copy");
    assert_eq!(left(sent[0], b'k'), LENGTH);
    drop(client);
    assert_eq!(left(sent[0], b'k'), 0);
}

/// The key returned by a function is wiped as well, once its request has ended.
fn a_key_returned_by_a_function_is_wiped() {
    let origin = Arc::new(Mutex::new(0));
    let note = Arc::clone(&origin);
    let key = move || {
        let (text, place) = secret(b'f');
        *note.lock().unwrap() = place;
        Ok::<_, String>(text)
    };
    let places = Places::default();
    let builder = Client::builder().api_key_from(key).transport(places.clone());
    let client = builder.build().unwrap();
    get(&client).send().unwrap();
    let sent = places.0.lock().unwrap()[0];
    drop(client);
    assert_eq!(left(*origin.lock().unwrap(), b'f'), 0);
    assert_eq!(left(sent, b'f'), 0);
}
