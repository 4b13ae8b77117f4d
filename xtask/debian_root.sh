# Read by the scripts that make a Debian root in a folder of its own: `xtask/foreign.sh` and `bindings-uniffi/swift/toolchain.sh`.
# They have a function `ready`, which ends with 0 where the root is complete.
# shellcheck shell=bash

# make_once ROOT WHAT COMMAND…: fills the root with a command, where it is not complete, and only once if several ask for it. What the command
# mounts is mounted in a namespace of its own, so that nothing is left mounted, however it ends. What it says is in ROOT.log.
make_once() {
    local root="$1" what="$2"
    shift 2
    ready >/dev/null && return
    if ! command -v debootstrap >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
    fi
    mkdir -p "$(dirname "$root")"
    exec 9>"$root.lock"
    flock 9
    # Another one may have made it meanwhile.
    ready >/dev/null && return
    echo "installing $what into $root"
    rm -rf "${root:?}"
    unshare --mount --propagation private "$@" >"$root.log" 2>&1 || { tail -20 "$root.log" >&2; return 1; }
}
