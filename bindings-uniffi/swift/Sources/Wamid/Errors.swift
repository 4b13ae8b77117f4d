import Foundation

extension WamidError {
    /// What is known of the failure, whatever its kind.
    public var failure: Failure {
        switch self {
        case .InvalidInput(let failure), .Authentication(let failure), .RateLimited(let failure),
            .Rejected(let failure), .Server(let failure), .Timeout(let failure), .Connection(let failure),
            .UnexpectedResponse(let failure), .Unsupported(let failure), .Store(let failure):
            return failure
        }
    }

    /// What went wrong, such as `rate_limited`.
    public var kind: String { failure.kind }
    /// A sentence for a person: what happened and what to do.
    public var detail: String { failure.detail }
    /// The HTTP status of the answer, where one came.
    public var status: Int32? { failure.status }
    /// The Graph API's error code, such as 131056.
    public var code: Int64? { failure.code }
    /// The Graph API's `error_subcode`.
    public var subcode: Int64? { failure.subcode }
    /// The Graph API's `error_user_title`, written for end users.
    public var title: String? { failure.title }
    /// What the Graph API says of the cause.
    public var details: String? { failure.details }
    /// Meta's id of this failure, which its support asks for.
    public var traceId: String? { failure.traceId }
    /// The argument or option at fault, as a path: `phone`, `body_params[1]`, `buttons[0].coupon_code`.
    public var field: String? { failure.field }
    /// The send's reference: with it a later status webhook can be matched to this call.
    public var reference: String? { failure.reference }
    /// How many seconds to wait before the next try, where the host or the SDK's own schedule says so.
    public var retryAfter: TimeInterval? { failure.retryAfter }
    /// Whether the same call, made later, may succeed and cannot send twice.
    public var retryable: Bool { failure.retryable }
    /// Whether the message may have gone out although the call failed. False means: surely not sent.
    public var maybeSent: Bool { failure.maybeSent }
    /// How many requests were tried; 0 where the failure came before the first.
    public var attempts: Int64 { failure.attempts }
}

extension WamidError: LocalizedError {
    /// The sentence for a person, so that `localizedDescription` says it.
    public var errorDescription: String? { failure.detail }
}

extension WamidError: CustomStringConvertible {
    /// The kind and the sentence.
    public var description: String { "\(failure.kind): \(failure.detail)" }
}
