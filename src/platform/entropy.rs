//! Where the seed of a new run comes from.

/// Draws seeds.
pub trait Entropy {
    /// A new seed.
    fn seed(&self) -> [u8; 16];
}

/// The browser's `crypto.getRandomValues`.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserEntropy;

impl Entropy for BrowserEntropy {
    /// Where the browser refuses, the seed is made of `Math.random`: it only has to differ from run
    /// to run, no secret that deserves the name is made of it.
    fn seed(&self) -> [u8; 16] {
        let mut seed = [0; 16];
        let filled = web_sys::window()
            .and_then(|window| window.crypto().ok())
            .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut seed).is_ok());
        if !filled {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a byte is meant"
            )]
            seed.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
        }
        seed
    }
}

/// Always the same seed.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedEntropy;

impl Entropy for FixedEntropy {
    fn seed(&self) -> [u8; 16] {
        *b"\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff"
    }
}
