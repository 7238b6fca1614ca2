# Sourced by scripts/bench. hal0 in a pseudo-terminal, talking to a model of this machine's own; DELTAS (5200)
# pieces in STREAM_SECONDS (6). KEEP names a file for what was written to the terminal.
need python3 python3
jdk_find
"$ROOT/scripts/hal0" --version >/dev/null
DIR=$(mktemp -d "${TMPDIR:-/tmp}/hal0-bench.XXXXXX")
trap 'rm -rf "$DIR"' EXIT INT TERM

# Not exec: the trap removes the folder.
python3 "$ROOT/scripts/bench.d/tui.py" "$ROOT/scripts/hal0" "$DIR"
