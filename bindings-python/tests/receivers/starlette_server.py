"""Starlette, with a plain handler, at an address without a slash at its end."""

import wamid
from noting import ANSWER_WITHIN, handle
from starlette.applications import Starlette
from starlette.routing import Route
from wamid.webhooks import asgi_app

app = Starlette(routes=[Route("/webhook/", asgi_app(wamid.Client.from_env(), handle, answer_within=ANSWER_WITHIN))])
