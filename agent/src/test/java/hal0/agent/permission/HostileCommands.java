package hal0.agent.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes command lines that hide a forbidden command beside or inside of an allowed one.
final class HostileCommands {
    private static final List<String> FORBIDDEN =
            List.of(
                    "rm x",
                    "evil",
                    "git push",
                    "curl y",
                    "touch made",
                    "git -c a=b status",
                    "rm git status");
    private static final List<String> ALLOWED =
            List.of("git status", "git status -s", "git  status", "git 'status'", "gi\\t status");

    /// `@` is where a command stands.
    private static final List<String> WRAPPERS =
            List.of(
                    "@",
                    "( @ )",
                    "{ @; }",
                    "! @",
                    "time @",
                    "time -p @",
                    "env @",
                    "env X=1 @",
                    "env -i @",
                    "env -S '@'",
                    "env -u X @",
                    "command @",
                    "builtin @",
                    "exec @",
                    "nohup @",
                    "nice @",
                    "nice -n 3 @",
                    "timeout 5 @",
                    "timeout -k 1 5 @",
                    "stdbuf -oL @",
                    "setsid @",
                    "setsid -w @",
                    "eval @",
                    "eval '@'",
                    "eval \"@\"",
                    "bash -c '@'",
                    "bash -c \"@\"",
                    "sh -c '@'",
                    "bash -lc '@'",
                    "bash <<< '@'",
                    "bash <<E\n@\nE",
                    "bash <<'E'\n@\nE",
                    "sh <<-E\n\t@\n\tE",
                    "source <(echo @)",
                    ". /dev/stdin <<< '@'",
                    "echo @ | bash",
                    "xargs @",
                    "echo | xargs @",
                    "echo z | xargs -I{} @",
                    "find . -maxdepth 0 -exec @ \\;",
                    "find . -maxdepth 0 -exec @ {} +",
                    "if @; then true; fi",
                    "if true; then @; fi",
                    "if false; then true; else @; fi",
                    "while @; do break; done",
                    "until true; do @; done",
                    "for i in 1; do @; done",
                    "for i in $(@); do true; done",
                    "for i in 1\ndo\n@\ndone",
                    "for ((i=0;i<1;i++)); do @; done",
                    "case a in a) @;; esac",
                    "case a in (a|b) @ ;; *) true;; esac",
                    "case $(@) in a) true;; esac",
                    "case a in $(@)) true;; esac",
                    "f() { @; }; f",
                    "f() @\nf",
                    "function f { @; }; f",
                    "git() { @; }; git status",
                    "alias git='@'; git status",
                    "trap '@' EXIT",
                    "trap \"@\" 0; true",
                    "select i in 1; do @; break; done <<< 1",
                    "coproc @",
                    "[[ -n $(@) ]]",
                    "[[ a == $(@) ]]",
                    "[[ a =~ $(@) ]]",
                    "(( $(@) ))",
                    "echo $(( $(@) ))",
                    "x='a[$(@)]'; echo $((x))",
                    "x='a[$(@)]'; [[ x -eq 1 ]]",
                    "test -v 'a[$(@)]'",
                    "printf -v 'a[$(@)]' x",
                    "unset 'a[$(@)]'",
                    "read 'a[$(@)]' <<< 1",
                    "declare 'a[$(@)]=1'",
                    "let 'a[$(@)]=1'",
                    "x=$(@)",
                    "x=`@`",
                    "export x=$(@)",
                    "echo $(@)",
                    "echo `@`",
                    "echo \"$(@)\"",
                    "echo \"`@`\"",
                    "cat <(@)",
                    "cat < <(@)",
                    "echo > >(@)",
                    "cat <<E\n$(@)\nE",
                    "cat <<E\n`@`\nE",
                    "cat <<\"E\"\n$(true)\nE\n@",
                    "cat <<'E'\nE\n@",
                    "cat <<-E\n\tE\n@",
                    "cat <<E <<F\nE\nF\n@",
                    "cat <<E; @\nE",
                    "cat <<E | @\nE",
                    "echo ${x:-$(@)}",
                    "echo ${x:=$(@)}",
                    "echo \"${x:-`@`}\"",
                    "echo ${x:-<(@)}",
                    "echo ${x/a/$(@)}",
                    "echo ${x[$(@)]}",
                    "echo ${x:$(@)}",
                    "x='$(@)'; echo ${x@P}",
                    "x='@'; $x",
                    "x='@'; eval $x",
                    "$(echo @)",
                    "`echo @`",
                    "\\@",
                    "\"\"@",
                    "''@",
                    "$()@",
                    "${x}@",
                    "X=1 @",
                    "> /dev/null @",
                    "2>&1 @",
                    "< /dev/null @",
                    "@ &",
                    "@ & wait",
                    "@ > /dev/null",
                    "@ 2>&1",
                    "true # '\n@ #'",
                    "echo a#b; @",
                    "echo 'a\n@' ; @",
                    "echo $'\\''; @ #'",
                    "echo \"\\\"\"; @ #\"",
                    "echo '\\'; @ #'",
                    "echo $'a'; @",
                    "echo \\; @",
                    "echo a\\\n; @",
                    "tr\\\nue; @",
                    "true \\\n; @",
                    "true \\\n @",
                    "true &\\\n& @",
                    "true; \\\n@",
                    "true |\\\n| @",
                    "{ true; } ; @",
                    "true;{ @; }",
                    "(true)&&(@)",
                    "((true); @)",
                    "( (true); @ )",
                    "true;@",
                    "true&@",
                    "true|@",
                    "true|&@",
                    "true||@",
                    "false||@",
                    "true\n@",
                    "true\r\n@",
                    "true\u00a0; @",
                    "true\u2028@",
                    "true\t;\t@",
                    "!(@)",
                    "@(@)",
                    "[[ a == # ' \nb ]] ; @ # ' ]]",
                    "[[ a == b ]]; @",
                    "[[ -n a && -n b ]] && @",
                    "[ a ] && @",
                    "echo {a,b}; @",
                    "{echo,@}",
                    "echo ${x#'}'}; @",
                    "echo \"${x#'}'}\"; @ #'}\"",
                    "echo \"${x:-\"; @; \"}\"",
                    "echo ${x:-'}'; @; echo '}",
                    "echo $\"$(@)\"",
                    "echo $[ $(@) ]",
                    "echo [$(@)]",
                    "echo [a`@`]",
                    "echo a[b\"$(@)\"c]",
                    "echo ~$(@)",
                    "exec 3< <(@)",
                    "exec > >(@)",
                    "set -- @; \"$@\"",
                    "set -- @; $1 $2",
                    "hash -p /bin/rm git; @",
                    "enable -n echo; @",
                    "IFS=x; @",
                    "PATH=.:$PATH; @",
                    "BASH_ENV=x @",
                    "GIT_DIR=x @",
                    "LD_PRELOAD=x @",
                    "export PATH=.; @",
                    "declare -x PATH=.; @",
                    "printf -v PATH .; @",
                    "read PATH <<< .; @",
                    "for PATH in .; do @; done",
                    "shopt -s expand_aliases\nalias git=rm\n@",
                    "compgen -C '@' x",
                    "mapfile -C '@' -c 1 a <<< x",
                    "watch -n1 @",
                    "sudo @",
                    "time ! @",
                    "! time @",
                    "coproc x { @; }",
                    "{ @; } 2>&1 | cat",
                    "cat <<E\n\\$(true)\nE\n@",
                    "cat <<E\n$(cat <<F\nF\n)\nE\n@",
                    "echo \"$(echo \")\"; @)\"",
                    "echo $(echo ')'; @)",
                    "echo $(case a in a) @;; esac)",
                    "echo $(true # )\n@\n)",
                    "echo $(true; # '\n@ # '\n)",
                    "echo `echo \\`@\\``",
                    "echo \"`echo \\\"@\\\"`\"",
                    "echo $(( 1 + `@` ))",
                    "echo $((1+1)); @",
                    "echo $( (@) )",
                    "echo $((@) )",
                    "echo $((@); true)",
                    "if [ 1 ]; then :; fi; @",
                    "do @",
                    "then @",
                    "true && { @; } || true",
                    "while false; do :; done; @",
                    "x=1 y=2; @",
                    "x+=1; @",
                    "a[0]=1; @",
                    "x=(1 2); @",
                    "x=(`@`)",
                    "x=([$(@)]=1)",
                    "echo a >made; @",
                    "@ >made",
                    "@ 1>made",
                    "@ &>made",
                    "@ >&made",
                    "@ >|made",
                    "@ >>made",
                    "@ <>made",
                    "@ {fd}>made",
                    "echo x >made",
                    "echo x 2>made",
                    "echo @",
                    "echo '@'",
                    "echo \"@\"",
                    "echo a; # @",
                    "# @",
                    "true #; @",
                    "cat <<'E'\n@\nE",
                    "cat <<'E'\n$(@)\nE",
                    "cat <<< '@'",
                    "cat <<\\E\n$(@)\nE");

    private static final List<String> SEPARATORS =
            List.of(
                    "; ", " && ", " || ", " | ", " |& ", " & ", "\n", ";\n", "&&\n", " ; : ; ",
                    " && ! ", ";;", " &\n");

    private HostileCommands() {}

    static List<String> all(long seed, int count) {
        Random random = new Random(seed);
        List<String> all = new ArrayList<>();
        for (String wrapper : WRAPPERS) {
            for (String command : FORBIDDEN) {
                all.add(wrapper.replace("@", command));
            }
            for (String command : ALLOWED) {
                all.add(wrapper.replace("@", command));
            }
        }
        while (all.size() < count) {
            all.add(line(random, 1 + random.nextInt(3)));
        }
        return all;
    }

    private static String line(Random random, int parts) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            line.append(i == 0 ? "" : pick(SEPARATORS, random));
            String command = pick(random.nextInt(3) == 0 ? FORBIDDEN : ALLOWED, random);
            if (random.nextInt(4) == 0) {
                command = quoted(command, random);
            }
            for (int depth = random.nextInt(3); depth > 0; depth--) {
                command = pick(WRAPPERS, random).replace("@", command);
            }
            line.append(command);
        }
        if (random.nextInt(6) == 0) {
            String noise = pick(NOISE, random);
            line.insert(random.nextInt(line.length() + 1), noise);
        }
        return line.toString();
    }

    private static final List<String> NOISE =
            List.of(
                    "'", "\"", "\\", "`", "$", "(", ")", "{", "}", "<", ">", "&", "|", ";", "\n",
                    "#", "!", "*", "~", "[", "]", "\\\n", "$(", "${", "<<E", "=", " ", "\t", "''",
                    "\"\"", "$''", "case ", "esac ", "]] ");

    /// The same word for bash, written otherwise.
    private static String quoted(String command, Random random) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == ' ') {
                quoted.append(pick(List.of(" ", "  ", "\t", " \\\n"), random));
                continue;
            }
            quoted.append(
                    switch (random.nextInt(9)) {
                        case 0 -> "'" + c + "'";
                        case 1 -> "\"" + c + "\"";
                        case 2 -> "\\" + c;
                        case 3 -> "$'" + c + "'";
                        case 4 -> "''" + c;
                        case 5 -> "$'\\x" + Integer.toHexString(c) + "'";
                        default -> String.valueOf(c);
                    });
        }
        return quoted.toString();
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /// Lines that bash and the sh of POSIX read in different ways.
    static List<String> otherwiseInSh() {
        return List.of(
                "echo $'a\\'; rm x; echo \\''",
                "echo $'\\''; rm x #'",
                "cat $'a\\' ; touch made ; echo \\''",
                "((rm x))",
                "((git push))",
                "(( rm )); git status",
                "[[ a > made ]]",
                "[[ a < b || rm == x ]]",
                "[[ rm ]]; git status",
                "git status &> made",
                "git status &>> made",
                "git status >& made",
                "git status &>/dev/null touch made",
                "git status <<< x",
                "git status |& rm x",
                "git status;& rm x",
                "echo <(rm x)",
                "echo {rm,x}",
                "echo ${x//a/`rm x`}",
                "echo ${x^^}; git status",
                "echo $\"a\"; git status",
                "echo $[ 1 ]",
                "time git status",
                "time -p git status",
                "coproc git status",
                "select i in 1; do git status; done",
                "for ((i=0;i<1;i++)); do git status; done",
                "for i in 1; { git status; }",
                "case a in a) git status;;& b) git status;; esac",
                "git status {fd}>/dev/null",
                "git status 10>/dev/null",
                "git status 2>&1",
                "git status &>/dev/null",
                "X+=1 git status",
                "X=(rm x) git status",
                "x=(git status)",
                "echo ~+ ~-",
                "echo 'a\nb' | cat",
                "echo \\c; git status",
                "printf %s 'rm x'",
                "cat <<'E'\n$'E\nE\ngit status",
                "cat <<$'E'\nE\nrm x\n$E\n",
                "cat <<$'E'\nx\n$E\nrm x\nE\n",
                "cat <<$\"E\"\nx\n$E\nrm x\nE\n",
                "command -v git",
                "set -o pipefail; git status",
                "git status !(x)",
                "git status # $'",
                "sh -c '[[ a > made ]]'",
                "sh -c 'git status &>/dev/null touch made'",
                "/bin/sh -c \"cat <<\\$'E'\nx\n\\$E\nrm x\nE\n\"",
                "test a == b && git status",
                "type git; which git");
    }
}
