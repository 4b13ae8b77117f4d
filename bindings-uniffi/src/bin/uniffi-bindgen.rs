//! Writes the Kotlin and Swift sources for the library that it is given.

fn main() {
    uniffi::uniffi_bindgen_main();
}
