"""The API references: Python's is a page of the site, the others are made by other tools and linked to.

`cargo xtask site --api` sets WAMID_WITH_REFERENCES, and puts Rust's beside the pages.
"""

from __future__ import annotations

import os

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

MADE = os.environ.get("WAMID_WITH_REFERENCES") == "true"
MODULES = [
    "wamid",
    "wamid.contents",
    "wamid.events",
    "wamid.answers",
    "wamid.errors",
    "wamid.webhooks",
    "wamid.testing",
]
#: The first cell of a row in reference.md, and where it leads.
ROWS = {
    "Rust: <code>wamid</code>": '<a href="reference/rust/wamid/index.html">Rust: <code>wamid</code></a>',
    "Python: <code>wamid</code>": '<a href="reference/wamid.html">Python: <code>wamid</code></a>',
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds a page a module of the Python package."""
    for module in MODULES if MADE else []:
        others = ", ".join(f"[`{name}`]({name}.md)" for name in MODULES if name != module)
        text = f"# `{module}`\n\nOther modules: {others}.\n\n::: {module}\n"
        files.append(File.generated(config, f"reference/{module}.md", content=text))
    return files


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Makes links of what was made."""
    if MADE and page.file.src_uri == "reference.md":
        for row, linked in ROWS.items():
            html = html.replace(row, linked)
    return html
