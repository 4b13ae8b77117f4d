//! What goes wrong while the gateways work: Meta's answers, killed processes, full disks.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wamid_sandbox::{Failure, Sandbox};

use crate::gateway_processes::{Gateway, Graph, serve_with};
use crate::measure::Sample;
use crate::place::Place;
use crate::target;

/// Names and codes of the sandbox's failures.
const FAILURES: [&str; 16] = [
    "lost",
    "reset",
    "slow",
    "no_answer",
    "broken_json",
    "cut_off",
    "empty",
    "bad_gateway",
    "server_page",
    "too_many",
    "unknown_code",
    "failed_later",
    "2",
    "1",
    "130429",
    "131056",
];
/// An answer of Meta's is waited for so long: a send without one must not take half a minute here.
const TIMEOUT: &str = "3";

/// In so short a run nothing is killed: the turns of a killed gateway at events end after 25 s. `crash` kills.
const SHORT: Duration = Duration::from_secs(30);

/// The gateways of one database, and what is done to them.
pub(crate) struct Trouble {
    pub(crate) gateways: Vec<Gateway>,
    graph: Graph,
    target: String,
    pub(crate) kills: usize,
    pub(crate) full: usize,
    pub(crate) armed: usize,
    /// What the first gateway holds, once it is no longer killed.
    pub(crate) samples: Vec<Sample>,
}

impl Trouble {
    pub(crate) fn start(place: &Place, graph: Graph, target: String) -> Self {
        let mut made =
            Self { gateways: Vec::new(), graph, target, kills: 0, full: 0, armed: 0, samples: Vec::new() };
        for _ in 0..place.gateways {
            let gateway = made.serve(place, "127.0.0.1:0");
            made.gateways.push(gateway);
        }
        made
    }

    pub(crate) fn listen(&self) -> Vec<String> {
        self.gateways.iter().map(|gateway| gateway.listen.clone()).collect()
    }

    fn serve(&self, place: &Place, listen: &str) -> Gateway {
        let variables = [
            ("WAMID_FORWARD", self.target.as_str()),
            ("WAMID_FORWARD_SECRET", target::SECRET),
            ("WAMID_TIMEOUT", TIMEOUT),
        ];
        serve_with(&place.url, &self.graph, listen, &variables)
    }

    /// Makes trouble until the time is over. In its second half the first gateway is left alone, and looked at.
    pub(crate) async fn make(mut self, place: Arc<Place>, sandbox: Arc<Sandbox>, lasts: Duration) -> Self {
        let (began, pause) =
            (Instant::now(), (lasts / 40).clamp(Duration::from_millis(150), Duration::from_secs(4)));
        while began.elapsed() < lasts {
            tokio::time::sleep(pause.mul_f64(0.5 + fastrand::f64())).await;
            let is_calm = began.elapsed() > lasts / 2;
            match fastrand::u32(..10) {
                0 | 1 if lasts > SHORT => self.kill(&place, is_calm).await,
                2 => self.fill(&place).await,
                _ => {
                    let failure: Failure = FAILURES[fastrand::usize(..FAILURES.len())].parse().unwrap();
                    sandbox.fail_next(failure, fastrand::u32(1..4));
                    self.armed += 1;
                }
            }
            if is_calm {
                self.samples.extend(Sample::of(self.gateways[0].process()));
            }
        }
        self
    }

    async fn kill(&mut self, place: &Place, is_calm: bool) {
        let first = usize::from(is_calm);
        if first >= self.gateways.len() {
            return;
        }
        let victim = fastrand::usize(first..self.gateways.len());
        self.gateways[victim].kill();
        self.kills += 1;
        tokio::time::sleep(Duration::from_millis(fastrand::u64(..800))).await;
        let listen = self.gateways[victim].listen.clone();
        self.gateways[victim] = tokio::task::block_in_place(|| self.serve(place, &listen));
    }

    async fn fill(&mut self, place: &Place) {
        let filler = tokio::task::block_in_place(|| place.disk.fill());
        if filler.is_some() {
            self.full += 1;
            tokio::time::sleep(Duration::from_millis(fastrand::u64(200..2500))).await;
        }
    }
}
