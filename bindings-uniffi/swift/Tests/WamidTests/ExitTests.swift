import Foundation
import XCTest

/// A process that ends while a hundred calls are under way: in time, with the status that it should have, and quietly.
final class ExitTests: XCTestCase {
    func testMainReturns() async throws { try await check("return", status: 0) }

    func testTheProgramExits() async throws { try await check("exit", status: 7) }

    func testTheProgramCancelsItsCallsAndExitsAtOnce() async throws { try await check("cancel", status: 7) }

    func testTheProcessIsTerminated() async throws {
        try await check("wait", status: SIGTERM, reason: .uncaughtSignal) { kill($0.processIdentifier, SIGTERM) }
    }

    private func check(
        _ way: String, status: Int32, reason: Process.TerminationReason = .exit, end: (Process) -> Void = { _ in }
    ) async throws {
        let host = try StagedHost()
        let (program, input, output) = (Process(), Pipe(), Pipe())
        program.executableURL = Bundle.main.bundleURL.appendingPathComponent("WamidExit")
        program.arguments = [way, host.url]
        program.standardInput = input
        program.standardOutput = output
        program.standardError = output
        try program.run()
        try await until("the calls have arrived") { host.arrived == 100 || !program.isRunning }
        end(program)
        try input.fileHandleForWriting.close()
        do {
            try await until("it has ended") { !program.isRunning }
        } catch {
            kill(program.processIdentifier, SIGKILL)
            throw error
        }
        XCTAssertEqual(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self), "")
        XCTAssertEqual(program.terminationStatus, status)
        XCTAssertEqual(program.terminationReason, reason)
        XCTAssertEqual(host.arrived, 100)
        host.stop()
    }
}
