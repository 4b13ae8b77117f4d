// swift-tools-version: 5.9
import PackageDescription

#if canImport(Darwin)
// Made by build-xcframework.sh.
let native: Target = .binaryTarget(name: "WamidFFI", path: "WamidFFI.xcframework")
#else
// The library that cargo builds, found by the linker: cargo xtask test swift.
let native: Target = .systemLibrary(name: "WamidFFI")
#endif

let package = Package(
    name: "Wamid",
    platforms: [.macOS(.v11), .iOS(.v14)],
    products: [.library(name: "Wamid", targets: ["Wamid"])],
    targets: [
        native,
        .target(name: "Wamid", dependencies: ["WamidFFI"]),
        .executableTarget(name: "WamidConformance", dependencies: ["Wamid"]),
        // From examples/swift.
        .executableTarget(name: "WamidExample", dependencies: ["Wamid"]),
        .testTarget(name: "WamidTests", dependencies: ["Wamid"]),
    ]
)
