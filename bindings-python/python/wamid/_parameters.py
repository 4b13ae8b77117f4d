"""What fills the variables of a template; apart from `messages`, which takes longer to load."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, BinaryIO, Union

#: What fills one variable of a template: a text, a number, or a dict such as ``{"name": "city", "text": "Pune"}`` or
#: ``{"type": "image", "link": "https://…"}``. An image, a video or a document of a header may be a ``file`` (a path) or
#: ``data`` (bytes) with its ``mime_type``: it is uploaded first.
Parameter = Union[str, int, float, dict[str, Any]]
#: What fills a button's variable: ``{"sub_type": "url", "text": "A-1042"}``, ``{"payload": "STOP"}``,
#: ``{"sub_type": "copy_code", "coupon_code": "SPRING"}``, ``{"sub_type": "mpm", "thumbnail_product_retailer_id": "book-1",
#: "sections": [{"product_retailer_ids": ["book-1"]}]}`` …; ``index`` is its place in the list unless given.
Button = dict[str, Any]
#: Content in memory, or a file that was opened to read bytes (``open(path, "rb")``, ``io.BytesIO``): it is read to its end
#: as it is sent.
BytesLike = Union[bytes, bytearray, memoryview, BinaryIO]
#: A path on this machine.
FilePath = Union[str, os.PathLike[str]]
#: Meta's own components, for what the parameters cannot say.
Components = Sequence[dict[str, Any]]
