"""Uploads, with the original's arguments and answers."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional

from ._clients import Account, client


def upload_media(file_obj: Any, mime_type: str, account: Optional[Account] = None) -> str:
    """Uploads a file, such as a form's, and returns its id.

    A file that Django has put onto the disk already is read from there as it goes out.

    :param file_obj: a binary file. Its name is the last part of its ``name``, if it has one.
    :param mime_type: its MIME type. An ``.m4a`` is ``audio/mp4`` for Meta, whatever is said here.
    """
    name = os.path.basename(str(getattr(file_obj, "name", None) or "file"))
    if name.lower().endswith(".m4a") or mime_type in ("audio/x-m4a", "audio/m4a"):
        mime_type = "audio/mp4"
    path = getattr(file_obj, "temporary_file_path", None)
    if path is not None:
        return client(account).upload_media(file=path(), mime_type=mime_type, filename=name)
    file_obj.seek(0)
    return client(account).upload_media(data=file_obj.read(), mime_type=mime_type, filename=name)


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (upload_media,)
