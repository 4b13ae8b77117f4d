// swift-tools-version: 5.9
import PackageDescription

let package = Package(
    name: "WamidBench",
    dependencies: [
        // Inside the toolchain's folder, where `cargo xtask bench` has put wamid's package together.
        .package(path: "/target/bench/swift/package"),
    ],
    targets: [
        .executableTarget(name: "WamidBench", dependencies: [.product(name: "Wamid", package: "package")]),
    ]
)
