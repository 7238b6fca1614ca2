# How Java is started: sourced by scripts/hal0, and in an installed image by bin/hal0. POSIX sh, and no process
# is started before Java.

# Sets TUNING to the options of Java for command $1, measured for each, and KIND to the kind of commands it
# is of, which share a cache of classes.
tune() {
    TUNING='--sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:+UseCompactObjectHeaders'
    case $1 in
        # Without the sizes the first heap is a share of the machine's memory, which a relay at rest fills once
        # and never gives back; nor does the C library what compiling took, unless it is told to. Where it cannot
        # be told, nobody has to read so.
        serve)
            KIND=serve
            TUNING="$TUNING -Xmx1g -Xms48m -XX:NewSize=24m -XX:TrimNativeHeapInterval=3000 -Xlog:trimnative=off"
            ;;
        # The same for the screen, beside which other programs run: with the machine's share of 24 GB it took
        # 70 MB more, for garbage alone. The monitors are looked at every 250 ms otherwise, by a program that rests.
        '' | chat)
            KIND=screen
            TUNING="$TUNING -Xmx512m -Xms96m -XX:NewSize=16m -XX:MetaspaceSize=64m -XX:TieredStopAtLevel=1"
            TUNING="$TUNING -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=10000"
            ;;
        ask | run)
            KIND=ask
            TUNING="$TUNING -Xmx512m -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
            ;;
        *)
            KIND=short
            TUNING="$TUNING -Xmx512m -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
            ;;
    esac
}

# launch JAVA FOLDER CACHES ARGUMENTS...: becomes hal0, from the jars in FOLDER and, where they are there, the
# caches of classes in CACHES.
launch() {
    java=$1
    app=$2
    caches=$3
    shift 3

    # The command says how long this process will live. Values of options are not looked at: the first word
    # that is a command's name is one.
    command=
    for argument in "$@"; do
        case $argument in
            ask | run | serve | config | help) command=$argument; break ;;
            provider | providers | upstream | upstreams) command=providers; break ;;
            agents | memory | mcp | sessions | completion | bench) command=$argument; break ;;
            usage | doctor | smoke:provider | keys | launch | models | hardware) command=$argument; break ;;
            slot | slots) command=slots; break ;;
            approval | approvals) command=approvals; break ;;
            --help | -h | --version | -V) command=help; break ;;
        esac
    done
    tune "$command"
    if [ "$KIND" = serve ]; then
        # On large pages a request costs a tenth less. Where they are forbidden Java would say so at each start.
        pages=
        { read -r pages </sys/kernel/mm/transparent_hugepage/enabled; } 2>/dev/null
        case $pages in
            *'[always]'* | *'[madvise]'*) TUNING="$TUNING -XX:+UseTransparentHugePages" ;;
        esac
    fi

    # Java takes the classes that such a command needs from a cache, which saves half of a start. It says on
    # standard output what is wrong with a cache, and then works without.
    cache=$caches/$KIND.aot
    case $* in
        # Answered before any class of a cache is used.
        --version | -V) cache= ;;
    esac
    case " ${HAL0_JAVA_OPTS:-}" in
        *' -Xshare'* | *' -XX:'*'Archive'* | *' -XX:AOT'* | *' -XX:'*ClassList*) cache= ;;
    esac
    [ -n "$cache" ] && [ "$cache" -nt "$app/hal0.jar" ] || cache=

    # Java reads arguments and file names in the locale's encoding, which in the C locale is ASCII: a
    # question from cron or a container would arrive as question marks. Where the screen was told C, it
    # keeps to ASCII.
    locale=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
    case $locale,$command in
        ,* | C,?* | POSIX,?*) export LC_ALL=C.UTF-8 ;;
    esac

    native=$app/native
    [ -d "$native" ] || native=

    # HAL0_JAVA_OPTS is split into words, not into file names.
    set -f
    # shellcheck disable=SC2086
    exec "$java" $TUNING ${cache:+"-XX:AOTCache=$cache" -Xlog:aot=off,cds=off} ${HAL0_JAVA_OPTS:-} \
        ${native:+"-Dorg.sqlite.lib.path=$native/sqlite" "-Dlibrary.jline.path=$native/jline"} \
        -jar "$app/hal0.jar" "$@"
}
