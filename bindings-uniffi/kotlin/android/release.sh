#!/usr/bin/env bash
# Makes the Android library (AAR). NOT RUN HERE: it needs the Android NDK (r28 or later), the Rust targets, cargo-ndk and
# the Android Gradle plugin, none of which can be had on the machine that this was written on.
#
#     ANDROID_NDK_HOME=… bash bindings-uniffi/kotlin/android/release.sh
set -euo pipefail
cd "$(dirname "$0")"
project="$(cd ../../.. && pwd)"

: "${ANDROID_NDK_HOME:?is the folder of the Android NDK, r28 or later}"
command -v cargo-ndk >/dev/null || cargo install --locked cargo-ndk@4.1.2
rustup target add aarch64-linux-android armv7-linux-androideabi x86_64-linux-android

# 16 KB pages, which Google Play asks for; the linkers of NDKs before r28 do not make them by themselves.
export RUSTFLAGS="-C link-arg=-Wl,-z,max-page-size=16384"
libraries="$PWD/wamid/src/main/jniLibs"
rm -rf "$libraries"
(cd "$project" && cargo ndk --platform 26 -t arm64-v8a -t armeabi-v7a -t x86_64 -o "$libraries" \
    rustc --profile mobile -p wamid-uniffi --lib --crate-type cdylib)
unset RUSTFLAGS

# A library whose segments are aligned to less would not load on a device with 16 KB pages. The NDK brings the tool.
READELF="$(ls "$ANDROID_NDK_HOME"/toolchains/llvm/prebuilt/*/bin/llvm-readelf | head -1)" \
    bash check-pages.sh "$libraries"/{arm64-v8a,x86_64}/libwamid_ffi.so

# The sources are generated from a library for this machine: they are the same for all.
(cd "$project" && cargo build -p wamid-uniffi && cargo run -q -p wamid-uniffi --features bindgen --bin uniffi-bindgen -- \
    generate --no-format --language kotlin --out-dir target/kotlin/generated \
    "$(ls target/debug/libwamid_ffi.{so,dylib} 2>/dev/null | head -1)")

gradle --no-daemon :wamid:assembleRelease
ls -l wamid/build/outputs/aar
