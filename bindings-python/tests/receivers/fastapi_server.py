"""FastAPI, with a handler on the loop."""

import wamid
from fastapi import FastAPI
from noting import ANSWER_WITHIN, handle_async
from wamid.webhooks import asgi_app

app = FastAPI()
client = wamid.AsyncClient.from_env()
app.mount("/webhook", asgi_app(client, handle_async, answer_within=ANSWER_WITHIN))
