"""The ASGI app by itself, with a store."""

import os

import wamid
from noting import ANSWER_WITHIN, handle_async
from wamid.webhooks import asgi_app

os.environ["WAMID_STORE"] = f"sqlite:{os.environ['DATABASE']}"
client = wamid.AsyncClient.from_env()
app = asgi_app(client, handle_async, answer_within=ANSWER_WITHIN)
