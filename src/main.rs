//! The `flashpoint` program: turns a result into an exit code.

use std::process::ExitCode;

// Setting type makes many small values that live for one piece; with the system's allocator it took twice as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    flashpoint::cli::run(std::env::args_os())
}
