package hal0.agent.permission.shell;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Knows the commands that reach the network, take other rights, or run code out of their words.
///
/// **Shape** pure; a table, so it knows what it lists. What is not listed is an ordinary command,
/// which runs unasked only where the user chose so.
public final class Hazards {
    private static final String NETWORK = "reaches the network";
    private static final String RIGHTS = "acts outside of the workspace";
    private static final String CODE = "runs code that is given to it";

    private static final Set<String> NETWORK_ALWAYS =
            words(
                    "curl wget http https xh aria2c axel lynx w3m links ftp lftp sftp scp rsync ssh"
                            + " telnet nc ncat netcat socat ping traceroute dig nslookup host whois gh"
                            + " glab hub aws gcloud gsutil az kubectl helm terraform tofu ansible"
                            + " ansible-playbook npx pnpx bunx uvx pipx rclone mail sendmail mutt"
                            + " smbclient rclone svn hg nmap tcpdump openssl ngrok cloudflared wscat"
                            + " grpcurl psql mysql redis-cli mongosh vercel netlify fly heroku"
                            + " apt apt-get aptitude yum dnf apk pacman zypper snap flatpak brew port"
                            + " nix nix-env nix-shell docker podman nerdctl buildah skopeo");
    private static final Set<String> RIGHTS_ALWAYS =
            words(
                    "sudo doas su pkexec run0 chroot unshare nsenter setpriv mount umount systemctl"
                            + " service reboot shutdown poweroff halt init telinit kill killall pkill"
                            + " fdisk parted dd mkswap swapon losetup useradd userdel usermod groupadd"
                            + " passwd chpasswd visudo insmod modprobe rmmod iptables nft sysctl"
                            + " loginctl launchctl crontab at batch mkfs shred loadkeys xdg-open open"
                            + " osascript gpg ssh-keygen ssh-add security");
    private static final Map<String, Set<String>> NETWORK_VERBS = verbs();

    /// What an interpreter takes as code; others of their options take code too rarely to list.
    private static final Map<Pattern, Pattern> CODE_OPTIONS =
            Map.of(
                    Pattern.compile("python[0-9.]*|pypy[0-9.]*"), Pattern.compile("-[A-Za-z]*c.*"),
                    Pattern.compile("node|nodejs|bun|deno"),
                            Pattern.compile("-p.*|-e.*|-pe|--eval.*|--print.*|eval|-r|--require.*"),
                    Pattern.compile("perl[0-9.]*"), Pattern.compile("-[a-zA-Z0-9]*[eE].*"),
                    Pattern.compile("ruby[0-9.]*"), Pattern.compile("-[a-zA-Z0-9]*e.*"),
                    Pattern.compile("php[0-9.]*"), Pattern.compile("-[rBRE].*|--run.*"),
                    Pattern.compile(
                                    "lua[0-9.]*|luajit|Rscript|R|groovy|scala|elixir|erl|ghc|julia"),
                            Pattern.compile("-e.*|--eval.*|-eval"),
                    Pattern.compile("jshell|tclsh|wish|ed|ex|vi|vim|nvim|emacs|sqlite3|bc"),
                            Pattern.compile(".*", Pattern.DOTALL),
                    Pattern.compile("tar|bsdtar"),
                            Pattern.compile(
                                    "--checkpoint-action.*|--to-.*|--use-.*|-I.*|--info-.*|--new-v.*"
                                            + "|--rsh.*"),
                    Pattern.compile("make|gmake"), Pattern.compile("--ev.*|-f-|-E.*"));

    /// What reads code from its input when no file is named.
    private static final Pattern INTERPRETER =
            Pattern.compile(
                    "python[0-9.]*|pypy[0-9.]*|node|nodejs|perl[0-9.]*|ruby[0-9.]*|php[0-9.]*|lua"
                            + "[0-9.]*|luajit|bun|deno|Rscript|julia|groovy");

    private static final Pattern AWK = Pattern.compile("[gmn]?awk");
    private static final Pattern AWK_RUNS = Pattern.compile("system|getline|[|>@]");
    private static final Set<String> EVALUATES =
            words(
                    "pushd popd declare typeset local export readonly unset read mapfile readarray printf test [ wait getopts");

    private static final Set<String> CHANGES_BY_NAME =
            words(
                    "rm rmdir mv cp chmod chown chgrp ln tee truncate install unlink touch mkdir"
                            + " tar unzip patch");
    private static final Pattern VARIABLE =
            Pattern.compile("-?[A-Za-z0-9_]*\\+?|[^\\[\\](\uE000\uE001]* [^\\[\\](\uE000\uE001]*");

    private Hazards() {}

    /// Null for an ordinary command.
    public static @Nullable Hazard of(ShellCommand command) {
        String name = command.baseName();
        if (name.isEmpty()) {
            return null;
        }
        if (NETWORK_ALWAYS.contains(name)) {
            return new Hazard(NETWORK, List.of(name));
        }
        if (RIGHTS_ALWAYS.contains(name) || name.startsWith("mkfs.")) {
            return new Hazard(RIGHTS, List.of(name));
        }
        Set<String> verbs = NETWORK_VERBS.get(name);
        if (verbs != null) {
            return verb(name, command, verbs);
        }
        boolean open = command.arguments().stream().anyMatch(Word::unknown);
        if (open && changesByName(name, command.arguments())) {
            return new Hazard(
                    "changes files whose names are not plain",
                    List.of(name, String.valueOf(Word.ANY)));
        }
        if (EVALUATES.contains(name)) {
            return evaluated(name, command.arguments());
        }
        return code(name, command.arguments());
    }

    private static boolean changesByName(String name, List<Word> arguments) {
        return CHANGES_BY_NAME.contains(name)
                || (name.equals("sed")
                        && arguments.stream().anyMatch(w -> w.text().startsWith("-i")));
    }

    private static @Nullable Hazard verb(String name, ShellCommand command, Set<String> verbs) {
        List<Word> arguments = command.arguments();
        for (int at = 0; at < arguments.size(); at++) {
            Word word = arguments.get(at);
            if (!word.exact()) {
                return new Hazard(
                        "does what is not plain from its text", List.of(name, word.text()));
            }
            String text = word.text();
            if (name.equals("git") && GitCommands.redirects(text)) {
                return new Hazard(CODE, List.of(name, text));
            }
            if (name.equals("git") && text.equals("-C")) {
                at++;
            } else if (!text.startsWith("-") && !text.startsWith("+")) {
                Hazard own =
                        name.equals("git")
                                ? GitCommands.hazard(
                                        text, arguments.subList(at + 1, arguments.size()))
                                : null;
                return own != null || !verbs.contains(text)
                        ? own
                        : new Hazard(NETWORK, List.of(name, text));
            }
        }
        // Without a verb some of them install: `yarn` alone does.
        return verbs.contains("") && arguments.isEmpty()
                ? new Hazard(NETWORK, List.of(name))
                : null;
    }

    /// Builtins that evaluate what stands in brackets behind a name, commands in it too.
    private static @Nullable Hazard evaluated(String name, List<Word> arguments) {
        boolean names =
                switch (name) {
                    case "printf" ->
                            !arguments.isEmpty()
                                    && (arguments.getFirst().text().startsWith("-v")
                                            || arguments.getFirst().unknown());
                    case "test", "[" -> arguments.stream().anyMatch(w -> w.is("-v") || w.is("-R"));
                    default -> true;
                };
        for (Word word : names ? arguments : List.<Word>of()) {
            String text = word.text();
            String variable = text.contains("=") ? text.substring(0, text.indexOf('=')) : text;
            if (!VARIABLE.matcher(variable).matches()) {
                return new Hazard("evaluates its words", List.of(name, text));
            }
            if (Variables.dangerous(variable)) {
                return new Hazard("sets " + variable, List.of(name, text));
            }
        }
        return null;
    }

    private static @Nullable Hazard code(String name, List<Word> arguments) {
        for (Map.Entry<Pattern, Pattern> each : CODE_OPTIONS.entrySet()) {
            if (each.getKey().matcher(name).matches()) {
                for (Word word : arguments) {
                    if (each.getValue().matcher(word.text()).matches()) {
                        return new Hazard(CODE, List.of(name, option(word.text())));
                    }
                    if (INTERPRETER.matcher(name).matches() && !word.text().startsWith("-")) {
                        break; // what follows the script is the script's
                    }
                }
            }
        }
        if (INTERPRETER.matcher(name).matches()) {
            return interpreter(name, arguments);
        }
        if (AWK.matcher(name).matches()
                && arguments.stream().anyMatch(word -> AWK_RUNS.matcher(word.text()).find())) {
            return new Hazard(CODE, List.of(name));
        }
        return null;
    }

    private static @Nullable Hazard interpreter(String name, List<Word> arguments) {
        if (name.startsWith("python")
                && arguments.size() > 1
                && arguments.getFirst().is("-m")
                && Set.of("pip", "http.server", "ensurepip", "venv", "smtpd", "ftplib")
                        .contains(arguments.get(1).text())) {
            return new Hazard(NETWORK, List.of(name, "-m", arguments.get(1).text()));
        }
        boolean reads = arguments.stream().allMatch(word -> word.is("-") || word.is("-i"));
        return reads || (!arguments.isEmpty() && !arguments.getFirst().exact())
                ? new Hazard("runs what it reads", List.of(name))
                : null;
    }

    private static String option(String text) {
        boolean shortOption = text.startsWith("-") && !text.startsWith("--") && text.length() > 2;
        return shortOption ? text.substring(0, 2) : text;
    }

    private static Map<String, Set<String>> verbs() {
        Map<String, Set<String>> all = new HashMap<>();
        all.put("git", GitCommands.NETWORK);
        Set<String> node =
                words(
                        "install i ci add in isntall update up upgrade publish exec x dlx create init"
                                + " login logout adduser audit outdated view info search link unpublish dedupe"
                                + " rebuild it install-test install-ci-test cit fund ping token owner access"
                                + " deprecate dist-tag remove rm uninstall un prune global import set self-update");
        all.put("npm", node);
        all.put("pnpm", node);
        Set<String> yarn = new HashSet<>(node);
        yarn.add("");
        all.put("yarn", yarn);
        all.put("bun", words("install i add a update x create publish pm link upgrade"));
        all.put("deno", words("install add cache run upgrade publish serve jupyter"));
        Set<String> pip = words("install download wheel search index uninstall lock");
        all.put("pip", pip);
        all.put("pip3", pip);
        all.put(
                "uv",
                words("pip add sync lock tool run python publish self venv init remove build"));
        all.put("poetry", words("install add update lock publish self remove"));
        all.put("pdm", words("install add update lock publish sync"));
        all.put("pipenv", words("install update sync lock"));
        all.put("conda", words("install create update search env remove"));
        all.put("mamba", words("install create update search env remove"));
        all.put("gem", words("install update fetch push search"));
        all.put("bundle", words("install update add outdated"));
        all.put("cargo", words("install add fetch publish search update login yank owner"));
        all.put("go", words("get install generate"));
        all.put("rustup", words("update install default toolchain component target self"));
        all.put("composer", words("install update require create-project global"));
        all.put("dotnet", words("restore add nuget tool workload publish"));
        all.put("mvn", words("deploy"));
        all.put("cpan", words("install"));
        all.put("opam", words("install update"));
        all.put("cabal", words("install update upload"));
        all.put("stack", words("install update upload"));
        return Map.copyOf(all);
    }

    private static Set<String> words(String all) {
        return new LinkedHashSet<>(Arrays.asList(all.split(" ", -1)));
    }
}
