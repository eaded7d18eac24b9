//! `flashpoint completions`: a script that completes commands in a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Exit;
use super::args::Arguments;
use super::console::print;

pub(super) fn run(shell: Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "flashpoint", &mut script);
    print(&String::from_utf8_lossy(&script))
}
