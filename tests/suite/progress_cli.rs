//! What commands that take long say of it: on a terminal, and elsewhere.
#![cfg(unix)]

use std::process::Command;

use crate::support;

/// Runs `muqabala read - ARGUMENTS` on a text that comes after 1.8 seconds, or as soon as a line of progress was seen
/// where one is waited for, with messages to a terminal or to a pipe, and prints what was said there and then the result.
const SLOW: &str = r#"
import os, pty, select, subprocess, sys, time
program, where, *arguments = sys.argv[1:]
master, slave = pty.openpty() if where == "terminal" else os.pipe()
ran = subprocess.Popen([program, "read", "-", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=slave)
os.close(slave)
said = b""
if where == "terminal" and not arguments:
    end = time.monotonic() + 60
    while b" so far" not in said and time.monotonic() < end:
        if select.select([master], [], [], 1)[0]:
            said += os.read(master, 4096)
else:
    time.sleep(1.8)
ran.stdin.write("The ministers met.\n".encode())
ran.stdin.close()
while True:
    try:
        more = os.read(master, 4096)
    except OSError:
        break
    if not more:
        break
    said += more
print(ascii(said.decode("utf-8", "replace")))
print(ran.stdout.read().decode())
"#;

fn slow(arguments: &[&str]) -> Option<String> {
    let ran = Command::new("python3")
        .args(["-c", SLOW, env!("CARGO_BIN_EXE_muqabala")])
        .args(arguments)
        .envs(support::own_folders())
        // A terminal that can move its cursor: on others no line moves.
        .env("TERM", "xterm")
        .output();
    let Ok(ran) = ran else {
        support::left_out::say("what a terminal is told of work that takes long", "as there is no python3");
        return None;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(String::from_utf8(ran.stdout).unwrap())
}

#[test]
fn a_terminal_is_told_what_takes_long_and_others_are_not_yet() {
    let Some(told) = slow(&["terminal"]) else { return };
    assert!(told.contains("reading, ") && told.contains(" s so far"), "{told}");
    // It stands in no message: each begins on a line that was cleared.
    assert!(told.contains("\\x1b[2Kstandard input: read as text"), "{told}");
    assert!(told.contains("paragraph\tThe ministers met."), "{told}");
    for arguments in [&["terminal", "--quiet"][..], &["pipe"]] {
        let told = slow(arguments).unwrap();
        assert!(!told.contains("so far") && told.contains("paragraph\tThe ministers met."), "{told}");
    }
}
