# Shared by the scripts of this folder; sourced after ROOT is set, never run. POSIX sh, and no process
# is started where the shell can do it: `hal0` reads this file at every start.

REQUIRED_JDK=25

fail() {
    printf 'hal0: %s\n' "$@" >&2
    exit 1
}

# --- The JDK -----------------------------------------------------------------------------------

# Sets JDK_MAJOR to the version of the JDK in folder $1, or to nothing, and JDK_BUILD to a word that is
# another for each JDK. Its `release` file is read rather than a JVM started; only one without is asked.
jdk_version() {
    JDK_MAJOR=
    JDK_BUILD=
    if [ -r "$1/release" ]; then
        while IFS='=' read -r jdk_key jdk_value; do
            jdk_value=${jdk_value#\"}
            jdk_value=${jdk_value%\"}
            case $jdk_key in
                JAVA_VERSION)
                    jdk_value=${jdk_value#1.}
                    JDK_MAJOR=${jdk_value%%[!0-9]*}
                    ;;
                IMPLEMENTOR_VERSION | JAVA_RUNTIME_VERSION) JDK_BUILD=$JDK_BUILD-$jdk_value ;;
            esac
        done <"$1/release"
    fi
    case $JDK_BUILD in
        '' | *[!A-Za-z0-9.+_-]*) JDK_BUILD=-unknown ;;
    esac
    if [ -z "$JDK_MAJOR" ] && [ -x "$1/bin/java" ]; then
        jdk_value=$("$1/bin/java" -version 2>&1 </dev/null | sed -n 's/.* version "\([^"]*\)".*/\1/p')
        jdk_value=${jdk_value#1.}
        JDK_MAJOR=${jdk_value%%[!0-9]*}
    fi
}

# Whether folder $1 holds a JDK that is new enough. Sets JDK_REASON when not.
jdk_fits() {
    JDK_REASON=
    if [ ! -d "$1" ]; then
        JDK_REASON="there is no such folder"
    elif [ ! -x "$1/bin/java" ]; then
        JDK_REASON="it holds no bin/java"
    elif [ ! -x "$1/bin/javac" ]; then
        JDK_REASON="it holds no bin/javac: it is a JRE, a JDK is needed"
    else
        jdk_version "$1"
        if [ -z "$JDK_MAJOR" ]; then
            JDK_REASON="its version cannot be told"
        elif [ "$JDK_MAJOR" -lt "$REQUIRED_JDK" ]; then
            JDK_REASON="it is version $JDK_MAJOR"
            JDK_TOO_OLD="$JDK_TOO_OLD
    $1 ($JDK_MAJOR)"
        fi
    fi
    [ -z "$JDK_REASON" ]
}

# Sets JDK_HOME to the folder of the `java` on PATH. A `java` that does not lie in a JDK is the
# shim of a version manager and is asked.
jdk_on_path() {
    JDK_HOME=
    jdk_java=$(command -v java) || return 1
    jdk_java=$(readlink -f "$jdk_java") || return 1
    JDK_HOME=${jdk_java%/bin/*}
    [ -x "$JDK_HOME/bin/javac" ] && return 0
    JDK_HOME=$(java -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p')
    [ -n "$JDK_HOME" ]
}

# Sets JDK_HOME to the first of $@ that fits. The version that hal0 is developed with comes before
# newer ones, whose compilers may warn of more.
jdk_among() {
    jdk_newer=
    for JDK_HOME in "$@"; do
        [ -d "$JDK_HOME/bin" ] && jdk_fits "$JDK_HOME" || continue
        [ "$JDK_MAJOR" -gt "$REQUIRED_JDK" ] || return 0
        jdk_newer=${jdk_newer:-$JDK_HOME}
    done
    JDK_HOME=$jdk_newer
    [ -n "$JDK_HOME" ] && jdk_version "$JDK_HOME"
}

# Sets JDK_HOME to the first JDK that is new enough, or ends the script with what to do.
# HAL0_JDK_ROOT stands before the folders of the system, so that a test can bring its own.
jdk_find() {
    JDK_TOO_OLD=
    if [ -n "${HAL0_JAVA_HOME:-}" ]; then
        JDK_HOME=${HAL0_JAVA_HOME%/}
        jdk_fits "$JDK_HOME" && return
        fail "HAL0_JAVA_HOME is $HAL0_JAVA_HOME, which cannot be used: $JDK_REASON." \
            "Set it to the folder of a JDK $REQUIRED_JDK or later, or unset it to have one searched for."
    fi
    if [ -n "${JAVA_HOME:-}" ]; then
        JDK_HOME=${JAVA_HOME%/}
        jdk_fits "$JDK_HOME" && return
    fi
    jdk_on_path && jdk_fits "$JDK_HOME" && return
    jdk_system=${HAL0_JDK_ROOT:-}
    jdk_user=${HOME:-/nonexistent}
    jdk_among \
        "$jdk_system"/usr/lib/jvm/* \
        "$jdk_system"/usr/lib64/jvm/* \
        "$jdk_system"/usr/java/* \
        "$jdk_system"/usr/local/openjdk* \
        "$jdk_system"/opt/* \
        "$jdk_system"/opt/java/* \
        "$jdk_user"/.sdkman/candidates/java/* \
        "$jdk_user"/.jdks/* \
        "$jdk_user"/.gradle/jdks/* \
        "$jdk_user"/.local/share/mise/installs/java/* \
        "$jdk_user"/.asdf/installs/java/* \
        "$jdk_system"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$jdk_user"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$jdk_system"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home && return
    [ -z "$JDK_TOO_OLD" ] || JDK_TOO_OLD="
  Found, but too old:$JDK_TOO_OLD"
    fail "no JDK $REQUIRED_JDK or later was found.$JDK_TOO_OLD
  Install one:
    Debian, Ubuntu   apt install openjdk-$REQUIRED_JDK-jdk, or temurin-$REQUIRED_JDK-jdk from adoptium.net
    Fedora           dnf install java-$REQUIRED_JDK-openjdk-devel
    macOS            brew install openjdk@$REQUIRED_JDK
    SDKMAN           sdk install java $REQUIRED_JDK-tem
  or point to one that is installed somewhere else:
    export HAL0_JAVA_HOME=/path/to/jdk-$REQUIRED_JDK"
}

# --- Maven -------------------------------------------------------------------------------------

require_mvn() {
    command -v mvn >/dev/null || fail "Maven (mvn) is needed to build and is not on PATH.
  Install Maven 3.8 or later:
    Debian, Ubuntu   apt install maven
    Fedora           dnf install maven
    macOS            brew install maven
    SDKMAN           sdk install maven
  and call this again."
}

# Maven on the JDK that was found, in the root folder, so that .mvn/ is read. Its own libraries use
# what newer JDKs warn about; a build is over before the second compiler of Java pays for itself.
run_mvn() {
    (become_mvn "$@")
}

# The same in place of this shell.
become_mvn() {
    cd "$ROOT" || exit 1
    export JAVA_HOME="$JDK_HOME" MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"
    exec mvn -B "$@" </dev/null
}

# --- What a build leaves -----------------------------------------------------------------------

# `built` names the folder with the jars and is as old as the start of their build. Each build has a
# folder of its own, because a hal0 that runs still opens jars of an older one.
WORK=$ROOT/target/hal0

# Sets APP to the folder of the last build. Whether there is none, or a source is newer; folders
# count as sources, since that is where a removed file shows.
stale() {
    APP=
    [ ! -r "$WORK/built" ] || read -r APP <"$WORK/built"
    [ -z "$APP" ] || [ ! -d "$WORK/$APP" ] ||
        [ -n "$(find "$ROOT"/pom.xml "$ROOT"/.mvn "$ROOT"/*/pom.xml "$ROOT"/*/src/main \
            -newer "$WORK/built" -print -quit)" ]
}
