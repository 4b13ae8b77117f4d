//! What another language holds, as what the core takes. A value that the core's type cannot hold is `invalid_input` that
//! names its argument, as every other rule.

use std::time::Duration;

use crate::error::Error;

/// A text from a language whose texts may hold what is not Unicode (a lone surrogate), written as UTF-8 as far as it goes.
///
/// ```
/// assert_eq!(wamid::unicode("message", b"Hello".to_vec())?, "Hello");
/// assert_eq!(wamid::unicode("message", b"a\xED\xA0\xBD".to_vec()).unwrap_err().field(), Some("message"));
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` where the bytes are not valid UTF-8.
pub fn unicode(field: &str, bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|_| {
        Error::invalid(field, "must be valid Unicode; it holds half a character (a lone surrogate)")
    })
}

/// A whole number as the type that an argument or option has, from a language whose integers have other limits.
///
/// ```
/// assert_eq!(wamid::whole::<u32>("max_retries", 3)?, 3);
/// assert_eq!(wamid::whole::<u32>("max_retries", -1).unwrap_err().field(), Some("max_retries"));
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` where the type cannot hold the number.
pub fn whole<T: TryFrom<i128>>(field: &str, number: i128) -> Result<T, Error> {
    T::try_from(number).map_err(|_| Error::invalid(field, format!("cannot be {number}")))
}

/// The duration of an option that a language counts in seconds.
///
/// ```
/// assert_eq!(wamid::seconds("timeout", 2.5)?, std::time::Duration::from_millis(2500));
/// assert_eq!(wamid::seconds("timeout", -1.0).unwrap_err().field(), Some("timeout"));
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` where the number is negative or not finite.
pub fn seconds(field: &str, seconds: f64) -> Result<Duration, Error> {
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| Error::invalid(field, "must be a number of seconds, 0 or more, that a clock can count"))
}
