//! Each input that is kept, and each to begin with, breaks no rule of its target: also where there is no fuzzer.

use std::path::Path;

use wamid_fuzz::{TARGETS, Target, seeds};

fn kept(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = files.map(|file| file.path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .collect()
}

fn hold(name: &str) {
    let target = wamid_fuzz::target(name).unwrap_or_else(|| panic!("no target {name}"));
    let seeds = seeds::of(target);
    assert!(!seeds.is_empty(), "{name} begins with nothing");
    seeds
        .iter()
        .map(|seed| seed.as_bytes().to_owned())
        .chain(kept(target))
        .for_each(|input| (target.run)(&input));
}

macro_rules! targets {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            hold(stringify!($name));
        })*

        #[test]
        fn every_target_is_here() {
            let here = [$(stringify!($name)),*];
            assert_eq!(TARGETS.iter().map(|target| target.name).collect::<Vec<_>>(), here);
        }
    };
}

targets!(
    phone,
    language,
    parameter,
    button,
    content,
    answer,
    original,
    retry_after,
    webhook,
    store,
    digest,
    multipart,
    range,
    sandbox_body,
    sandbox_content,
);
