"""Lists of the Graph API that have no operation of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import wamid

#: More pages than any list has.
_MOST_PAGES = 1000


def entries(client: wamid.Client, path: str, query: dict[str, Any]) -> Iterator[Any]:
    """The entries of all pages.

    Of a next page's address only the query is used: it is asked for on the same host and path, so the token goes nowhere
    else.

    :raises UnexpectedResponseError: the list has no end.
    """
    asked: list[dict[str, Any]] = []
    while True:
        answer = client.request("GET", path, query=query)
        yield from answer.get("data", [])
        asked.append(query)
        following = answer.get("paging", {}).get("next")
        if not following:
            return
        query = dict(parse_qsl(urlsplit(following).query))
        query.pop("access_token", None)
        if query in asked or len(asked) == _MOST_PAGES:
            raise wamid.UnexpectedResponseError("The list has no end: its next page is one that was read already.")
