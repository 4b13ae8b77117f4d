//! What generators of typed languages ask of declarations.

/// `preview_url` as `previewUrl`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| {
        let mut letters = word.chars();
        let upper = letters.next().into_iter().map(|letter| letter.to_ascii_uppercase());
        all + &upper.chain(letters).collect::<String>()
    })
}
