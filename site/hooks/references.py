"""The API references: Python's are pages of the site, the others are made by other tools and linked to.

`cargo xtask site --api` says in WAMID_REFERENCES which are there, and puts them beside the pages.
"""

from __future__ import annotations

import os

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

MADE = os.environ.get("WAMID_REFERENCES", "").split(",")
MODULES = [
    "wamid",
    "wamid.contents",
    "wamid.events",
    "wamid.answers",
    "wamid.errors",
    "wamid.webhooks",
    "wamid.testing",
]
#: What is linked to in `reference.md`, by language: the words, and where they lead.
LINKS = {
    "rust": {
        "<code>wamid</code> for Rust": "rust/wamid/index.html",
        "<code>wamid_sandbox</code>": "rust/wamid_sandbox/index.html",
    },
    "python": {"<code>wamid</code> for Python": "wamid.html"},
    "node": {"<code>wamid</code> for Node": "node/index.html"},
    "kotlin": {"<code>dev.wamid</code> for Kotlin and Java": "kotlin/index.html"},
    "swift": {"<code>Wamid</code> for Swift": "swift/documentation/wamid/"},
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds a page a module of the Python package."""
    for module in MODULES if "python" in MADE else []:
        others = ", ".join(f"[`{name}`]({name}.md)" for name in MODULES if name != module)
        text = f"# `{module}`\n\nOther modules: {others}.\n\n::: {module}\n"
        files.append(File.generated(config, f"reference/{module}.md", content=text))
    return files


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Makes links of what was made."""
    if page.file.src_uri == "reference.md":
        for words, to in [link for name in MADE for link in LINKS.get(name, {}).items()]:
            if words not in html:
                raise PluginError(f"reference.md has no {words}")
            html = html.replace(words, f'<a href="reference/{to}">{words}</a>', 1)
    return html
