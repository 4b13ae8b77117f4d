"""What `contents` has, known without loading it. Written by `cargo xtask generate`."""

CLASSES = [
    "Audio",
    "ContactRequest",
    "CtaUrl",
    "Document",
    "HeaderMedia",
    "Image",
    "List",
    "ListRow",
    "ListSection",
    "Location",
    "LocationRequest",
    "Reaction",
    "ReplyButton",
    "ReplyButtons",
    "Sticker",
    "Template",
    "Text",
    "Video",
]
