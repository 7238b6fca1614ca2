# Sourced by scripts/bench. Searching a generated tree of FILES files, a tenth of it ignored, with the page
# cache warm, by hal0's own search and by ripgrep in turn; JVM options as the program's.
FILES=${FILES:-100000}
ROUNDS=${ROUNDS:-7}
need rg ripgrep
jdk_find
require_mvn
run_mvn -q -ntp -Pbench -pl bench -am -Dspotless.check.skip process-classes >&2
DIR=$(mktemp -d "${TMPDIR:-/tmp}/hal0-bench.XXXXXX")
trap 'rm -rf "$DIR"' EXIT INT TERM

# Not exec: the trap removes the tree.
"$JDK_HOME/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx512m ${HAL0_JAVA_OPTS:--XX:TieredStopAtLevel=1} \
    -cp "$ROOT/bench/target/classes:$(cat "$ROOT/bench/target/classpath")" hal0.bench.SearchTree "$DIR" "$FILES" "$ROUNDS"
