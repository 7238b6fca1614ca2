# Sourced by scripts/bench. Time and garbage of the dialects, by JMH, in a JVM with the collector of the
# program: decoding and writing one piece of text, encoding a conversation of many turns, entering a slot.
ROUNDS=${ROUNDS:-3}
EACH=${SECONDS_EACH:-1}
jdk_find
require_mvn
run_mvn -q -ntp -Pbench -pl bench -am -Dspotless.check.skip process-classes >&2
DIR=$(mktemp -d "${TMPDIR:-/tmp}/hal0-bench.XXXXXX")
trap 'rm -rf "$DIR"' EXIT INT TERM

"$JDK_HOME/bin/java" -cp "$ROOT/bench/target/classes:$(cat "$ROOT/bench/target/classpath")" \
    org.openjdk.jmh.Main "${2:-.}" -prof gc -f 1 -wi "$ROUNDS" -w "$EACH" -i "$ROUNDS" -r "$EACH" -foe true \
    -jvmArgs '-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx512m' -rf csv -rff "$DIR/figures.csv" >"$DIR/log" 2>&1 || {
    cat "$DIR/log" >&2
    exit 1
}

# "hal0.bench.DecodeDelta.decode","avgt",1,3,312.1,20.5,"ns/op",OPENAI, and a row like it for the garbage
awk -F, '
    { gsub(/["\r]/, "") }
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    {
        split($1, name, ":")
        sub(/^hal0\.bench\./, "", name[1])
        sub(/\..*/, "", name[1])
        key = sprintf("%-20s %-10s %4s", name[1], "Param: protocol" in column ? tolower($(column["Param: protocol"])) : "",
            "Param: turns" in column ? $(column["Param: turns"]) : "")
        if (name[2] == "") { order[++n] = key; time[key] = $5; unit[key] = $7 }
        else if (name[2] ~ /gc\.alloc\.rate\.norm$/) garbage[key] = $5
    }
    END {
        for (i = 1; i <= n; i++) {
            sub(/\/op/, "", unit[order[i]])
            printf "%s  %8.0f %s  %9.0f B\n", order[i], time[order[i]], unit[order[i]], garbage[order[i]]
        }
    }' "$DIR/figures.csv"
