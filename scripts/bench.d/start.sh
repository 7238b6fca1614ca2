# Sourced by scripts/bench. How long a start takes, what it uses of the processors and of memory: median of
# ROUNDS (10) after one that is not counted. `java` is an empty program, the least that a start can take. With
# PEERS, a folder with `npm install --prefix DIR @openai/codex @anthropic-ai/claude-code opencode-ai`, the same
# of theirs, and the ratio.
need python3 python3
jdk_find
"$ROOT/scripts/hal0" --version >/dev/null
DIR=$(mktemp -d "${TMPDIR:-/tmp}/hal0-bench.XXXXXX")
trap 'rm -rf "$DIR"' EXIT INT TERM

cat >"$DIR/Empty.java" <<'EOF'
class Empty {
    public static void main(String[] arguments) {}
}
EOF
"$JDK_HOME/bin/javac" -d "$DIR" "$DIR/Empty.java"
mkdir -p "$ROOT/bench/results"
# Not exec: the trap removes the folder.
DELTAS=40 STREAM_SECONDS=0 python3 "$ROOT/scripts/bench.d/start.py" "$ROOT/scripts/hal0" "$JDK_HOME/bin/java" "$DIR" \
    "$ROOT/bench/results/$(date +%F)-start.json"
