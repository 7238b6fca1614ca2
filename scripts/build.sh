# The build behind scripts/hal0; sourced by it when a source is newer than the last build.

# A link is made in one step and carries its owner's process id, so a lock left by a build that was
# killed is recognised.
lock() {
    lock_said=
    until ln -s "$$" "$WORK/lock" 2>/dev/null; do
        lock_owner=$(readlink "$WORK/lock") || {
            [ -w "$WORK" ] || fail "cannot write to $WORK, which a build needs."
            continue
        }
        if ! kill -0 "$lock_owner" 2>/dev/null; then
            # Renaming lets only one of several waiters take the dead lock away; one that got hold
            # of a newer lock puts it back.
            if mv "$WORK/lock" "$WORK/lock.$$" 2>/dev/null; then
                [ "$(readlink "$WORK/lock.$$")" = "$lock_owner" ] || mv "$WORK/lock.$$" "$WORK/lock"
                rm -f "$WORK/lock.$$"
            fi
            continue
        fi
        [ -n "$lock_said" ] || printf 'hal0: waiting for the build of process %s\n' "$lock_owner" >&2
        lock_said=yes
        sleep 0.2
    done
}

# Copies Maven's output to the log and shows how far it is: one line that changes on a terminal,
# one line a module elsewhere.
progress() {
    progress_files=0
    progress_module=
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
            '[INFO] Building '*']')
                progress_module=${line#'[INFO] Building '}
                progress_module="[${progress_module##*[} ${progress_module%%  *}"
                progress_files=0
                if [ ! -t 2 ]; then
                    printf 'hal0: building %s\n' "$progress_module" >&2
                    continue
                fi
                ;;
            'Downloaded from '* | '[INFO] Downloaded from '*)
                progress_files=$((progress_files + 1))
                if [ ! -t 2 ]; then
                    [ $((progress_files % 50)) -ne 0 ] ||
                        printf 'hal0: %s files downloaded\n' "$progress_files" >&2
                    continue
                fi
                ;;
            *) continue ;;
        esac
        if [ "$progress_files" -gt 0 ]; then
            printf '\r\033[Khal0: building %s, %s files downloaded' "$progress_module" "$progress_files" >&2
        else
            printf '\r\033[Khal0: building %s' "$progress_module" >&2
        fi
    done >"$WORK/build.log"
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# The errors of a failed build, without what Maven says about itself. Warnings of the compiler are
# errors here.
show_errors() {
    sed -n -e 's/^\[ERROR\] *//p' -e 's/^\[WARNING\] *\(.*\.java:\[\)/\1/p' "$WORK/build.log" |
        grep -v -e '^$' -e '^To see the full stack trace' -e '^Re-run Maven' -e '^For more information' \
            -e '\[Help 1\]' -e '^COMPILATION ERROR' -e '^After correcting' -e '^mvn ' | awk '!seen[$0]++' | head -n 30 >"$WORK/errors"
    if [ ! -s "$WORK/errors" ]; then
        tail -n 15 "$WORK/build.log" >"$WORK/errors"
    fi
    cat "$WORK/errors" >&2
}

# Removes the jars of earlier builds that no process runs from.
remove_old() {
    for old in "$WORK"/app.*; do
        [ "$old" != "$WORK/$APP" ] || continue
        if [ -r "$old/users" ]; then
            while read -r user; do
                ! kill -0 "$user" 2>/dev/null || continue 2
            done <"$old/users"
        fi
        rm -rf "$old"
    done
}

# Unpacks what is native in the jars, which SQLite and JLine would do anew at each start. Only where its
# name is sure; elsewhere, and where it cannot be loaded, they find their own.
unpack_natives() {
    case "$(uname -s) $(uname -m)" in
        'Linux x86_64') native=Linux/x86_64 ;;
        'Linux aarch64') native=Linux/aarch64 ;;
        *) return ;;
    esac
    set -- "$WORK/$APP"/sqlite-jdbc-*.jar "$WORK/$APP"/jline-native-*.jar
    [ -e "$1" ] && [ -e "$2" ] || return
    (
        mkdir "$WORK/$APP/native" && cd "$WORK/$APP/native" &&
            "$JDK_HOME/bin/jar" xf "$1" "org/sqlite/native/$native" &&
            "$JDK_HOME/bin/jar" xf "$2" org/jline/nativ/Linux &&
            mv "org/sqlite/native/$native" sqlite && mv org/jline/nativ jline && rm -rf org
    ) || rm -rf "$WORK/$APP/native"
}

# Makes what Java starts hal0 from quickly, besides the jars: a cache of classes for each kind of command, by
# running it. They fit one build of a JDK and one of hal0. Where this fails, hal0 starts without.
make_caches() {
    [ ! -d "$WORK/$APP/aot$JDK_BUILD" ] || return
    [ ! -t 2 ] || printf 'hal0: preparing quick starts' >&2
    caches=$WORK/$APP/aot.new
    rm -rf "$caches"
    mkdir "$caches" || return
    set -- "$WORK/$APP/hal0.jar" "$caches"
    for command in chat serve ask help; do
        tune "$command"
        set -- "$@" "$KIND" "$TUNING"
    done
    (
        unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
        exec "$JDK_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
            "$ROOT/scripts/build.d/Caches.java" "$@"
    ) >"$WORK/aot.log" 2>&1 </dev/null
    status=$?
    mv "$caches" "$WORK/$APP/aot$JDK_BUILD"
    [ ! -t 2 ] || printf '\r\033[K' >&2
    [ "$status" = 0 ] || printf 'hal0: not every start will be quick: see %s\n' "$WORK/aot.log" >&2
}

# Gives old jars what a cache asks of them; where that fails they work as they are.
renew_jars() {
    "$JDK_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$ROOT/scripts/build.d/Jars.java" \
        "$WORK/$APP" >"$WORK/aot.log" 2>&1 </dev/null ||
        printf 'hal0: the start will be slower than it could be: see %s\n' "$WORK/aot.log" >&2
}

locked() {
    mkdir -p "$WORK" || fail "cannot create $WORK, which a build needs."
    lock
    trap 'rm -f "$WORK/lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    "$@"
    rm -f "$WORK/lock"
    trap - EXIT INT TERM HUP
}

build() {
    locked build_if_stale
}

# For a JDK that the last build was not made with.
prepare() {
    locked make_caches
}

# Whoever held the lock may have built what was missing.
build_if_stale() {
    if stale; then
        require_mvn
        build_now
    fi
}

build_now() {
    started=$(date +%s)
    printf 'hal0: building with %s (once, until a source changes)\n' "$JDK_HOME" >&2
    # Taken before the build: what is edited while it runs is newer.
    APP=app.$started.$$
    echo "$APP" >"$WORK/building"
    rm -rf "$ROOT/cli/target/lib"
    {
        run_mvn -DskipTests -Dspotless.check.skip -pl cli -am package 2>&1
        echo "$?" >"$WORK/status"
    } | progress
    read -r status <"$WORK/status"
    if [ "$status" != 0 ]; then
        show_errors
        fail "the build failed. The full log is $WORK/build.log"
    fi
    mkdir "$WORK/$APP" && cp "$ROOT"/cli/target/lib/*.jar "$WORK/$APP/" ||
        fail "the jars of the build could not be copied to $WORK/$APP"
    renew_jars
    unpack_natives
    make_caches
    mv "$WORK/building" "$WORK/built"
    remove_old
    printf 'hal0: built in %s s\n' "$(($(date +%s) - started))" >&2
}
