"""What `contents` has, known without loading it. Written by `cargo xtask generate`."""

CLASSES = ["Image", "Location", "Reaction", "Template", "Text"]
