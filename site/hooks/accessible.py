"""What the theme and Markdown leave without a name for those who hear the page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

CHANGES = {
    'data-md-component="search" role="dialog"': 'data-md-component="search" role="dialog" aria-label="Search"',
    # The corner of a table is no heading.
    "<th></th>": "<td></td>",
}


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Changes the page as it was made."""
    for before, after in CHANGES.items():
        output = output.replace(before, after)
    return output
