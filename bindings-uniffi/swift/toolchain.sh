#!/usr/bin/env bash
# Swift for Debian, in a folder of its own: Debian 13 has it, and a library built outside loads inside.
#
#     toolchain.sh install            makes the folder if it is missing (a minute or two, 3 GB)
#     toolchain.sh ready              ends with 0 where it is complete, else says what is missing
#     toolchain.sh run COMMAND…       runs a command inside, as this very process
#
# The folder is $WAMID_SWIFT_ROOT, else wamid-ci/swift in the user's cache. Inside, /project is the project (read only)
# and /target is cargo's target folder ($CARGO_TARGET_DIR, else the project's own). What is mounted for a command is
# mounted in a namespace of its own, so that nothing is left mounted, however the command ends.
set -euo pipefail

project="$(cd "$(dirname "$0")/../.." && pwd)"
root="${WAMID_SWIFT_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/wamid-ci/swift}"
packages="swiftlang libswiftlang swiftlang-dev libc6-dev libstdc++-14-dev gcc ca-certificates"
# Another list of packages is another folder.
complete="trixie $packages"

# shellcheck source=xtask/debian_root.sh
. "$project/xtask/debian_root.sh"

ready() {
    if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ]; then
        echo "needs Linux and root, for a chroot with Debian's Swift"
        return 1
    fi
    if [ "$(cat "$root/wamid-complete" 2>/dev/null)" != "$complete" ]; then
        echo "needs Swift: bash bindings-uniffi/swift/toolchain.sh install"
        return 1
    fi
}

# Inside a namespace of its own.
fill() {
    debootstrap --variant=minbase trixie "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    # shellcheck disable=SC2086 # it is a list
    DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y -qq --no-install-recommends $packages
    chroot "$root" apt-get clean
    mkdir -p "$root/project" "$root/target"
    echo "$complete" >"$root/wamid-complete"
}

run() {
    local target="${CARGO_TARGET_DIR:-$project/target}"
    mkdir -p "$target"
    exec unshare --mount --propagation private bash -euc '
        root="$1" project="$2" target="$3"
        shift 3
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --bind -o ro "$project" "$root/project"
        mount --bind "$target" "$root/target"
        # The conformance driver writes the files there that a case uploads.
        shared="${TMPDIR:-/tmp}"
        mkdir -p "$root$shared"
        mount --bind "$shared" "$root$shared"
        exec chroot "$root" "$@"
    ' run "$root" "$project" "$(cd "$target" && pwd)" "$@"
}

case "${1:-}" in
    install) make_once "$root" Swift bash "$0" fill ;;
    fill) fill ;;
    ready) ready ;;
    run) shift; run "$@" ;;
    *) sed -n '2,11p' "$0" >&2; exit 2 ;;
esac
