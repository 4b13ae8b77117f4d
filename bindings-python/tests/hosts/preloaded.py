"""What gunicorn loads before it forks its workers: a client that has been used already."""

import json
import os
import time

import wamid

client = wamid.Client.from_env(timeout=10)
client.send_message("919876543210", "at preload")


def application(environ, start_response):
    client.send_message("919876543210", "from a worker")
    # So that another worker gets a turn.
    time.sleep(0.05)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"worker": os.getpid()}).encode()]
