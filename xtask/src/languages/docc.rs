//! What DocC makes, as pages that work in any folder of a server. DocC writes addresses that begin at the server's root, or at one folder
//! that has to be known beforehand.

use std::fs;
use std::path::Path;

/// Makes the addresses in all pages below a folder relative.
pub(super) fn make_relative(folder: &Path) -> Result<(), String> {
    below(folder, 0)
}

fn below(folder: &Path, depth: usize) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            below(&path, depth + 1)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let text = fs::read_to_string(&path).map_err(failed)?;
            fs::write(&path, relative(&text, depth)).map_err(failed)?;
        }
    }
    Ok(())
}

/// A page that stands so many folders below the first one.
fn relative(text: &str, depth: usize) -> String {
    let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    text.replace(
        r#"var baseUrl = "/""#,
        &format!(r#"var baseUrl = new URL("{root}", document.baseURI).pathname"#),
    )
    .replace(r#"href="/"#, &format!(r#"href="{root}"#))
    .replace(r#"src="/"#, &format!(r#"src="{root}"#))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_page_finds_its_parts_from_where_it_stands() {
        let page =
            r#"<link href="/css/a.css"><script>var baseUrl = "/"</script><script src="/js/a.js"></script>"#;
        assert_eq!(
            relative(page, 2),
            r#"<link href="../../css/a.css"><script>var baseUrl = new URL("../../", document.baseURI).pathname</script><script src="../../js/a.js"></script>"#
        );
        assert!(relative(page, 0).contains(r#"src="./js/a.js""#));
    }
}
