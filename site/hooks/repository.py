"""Pages that stand outside `docs`: the READMEs, as pages of the site.

Links to other files of the project go to the repository.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
REPOSITORY = "https://github.com/wamid/wamid/blob/main/"
#: A file of the project, and its page on the site.
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security-policy.md",
    "bindings-python/README.md": "packages/python.md",
    "bindings-node/README.md": "packages/node.md",
    "bindings-uniffi/kotlin/README.md": "packages/kotlin.md",
    "bindings-uniffi/kotlin/android/README.md": "packages/android.md",
    "bindings-uniffi/swift/README.md": "packages/swift.md",
    "tests/conformance/README.md": "packages/conformance.md",
    "tests/bench/README.md": "packages/bench.md",
}
#: Pages for those who change the project: the search shows others first.
INSIDE = (
    "decisions",
    "architecture",
    "benchmarks",
    "changelog",
    "contributing",
    "development",
    "packages/bench",
    "packages/conformance",
)
FENCE = re.compile(r"(?ms)^( *)(```+).*?^\1\2`*$")
#: The text of a link that is the name of its file.
FILE_NAME = re.compile(r"\[([\w./-]+\.md)\]\(")
TITLE = re.compile(r"(?m)^# (.+)$")
#: The target of a link or picture. A title does not occur here.
LINK = re.compile(r"(?<=\]\()[^()\s]+(?=\))|(?<=^\[)[^\]]+\]: \S+$", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages from outside. The folder's own README would take the front page's place."""
    for source, page in PAGES.items():
        if (ROOT / source).is_file():
            files.append(File.generated(config, page, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Points each relative link to where its target stands on the site."""
    source = source_of(page.file.src_uri)
    if page.file.src_uri.startswith(INSIDE):
        page.meta.setdefault("search", {"boost": 0.2})

    def moved(found: re.Match[str]) -> str:
        return target(found[0], source, page.file.src_uri, files)

    def named(found: re.Match[str]) -> str:
        return f"[{title(found[1], source)}]("

    return outside_of_fences(markdown, lambda text: LINK.sub(moved, FILE_NAME.sub(named, text)))


def title(name: str, source: str) -> str:
    """The title of a page, by the name of its file: on the site there are no files. The name itself, where it has none."""
    for path in (ROOT / source).parent / name, ROOT / name:
        if path.is_file():
            found = TITLE.search(path.read_text(encoding="utf-8"))
            return found[1] if found else name
    return name


def source_of(page: str) -> str:
    """The file of the project that a page is made of."""
    return next((source for source, made in PAGES.items() if made == page), f"docs/{page}")


def target(link: str, source: str, page: str, files: Files) -> str:
    """What a link in a file of the project is on the page that is made of it."""
    if link.startswith(REPOSITORY):
        link = posixpath.relpath(link.removeprefix(REPOSITORY), posixpath.dirname(source) or ".")
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return link
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), parts.path))
    on_site = PAGES.get(path, path.removeprefix("docs/") if path.startswith("docs/") else None)
    if on_site is None or files.get_file_from_path(on_site) is None:
        if not (ROOT / path).exists():
            return link  # MkDocs says that it leads nowhere.
        return REPOSITORY + path
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return posixpath.relpath(on_site, posixpath.dirname(page) or ".") + fragment


def outside_of_fences(markdown: str, change) -> str:
    """Changes everything but the blocks of code."""
    done, at = [], 0
    for fence in FENCE.finditer(markdown):
        done += [change(markdown[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join([*done, change(markdown[at:])])
