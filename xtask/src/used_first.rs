//! Puts the functions of a library that programs use beside each other. The kernel maps 64 KB around each page that a process uses. Spread
//! over the whole library, the used functions of the wheel took 4.5 MB of a process; beside each other they take 1.2 MB.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::shell;

/// Runs a program under valgrind, and writes a linker script into a folder: it puts first what the program called of the library, the name of
/// whose file has `library` in it. Gives what rustc is told to use it; nothing where valgrind is not installed.
///
/// The library must have its symbols.
pub(crate) fn linked(program: &str, library: &str, into: &Path) -> Result<Option<String>, String> {
    if !shell::exists("valgrind --version") {
        shell::say(
            "valgrind is not installed: the library is linked as it comes, and a process holds 3 MB more of it",
        );
        return Ok(None);
    }
    fs::create_dir_all(into).map_err(|error| format!("{}: {error}", into.display()))?;
    let calls = into.join("calls");
    let trace = format!("--tool=callgrind --demangle=no --callgrind-out-file={}", calls.display());
    if !shell::run(&format!("valgrind -q {trace} {program}"), &[])? {
        return Err(format!("the program does not run: {program}"));
    }
    let text = fs::read_to_string(&calls).map_err(|error| format!("{}: {error}", calls.display()))?;
    let used = called(&text, library);
    if used.is_empty() {
        return Err(format!("the program calls nothing that has a name in {library}: {program}"));
    }
    // What is marked as cold has a prefix more; some of it is used all the same, such as the growth of a vector.
    let sections: Vec<String> =
        used.iter().map(|name| format!("*(.text.{name} .text.unlikely.{name})")).collect();
    let script = format!("SECTIONS {{ .text.used : {{ {} }} }} INSERT BEFORE .text;\n", sections.join("\n"));
    // Cargo links again when the arguments change, not when a file does that they name.
    let mut hasher = DefaultHasher::new();
    script.hash(&mut hasher);
    let path = into.join(format!("used-{:016x}.ld", hasher.finish()));
    fs::write(&path, script).map_err(|error| format!("{}: {error}", path.display()))?;
    shell::say(&format!("{} functions that programs use are put together in the library", used.len()));
    Ok(Some(format!("-C link-arg=-Wl,-T,{}", path.display())))
}

/// The functions of a library in callgrind's profile. It gives each object and each function a number, with its name at the first
/// mention: `ob=(3) /path`, `fn=(7) name`, and the same with `c` in front for what is called.
fn called<'text>(profile: &'text str, library: &str) -> BTreeSet<&'text str> {
    let (mut objects, mut names, mut used) = (HashMap::new(), HashMap::new(), BTreeSet::new());
    let mut object = "";
    for line in profile.lines() {
        let Some((key, value)) = line.split_once("=(") else { continue };
        let Some((number, name)) = value.split_once(')') else { continue };
        let known = match key {
            "ob" | "cob" => &mut objects,
            "fn" | "cfn" => &mut names,
            _ => continue,
        };
        if let Some(name) = name.strip_prefix(' ') {
            known.insert(number, name);
        }
        match key {
            "ob" => object = number,
            "fn" if objects.get(object).is_some_and(|path: &&str| path.contains(library)) => {
                used.insert(number);
            }
            _ => {}
        }
    }
    used.into_iter().filter_map(|number| names.get(number).copied()).filter_map(symbol).collect()
}

/// The name of a function without the mark of a recursive call; nothing for a bare address.
fn symbol(name: &str) -> Option<&str> {
    let name = name.split_once('\'').map_or(name, |(name, _)| name);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.$".contains(&byte);
    (!name.starts_with("0x") && name.bytes().all(is_plain)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_the_library_alone_wherever_they_are_named() {
        let profile = "ob=(1) /usr/lib/libc.so\nfn=(1) malloc\ncob=(2) /venv/_wamid.abi3.so\ncfn=(2) _ZN5wamid4sendE\ncalls=1 0\n\
                       ob=(2)\nfn=(2)\n0 5\nfn=(3) _RNvC5wamid5parse'2\nfn=(4) 0x00000000000034c0\ncob=(1)\ncfn=(1)\nob=(1)\nfn=(5) free\n";
        assert_eq!(Vec::from_iter(called(profile, "_wamid")), ["_RNvC5wamid5parse", "_ZN5wamid4sendE"]);
    }
}
