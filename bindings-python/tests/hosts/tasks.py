"""A Celery application whose client is used before its workers are forked. Its broker is a folder."""

import os

import celery
import wamid

folder = os.environ["CELERY_FOLDER"]
app = celery.Celery("tasks", broker="filesystem://", backend=f"file://{folder}/results")
app.conf.update(
    broker_transport_options={"data_folder_in": f"{folder}/queue", "data_folder_out": f"{folder}/queue"},
    worker_hijack_root_logger=False,
)

client = wamid.Client.from_env(timeout=10)


@celery.signals.worker_init.connect
def before_the_workers(**_):
    client.send_message("919876543210", "before the workers")


@app.task
def send(text):
    return client.send_message("919876543210", text).id
