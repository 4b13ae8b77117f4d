import Foundation

func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}

/// What a run cost, from the moment it is made; how long it is to go on, at least.
final class Meter: @unchecked Sendable {
    private let lock = NSLock()
    private var latencies: [UInt64] = []
    private var failed = 0
    private var why = ""
    private let cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID)
    private let began = nanoseconds(CLOCK_MONOTONIC)
    private let seconds: Double

    init(seconds: Double) {
        self.seconds = seconds
    }

    func isUp() -> Bool {
        Double(nanoseconds(CLOCK_MONOTONIC) - began) >= seconds * 1e9
    }

    func took(_ nanoseconds: UInt64) {
        lock.withLock { latencies.append(nanoseconds) }
    }

    func failure(_ error: Error) {
        lock.withLock {
            failed += 1
            why = String(describing: error)
        }
    }

    /// One line of JSON: CPU a call in microseconds, calls a second, latencies in microseconds, memory in kilobytes.
    func told(calls: Int) -> String {
        let seconds = Double(nanoseconds(CLOCK_MONOTONIC) - self.began) / 1e9
        let cpu = Double(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - self.cpu) / 1e3
        latencies.sort()
        func at(_ share: Double) -> String {
            let place = Int(Double(latencies.count) * share)
            return place < latencies.count ? "\(Double(latencies[place]) / 1e3)" : "null"
        }
        let text = why.filter { $0.isASCII && $0 != "\"" && $0 != "\\" && !$0.isNewline }
        return """
            {"calls":\(calls),"cpu_us":\(cpu / Double(calls)),"rate":\(Double(calls) / seconds),"p50_us":\(at(0.5)),\
            "p99_us":\(at(0.99)),"peak_kb":\(peakKilobytes()),"failed":\(failed),"why":"\(text)"}
            """
    }
}

private func peakKilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
}
