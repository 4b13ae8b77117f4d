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
        .target(
            name: "Wamid",
            dependencies: ["WamidFFI"],
            // What the library looks certificates and the system's proxy up with.
            linkerSettings: [
                .linkedFramework("Security", .when(platforms: [.macOS, .iOS])),
                .linkedFramework("CoreFoundation", .when(platforms: [.macOS, .iOS])),
                .linkedFramework("SystemConfiguration", .when(platforms: [.macOS, .iOS])),
            ]),
        .executableTarget(name: "WamidConformance", dependencies: ["Wamid"]),
        // From examples/swift.
        .executableTarget(name: "WamidExample", dependencies: ["Wamid"]),
        // Run by a test.
        .executableTarget(name: "WamidExit", dependencies: ["Wamid"]),
        .testTarget(name: "WamidTests", dependencies: ["Wamid", "WamidExample", "WamidExit"]),
    ]
)
