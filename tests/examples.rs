//! The examples run and show what they say. `cargo test` builds them; `cargo test --test examples` alone does not, so
//! these tests are a program of their own.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

use std::path::Path;
use std::process::Command;

fn example(name: &str, arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_muqabala")).parent().unwrap().join("examples");
    let output = Command::new(folder.join(name))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|e| panic!("{name}: {e}; build it with cargo build --examples"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn two_texts_are_aligned() {
    let out = example("align_two_texts", &[]);
    assert_eq!(out.matches("  source: ").count(), 3, "{out}");
    assert_eq!(out.matches("  target: ").count(), 4, "{out}");
    assert!(out.contains("    dates -"), "{out}");
}

#[test]
fn a_translation_memory_is_written() {
    let documents = ["corpora/jscd-2024/ar.txt", "corpora/jscd-2024/en.txt"];
    let written = example("write_tmx", &documents);
    let aligned = Command::new(env!("CARGO_BIN_EXE_muqabala"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // Nobody's settings.
        .env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"))
        .arg("align")
        .args(documents)
        .args(["--format", "tmx", "--creation-date", "20240723T120000Z", "--quiet"])
        .output()
        .unwrap();
    assert_eq!(written, String::from_utf8(aligned.stdout).unwrap());
}

#[test]
fn a_pin_holds() {
    let out = example("pin_and_realign", &[]);
    let (_, after) = out.split_once("around the pin:\n").unwrap();
    assert!(after.starts_with("  3-1  source 0..3  target 0..1\n"), "{out}");
}
