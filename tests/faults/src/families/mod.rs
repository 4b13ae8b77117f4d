//! All faults, by family. Each says in its own line what it leads to.

mod answer;
mod connecting;
mod graph;
mod keep_alive;
mod proxy;
mod request;
mod status;
mod tls;

use crate::fault::{Family, Fault};
use crate::outcome::{Expectation, done};
use crate::play::Play;

/// The rows of the matrix, in the order of the tables.
pub(crate) fn all() -> Vec<Family> {
    vec![
        connecting::family(),
        tls::family(),
        proxy::family(),
        request::family(),
        answer::family(),
        keep_alive::family(),
        status::family(),
        graph::family(),
    ]
}

/// No fault at all.
pub(crate) fn sound() -> Fault {
    Fault::plain("Nothing is wrong", Play::right(), Expectation::all(done(1)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_fault_has_a_name_of_its_own() {
        let families = all();
        let mut seen = HashSet::new();
        for fault in families.iter().flat_map(|family| &family.faults) {
            assert!(seen.insert(&fault.name), "two faults are called {:?}", fault.name);
            assert!(!fault.name.contains('|'), "{:?} would break its table", fault.name);
        }
    }
}
