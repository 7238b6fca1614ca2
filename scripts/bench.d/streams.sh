# Sourced by scripts/bench. Many streams at once through the relay, each of which says a word every second;
# the upstream and the clients are one Java program beside it.
COUNT=${STREAMS:-5000}
HOLD=${HOLD_SECONDS:-30}
jdk_find
. "$ROOT/scripts/bench.d/stage.sh"

# A connection on each side of each stream.
NEEDED=$((2 * COUNT + 500))
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge "$NEEDED" ] || {
    echo "bench: $COUNT streams need $NEEDED open files and the limit is $(ulimit -n); raise it, or set STREAMS" >&2
    exit 1
}

relay_start
"$JDK_HOME/bin/java" -XX:+UseSerialGC -Xmx1g "$ROOT/bench/src/hal0/bench/SlowStreams.java" \
    "$UPSTREAM" "$RELAY" "$COUNT" "$HOLD" "$RELAY_PID"
