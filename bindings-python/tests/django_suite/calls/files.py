"""Uploads."""

from __future__ import annotations

import tempfile
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django_meta_whatsapp import utils
from project import PNG, account, call, named, stranger


@call
def upload_image() -> Any:
    return utils.upload_media(named("photo.png"), "image/png", account=account)


@call
def upload_read_before() -> Any:
    file = named("photo.png")
    file.read()
    return utils.upload_media(file, "image/png", account=account)


@call
def upload_m4a() -> Any:
    return utils.upload_media(named("voice.M4A", b"sound"), "audio/x-m4a", account=account)


@call
def upload_unnamed() -> Any:
    return utils.upload_media(BytesIO(PNG), "image/png", account=account)


@call
def upload_on_disk() -> Any:
    with TemporaryUploadedFile("photo.png", "image/png", len(PNG), None) as file:
        file.write(PNG)
        file.flush()
        return utils.upload_media(file, "image/png", account=account)


@call
def upload_path() -> Any:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(PNG)
        return utils.upload_media(file, "image/png", account=account)


@call
def upload_empty() -> Any:
    return utils.upload_media(named("photo.png", b""), "image/png", account=account)


@call
def upload_type() -> Any:
    return utils.upload_media(named("photo.zip", b"PK"), "application/zip", account=account)


@call
def upload_stranger() -> Any:
    return utils.upload_media(named("photo.png"), "image/png", account=stranger)
