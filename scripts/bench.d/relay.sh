# Sourced by scripts/bench. wrk drives the relay and nginx as a plain reverse proxy in turn; both forward
# to the same upstream, an nginx that answers from memory. `translated` is a client of Chat Completions whose
# upstream speaks Anthropic Messages; there nginx passes on what the client could not read.
need wrk wrk
. "$ROOT/scripts/bench.d/stage.sh"

ROUNDS=${ROUNDS:-3}
EACH=${SECONDS_EACH:-5}
CONNECTIONS=${CONNECTIONS:-16}
WARM=${WARM_SECONDS:-15}
TICKS=$(getconf CLK_TCK)

nginx_start
relay_start
# What a first moment needs is given back: idle is what stays.
sleep "${IDLE_SECONDS:-5}"
IDLE=$(relay_memory)

cat >"$DIR/post.lua" <<'EOF'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"model":"' .. os.getenv("MODEL") .. '","stream":' .. (os.getenv("KIND") == "json" and 'false' or 'true,"stream_options":{"include_usage":true}')
    .. ',"messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"Hello there, how are you today?"}]}'
function done(summary, latency)
    io.write(string.format("%.0f %.3f %.3f %d %d\n", summary.requests / (summary.duration / 1e6),
        latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout, summary.requests))
end
EOF

# one KIND MODEL URL SECONDS -> "requests/s p50-ms p99-ms errors requests"
one() {
    KIND=$1 MODEL=$2 wrk -t2 -c"$CONNECTIONS" -d"$4s" -s "$DIR/post.lua" "$3" | tail -1
}

cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$RELAY_PID/stat"; }

# column N FILE -> the median of a column
column() { cut -d' ' -f"$1" "$2" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# measure KIND UPSTREAM-NAME
measure() {
    : >"$DIR/nginx.$1"
    : >"$DIR/relay.$1"
    # A JVM needs some seconds of load until its code is compiled; nginx needs none.
    one "$1" "$2/m" "http://127.0.0.1:$RELAY/v1/chat/completions" "$WARM" >/dev/null
    ticks=0
    round=0
    while [ $round -lt "$ROUNDS" ]; do
        one "$1" m "http://127.0.0.1:$PROXY/$2/v1/chat/completions" "$EACH" >>"$DIR/nginx.$1"
        before=$(cpu_ticks)
        one "$1" "$2/m" "http://127.0.0.1:$RELAY/v1/chat/completions" "$EACH" >>"$DIR/relay.$1"
        ticks=$((ticks + $(cpu_ticks) - before))
        round=$((round + 1))
    done
    requests=$(awk '{ sum += $5 } END { print sum }' "$DIR/relay.$1")
    errors=$(cat "$DIR/nginx.$1" "$DIR/relay.$1" | awk '{ sum += $4 } END { print sum }')
    column 1 "$DIR/relay.$1" >"$DIR/rate.$1"
    awk -v kind="$1" -v ticks="$ticks" -v hz="$TICKS" -v n="$requests" -v errors="$errors" \
        -v rn="$(column 1 "$DIR/nginx.$1")" -v rr="$(cat "$DIR/rate.$1")" \
        -v an="$(column 2 "$DIR/nginx.$1")" -v ar="$(column 2 "$DIR/relay.$1")" \
        -v bn="$(column 3 "$DIR/nginx.$1")" -v br="$(column 3 "$DIR/relay.$1")" 'BEGIN {
        printf "%-11s %8d %8d  %5.2f   %6.3f %6.3f %+7.3f   %7.3f %7.3f %+8.3f   %6.1f   %6d\n",
            kind, rn, rr, rr / rn, an, ar, ar - an, bn, br, br - bn, ticks / hz * 1e6 / n, errors
    }'
}

printf '%d connections, %s rounds of %s s each; streams have 40 events; load of the machine before: %s\n' \
    "$CONNECTIONS" "$ROUNDS" "$EACH" "$(cut -d' ' -f1 /proc/loadavg)"
printf '                requests/s              p50 ms                   p99 ms                    relay CPU\n'
printf '%-11s %8s %8s  %5s   %6s %6s %7s   %7s %7s %8s   %6s   %6s\n' \
    '' nginx relay ratio nginx relay added nginx relay added 'us/req' errors
measure json json
measure stream stream
measure translated claude
awk -v a="$(cat "$DIR/rate.translated")" -v b="$(cat "$DIR/rate.stream")" \
    'BEGIN { printf "translated streams at %.2f of the rate of those passed on\n", a / b }'
printf 'relay memory: %s MB idle, %s MB after the load\n' "$IDLE" "$(relay_memory)"
