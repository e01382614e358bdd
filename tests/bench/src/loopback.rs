//! Measurements over loopback: client and server on one core, contenders in alternation.

use crate::machine;
use crate::measure::{Figure, Kind, Measure};
use crate::sample::{Sample, Task, take};
use crate::server::Server;
use crate::subject::Subject;

/// All contenders.
const CONTENDERS: [Subject; 5] = [
    Subject::Async,
    Subject::Blocking,
    Subject::Official,
    Subject::Hyper,
    Subject::Ureq,
];

const PAGES: usize = 200;
const GETS: usize = 1_000;
const SHORT: usize = 100;
const LONG: usize = 2_000;
/// Memory varies little between rounds, so that only one in this many rounds measures it.
const MEMORY_ROUNDS: u32 = 10;

/// The samples of a contender, one for each round.
type Samples = Vec<(Subject, Vec<Sample>)>;

/// Lists 20,000 items per sample.
pub(crate) fn lists(rounds: u32) -> anyhow::Result<Vec<Measure>> {
    let samples = alternate("lists", Task::List, 1, PAGES, rounds)?;
    Ok(vec![measure(Kind::ListRate, &samples, |it| it.count / it.seconds)])
}

/// Gets one resource 1,000 times per sample.
pub(crate) fn gets(rounds: u32) -> anyhow::Result<Vec<Measure>> {
    let samples = alternate("GETs", Task::Get, GETS, 1, rounds)?;
    Ok(vec![
        measure(Kind::GetRate, &samples, |it| it.count / it.seconds),
        measure(Kind::GetProcessor, &samples, |it| {
            it.processor_seconds / it.count * 1e6
        }),
    ])
}

/// Measures the memory of a long list, and the difference to a short one.
pub(crate) fn memory(rounds: u32) -> anyhow::Result<Vec<Measure>> {
    let rounds = rounds.div_ceil(MEMORY_ROUNDS);
    let short = alternate("short lists", Task::ListOnce, 1, SHORT, rounds)?;
    let long = alternate("long lists", Task::ListOnce, 1, LONG, rounds)?;
    let peaks = measure(Kind::Memory, &long, |it| it.peak_kib / 1024.0);
    let mut growth = measure(Kind::Growth, &long, |it| it.peak_kib);
    for (figure, (_, short)) in growth.figures.iter_mut().zip(short) {
        for (long, short) in figure.rounds.iter_mut().zip(short) {
            *long -= short.peak_kib;
        }
    }
    Ok(vec![peaks, growth])
}

/// Takes samples of all contenders. Samples are so short that a disturbance affects consecutive contenders equally, and each round begins
/// with another contender, so that the order does not matter.
fn alternate(
    what: &str,
    task: Task,
    times: usize,
    pages: usize,
    rounds: u32,
) -> anyhow::Result<Samples> {
    let core = machine::core()?;
    let server = Server::start(pages, core)?;
    let mut samples: Samples = CONTENDERS.map(|subject| (subject, Vec::new())).into();
    for round in 0..usize::try_from(rounds)? {
        if round % 10 == 0 {
            eprintln!("{what}: round {} of {rounds}", round + 1);
        }
        for turn in 0..samples.len() {
            let index = (round + turn) % samples.len();
            if let Some((subject, samples)) = samples.get_mut(index) {
                samples.push(take(*subject, task, times, &server.url, core)?);
            }
        }
    }
    Ok(samples)
}

fn measure(kind: Kind, samples: &Samples, value: impl Fn(&Sample) -> f64) -> Measure {
    let figure = |(subject, samples): &(Subject, Vec<Sample>)| Figure {
        subject: *subject,
        rounds: samples.iter().map(&value).collect(),
    };
    Measure { kind, figures: samples.iter().map(figure).collect() }
}
