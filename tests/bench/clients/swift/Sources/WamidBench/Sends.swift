import Foundation
import Wamid

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let phone = "919876543210"
let message = "Your order A-1042 has been shipped and arrives on Friday."
let phoneId = "106540352242922"
let token = "EAAbench"
let warmUp = 200

/// How much, and against what: so many calls, and as many more as are begun within so many seconds.
struct Load: Sendable {
    var url = ""
    var calls = 10_000
    var seconds = 0.0
    var inFlight = 1
    var caFile: String?
}

/// Does so many calls, and more until its meter's time is up; says how many.
typealias Work = @Sendable (_ calls: Int, _ meter: Meter) async throws -> Int

struct Refused: Error {
    let text: String
}

func read(_ arguments: ArraySlice<String>) throws -> Load {
    var load = Load()
    var rest = arguments
    while let name = rest.popFirst(), let value = rest.popFirst() {
        switch name {
        case "--url": load.url = value
        case "--calls": load.calls = Int(value) ?? load.calls
        case "--seconds": load.seconds = Double(value) ?? load.seconds
        case "--in-flight": load.inFlight = Int(value) ?? load.inFlight
        case "--ca-file": load.caFile = value
        default: throw Refused(text: "no option \(name)")
        }
    }
    return load
}

func urlSession(_ load: Load) throws -> @Sendable () async throws -> String {
    let how = URLSessionConfiguration.ephemeral
    how.httpMaximumConnectionsPerHost = load.inFlight
    let session = URLSession(configuration: how)
    guard let url = URL(string: "\(load.url)/v26.0/\(phoneId)/messages") else { throw Refused(text: "no URL") }
    return {
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(withJSONObject: [
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+\(phone)", "type": "text",
            "text": ["body": message, "preview_url": false],
        ])
        let (data, _) = try await session.data(for: request)
        let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        guard let id = (answer?["messages"] as? [[String: Any]])?.first?["id"] as? String else {
            throw Refused(text: "no id")
        }
        return id
    }
}

func wamidClient(_ load: Load) throws -> Client {
    try Client.cloud(
        accessToken: token, phoneNumberId: phoneId, options: ClientOptions(caFile: load.caFile, graphUrl: load.url))
}

/// In bulks of 1000 (five times what is in flight, if that is more), each looked through and let go.
func many(_ load: Load) throws -> Work {
    let client = try wamidClient(load)
    let bulk = max(1000, 5 * load.inFlight)
    return { calls, meter in
        var made = 0
        repeat {
            // By time, only whole ones.
            let size = load.seconds > 0 ? bulk : min(bulk, calls - made)
            let sends = (0..<size).map { _ in Message(to: phone, .text(message)) }
            for outcome in try await client.sendMany(sends: sends, concurrency: Int64(load.inFlight)) {
                if case .failed(let error) = outcome { meter.failure(error) }
            }
            made += size
        } while made < calls || !meter.isUp()
        return made
    }
}

/// As many tasks as calls in flight.
func each(_ load: Load, _ call: @escaping @Sendable () async throws -> String) -> Work {
    { calls, meter in
        await withTaskGroup(of: Int.self) { group in
            for place in 0..<load.inFlight {
                // Each has its share.
                let share = calls / load.inFlight + (place < calls % load.inFlight ? 1 : 0)
                group.addTask {
                    var made = 0
                    while made < share || !meter.isUp() {
                        made += 1
                        let began = nanoseconds(CLOCK_MONOTONIC)
                        do {
                            _ = try await call()
                            meter.took(nanoseconds(CLOCK_MONOTONIC) - began)
                        } catch {
                            meter.failure(error)
                        }
                    }
                    return made
                }
            }
            return await group.reduce(0, +)
        }
    }
}
