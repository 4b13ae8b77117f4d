import Foundation

/// An instant as it crosses: microseconds since 1970.
func microseconds(_ date: Date) -> Int64 {
    // Beyond what 64 bits count there is only the end of time.
    Int64(exactly: (date.timeIntervalSince1970 * 1e6).rounded()) ?? (date < Date() ? .min : .max)
}

func date(_ microseconds: Int64) -> Date {
    // Whole seconds first: a `Date` counts from 2001, and so keeps the microseconds.
    let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return Date(timeIntervalSince1970: Double(seconds)).addingTimeInterval(Double(rest) / 1e6)
}
