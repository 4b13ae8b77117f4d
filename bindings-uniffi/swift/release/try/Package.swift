// swift-tools-version: 5.9
// A program that has unpacked the package beside it: cargo xtask package builds and runs it.
import PackageDescription

let package = Package(
    name: "Try",
    dependencies: [.package(name: "Wamid", path: "../wamid-swift")],
    targets: [.executableTarget(name: "Try", dependencies: ["Wamid"])]
)
