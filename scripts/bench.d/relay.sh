# Sourced by scripts/bench. wrk drives the relay and nginx as a plain reverse proxy in turn; both forward
# to the same upstream, an nginx that answers from memory.
need wrk wrk
need nginx nginx
need curl curl

ROUNDS=${ROUNDS:-3}
EACH=${SECONDS_EACH:-5}
CONNECTIONS=${CONNECTIONS:-16}
WARM=${WARM_SECONDS:-15}
DIR=$(mktemp -d "${TMPDIR:-/tmp}/hal0-bench.XXXXXX")
# Two runs at once must not meet.
BASE=${BENCH_PORT:-$((20000 + $$ % 10000 * 3))}
UPSTREAM=$BASE
PROXY=$((BASE + 1))
RELAY=$((BASE + 2))
RELAY_PID=

finish() {
    [ -z "$RELAY_PID" ] || kill "$RELAY_PID" 2>/dev/null || true
    [ ! -f "$DIR/nginx.pid" ] || kill "$(cat "$DIR/nginx.pid")" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$DIR"
}
trap finish EXIT INT TERM

mkdir -p "$DIR/home"
JSON='{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello! How can I help you today?"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}}'

# nginx answers a POST from memory only by `return`, whose words are at most 4 KiB: the 40 events of the
# stream are put together from four variables.
events() {
    awk 'BEGIN {
        chunk = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
        for (part = 0; part < 4; part++) {
            printf "set $part%d '\''", part
            for (i = 0; i < 10; i++)
                printf "%s{\"index\":0,\"delta\":{\"content\":\"word %d \"},\"finish_reason\":null}]}\n\n", chunk, 10 * part + i
            if (part == 3) {
                printf "%s{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", chunk
                printf "%s],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":40,\"total_tokens\":60}}\n\n", chunk
                printf "data: [DONE]\n\n"
            }
            printf "'\'';\n"
        }
    }'
}

cat >"$DIR/nginx.conf" <<EOF
worker_processes 2;
daemon on;
pid $DIR/nginx.pid;
error_log $DIR/error.log;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path $DIR/body;
    proxy_temp_path $DIR/proxy;
    fastcgi_temp_path $DIR/f; uwsgi_temp_path $DIR/u; scgi_temp_path $DIR/s;
    upstream memory { server 127.0.0.1:$UPSTREAM; keepalive 64; keepalive_requests 1000000000; }
    server {
        listen 127.0.0.1:$UPSTREAM;
        location /json/ {
            default_type application/json;
            return 200 '$JSON';
        }
        location /stream/ {
            default_type text/event-stream;
            $(events)
            return 200 \$part0\$part1\$part2\$part3;
        }
    }
    server {
        listen 127.0.0.1:$PROXY;
        location / {
            proxy_pass http://memory;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }
    }
}
EOF
nginx -c "$DIR/nginx.conf" -e "$DIR/error.log"

cat >"$DIR/home/config.toml" <<EOF
[active]
provider = "json"
model = "m"
[providers.json]
compatibility = "openai-compatible"
base_url = "http://127.0.0.1:$UPSTREAM/json/v1"
auth_style = "none"
[[providers.json.models]]
id = "m"
[providers.stream]
compatibility = "openai-compatible"
base_url = "http://127.0.0.1:$UPSTREAM/stream/v1"
auth_style = "none"
[[providers.stream.models]]
id = "m"
EOF
HAL0_HOME="$DIR/home" "$ROOT/scripts/hal0" serve --port "$RELAY" >"$DIR/relay.log" 2>&1 &
RELAY_PID=$!
tries=0
until curl -sf "http://127.0.0.1:$RELAY/api/health" >/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || { cat "$DIR/relay.log" >&2; exit 1; }
    kill -0 "$RELAY_PID" 2>/dev/null || { cat "$DIR/relay.log" >&2; exit 1; }
    sleep 0.2
done

cat >"$DIR/post.lua" <<'EOF'
local kind = os.getenv("KIND")
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"model":"' .. os.getenv("MODEL") .. '","stream":' .. (kind == "stream" and 'true,"stream_options":{"include_usage":true}' or 'false')
    .. ',"messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"Hello there, how are you today?"}]}'
function done(summary, latency)
    io.write(string.format("%.0f %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6),
        latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
EOF

# one KIND MODEL URL -> "requests/s p50-ms p99-ms errors"
one() {
    KIND=$1 MODEL=$2 wrk -t2 -c"$CONNECTIONS" -d"${EACH}s" -s "$DIR/post.lua" "$3" | tail -1
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for kind in json stream; do
    # A JVM needs some seconds of load until its code is compiled; nginx needs none.
    EACH_ROUND=$EACH EACH=$WARM
    one $kind "$kind/m" "http://127.0.0.1:$RELAY/v1/chat/completions" >/dev/null
    EACH=$EACH_ROUND
    : >"$DIR/$kind.nginx"
    : >"$DIR/$kind.relay"
    round=0
    while [ $round -lt "$ROUNDS" ]; do
        one $kind m "http://127.0.0.1:$PROXY/$kind/v1/chat/completions" >>"$DIR/$kind.nginx"
        one $kind "$kind/m" "http://127.0.0.1:$RELAY/v1/chat/completions" >>"$DIR/$kind.relay"
        round=$((round + 1))
    done
    for peer in nginx relay; do
        cut -d' ' -f1 "$DIR/$kind.$peer" | median >"$DIR/rate.$peer"
        cut -d' ' -f2 "$DIR/$kind.$peer" | median >"$DIR/p50.$peer"
        cut -d' ' -f3 "$DIR/$kind.$peer" | median >"$DIR/p99.$peer"
        awk '{ sum += $4 } END { print sum }' "$DIR/$kind.$peer" >"$DIR/errors.$peer"
    done
    awk -v kind=$kind -v c="$CONNECTIONS" \
        -v rn="$(cat "$DIR/rate.nginx")" -v rr="$(cat "$DIR/rate.relay")" \
        -v an="$(cat "$DIR/p50.nginx")" -v ar="$(cat "$DIR/p50.relay")" \
        -v bn="$(cat "$DIR/p99.nginx")" -v br="$(cat "$DIR/p99.relay")" \
        -v en="$(cat "$DIR/errors.nginx")" -v er="$(cat "$DIR/errors.relay")" 'BEGIN {
        printf "%s, %d connections\n", kind, c
        printf "  nginx   %8d requests/s   p50 %7.3f ms   p99 %7.3f ms   errors %d\n", rn, an, bn, en
        printf "  relay   %8d requests/s   p50 %7.3f ms   p99 %7.3f ms   errors %d\n", rr, ar, br, er
        printf "  ratio   %8.2f              %+.3f ms          %+.3f ms\n", rr / rn, ar - an, br - bn
    }'
done
printf 'relay memory %s MB\n' "$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$RELAY_PID/status")"
