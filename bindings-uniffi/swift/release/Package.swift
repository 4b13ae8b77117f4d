// swift-tools-version: 5.9
// The package as it is released for Linux: with the library that it needs, in `lib`.
import PackageDescription

let package = Package(
    name: "Wamid",
    products: [.library(name: "Wamid", targets: ["Wamid"])],
    targets: [
        .systemLibrary(name: "WamidFFI"),
        .target(
            name: "Wamid",
            dependencies: ["WamidFFI"],
            // SwiftPM takes such flags from a package at a path, and from no other.
            linkerSettings: [.unsafeFlags(["-L\(Context.packageDirectory)/lib"])]),
    ]
)
