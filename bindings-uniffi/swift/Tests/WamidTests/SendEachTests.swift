import Foundation
import Wamid
import XCTest

/// Outcomes as they end.
final class SendEachTests: SandboxTests {
    private let phone = Sandbox.phone

    func testEachIsToldWithItsIndexOfAnArrayAndOfWhatComesLater() async throws {
        let client = try sandbox.cloud()
        let sends = (0..<40).map { Message(to: $0 % 10 == 3 ? "nobody" : phone, .text("\($0)")) }
        let later = AsyncStream<Message> { told in
            for send in sends { told.yield(send) }
            told.finish()
        }
        for each in [client.sendEach(sends, concurrency: 4), client.sendEach(later), client.sendEach(sends.lazy.map { $0 })] {
            var told: [Int: Outcome] = [:]
            for try await (index, outcome) in each { told[index] = outcome }
            XCTAssertEqual(told.count, 40)
            for (index, outcome) in told {
                if case .failed(let error) = outcome { XCTAssertEqual(error.field, "phone") }
                if case .sent = outcome { XCTAssertNotEqual(index % 10, 3) } else { XCTAssertEqual(index % 10, 3) }
            }
        }
    }

    func testNoMoreAreHeldThanWereAskedFor() async throws {
        let taken = Taken()
        let sends = (0..<12).lazy.map { [phone] in taken.note(Message(to: phone, .text("held \($0)"))) }
        let all = AsyncStream(unfolding: { [iterator = Shared(sends.makeIterator())] in iterator.next() })
        var told = 0
        for try await _ in try sandbox.cloud().sendEach(all, concurrency: 3) {
            told += 1
            // However long this takes: what is taken and not told has to stay within three.
            for _ in 0..<100 { await Task.yield() }
            XCTAssertLessThanOrEqual(taken.count - told, 3)
        }
        XCTAssertEqual(told, 12)
        XCTAssertEqual(taken.count, 12)
    }

    func testLeavingTheLoopSendsNothingMore() async throws {
        let taken = Taken()
        let endless = AsyncStream { [phone] in taken.note(Message(to: phone, .text("endless"))) }
        for try await _ in try sandbox.cloud().sendEach(endless, concurrency: 2) { break }
        let after = taken.count
        // Another send takes its way meanwhile.
        for _ in 0..<5 { _ = try await sandbox.cloud().sendMessage(phone: phone, message: "after") }
        XCTAssertLessThanOrEqual(taken.count, after + 1)
    }

    func testWhatTheSourceThrowsComesAfterWhatIsUnderWay() async throws {
        struct Torn: Error {}
        let torn = AsyncThrowingStream<Message, Error> { [phone] told in
            for number in 0..<3 { told.yield(Message(to: phone, .text("\(number)"))) }
            told.finish(throwing: Torn())
        }
        var told = 0
        do {
            for try await _ in try sandbox.cloud().sendEach(torn) { told += 1 }
            XCTFail("it did not throw")
        } catch is Torn {
            XCTAssertEqual(told, 3)
        }
    }

    func testAConcurrencyThatIsNotSoundIsRefused() async throws {
        for concurrency: Int64 in [0, -1] {
            let error = try await failure {
                for try await _ in try sandbox.cloud().sendEach([Message](), concurrency: concurrency) {}
            }
            XCTAssertEqual(error.field, "concurrency")
        }
    }
}

/// Counts what was taken.
private final class Taken: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0

    func note<T>(_ value: T) -> T {
        lock.withLock { number += 1 }
        return value
    }

    var count: Int { lock.withLock { number } }
}

/// An iterator that one task after the other may ask.
private final class Shared<I: IteratorProtocol>: @unchecked Sendable {
    private let lock = NSLock()
    private var iterator: I

    init(_ iterator: I) { self.iterator = iterator }

    func next() -> I.Element? { lock.withLock { iterator.next() } }
}
