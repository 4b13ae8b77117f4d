#!/usr/bin/env bash
# Makes of a Maven repository in a folder what Maven Central takes: every file signed (gpg), with its checksums, in one archive.
#
#     bash bindings-uniffi/kotlin/bundle.sh REPOSITORY OUT.zip
set -euo pipefail
repository="$(cd "${1:?is the folder with the repository}" && pwd)"
out="$(cd "$(dirname "${2:?is the archive to write}")" && pwd)/$(basename "$2")"
cd "$repository"

# Central makes these itself, and refuses them.
find . \( -name 'maven-metadata*' -o -name '*.asc' -o -name '*.md5' -o -name '*.sha1' -o -name '*.sha256' -o -name '*.sha512' \) \
    -type f -delete
files="$(find . -type f -printf '%P\n' | sort)"
test -n "$files" || { echo "nothing is in $repository" >&2; exit 1; }
for file in $files; do
    gpg --batch --quiet --yes --armor --detach-sign --output "$file.asc" "$file"
    md5sum "$file" | cut -d ' ' -f 1 >"$file.md5"
    sha1sum "$file" | cut -d ' ' -f 1 >"$file.sha1"
done
rm -f "$out"
zip -qrX "$out" .
echo "$out: $(echo "$files" | wc -l) files, each signed"
