"""What `contents` has, known without loading it. Written by `cargo xtask generate`."""

CLASSES = [
    "Audio",
    "ContactRequest",
    "CtaUrl",
    "Document",
    "HeaderMedia",
    "Image",
    "Location",
    "LocationRequest",
    "Reaction",
    "Sticker",
    "Template",
    "Text",
    "Video",
]
