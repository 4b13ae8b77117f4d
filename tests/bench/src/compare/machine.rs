//! The machine: what it is, and how much of it others take.

use std::fs;

/// Clock ticks, as `/proc` counts CPU.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ticks {
    /// Of all cores, idle included.
    all: u64,
    busy: u64,
    /// Of what belongs to the bench.
    ours: u64,
}

/// From one moment on.
pub(crate) struct Watch {
    began: Option<Ticks>,
    servers: Vec<u32>,
}

impl Watch {
    /// The bench is this process, the programs that it waits for, and these servers.
    pub(crate) fn start(servers: Vec<u32>) -> Self {
        Self { began: now(&servers), servers }
    }

    /// The share of the machine that others took since then.
    pub(crate) fn others(&self) -> f64 {
        match (self.began, now(&self.servers)) {
            (Some(began), Some(ended)) => others(began, ended),
            _ => 0.0,
        }
    }
}

fn others(began: Ticks, ended: Ticks) -> f64 {
    let (busy, ours) = (ended.busy - began.busy, ended.ours.saturating_sub(began.ours));
    let all = ended.all.saturating_sub(began.all).max(1);
    busy.saturating_sub(ours) as f64 / all as f64
}

fn now(servers: &[u32]) -> Option<Ticks> {
    let (all, busy) = machine(&fs::read_to_string("/proc/stat").ok()?)?;
    // This process with the children that it has waited for; a server by itself.
    let mut ours: u64 = process("self", 4)?;
    for server in servers {
        ours += process(&server.to_string(), 2).unwrap_or(0);
    }
    Some(Ticks { all, busy, ours })
}

/// All and busy ticks, from the line `cpu  user nice system idle iowait irq softirq steal …`.
fn machine(stat: &str) -> Option<(u64, u64)> {
    let fields: Vec<u64> = stat
        .lines()
        .next()?
        .split_whitespace()
        .skip(1)
        .take(8)
        .filter_map(|field| field.parse().ok())
        .collect();
    let idle = fields.get(3)? + fields.get(4)?;
    let all: u64 = fields.iter().sum();
    Some((all, all - idle))
}

fn process(id: &str, fields: usize) -> Option<u64> {
    own(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?, fields)
}

/// `utime`, `stime`, and, where four fields are asked for, those of the children.
fn own(stat: &str, fields: usize) -> Option<u64> {
    // The name, in parentheses, may hold spaces.
    let (_, rest) = stat.rsplit_once(')')?;
    let numbers: Vec<u64> =
        rest.split_whitespace().skip(11).take(fields).filter_map(|field| field.parse().ok()).collect();
    (numbers.len() == fields).then(|| numbers.iter().sum())
}

/// One line about the machine.
pub(crate) fn description() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let of = |what: &str| {
        let line = info.lines().find(|line| line.starts_with(what)).and_then(|line| line.split_once(": "));
        line.map_or("an unknown processor", |(_, name)| name.trim()).to_owned()
    };
    let cores = info.lines().filter(|line| line.starts_with("processor")).count();
    let memory = read("/proc/meminfo");
    let kilobytes: f64 =
        memory.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default();
    let kernel = read("/proc/sys/kernel/osrelease");
    format!(
        "{}, {cores} cores, {:.0} GB of memory, Linux {}",
        of("model name"),
        kilobytes / 1024.0 / 1024.0,
        kernel.trim()
    )
}

#[cfg(test)]
mod tests {
    use super::{Ticks, machine, others, own};

    #[test]
    fn what_others_take_is_what_is_busy_and_not_ours() {
        let began = Ticks { all: 1000, busy: 400, ours: 100 };
        let ended = Ticks { all: 1200, busy: 560, ours: 230 };
        assert_eq!(others(began, ended), 0.15);
    }

    #[test]
    fn idle_and_waiting_are_not_busy_and_guests_are_not_counted_twice() {
        let stat = "cpu  10 1 20 300 40 2 3 4 5 6\ncpu0 1 1 1 1";
        assert_eq!(machine(stat), Some((380, 40)));
    }

    #[test]
    fn a_process_with_a_space_in_its_name_is_counted() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194304 100 0 0 0 11 22 33 44 20 0 1";
        assert_eq!(own(stat, 2), Some(33));
        assert_eq!(own(stat, 4), Some(110));
    }
}
