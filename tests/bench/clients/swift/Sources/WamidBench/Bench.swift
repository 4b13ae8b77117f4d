// The same sends through URLSession and wamid, with the command line of `wamid-bench client`.
import Foundation
import Wamid

@main
enum Bench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, arguments[1] == "client" else {
            throw Refused(text: "client SUBJECT --url URL [--calls N] [--seconds S] [--in-flight K] [--ca-file FILE]")
        }
        let asked = try read(arguments.dropFirst(3))
        let work: Work
        switch arguments[2] {
        case "URLSession": work = try each(asked, urlSession(asked))
        case "wamid":
            let client = try wamidClient(asked)
            work = each(asked) { try await client.sendMessage(phone: phone, message: message).id }
        case "wamid-many": work = try many(asked)
        default: throw Refused(text: "no subject \(arguments[2])")
        }
        _ = try await work(max(warmUp, asked.inFlight), Meter(seconds: 0))
        let meter = Meter(seconds: asked.seconds)
        print(meter.told(calls: try await work(asked.calls, meter)))
        // A session that is let go while libcurl still holds it ends the process.
        withExtendedLifetime(work) { exit(0) }
    }
}
