//! The fuzzer, where it was built as one; else it tries the inputs that it is given.
//!
//!     WAMID_FUZZ_TARGET=phone cargo run -p wamid-fuzz -- tests/fuzz/corpus/phone/*
#![cfg_attr(wamid_fuzz, no_main)]
#![cfg_attr(wamid_fuzz, allow(unsafe_code, reason = "the symbols that libFuzzer calls"))]

use wamid_fuzz::{TARGETS, Target};

/// The target that `WAMID_FUZZ_TARGET` names.
fn chosen() -> &'static Target {
    let name = std::env::var("WAMID_FUZZ_TARGET").unwrap_or_default();
    let Some(target) = wamid_fuzz::target(&name) else {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("WAMID_FUZZ_TARGET must be one of {}", names.join(", "));
        std::process::exit(2);
    };
    target
}

#[cfg(wamid_fuzz)]
mod fuzzer {
    use std::sync::OnceLock;

    use wamid_fuzz::{Target, seeds};

    static CHOSEN: OnceLock<&Target> = OnceLock::new();

    libfuzzer_sys::fuzz_target!(
        init: {
            let target = CHOSEN.get_or_init(super::chosen);
            // Written by the same program, so that nothing else has to be built for it.
            if let Some(folder) = std::env::var_os("WAMID_FUZZ_SEEDS") {
                if let Err(error) = seeds::write(target, folder.as_ref()) {
                    eprintln!("the inputs to begin with could not be written: {error}");
                    std::process::exit(2);
                }
                std::process::exit(0);
            }
        },
        |data: &[u8]| {
            if let Some(target) = CHOSEN.get() {
                (target.run)(data);
            }
        }
    );
}

#[cfg(not(wamid_fuzz))]
fn main() -> std::io::Result<()> {
    let target: &Target = chosen();
    for path in std::env::args_os().skip(1) {
        println!("{}", path.display());
        (target.run)(&std::fs::read(path)?);
    }
    Ok(())
}
