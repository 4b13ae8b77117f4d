#!/usr/bin/env bash
# Makes WamidFFI.xcframework for macOS, iOS and its simulator, and the package around it. NOT RUN HERE: it needs a Mac with
# Xcode and the Rust targets for Apple's systems.
#
#     bash bindings-uniffi/swift/build-xcframework.sh OUT
#
# SwiftPM takes a package only from the root of a repository: OUT is what is released to a repository of its own.
set -euo pipefail
swift="$(cd "$(dirname "$0")" && pwd)"
project="$(cd "$swift/../.." && pwd)"
mkdir -p "${1:?is the folder to write the package to}"
out="$(cd "$1" && pwd)"
cd "$project"
target="${CARGO_TARGET_DIR:-$project/target}"

# As in Package.swift.
export MACOSX_DEPLOYMENT_TARGET=11.0 IPHONEOS_DEPLOYMENT_TARGET=14.0
triples="aarch64-apple-darwin x86_64-apple-darwin aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios"
# An app on iOS carries the small one.
profile() { case "$1" in *-ios*) echo mobile ;; *) echo release ;; esac; }
for triple in $triples; do
    rustup target add "$triple"
    cargo rustc --profile "$(profile "$triple")" -p wamid-uniffi --lib --crate-type staticlib --target "$triple"
done

generated="$(mktemp -d)"
trap 'rm -rf "$generated"' EXIT
cargo build -p wamid-uniffi
cargo run -q -p wamid-uniffi --features bindgen --bin uniffi-bindgen -- \
    generate --no-format --language swift --out-dir "$generated" "$target/debug/libwamid_ffi.dylib"

# One slice for each system, of all its processors; a library and its headers each.
headers="$generated/headers"
mkdir -p "$headers/WamidFFI" "$generated/macos" "$generated/simulator"
cp "$generated/WamidFFI.h" "$headers/WamidFFI/"
# Without `link`: the framework is linked as it is.
printf 'module WamidFFI {\n    header "WamidFFI.h"\n    export *\n}\n' >"$headers/WamidFFI/module.modulemap"
library() { echo "$target/$1/$(profile "$1")/libwamid_ffi.a"; }
lipo -create "$(library aarch64-apple-darwin)" "$(library x86_64-apple-darwin)" -output "$generated/macos/libwamid_ffi.a"
lipo -create "$(library aarch64-apple-ios-sim)" "$(library x86_64-apple-ios)" \
    -output "$generated/simulator/libwamid_ffi.a"
rm -rf "$out/WamidFFI.xcframework"
xcodebuild -create-xcframework \
    -library "$generated/macos/libwamid_ffi.a" -headers "$headers" \
    -library "$(library aarch64-apple-ios)" -headers "$headers" \
    -library "$generated/simulator/libwamid_ffi.a" -headers "$headers" \
    -output "$out/WamidFFI.xcframework"

cp "$swift"/Package*.swift "$swift/README.md" "$out/"
rm -rf "$out/Sources" "$out/Tests"
mkdir -p "$out/Sources"
cp -R "$swift/Sources/Wamid" "$swift/Sources/WamidConformance" "$out/Sources/"
cp -R "$project/examples/swift/Sources/WamidExample" "$out/Sources/"
cp -R "$swift/Tests" "$out/"
cp "$generated/Wamid.swift" "$out/Sources/Wamid/"
(cd "$out" && swift build)
