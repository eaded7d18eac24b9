//! The `flashpoint` program: turns a result into an exit code.

fn main() {}
