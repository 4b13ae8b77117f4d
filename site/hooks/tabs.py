"""The same in several languages becomes tabs. The Markdown has plain blocks, which GitHub shows one below the other."""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

#: The tab of a block, by what stands after its fence.
FENCES = {
    "rust": "Rust",
    "python": "Python",
    "js": "Node",
    "ts": "Node",
    "kotlin": "Kotlin",
    "java": "Java",
    "swift": "Swift",
}
LANGUAGES = {*FENCES.values(), "Command line"}
FENCE = r"^```(?:" + "|".join(FENCES) + r")\n(?:(?!```).*\n)*```\n"
#: Two blocks or more with nothing between.
BLOCKS = re.compile(rf"(?m){FENCE}(?:\n+{FENCE})+")
BLOCK = re.compile(r"(?ms)^```(\w+)\n.*?^```$")
SECTION = re.compile(r"(?m)^(##+) (.+)\n")


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Makes tabs of sections that are named after languages, and of blocks that follow each other."""
    return BLOCKS.sub(lambda found: blocks(found[0]), sections(markdown))


def blocks(text: str) -> str:
    """A tab for each block."""
    found = list(BLOCK.finditer(text))
    names = [FENCES[block[1]] for block in found]
    if len(set(names)) < len(names):
        return text  # Two programs in one language are not a choice.
    return "\n".join(tab(name, block[0]) for name, block in zip(names, found))


def sections(markdown: str) -> str:
    """Each run of two or more sections of one level whose titles are languages."""
    made, run, at = [], [], 0
    titles = [found for found in SECTION.finditer(markdown) if not in_fence(markdown, found.start())]
    ends = [*[title.start() for title in titles[1:]], len(markdown)]
    for title, end in zip(titles, ends):
        made.append(markdown[at : title.start()])
        if title[2] in LANGUAGES and (not run or run[0][0] == title[1]):
            run.append((title[1], title[2], markdown[title.end() : end], markdown[title.start() : end]))
        else:
            made += [tabs(run), markdown[title.start() : end]]
            run = []
        at = end
    return "".join([*made, tabs(run), markdown[at:]])


def tabs(run: list[tuple[str, str, str, str]]) -> str:
    """A tab for each section, unless it is the only one."""
    if len(run) < 2:
        return "".join(whole for *_, whole in run)
    return "\n".join(tab(name, text.strip("\n")) for _, name, text, _ in run) + "\n"


def tab(name: str, text: str) -> str:
    """A tab, as `pymdownx.tabbed` writes it."""
    body = "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
    return f'=== "{name}"\n\n{body}\n'


def in_fence(markdown: str, at: int) -> bool:
    """Whether this place is inside a block of code."""
    return len(re.findall(r"(?m)^```", markdown[:at])) % 2 == 1
