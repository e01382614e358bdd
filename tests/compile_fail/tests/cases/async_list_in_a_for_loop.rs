//! A list of the async client is not an iterator, one of the blocking client is.
use ngrok_client::list::Unfiltered;
use ngrok_client::{Client, List, blocking};

fn print(list: List<String, Client, Unfiltered>, other: List<String, blocking::Client>) {
    for item in other {
        println!("{item:?}");
    }
    for item in list {
        println!("{item:?}");
    }
}

fn main() {}
