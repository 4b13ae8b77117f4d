import Foundation

/// Many sends were cancelled; this is what is known of them. Nothing more goes out.
public struct SendManyCancelled: Error, Hashable, Codable, Sendable {
    /// One for each send, in the order of the list. `nil` is a send that had not begun: it was surely not sent. One that was
    /// under way is a failure whose `maybeSent` is true.
    public let outcomes: [Outcome?]
    /// How many were sent, failed and are unknown; `left` were not begun.
    public let progress: SendProgress

    /// One of these; for tests.
    public init(outcomes: [Outcome?], progress: SendProgress) {
        self.outcomes = outcomes
        self.progress = progress
    }
}

extension SendManyCancelled: LocalizedError {
    /// The counts.
    public var errorDescription: String? {
        "The sends were cancelled: \(progress.sent) sent, \(progress.failed) failed, \(progress.unknown) unknown, "
            + "\(progress.left) not begun."
    }
}
