# Sourced by scripts/bench. `hal0 run` against a model that answers at once and reads a line of a file each
# time: what it takes until the first request, whether memory stays, what resuming a long session adds, and
# what the first and the second look at many files take before a command runs.
ROUNDS=${ROUNDS:-7}
TURNS=${TURNS:-1000}
FILES=${FILES:-10000}
need python3 python3
jdk_find
"$ROOT/scripts/hal0" --version >/dev/null
DIR=$(mktemp -d "${TMPDIR:-/tmp}/hal0-bench.XXXXXX")
MODEL_PID=
finish() {
    [ -z "$MODEL_PID" ] || kill "$MODEL_PID" 2>/dev/null || true
    rm -rf "$DIR"
}
trap finish EXIT INT TERM
PORT=${BENCH_PORT:-$((20000 + $$ % 10000 * 3))}
mkdir -p "$DIR/home" "$DIR/work" "$DIR/many"
printf '[providers.p]\nbase_url = "http://127.0.0.1:%s/v1"\nauth_style = "none"\n' "$PORT" >"$DIR/home/config.toml"
seq 1 1000 >"$DIR/work/numbers.txt"
python3 "$ROOT/scripts/bench.d/model.py" "$PORT" "$DIR/log" &
MODEL_PID=$!
tries=0
until [ -s "$DIR/log" ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] && kill -0 "$MODEL_PID" 2>/dev/null || {
        echo "bench: the model does not start on port $PORT; set BENCH_PORT" >&2
        exit 1
    }
    sleep 0.1
done

# run FOLDER OPTION...: the program, known to the model by its process id.
run() {
    (
        cd "$1"
        shift
        echo "start $(date +%s.%N)" >>"$DIR/log"
        HAL0_HOME="$DIR/home" exec "$ROOT/scripts/hal0" run -m p/m "$@" >"$DIR/out" 2>"$DIR/err"
    ) &
    pid=$!
    echo "$pid" >"$DIR/pid"
    wait "$pid" || {
        cat "$DIR/err" >&2
        exit 1
    }
}

# What lies between the start of a program and its first request, in milliseconds, median of ROUNDS.
first_request() {
    : >"$DIR/log"
    round=0
    while [ $round -lt "$ROUNDS" ]; do
        run "$DIR/work" "$@"
        round=$((round + 1))
    done
    awk '$1 == "start" { from = $2; open = 1 } $1 == "asked" && open { printf "%d\n", ($2 - from) * 1000; open = 0 }' "$DIR/log" |
        sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

taken=$(first_request "turns=0 hello")
printf 'first request            %6d ms after the start\n' "$taken"

: >"$DIR/log"
run "$DIR/work" --max-turns "$TURNS" "turns=$((TURNS - 1)) read on"
awk -v turns="$TURNS" '
    $1 == "start" { from = $2 }
    $1 == "asked" { memory[$3] = $4; to = $2 }
    END {
        printf "%d answers            %6d ms, from the start\n", turns, (to - from) * 1000
        for (at = turns / 10; at <= turns; at = at < turns / 2 ? turns / 2 : at * 2)
            printf "memory at answer %-6d  %6d MB\n", at, memory[at - 1]
    }' "$DIR/log"

# The session of that run, five times over.
long=$(ls "$DIR/home/data/sessions/"*.jsonl | tail -n 1)
id=20260101-000000-000-long
{
    sed -n "1s/\"id\":\"[^\"]*\"/\"id\":\"$id\"/p" "$long"
    for copy in 1 2 3 4 5; do
        sed -e 1d -e "s/\"call_\([0-9]\)/\"copy${copy}_\1/g" "$long"
    done
} >"$DIR/home/data/sessions/$id.jsonl"
events=$(($(wc -l <"$DIR/home/data/sessions/$id.jsonl") - 1))
taken=$(first_request --resume "$id" "turns=0 more")
printf 'first request, resumed   %6d ms, session of %d events\n' "$taken" "$events"

made=0
while [ $made -lt "$FILES" ]; do
    [ $((made % 100)) -ne 0 ] || mkdir -p "$DIR/many/d$((made / 100))"
    echo "file $made" >"$DIR/many/d$((made / 100))/f$made"
    made=$((made + 1))
done
for look in first second; do
    : >"$DIR/log"
    run "$DIR/many" --allow 'shell(true)' "turns=1 shell"
    awk -v look="$look" -v files="$FILES" '$1 == "asked" { at[n++] = $2 }
        END { printf "%-6s look, %d files %6d ms, with the command\n", look, files, (at[1] - at[0]) * 1000 }' "$DIR/log"
done
