# Sourced by scripts/bench. wrk drives the relay and nginx as a plain reverse proxy in turn; both forward
# to the same upstream, an nginx that answers from memory. `translated` is a client of Chat Completions whose
# upstream speaks Anthropic Messages; there nginx passes on what the client could not read.
#
# On cores that are all in use a rate is their time over the CPU time of one request, wrk, nginx and relay
# together. That time hardly changes when others use the machine too: its ratio is the one to compare then.
need wrk wrk
need pgrep procps
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

# What nginx, the relay and wrk have used of the processors so far, in ms, without what the JVM's compilers
# use, which ends; wrk is a child of this shell, which is why the sum goes to a file: `times` in a subshell
# tells of that subshell.
cpu() {
    times >"$DIR/times"
    {
        sed -n '2s/[ms]/ /gp' "$DIR/times" | awk '{ print 1000 * (60 * $1 + $2 + 60 * $3 + $4) }'
        for pid in "$RELAY_PID" $(pgrep -P "$(cat "$DIR/nginx.pid")"); do
            cat "/proc/$pid/task/"*/stat 2>/dev/null | sed '/(C[12] Compiler/d; s/.*) //'
        done | awk -v hz="$TICKS" '{ sum += $12 + $13 } END { print 1000 * sum / hz }'
    } | awk '{ sum += $1 } END { print int(sum) }' >"$DIR/cpu"
}

# timed PEER KIND MODEL URL: one round, whose CPU time is added up in ms.PEER.KIND
timed() {
    cpu
    before=$(cat "$DIR/cpu")
    one "$2" "$3" "$4" "$EACH" >>"$DIR/$1.$2"
    cpu
    echo "$(($(cat "$DIR/cpu") - before))" >>"$DIR/ms.$1.$2"
}

# Microseconds of CPU for a request, of everything that had to do with it.
per_request() {
    awk -v ms="$(awk '{ sum += $1 } END { print sum }' "$DIR/ms.$1")" \
        '{ n += $5 } END { printf "%.1f", 1000 * ms / n }' "$DIR/$1"
}

# A JVM needs many requests until its code is compiled; nginx needs none. A busy machine needs more time.
warm() {
    warmed=0
    tries=0
    while [ "$warmed" -lt 100000 ] && [ $tries -lt 5 ]; do
        one "$1" "$2" "$3" "$WARM" >"$DIR/warm"
        warmed=$((warmed + $(cut -d' ' -f5 "$DIR/warm")))
        tries=$((tries + 1))
    done
}

# column N FILE -> the median of a column
column() { cut -d' ' -f"$1" "$2" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# measure KIND UPSTREAM-NAME
measure() {
    relay_url=http://127.0.0.1:$RELAY/v1/chat/completions
    warm "$1" "$2/m" "$relay_url"
    round=0
    while [ $round -lt "$ROUNDS" ]; do
        timed nginx "$1" m "http://127.0.0.1:$PROXY/$2/v1/chat/completions"
        timed relay "$1" "$2/m" "$relay_url"
        round=$((round + 1))
    done
    errors=$(cat "$DIR/nginx.$1" "$DIR/relay.$1" | awk '{ sum += $4 } END { print sum }')
    awk -v kind="$1" -v errors="$errors" \
        -v rn="$(column 1 "$DIR/nginx.$1")" -v rr="$(column 1 "$DIR/relay.$1")" \
        -v an="$(column 2 "$DIR/nginx.$1")" -v ar="$(column 2 "$DIR/relay.$1")" \
        -v bn="$(column 3 "$DIR/nginx.$1")" -v br="$(column 3 "$DIR/relay.$1")" \
        -v cn="$(per_request "nginx.$1")" -v cr="$(per_request "relay.$1")" 'BEGIN {
        printf "%-11s %7d %7d %6.2f %8.3f %7.3f %+8.3f %8.3f %7.3f %+8.3f %7.1f %7.1f %6.2f %7d\n",
            kind, rn, rr, rr / rn, an, ar, ar - an, bn, br, br - bn, cn, cr, cn / cr, errors
    }'
}

printf '%d connections, %s rounds of %s s each; streams have 40 events; load of the machine before: %s\n' \
    "$CONNECTIONS" "$ROUNDS" "$EACH" "$(cut -d' ' -f1 /proc/loadavg)"
printf '%-11s %-22s %-25s %-25s %-22s\n' '' ' requests/s' '  p50 ms' '  p99 ms' ' CPU us/request, all'
printf '%-11s %7s %7s %6s %8s %7s %8s %8s %7s %8s %7s %7s %6s %7s\n' \
    '' nginx relay ratio nginx relay added nginx relay added nginx relay ratio errors
measure json json
measure stream stream
measure translated claude
awk -v a="$(column 1 "$DIR/relay.translated")" -v b="$(column 1 "$DIR/relay.stream")" \
    -v ca="$(per_request relay.translated)" -v cb="$(per_request relay.stream)" 'BEGIN {
    printf "translated streams at %.2f of the rate of those passed on, by CPU at %.2f\n", a / b, cb / ca
}'
printf 'relay memory: %s MB idle, %s MB after the load\n' "$IDLE" "$(relay_memory)"
