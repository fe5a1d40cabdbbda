//! Compressed twins of the files, and what they weigh.

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::io::Write;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

/// What each part of a page weighs.
#[derive(Default)]
pub(crate) struct Weights {
    parts: [(Weight, usize); PARTS.len()],
    /// What only those fetch who ask for more than the first program can do.
    later: (Weight, usize),
}

/// What a visitor fetches: as it is, or compressed by either way.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Weight {
    pub(crate) raw: u64,
    pub(crate) gzip: u64,
    pub(crate) brotli: u64,
}

const PARTS: [&str; 5] = ["html", "css", "js", "wasm", "other"];

/// Kinds of files that compression makes smaller.
const COMPRESSIBLE: [&str; 11] = [
    "css", "der", "ftl", "html", "js", "json", "mjs", "svg", "txt", "wasm", "xml",
];

/// Puts a `.br` and a `.gz` beside each file that gains by it, and weighs all.
///
/// # Errors
/// If a file cannot be read or written.
pub(crate) fn compress(folder: &Path) -> Result<Weights> {
    let mut weights = Weights::default();
    for file in files(folder)? {
        let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let weight = if COMPRESSIBLE.contains(&extension(&file)) {
            let (gzip, brotli) = (gzip(&bytes)?, brotli(&bytes)?);
            let weight = Weight {
                raw: length(&bytes),
                gzip: length(&gzip),
                brotli: length(&brotli),
            };
            beside(&file, "gz", &gzip)?;
            beside(&file, "br", &brotli)?;
            weight
        } else {
            let raw = length(&bytes);
            Weight {
                raw,
                gzip: raw,
                brotli: raw,
            }
        };
        weights.add(&file, weight);
    }
    Ok(weights)
}

/// Whether a file is one that a first visit does without: of the complete program, or with the roots
/// that even that one fetches only when asked.
fn is_later(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    let starts = |of: &[&str]| name.is_some_and(|name| of.iter().any(|of| name.starts_with(of)));
    match extension(file) {
        "js" | "wasm" => starts(&["padlock-", "worker-"]),
        "css" => starts(&["complete-"]),
        extension => extension == "der",
    }
}

/// Every file below a folder, in order.
///
/// # Errors
/// If a folder cannot be read.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

impl Weights {
    /// What a first visit fetches.
    pub(crate) fn first_visit(&self) -> Weight {
        let mut total = Weight::default();
        for (weight, _) in &self.parts {
            total += *weight;
        }
        total
    }

    fn add(&mut self, file: &Path, weight: Weight) {
        let part = PARTS
            .iter()
            .position(|part| *part == extension(file))
            .unwrap_or(PARTS.len() - 1);
        let sum = match is_later(file) {
            true => &mut self.later,
            false => &mut self.parts[part],
        };
        sum.0 += weight;
        sum.1 += 1;
    }
}

impl AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

impl Display for Weights {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<11} {:>5} {:>11} {:>11} {:>11}",
            "part", "files", "raw", "gzip", "brotli"
        )?;
        for (name, (weight, files)) in PARTS.iter().zip(&self.parts) {
            row(f, name, *weight, *files)?;
        }
        let files = self.parts.iter().map(|(_, files)| files).sum();
        row(f, "first visit", self.first_visit(), files)?;
        row(f, "later", self.later.0, self.later.1)
    }
}

fn row(f: &mut Formatter<'_>, name: &str, weight: Weight, files: usize) -> fmt::Result {
    let Weight { raw, gzip, brotli } = weight;
    writeln!(
        f,
        "{name:<11} {files:>5} {:>11} {:>11} {:>11}",
        kilobytes(raw),
        kilobytes(gzip),
        kilobytes(brotli)
    )
}

/// Thousands of bytes, with one decimal.
fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish().context("compressing by gzip")
}

/// Ways to tell literals apart by what stands before them: by the encoder's own guess, or by the
/// upper six bits of the byte before, which takes one part in a hundred off the wasm.
const MODES: [BrotliEncoderMode; 2] = [
    BrotliEncoderMode::BROTLI_MODE_GENERIC,
    BrotliEncoderMode::BROTLI_FORCE_MSB_PRIOR,
];

/// The bytes as small as brotli makes them in either mode.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let [guessed, upper_bits] = MODES.map(|mode| brotli_in(mode, bytes));
    let (guessed, upper_bits) = (guessed?, upper_bits?);
    Ok(if upper_bits.len() < guessed.len() {
        upper_bits
    } else {
        guessed
    })
}

fn brotli_in(mode: BrotliEncoderMode, bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        mode,
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)
        .context("compressing by brotli")?;
    Ok(compressed)
}

fn beside(file: &Path, suffix: &str, bytes: &[u8]) -> Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    fs::write(&name, bytes).with_context(|| format!("writing {}", name.to_string_lossy()))
}

fn extension(file: &Path) -> &str {
    file.extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).expect("no machine here has longer addresses than 64 bits")
}

#[cfg(test)]
mod tests {
    use super::{MODES, Weight, Weights, brotli, brotli_in, gzip, kilobytes};
    use std::io::Read;
    use std::path::Path;

    #[test]
    fn parts_add_up() {
        let mut weights = Weights::default();
        weights.add(
            Path::new("a.js"),
            Weight {
                raw: 3,
                gzip: 2,
                brotli: 1,
            },
        );
        weights.add(
            Path::new("b.js"),
            Weight {
                raw: 30,
                gzip: 20,
                brotli: 10,
            },
        );
        weights.add(
            Path::new("icon.svg"),
            Weight {
                raw: 300,
                gzip: 200,
                brotli: 100,
            },
        );
        assert_eq!(
            weights.first_visit(),
            Weight {
                raw: 333,
                gzip: 222,
                brotli: 111
            }
        );
        let first_visit = weights.first_visit();
        let complete = Path::new("padlock-7f1c22d09a3b4c5d_bg.wasm");
        let (raw, gzip, brotli) = (3000, 2000, 1000);
        weights.add(complete, Weight { raw, gzip, brotli });
        assert_eq!(weights.first_visit(), first_visit);
        for later in [
            "roots-7f1c22d09a3b4c5d.der",
            "complete-7f1c22d09a3b4c5d.css",
        ] {
            weights.add(Path::new(later), Weight { raw, gzip, brotli });
            assert_eq!(weights.first_visit(), first_visit, "{later}");
        }
        let table = weights.to_string();
        assert!(table.contains("js              2      0.0 kB"), "{table}");
        assert!(table.contains("other           1      0.3 kB"), "{table}");
        assert!(table.contains("first visit     3      0.3 kB"), "{table}");
        assert!(table.contains("later           3      9.0 kB"), "{table}");
    }

    #[test]
    fn sizes_are_rounded_to_tenths() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(1_049), "1.0 kB");
        assert_eq!(kilobytes(1_050), "1.1 kB");
        assert_eq!(kilobytes(260_000), "260.0 kB");
    }

    #[test]
    fn what_is_compressed_comes_out_again() {
        let bytes: Vec<u8> = b"Every byte has an owner. ".repeat(100);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&*gzip(&bytes).unwrap())
            .read_to_end(&mut plain)
            .unwrap();
        assert_eq!(plain, bytes);
        for mode in MODES {
            plain.clear();
            let compressed = brotli_in(mode, &bytes).unwrap();
            brotli::BrotliDecompress(&mut &*compressed, &mut plain).unwrap();
            assert_eq!(plain, bytes);
            assert!(brotli(&bytes).unwrap().len() <= compressed.len());
        }
    }
}
