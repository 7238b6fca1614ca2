# Sourced by scripts/bench. DASHBOARDS pages that are open at rest: each with its stream of events, and asking
# for what the overview asks for by the clock; then how soon an event is told to all of them.
need python3 python3
jdk_find
. "$ROOT/scripts/bench.d/stage.sh"
relay_start
python3 "$ROOT/scripts/bench.d/dashboard.py" "$RELAY" "$RELAY_PID" "${DASHBOARDS:-50}" "${HOLD_SECONDS:-30}"
