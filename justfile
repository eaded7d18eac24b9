# Shows the recipes.
default:
    @just --list

# Makes editions: `just export --format pdf`.
export *arguments:
    cargo run --release --quiet -- export {{arguments}}

# Looks for problems without writing anything.
check *arguments:
    cargo run --release --quiet -- check {{arguments}}

# Makes a reader site and puts it somewhere: `just distribute --to public/`.
distribute *arguments:
    cargo run --release --quiet -- distribute {{arguments}}

# Runs the tests.
test *arguments:
    tests/all {{arguments}}

# Looks at form and at doubtful code.
lint:
    cargo fmt --check
    cargo clippy --release --all-targets -- -D warnings

# Feeds the program inputs that nobody wrote, for an hour, from a new beginning each time.
fuzz seconds="3600":
    PROPTEST_CASES=3000 tests/all
    FUZZ_SECONDS={{seconds}} FUZZ_SEED=$(date +%s) cargo test --release --test fuzz

# Measures speed and memory.
bench *arguments:
    cargo bench {{arguments}}

# Draws the pictures of pages in the README and the guides anew: the real piece, a rich one in the shipped themes, themes, languages.
pages:
    cargo build --release --quiet
    docs/pages/make target/release/flashpoint
    docs/themes/make target/release/flashpoint
    docs/scripts/make target/release/flashpoint

# Runs the public checkers of each format over every edition of every fixture.
conform:
    tests/conformance/run

# Runs shards on a Ray cluster and on Slurm, with nodes lost and a store that errs, and a thousand random pieces for false alarms; writes docs/cluster-run.txt and docs/alarms-run.txt.
conform-full *arguments:
    tests/conformance/full {{arguments}}

# Does all that must pass before a change lands.
ci:
    .ci/run
