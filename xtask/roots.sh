#!/usr/bin/env bash
# What a user does on a bare Debian 12 and a bare Debian 13: installs each package and sends to the sandbox; runs the commands of the README.
# Each is done in a copy of a root that has only what debootstrap puts there, and what the project's documentation says to install.
#
#     roots.sh packages DIST [RELEASE…]     each package of a folder that `cargo xtask package` has filled
#     roots.sh readme [RELEASE…]            `cargo run -- demo` and `cargo xtask test`
#     roots.sh demo [RELEASE…]              the first alone
#
# Releases are bookworm and trixie, both where none is named. `readme` borrows Rust ($RUSTUP_HOME), cargo's registry and the target folder of
# this machine, at the same paths, so that nothing is downloaded or compiled twice. Roots are in wamid-ci/roots in the user's cache.
set -euo pipefail

project="$(cd "$(dirname "$0")/.." && pwd)"
roots="${WAMID_ROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/wamid-ci/roots}"

bare() {
    if [ ! -e "$roots/$1.complete" ]; then
        mkdir -p "$roots"
        rm -rf "${roots:?}/$1"
        debootstrap --variant=minbase "$1" "$roots/$1" >"$roots/$1.log" 2>&1
        touch "$roots/$1.complete"
    fi
}

# in_copy RELEASE STEPS [DIST]: runs a function of this script in a fresh copy of a bare root.
in_copy() {
    bare "$1"
    local copy
    copy="$(mktemp -d "$roots/copy.XXXXXX")"
    cp -a "$roots/$1/." "$copy"
    local status=0
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        copy="$1" project="$2" rustup="$3" registry="$4" target="$5" dist="$6" script="$7"
        shift 7
        mount -t proc proc "$copy/proc"
        mount --rbind /dev "$copy/dev"
        for folder in "$project" "$rustup" "$registry" "$target" "$dist"; do
            [ -z "$folder" ] && continue
            mkdir -p "$copy$folder"
            mount --bind "$folder" "$copy$folder"
        done
        cp "$script" "$copy/steps"
        # Every system that was installed has it; debootstrap leaves it to the installer.
        printf "127.0.0.1 localhost\n::1 localhost\n" >"$copy/etc/hosts"
        # What this machine trusts, which may have the certificate of a proxy among it.
        mkdir -p "$copy/host"
        cp /etc/ssl/certs/ca-certificates.crt "$copy/host/"
        [ ! -e /etc/ssl/certs/java/cacerts ] || cp /etc/ssl/certs/java/cacerts "$copy/host/"
        exec chroot "$copy" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            DEBIAN_FRONTEND=noninteractive CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0 PROJECT="$project" DIST="$dist" RUSTUP_HOME="$rustup" \
            CARGO_REGISTRY="$registry" CARGO_TARGET_DIR="$target" INSIDE=yes bash /steps "$@"
    ' in_copy "$copy" "$project" "${RUSTUP_HOME:-$HOME/.rustup}" "${CARGO_HOME:-$HOME/.cargo}/registry" \
        "${CARGO_TARGET_DIR:-$project/target}" "${3:-}" "$(readlink -f "$0")" "$2" || status=$?
    rm -rf --one-file-system "$copy"
    return "$status"
}

# From here on: inside.

apt() {
    echo "\$ apt-get install $*"
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>/tmp/apt || { cat /tmp/apt; return 1; }
    apt-get clean
}

trust() {
    cp /host/ca-certificates.crt /etc/ssl/certs/
    if [ -e /etc/ssl/certs/java ] && [ -e /host/cacerts ]; then cp /host/cacerts /etc/ssl/certs/java/; fi
}

works() {
    echo "WORKS: $(. /etc/os-release && echo "$PRETTY_NAME"): $*"
}

steps_packages() {
    cd /root
    for package in binary wheel npm jar; do
        if compgen -G "$(file_of "$package")" >/dev/null; then
            "try_$package"
        else
            echo "NOT TRIED: $DIST has no $package; cargo xtask package makes it"
        fi
    done
    echo "NOT TRIED: the Swift package. Debian 12 has no Swift; cargo xtask package swift tries it on Debian 13"
}

file_of() {
    case "$1" in
        binary) echo "$DIST/wamid" ;;
        wheel) echo "$DIST/python/wamid-*.whl" ;;
        npm) echo "$DIST/node/wamid-linux-*.tgz" ;;
        jar) echo "$DIST/wamid-*-sources.jar" ;;
    esac
}

try_binary() {
    "$DIST/wamid" demo
    works "the binary, with nothing installed"
}

try_wheel() {
    apt python3 python3-venv
    python3 -m venv alone
    alone/bin/pip install --quiet --disable-pip-version-check --no-index "$DIST"/python/wamid-*.whl
    alone/bin/python -W error "$PROJECT/bindings-python/tests/alone.py"
    works "the wheel, with $(python3 --version)"
}

try_npm() {
    apt ca-certificates nodejs npm
    trust
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    # Debian 12 has Node 18. As `cargo xtask doctor` says.
    npm install --global --silent node@22
    hash -r
    node "$PROJECT/bindings-node/scripts/try.mjs" "$DIST"/node/wamid-*.tgz
    works "the npm packages, with Node $(node --version)"
}

try_jar() {
    apt ca-certificates default-jdk-headless maven
    trust
    mkdir project
    cp -R "$PROJECT/bindings-uniffi/kotlin/try/." project/
    version="$(basename "$DIST"/wamid-*-sources.jar -sources.jar)"
    version="${version#wamid-}"
    mvn -B -ntp -q org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file "-Dfile=$DIST/wamid-$version.jar" \
        "-DpomFile=$PROJECT/bindings-uniffi/kotlin/pom.xml"
    mvn -B -ntp -q -f project/pom.xml -Dbuilt=/root/built "-Dwamid.version=$version" package
    # The sandbox is the binary's, of the tests where no other was made.
    binary="$DIST/wamid"
    [ -x "$binary" ] || binary="$CARGO_TARGET_DIR/debug/wamid"
    "$binary" sandbox --listen 127.0.0.1:0 >exports &
    sandbox=$!
    until grep -q WAMID_APP_ID exports; do sleep 0.1; done
    # shellcheck disable=SC1090 # lines `export NAME=VALUE`
    . <(grep '^export ' exports)
    java -cp built/try.jar Try
    kill "$sandbox"
    works "the jar, with $(java -version 2>&1 | head -1)"
}

steps_demo() {
    # A C compiler links what Rust compiles, and compiles SQLite. Git has made the clone.
    apt ca-certificates gcc libc6-dev git
    trust
    git config --global --add safe.directory "$PROJECT"
    export PATH="$RUSTUP_HOME/toolchains/$(ls "$RUSTUP_HOME/toolchains" | head -1)/bin:$PATH" CARGO_HOME="${CARGO_REGISTRY%/registry}"
    cd "$PROJECT"
    cargo run -- demo
    works "cargo run -- demo"
}

steps_readme() {
    steps_demo
    cargo xtask test
    works "cargo xtask test"
}

if [ "${INSIDE:-}" = yes ]; then
    "steps_$1"
    exit
fi

if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    echo "needs Linux, root and debootstrap (Debian: apt-get install debootstrap)" >&2
    exit 1
fi
what="${1:-}"
shift || true
case "$what" in
    packages) dist="$(cd "${1:?the folder with the packages}" && pwd)"; shift ;;
    readme | demo) dist= ;;
    *) sed -n '2,11p' "$0" >&2; exit 2 ;;
esac
if [ $# = 0 ]; then set -- bookworm trixie; fi
for release in "$@"; do
    in_copy "$release" "$what" "$dist"
done
