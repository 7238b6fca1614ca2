# Sourced by scripts/bench.d: a relay in a home of its own, and an nginx that answers from memory and is a
# plain reverse proxy besides. Sets DIR, UPSTREAM, PROXY, RELAY (ports) and, after `relay_start`, RELAY_PID.
need nginx nginx
need curl curl

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

# nginx answers a POST from memory only by `return`, whose words are at most 4 KiB: a stream of 40 events is
# put together from four variables. $1 is the protocol.
events() {
    awk -v protocol="$1" '
        function chunk(rest) {
            printf "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[%s\n\n", rest
        }
        function event(type, rest) {
            printf "event: %s\ndata: {\"type\":\"%s\"%s}\n\n", type, type, rest
        }
        BEGIN {
            for (part = 0; part < 4; part++) {
                printf "set $part%d '\''", part
                if (part == 0 && protocol == "anthropic") {
                    event("message_start", ",\"message\":{\"id\":\"m1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":20,\"output_tokens\":1}}")
                    event("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                }
                for (i = 0; i < 10; i++)
                    if (protocol == "anthropic")
                        event("content_block_delta", ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"word " (10 * part + i) " \"}")
                    else
                        chunk("{\"index\":0,\"delta\":{\"content\":\"word " (10 * part + i) " \"},\"finish_reason\":null}]}")
                if (part == 3 && protocol == "anthropic") {
                    event("content_block_stop", ",\"index\":0")
                    event("message_delta", ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":40}")
                    event("message_stop", "")
                } else if (part == 3) {
                    chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}")
                    chunk("],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":40,\"total_tokens\":60}}")
                    printf "data: [DONE]\n\n"
                }
                printf "'\'';\n"
            }
        }'
}

# An upstream that answers /json, /stream and /claude from memory, and the proxy before it.
nginx_start() {
    json='{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello! How can I help you today?"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}}'
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
            return 200 '$json';
        }
        location /stream/ {
            default_type text/event-stream;
            $(events openai)
            return 200 \$part0\$part1\$part2\$part3;
        }
        location /claude/ {
            default_type text/event-stream;
            $(events anthropic)
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
}

# provider NAME COMPATIBILITY: a table for config.toml.
provider() {
    cat <<EOF
[providers.$1]
compatibility = "$2"
base_url = "http://127.0.0.1:$UPSTREAM/$1/v1"
auth_style = "none"
[[providers.$1.models]]
id = "m"
EOF
}

# Starts the relay, once for all that is measured; providers `json`, `stream` and `claude` are its upstreams.
relay_start() {
    {
        printf '[active]\nprovider = "json"\nmodel = "m"\n'
        provider json openai-compatible
        provider stream openai-compatible
        provider claude anthropic-compatible
    } >"$DIR/home/config.toml"
    HAL0_HOME="$DIR/home" "$ROOT/scripts/hal0" serve --port "$RELAY" >"$DIR/relay.log" 2>&1 &
    RELAY_PID=$!
    tries=0
    until curl -sf "http://127.0.0.1:$RELAY/api/health" >/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 1500 ] && kill -0 "$RELAY_PID" 2>/dev/null || {
            cat "$DIR/relay.log" >&2
            exit 1
        }
        sleep 0.2
    done
}

# What the relay holds in memory, in MB.
relay_memory() {
    awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$RELAY_PID/status"
}
