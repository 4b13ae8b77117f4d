"""Flask, whose app stands in front of the receiver."""

import wamid
from flask import Flask
from noting import ANSWER_WITHIN, handle
from wamid.webhooks import wsgi_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware

app = Flask(__name__)
webhook = wsgi_app(wamid.Client.from_env(), handle, answer_within=ANSWER_WITHIN)
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/webhook": webhook})
