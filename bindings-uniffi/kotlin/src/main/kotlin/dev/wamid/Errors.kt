@file:JvmName("Errors")

package dev.wamid

import java.time.Duration

/** What is known of the failure, whatever its kind. */
public val WamidException.failure: Failure
    get() = when (this) {
        is WamidException.InvalidInput -> failure
        is WamidException.Authentication -> failure
        is WamidException.RateLimited -> failure
        is WamidException.Rejected -> failure
        is WamidException.Server -> failure
        is WamidException.Timeout -> failure
        is WamidException.Connection -> failure
        is WamidException.UnexpectedResponse -> failure
        is WamidException.Unsupported -> failure
        is WamidException.Store -> failure
    }

/** What went wrong, such as `rate_limited`. */
public val WamidException.kind: String get() = failure.kind

/** A sentence for a person: what happened and what to do. */
public val WamidException.detail: String get() = failure.detail

/** The HTTP status of the answer, where one came. */
public val WamidException.status: Int? get() = failure.status

/** The Graph API's error code, such as 131056. */
public val WamidException.code: Long? get() = failure.code

/** The Graph API's `error_subcode`. */
public val WamidException.subcode: Long? get() = failure.subcode

/** The Graph API's `error_user_title`, written for end users. */
public val WamidException.title: String? get() = failure.title

/** What the Graph API says of the cause. */
public val WamidException.details: String? get() = failure.details

/** Meta's id of this failure, which its support asks for. */
public val WamidException.traceId: String? get() = failure.traceId

/** The argument or option at fault, as a path: `phone`, `body_params[1]`, `buttons[0].coupon_code`. */
public val WamidException.field: String? get() = failure.field

/** The send's reference: with it a later status webhook can be matched to this call. */
public val WamidException.reference: String? get() = failure.reference

/** How long to wait before the next try, where the host or the SDK's own schedule says so. */
public val WamidException.retryAfter: Duration? get() = failure.retryAfter

/** Whether the same call, made later, may succeed and cannot send twice. */
public val WamidException.retryable: Boolean get() = failure.retryable

/** Whether the message may have gone out although the call failed. False means: surely not sent. */
public val WamidException.maybeSent: Boolean get() = failure.maybeSent

/** How many requests were tried; 0 where the failure came before the first. */
public val WamidException.attempts: Long get() = failure.attempts
