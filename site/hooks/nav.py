"""Lists the pages of a folder in the navigation, so that a new page needs no line there.

`messages/*.md` in `nav` becomes each page of `docs/messages` that is not listed by name: in the order in which `messages.md` links
to them, then the rest.
"""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

EVERY = "/*.md"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the pages where the folders are named."""
    named = set(paths(config.nav))
    config.nav = listed(config.nav, Path(config.docs_dir), named)
    return config


def paths(nav: list | dict | str) -> list[str]:
    """All that the navigation names."""
    if isinstance(nav, str):
        return [nav]
    below = nav.values() if isinstance(nav, dict) else nav
    return [path for item in below for path in paths(item)]


def listed(nav: list, docs: Path, named: set[str]) -> list:
    """The same navigation, with pages in place of folders."""
    made: list = []
    for item in nav:
        if isinstance(item, dict):
            ((title, below),) = item.items()
            made.append({title: listed(below, docs, named) if isinstance(below, list) else below})
        elif item.endswith(EVERY):
            made += [page for page in pages(item.removesuffix(EVERY), docs) if page not in named]
        else:
            made.append(item)
    return made


def pages(folder: str, docs: Path) -> list[str]:
    """The pages of a folder: those that the page above links to come first."""
    there = sorted(page.relative_to(docs).as_posix() for page in (docs / folder).glob("*.md"))
    above = (docs / f"{folder}.md").read_text(encoding="utf-8")
    linked = list(dict.fromkeys(re.findall(rf"\]\(({re.escape(folder)}/[\w-]+\.md)\)", above)))
    return [page for page in linked if page in there] + [page for page in there if page not in linked]
