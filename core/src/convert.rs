//! What a language holds, as what the core takes; the rule that fits no type of the core is told like every other.

use crate::error::Error;

/// The text of an argument that a language holds in an encoding of its own (UTF-16 can hold half a character), as UTF-8
/// bytes.
///
/// ```
/// assert_eq!(wamid::text("message", b"Hello".to_vec())?, "Hello");
/// assert_eq!(wamid::text("message", vec![0xed, 0xa0, 0xbd]).unwrap_err().field(), Some("message"));
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` where the bytes are no UTF-8.
pub fn text(field: &str, utf8: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(utf8)
        .map_err(|_| Error::invalid(field, "must be valid Unicode; it holds half a character"))
}

/// The number of an argument that a language counts in signed integers.
///
/// ```
/// assert_eq!(wamid::count::<u32>("max_retries", 2)?, 2);
/// assert_eq!(wamid::count::<u32>("max_retries", -1).unwrap_err().field(), Some("max_retries"));
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` where the number is negative or too large.
pub fn count<T: TryFrom<i64>>(field: &str, number: i64) -> Result<T, Error> {
    T::try_from(number)
        .map_err(|_| Error::invalid(field, format!("must be 0 or more, and not too large; it is {number}")))
}
