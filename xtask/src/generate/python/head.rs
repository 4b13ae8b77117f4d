//! What stands at the top of a Python module.

/// The top of a module: of what it could import, what its body uses, and what else it imports, `absolute` and from the package's `own` modules.
pub(super) fn head(docs: &str, body: &str, absolute: &str, own: &[(&'static str, &'static str)]) -> String {
    let uses = |name: &str| {
        body.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').any(|word| word == name)
    };
    let listed = |names: &[&'static str]| {
        names.iter().copied().filter(|name| uses(name)).collect::<Vec<_>>().join(", ")
    };
    let dataclasses = match (uses("dataclass"), body.contains("= field(")) {
        (true, true) => "dataclass, field",
        (true, false) => "dataclass",
        (false, _) => "",
    };
    let answer = if body.contains("(Answer):") { "Answer" } else { "" };
    let called = |name: &&str| body.contains(&format!(": {name}("));
    let imported: Vec<&str> =
        ["encoded", "fields_of", "members", "path_text"].into_iter().filter(called).collect();
    let mut contents: Vec<&str> = ["Content", "Part"].into_iter().filter(|name| uses(name)).collect();
    contents.extend(["members_of"].into_iter().filter(called));
    let send = if uses("_Send") { "Send as _Send" } else { "" };
    let mut local = vec![
        ("._answer", answer.to_owned()),
        ("._binary", imported.join(", ")),
        ("._bulk", if body.contains("reporter(progress)") { "reporter".to_owned() } else { String::new() }),
        ("._content", contents.join(", ")),
        ("._parameters", listed(&["Button", "BytesLike", "Components", "FilePath", "Parameter"])),
        ("._wamid", send.to_owned()),
    ];
    local.extend(own.iter().map(|(module, names)| (*module, (*names).to_owned())));
    local.sort_unstable();
    let standard = [
        ("collections.abc", listed(&["Sequence"])),
        ("dataclasses", dataclasses.to_owned()),
        ("datetime", listed(&["datetime"])),
        ("typing", listed(&["Any", "Callable", "ClassVar", "Literal", "Optional", "Union"])),
    ];
    let from = |modules: &[(&str, String)]| -> String {
        let named = modules.iter().filter(|(_, names)| !names.is_empty());
        named.map(|(module, names)| format!("from {module} import {names}\n")).collect()
    };
    let groups = [from(&standard), absolute.to_owned(), from(&local)];
    let mut head = format!("{docs}\n\nfrom __future__ import annotations\n\n");
    for group in groups.iter().filter(|group| !group.is_empty()) {
        head.push_str(group);
        head.push('\n');
    }
    head
}
