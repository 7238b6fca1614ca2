package hal0.agent.permission.shell;

import java.util.Set;
import java.util.regex.Pattern;

/// Which variables a command line may set without changing what its commands are.
public final class Variables {
    private static final Set<String> HARMLESS =
            Set.of(
                    "LANG",
                    "LANGUAGE",
                    "TZ",
                    "TERM",
                    "NO_COLOR",
                    "FORCE_COLOR",
                    "CLICOLOR",
                    "COLUMNS",
                    "LINES",
                    "CI",
                    "DEBUG",
                    "VERBOSE",
                    "NODE_ENV",
                    "RUST_BACKTRACE",
                    "PYTHONUNBUFFERED",
                    "PYTHONDONTWRITEBYTECODE",
                    "RUST_LOG",
                    "LOG_LEVEL");
    private static final Pattern HARMLESS_NAMES = Pattern.compile("LC_[A-Z]+|[a-z][a-z0-9_]{0,31}");
    private static final Pattern PROXIES = Pattern.compile("(.*_)?proxy|histchars|auto_resume");
    private static final Pattern DANGEROUS =
            Pattern.compile(
                    "PATH|CDPATH|IFS|ENV|HOME|SHELL|PWD|OLDPWD|PS[0-9]|PROMPT_COMMAND|SHELLOPTS|BASH.*"
                            + "|LD_.*|DYLD_.*|GIT_.*|SSH_.*|GLOBIGNORE|EXECIGNORE|POSIXLY_CORRECT|TMPDIR"
                            + "|.*PAGER|.*EDITOR|VISUAL|BROWSER|LESS.*|MAN.*OPT|.*_OPTIONS|.*_OPTS|.*OPT|.*PATH"
                            + "|PYTHON(STARTUP|HOME|INSPECT|WARNINGS|BREAKPOINT).*|PERL.*|RUBY.*|NODE_.*|JAVA_.*"
                            + "|JDK_.*|MAVEN_.*|GRADLE_.*|MAKEFLAGS|GNUMAKEFLAGS|MFLAGS|CC|CXX|AR|LD|RUSTC.*"
                            + "|CARGO_.*|GO(FLAGS|PROXY|ENV|TOOLCHAIN|ROOT)|NPM_.*|npm_.*|PIP_.*|UV_.*|XDG_.*"
                            + "|CURL_.*|WGETRC|RIPGREP_.*|GREP_.*|TAR_.*|DOCKER_.*|KUBE.*|AWS_.*|.*_PROXY"
                            + "|.*_proxy|HAL0.*|GCONV_PATH|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS|MALLOC_.*"
                            + "|NLSPATH|TERMINFO.*|TERMCAP|FPATH|HIST.*|TIMEFORMAT|COMP_.*");

    private Variables() {}

    /// No program is known to do something else because of it.
    public static boolean harmless(String name) {
        return HARMLESS.contains(name)
                || (HARMLESS_NAMES.matcher(name).matches() && !PROXIES.matcher(name).matches());
    }

    /// Changes which programs run, or what they do, or where they connect to.
    public static boolean dangerous(String name) {
        return !harmless(name) && DANGEROUS.matcher(name).matches();
    }
}
