//! What a handshake costs in a browser, with rustls beside it: run by `cargo xtask bench`.

#[cfg(target_arch = "wasm32")]
mod browser {
    pub(crate) mod cases;
    pub(crate) mod handshake;
    pub(crate) mod measure;
    pub(crate) mod operations;
    pub(crate) mod page;
    pub(crate) mod verdict;
    pub(crate) mod yardstick;
}

fn main() {
    // In a browser the runner calls what is marked as a benchmark instead.
    println!("This is for a browser: `cargo xtask bench` runs it there.");
}
