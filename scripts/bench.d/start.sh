# Sourced by scripts/bench. Wall time of short commands, median of ROUNDS, beside a bare JVM.
ROUNDS=${ROUNDS:-10}
jdk_find
"$ROOT/scripts/hal0" --version >/dev/null

# wall COMMAND... -> milliseconds, median
wall() {
    round=0
    while [ $round -lt "$ROUNDS" ]; do
        before=$(date +%s%N)
        "$@" >/dev/null 2>&1
        after=$(date +%s%N)
        echo $(((after - before) / 1000000))
        round=$((round + 1))
    done | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

printf 'java -version    %5d ms\n' "$(wall "$JDK_HOME/bin/java" -Xshare:auto -XX:TieredStopAtLevel=1 -version)"
printf 'hal0 --version   %5d ms\n' "$(wall "$ROOT/scripts/hal0" --version)"
printf 'hal0 --help      %5d ms\n' "$(wall "$ROOT/scripts/hal0" --help)"
