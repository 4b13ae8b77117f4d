"""What `contents` has, known without loading it. Written by `cargo xtask generate`."""

CLASSES = ["Audio", "Document", "Image", "Location", "Reaction", "Sticker", "Template", "Text", "Video"]
