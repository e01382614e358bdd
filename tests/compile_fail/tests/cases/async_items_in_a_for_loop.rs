//! Items of the async client are a stream.
use ngrok_client::list::Unfiltered;
use ngrok_client::{Client, List};

fn print(list: List<String, Client, Unfiltered>) {
    for item in list.items() {
        println!("{item:?}");
    }
}

fn main() {}
