"""Every link leads somewhere: those of the Markdown as GitHub shows it, and those of the site as it was built.

    python site/links.py FOLDER-OF-THE-SITE

Addresses elsewhere are looked at, not asked for. The site loads nothing from elsewhere.
"""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"(?ms)^( *)(```+|~~~+).*?^\1\2`*$")
CODE = re.compile(r"(`+).*?\1", re.DOTALL)
LINK = re.compile(r"!?\[(?:[^\[\]]|!?\[[^\]]*\]\([^)]*\))*\]\(([^()\s]+(?:\([^()\s]*\))?)\)")
TITLE = re.compile(r"(?m)^#{1,6} +(.+?) *#*$")
#: What a page loads by itself.
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


def main(site: Path) -> int:
    """Says what leads nowhere; the status to end with."""
    pages = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    wrong, seen = [], 0
    for name in pages:
        page = ROOT / name
        if not page.is_file():
            continue  # Deleted, and not committed yet.
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        for link in LINK.findall(CODE.sub("", text)):
            seen += 1
            if reason := markdown_fault(page, link):
                wrong.append(f"{name}: {link}: {reason}")
    for page in sorted(site.rglob("*.html")):
        if any(page.is_relative_to(site / made) for made in ("reference/rust", "reference/swift")):
            continue  # rustdoc has looked at its own links, and DocC's pages have none: a program shows them.
        for tag, link in read(page).links:
            seen += 1
            if reason := html_fault(page, site, tag, link):
                wrong.append(f"{page.relative_to(site)}: {link}: {reason}")
    print(*wrong, sep="\n")
    print(f"{seen} links, {len(wrong)} lead nowhere")
    return 1 if wrong or seen == 0 else 0


def markdown_fault(page: Path, link: str) -> str | None:
    """Why a link in a file of the project leads nowhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return address_fault(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists():
        return "no such file"
    if not target.is_relative_to(ROOT):
        return "outside of the project"
    if parts.fragment and target.suffix == ".md" and parts.fragment not in titles(target):
        return "no such heading"
    return None


def address_fault(link: str) -> str | None:
    """Why this is no address."""
    parts = urlsplit(link)
    if parts.scheme == "mailto":
        return None if "@" in parts.path else "no address"
    if parts.scheme not in ("http", "https") or not re.fullmatch(
        r"[\w.-]+\.\w+(?::\d+)?|127\.0\.0\.1:\d+", parts.netloc
    ):
        return "no address"
    return None


@cache
def titles(page: Path) -> set[str]:
    """The names under which GitHub has the headings of a page."""
    found: set[str] = set()
    for title in TITLE.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
        name = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        count = 0
        while (unique := f"{name}-{count}" if count else name) in found:
            count += 1
        found.add(unique)
    return found


class Page(HTMLParser):
    """What a page links to, and the places in it that can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a link or a place."""
        attributes = dict(attrs)
        self.names |= {attributes[name] or "" for name in ("id", "name") if name in attributes}
        if tag == "link" and attributes.get("rel") in ("canonical", "prev", "next"):
            return
        for name in ("href", "src"):
            if attributes.get(name):
                self.links.append((tag, attributes[name] or ""))


@cache
def read(page: Path) -> Page:
    """A page of the site, read once."""
    parsed = Page()
    parsed.feed(page.read_text(encoding="utf-8"))
    return parsed


def html_fault(page: Path, site: Path, tag: str, link: str) -> str | None:
    """Why a link of the site leads nowhere."""
    parts = urlsplit(link)
    if parts.scheme in ("data", "javascript", "blob"):
        return None
    if parts.scheme or parts.netloc:
        return "loaded from elsewhere" if tag in LOADED else address_fault(link)
    # The page that a server shows for a wrong address does not know where it stands.
    folder = site if parts.path.startswith("/") and page.name == "404.html" else page.parent
    target = (folder / unquote(parts.path).lstrip("/")).resolve() if parts.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "no such file"
    if not target.is_relative_to(site):
        return "outside of the site"
    # Dokka leads to members of a base class on a page that has them in the base class alone.
    fragment = "" if target.is_relative_to(site / "reference/kotlin") else unquote(parts.fragment)
    if fragment and target.suffix == ".html" and fragment not in read(target).names:
        return "no such place"
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
