//! What Cargo.lock pins.

/// The version of `package` in the text of a Cargo.lock, the first if it holds several.
pub(crate) fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    let wanted = format!("name = \"{package}\"");
    lines.find(|line| *line == wanted)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::version;

    const LOCK: &str = "version = 4\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n\
        dependencies = [\n \"wasm-bindgen-macro\",\n]\n\n\
        [[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.131\"\n";

    #[track_caller]
    fn check(package: &str, expected: Option<&str>) {
        assert_eq!(version(LOCK, package), expected);
    }

    #[test]
    fn versions_are_read_by_exact_name() {
        check("wasm-bindgen", Some("0.2.130"));
        check("wasm-bindgen-macro", Some("0.2.131"));
        check("wasm", None);
        check("", None);
    }
}
