#!/usr/bin/env bash
# Ends with 0 where every library named can be loaded on a device with 16 KB pages: each of its segments is aligned to that.
#
#     check-pages.sh LIBRARY…
#
# Reads them with `readelf` (binutils), or with $READELF, such as the NDK's llvm-readelf.
set -euo pipefail
readelf="${READELF:-readelf}"
command -v "$readelf" >/dev/null || { echo "needs readelf (binutils), or READELF=…/llvm-readelf" >&2; exit 2; }
[ $# -gt 0 ] || { echo "which libraries?" >&2; exit 2; }

for library in "$@"; do
    headers="$("$readelf" -lW "$library")" || { echo "$library cannot be read" >&2; exit 2; }
    segments=0
    while read -r kind fields; do
        [ "$kind" = LOAD ] || continue
        segments=$((segments + 1))
        alignment="${fields##* }"
        if [ $((alignment)) -lt 16384 ]; then
            echo "$library has a segment that is aligned to $((alignment)) bytes, not to 16384" >&2
            exit 1
        fi
    done <<<"$headers"
    [ "$segments" -gt 0 ] || { echo "$library has no segments: is it a library?" >&2; exit 2; }
done
