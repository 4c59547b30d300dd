//! Which signals the program is meant to survive.
//!
//! In: nothing. Out: whether whoever started this process had it ignore a signal, as `nohup` does with the end of the
//! terminal. Guarantee: to be asked before a handler of one's own is put in its place.

use std::io::{IsTerminal, stderr, stdin, stdout};

/// The end of the terminal, by the number that every Unix gives it.
const HANGUP: u32 = 1;
/// Ctrl-\ on a terminal.
const QUIT: u32 = 3;

/// Whether this process ends with its terminal: nobody had it ignore that.
pub fn ends_with_its_terminal() -> bool {
    !is_ignored(HANGUP)
}

/// Whether Ctrl-\ on a terminal ends this process: a shell has its jobs in the background ignore that.
pub fn ends_by_quit() -> bool {
    !is_ignored(QUIT)
}

fn is_ignored(signal: u32) -> bool {
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        return is_in_mask(&status, signal);
    }
    // Elsewhere it cannot be told; a process without a terminal has nothing to hear from one.
    !(stdin().is_terminal() || stdout().is_terminal() || stderr().is_terminal())
}

/// Whether what Linux says of a process has `signal` among those ignored.
fn is_in_mask(status: &str, signal: u32) -> bool {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    mask & 1 << (signal - 1) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_are_found_in_the_mask() {
        let status = "Name:\tmuqabala\nSigBlk:\t0000000000000005\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000004\n";
        assert!(is_in_mask(status, HANGUP) && !is_in_mask(status, QUIT) && is_in_mask(status, 13));
        assert!(!is_in_mask("", HANGUP) && !is_in_mask("SigIgn: nothing", HANGUP));
    }
}
