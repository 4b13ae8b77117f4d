// A program of the tests: it has a hundred calls under way, and ends in the way that it is told once its standard input does.

import Foundation
import Wamid

// Foundation starts its children with it blocked on Linux; before there are other threads, which would keep it so.
var terminated = sigset_t()
sigemptyset(&terminated)
sigaddset(&terminated, SIGTERM)
sigprocmask(SIG_UNBLOCK, &terminated, nil)

let (way, url) = (CommandLine.arguments[1], CommandLine.arguments[2])
let phone = "+91 98765-43210"
let client = try Client.cloud(accessToken: "TOKEN", phoneNumberId: "1066", options: ClientOptions(graphUrl: url))

let calls: [Task<Void, Never>] = (0..<100).map { number in
    let text = "silent \(number)"
    return Task.detached {
        switch number % 3 {
        case 0: _ = try? await client.sendMessage(phone: phone, message: text)
        case 1: _ = try? await client.sendMany(sends: [Message(to: phone, .text(text))], concurrency: nil) { _ in }
        default: do { for try await _ in client.sendEach([Message(to: phone, .text(text))]) {} } catch {}
        }
    }
}
_ = FileHandle.standardInput.readDataToEndOfFile()
switch way {
case "exit": exit(7)
case "cancel":
    calls.forEach { $0.cancel() }
    exit(7)
case "wait": sleep(60)
default: break
}
