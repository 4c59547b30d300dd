//! The `muqabala` program.

fn main() {}
