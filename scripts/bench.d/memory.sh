# Sourced by scripts/bench. A memory of NOTES notes with vectors of DIMENSION numbers in a database of its own;
# JVM options as the program's.
NOTES=${NOTES:-100000}
DIMENSION=${DIMENSION:-384}
ROUNDS=${ROUNDS:-300}
jdk_find
require_mvn
run_mvn -q -ntp -Pbench -pl bench -am -Dspotless.check.skip process-classes >&2
DIR=$(mktemp -d "${TMPDIR:-/tmp}/hal0-bench.XXXXXX")
trap 'rm -rf "$DIR"' EXIT INT TERM

# Not exec: the trap removes the database.
"$JDK_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx512m \
    ${HAL0_JAVA_OPTS:--XX:TieredStopAtLevel=1} -cp "$ROOT/bench/target/classes:$(cat "$ROOT/bench/target/classpath")" \
    hal0.bench.MemorySearch "$DIR" "$NOTES" "$DIMENSION" "$ROUNDS"
