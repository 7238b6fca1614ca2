package hal0.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandDecisionTest {
    @TempDir Path top;

    private Workspace workspace;

    @BeforeEach
    void project() throws IOException {
        Path folder = Files.createDirectories(top.resolve("project"));
        Files.createDirectories(folder.resolve("src"));
        Files.createDirectories(top.resolve("elsewhere"));
        Files.writeString(folder.resolve("src/A.java"), "class A {}");
        Files.writeString(folder.resolve("README.md"), "read me");
        Files.writeString(folder.resolve(".env"), "KEY=1");
        Files.createSymbolicLink(folder.resolve("out"), top.resolve("elsewhere"));
        workspace = Workspace.of(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls",
                "ls -la src",
                "cat README.md | head -n 20",
                "git status",
                "git --no-pager log --oneline -n 5",
                "git diff HEAD~1 -- src/A.java",
                "git log --format='%h %s' | grep -i fix",
                "wc -l src/*.java",
                "grep -n 'class /etc' src/A.java",
                "find . -name '*.java' -type f",
                "find src -name '*.java' -print",
                "rg -n class src",
                "sed -n '1,20p' README.md",
                "for f in src/*.java; do echo \"$f\"; done",
                "if [ -f README.md ]; then cat README.md; fi",
                "cd src && ls",
                "cat README.md 2>/dev/null || true",
                "ls && pwd; echo done >&2",
                "env LC_ALL=C sort README.md",
                "LANG=C ls",
                "timeout 5 cat README.md",
                "bash -c 'ls; cat README.md'",
                "cat <<'EOF'\nrm -rf $(x)\nEOF",
                "case a in b|c) ls;; *) pwd;; esac",
                "java -version",
                "ls # rm -rf .",
                "ls \\\n  -la",
            })
    void commandsThatOnlyLookAreFreeInEveryMode(String command) {
        assertThat(Mode.values())
                .allSatisfy(mode ->
                        assertThat(decide(mode, Rules.NONE, command))
                                .as(mode + " " + command)
                                .isInstanceOf(Decision.Allow.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat .env",
                "cat .e*",
                "cat out/passwd",
                "cat o*/passwd",
                "cat /etc/passwd",
                "cat ../x",
                "cd .. && cat x",
                "cd src && cat ../.env",
                "cat < .env",
                "ls ~",
                "grep -r KEY .",
                "git diff --output=x",
                "git diff --outp=x",
                "git grep -Oevil x",
                "git -c core.pager=evil log",
                "cd src && git status",
                "find . -delete",
                "find . -exec rm {} ;",
                "find . -exec cat {} ;",
                "find . -fprintf x y",
                "sort -o x README.md",
                "sed -n '1e evil' README.md",
                "sed -i s/a/b/ README.md",
                "rg --pre evil x",
                "rg --hidden KEY",
                "cat $X",
                "cat \"$(rm x)\"",
                "echo `rm x`",
                "echo <(rm x)",
                "PATH=. ls",
                "PATH=.; ls",
                "export PATH=.; ls",
                "ls() { rm x; }; ls",
                "alias ls=rm; ls",
                "xxd -r a b",
                "tree -o x",
                "$X",
                "l{s,x}",
                "/tmp/ls",
                "./ls",
                "ls > /etc/x",
                "echo x > .git/hooks/pre-commit",
                "ls\u00a0-la",
                "ls\r",
                "test -v 'a[$(rm x)]'",
                "printf -v 'a[$(rm x)]' x",
                "echo $((a[0]))",
                "echo ${x@P}",
                "eval ls",
                "env -S 'rm x'",
                "ls | sh",
                "bash",
                "xargs rm",
                "ls | xargs -I{} {}",
                "date -s 1",
            })
    void whatOnlyLooksLikeLookingIsNotAllowed(String command) {
        for (Mode mode : List.of(Mode.ASK, Mode.PLAN)) {
            assertThat(decide(mode, Rules.NONE, command))
                    .as(mode + " " + command)
                    .isNotInstanceOf(Decision.Allow.class);
        }
    }

    /// A cloned repository brings its links with it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat out/../notes.txt",
                "cat src/../out/../notes.txt",
                "cat < out/../notes.txt",
                "cat dangling/../notes.txt",
                "cd out/.. && cat notes.txt",
                "cd near/../.. && cat notes.txt",
                "echo x > out/../.bashrc",
                "echo x > new",
            })
    void theFolderAboveALinkIsThatOfWhatItLeadsTo(String command) throws IOException {
        Files.createDirectories(workspace.root().resolve("a/b/c"));
        Files.createSymbolicLink(workspace.root().resolve("near"), Path.of("a/b/c"));
        Files.createSymbolicLink(workspace.root().resolve("dangling"), Path.of("out/none"));
        Files.createSymbolicLink(workspace.root().resolve("new"), Path.of("out/../new"));
        for (Mode mode : List.of(Mode.ASK, Mode.EDIT, Mode.PLAN)) {
            assertThat(decide(mode, Rules.NONE, command))
                    .as(mode + " " + command)
                    .isNotInstanceOf(Decision.Allow.class);
        }
        assertThat(decide(Mode.PLAN, Rules.NONE, "cat src/../README.md near/../x"))
                .isInstanceOf(Decision.Allow.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "make",
                "mvn -q test",
                "npm test",
                "npm run build -- --watch",
                "./gradlew build",
                "python3 script.py --x",
                "rm -rf build",
                "mkdir -p a/b && touch a/b/c",
                "git add -A && git commit -m 'x y'",
                "git checkout -b topic",
                "echo x > src/B.java",
                "cat > src/B.java <<'EOF'\nx\nEOF",
                "X=1 make",
                "go test ./...",
                "cargo build --release",
                "node index.js",
                "bash script.sh",
                "set -euo pipefail; make",
                "javac -d target src/A.java",
                "sed -i 's/a/b/' README.md",
                "tar czf x.tgz src",
            })
    void autoRunsOrdinaryWork(String command) {
        assertThat(decide(Mode.AUTO, Rules.NONE, command)).isInstanceOf(Decision.Allow.class);
        assertThat(decide(Mode.ASK, Rules.NONE, command)).isInstanceOf(Decision.Ask.class);
        assertThat(decide(Mode.PLAN, Rules.NONE, command)).isInstanceOf(Decision.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl https://example.com",
                "wget -q x",
                "git push",
                "git -C src push origin",
                "git clone https://x/y",
                "git fetch",
                "npm install",
                "npm i left-pad",
                "npx x",
                "yarn",
                "pip install x",
                "python3 -m pip install x",
                "cargo install x",
                "ssh host",
                "scp a b:c",
                "sudo make",
                "sudo -u root rm -rf /",
                "rm -rf /",
                "rm -rf ~",
                "rm -rf ../other",
                "rm -rf $X",
                "rm -rf .git",
                "cp a .git/hooks/pre-commit",
                "cp .env x",
                "cat .env",
                "python3 -c 'x'",
                "node -e x",
                "perl -pe x",
                "awk 'BEGIN{system(\"x\")}'",
                "curl x | sh",
                "make | bash",
                "eval make",
                "source x",
                "git config core.pager x",
                "git -c alias.x=!y x",
                "echo x > /tmp/y",
                "echo x > .hal0.toml",
                "PATH=/evil make",
                "export LD_PRELOAD=x",
                "timeout 5 curl x",
                "nohup curl x",
                "env X=1 curl x",
                "find . -exec curl {} +",
                "ls | xargs curl",
                "/usr/bin/curl x",
                "c\\url x",
                "cu'r'l x",
                "bash -c 'curl x'",
                "/opt/x/tool",
                "echo x > /dev/tcp/1.2.3.4/80",
            })
    void autoStillAsksForWhatMustAlwaysBeAsked(String command) {
        assertThat(decide(Mode.AUTO, Rules.NONE, command)).isInstanceOf(Decision.Ask.class);
        assertThat(decide(Mode.AUTO, allow("shell"), command))
                .as("shell alone names nothing")
                .isInstanceOf(Decision.Ask.class);
    }

    @Test
    void aRuleAllowsWhatItNames() {
        assertAllowed("shell(git push*)", "git push origin main");
        assertAllowed("shell(curl https://docs.example.com/*)", "curl https://docs.example.com/x");
        assertAllowed("shell(rm -rf build)", "rm -rf build");
        assertAllowed("shell(npm test*)", "npm test -- --watch && npm test");
        assertAllowed("shell(npm test *)", "npm test");
        assertAllowed("shell(timeout 60 npm test*)", "timeout 60 npm test");
        assertAllowed("shell(npm test*)", "timeout 60 npm test 2>&1 | tail -n 5");
        assertAllowed("shell(=eval \"$X\" > y)", "eval \"$X\" > y");
        assertAllowed("shell(git commit -m 'a b')", "git commit -m \"a b\"");
        assertAllowed("shell(cat /etc/*)", "cat /etc/hosts");
        assertAllowed("read(/etc/**)", "cat /etc/hosts");
        assertAllowed("shell(cat .env*)", "cat .env");
        assertAllowed("read(.env)", "cat .env");
        assertAllowed("shell(python3 -c*)", "python3 -c 'print(1)'");
    }

    @Test
    void aRuleDoesNotAllowWhatItDoesNotName() {
        assertAsked("shell(git*)", "git push");
        assertAsked("shell(npm*)", "npm install");
        assertAsked("shell(cat*)", "cat .env");
        assertAsked("shell(cat*)", "cat /etc/passwd");
        assertAsked("shell(rm*)", "rm -rf /home");
        assertAsked("shell(find*)", "find . -exec rm {} +");
        assertAsked("shell(timeout*)", "timeout 5 rm x");
        assertAsked("shell(python3*)", "python3 -c 'x'");
        assertAsked("shell(git status*)", "git status && rm x");
        assertAsked("shell(git status*)", "git status > x");
        assertAsked("shell(git status)", "git status --short; make");
        assertAsked("shell(make)", "./make");
        assertAsked("shell(make)", "/tmp/x/make");
        assertAsked("shell(*)", "*");
    }

    @Test
    void whatIsDeniedStaysDeniedUnderEveryName() {
        Rules rules =
                Rules.of(
                        List.of(Rule.parse("shell")),
                        List.of(),
                        List.of(Rule.parse("shell(rm*)"), Rule.parse("read(secret/**)")));
        for (String command :
                List.of(
                        "rm x",
                        "/bin/rm x",
                        "\\rm x",
                        "ls; rm x",
                        "timeout 5 rm x",
                        "sudo rm x",
                        "sudo -u x rm x",
                        "find . -exec rm {} +",
                        "bash -c 'rm x'",
                        "X=1 rm x",
                        "echo $(rm x)",
                        "xargs rm",
                        "cat secret/x",
                        "cat < secret/x",
                        "make secret/x")) {
            assertThat(decide(Mode.AUTO, rules, command))
                    .as(command)
                    .isInstanceOf(Decision.Deny.class);
        }
    }

    @Test
    void ofAllowAndAskTheRuleThatSaysMoreIsMeant() {
        Rules push =
                Rules.of(
                        List.of(Rule.parse("shell(git push*)")),
                        List.of(Rule.parse("shell(git push --force*)")),
                        List.of());
        assertThat(decide(Mode.ASK, push, "git push")).isInstanceOf(Decision.Allow.class);
        assertThat(decide(Mode.ASK, push, "git push --force")).isInstanceOf(Decision.Ask.class);
        Rules most =
                Rules.of(
                        List.of(Rule.parse("shell(make test)")),
                        List.of(Rule.parse("shell")),
                        List.of());
        assertThat(decide(Mode.AUTO, most, "make test")).isInstanceOf(Decision.Allow.class);
        assertThat(decide(Mode.AUTO, most, "make")).isInstanceOf(Decision.Ask.class);
    }

    @Test
    void planModeAllowsNothingThatWritesWhateverTheRules() {
        for (String command : List.of("make", "git push", "echo x > y", "rm x", "eval x")) {
            assertThat(decide(Mode.PLAN, allow("shell", "shell(" + command + ")"), command))
                    .as(command)
                    .isInstanceOf(Decision.Deny.class);
        }
    }

    @Test
    void aQuestionOffersTheNarrowestRuleFirstAndEachOfThemWouldAllowIt() {
        assertThat(rules("npm test -- --watch"))
                .containsExactly("shell(npm test -- --watch)", "shell(npm test*)");
        assertThat(rules("rm -rf build")).containsExactly("shell(rm -rf build)");
        assertThat(rules("sudo make")).containsExactly("shell(sudo make)");
        assertThat(rules("curl x | sh")).containsExactly("shell(=curl x | sh)");
        assertThat(rules("git commit -m 'it'\\''s'"))
                .containsExactly("shell(git commit -m 'it'\\''s')", "shell(git commit*)");
        for (String command :
                List.of(
                        "npm test -- --watch",
                        "rm -rf 'a b'",
                        "sudo make",
                        "curl x | sh",
                        "make && rm x",
                        "X=1 make",
                        "cat /etc/hosts",
                        "cat .env",
                        "echo x > /tmp/y",
                        "git commit -m 'it'\\''s * \\ \"q\"'",
                        "eval \"$(x *)\"")) {
            for (String rule : rules(command)) {
                assertThat(decide(Mode.ASK, allow(rule), command))
                        .as(rule)
                        .isInstanceOf(Decision.Allow.class);
            }
            assertThat(rules(command)).as(command).isNotEmpty();
        }
    }

    @Test
    @Timeout(60)
    void noLineTakesLongToJudge() {
        Rules rules =
                Rules.of(
                        List.of(Rule.parse("shell(git * a* b* c*)")),
                        List.of(),
                        List.of(Rule.parse("shell(*rm*x*y*z)"), Rule.parse("read(**/a/**/b)")));
        for (String piece :
                List.of(
                        "nice ",
                        "sudo ",
                        "sudo nice ",
                        "env ",
                        "cat a;",
                        "cd a;",
                        "ls a ",
                        "rm x y ",
                        "bash -c ",
                        "xargs ",
                        "find . -exec ",
                        "grep -r a .;",
                        "git ",
                        "a/",
                        "echo $(",
                        "a*",
                        "timeout 1 ")) {
            for (int length : new int[] {50, 1_000, 1_000_000}) {
                String line = piece.repeat(Math.max(1, length / piece.length()));
                assertThatCode(() -> decide(Mode.AUTO, rules, line))
                        .as(piece + length)
                        .doesNotThrowAnyException();
            }
        }
    }

    private List<String> rules(String command) {
        return decide(Mode.ASK, Rules.NONE, command) instanceof Decision.Ask(_, var rules)
                ? rules
                : List.of();
    }

    private void assertAllowed(String rule, String command) {
        assertThat(decide(Mode.ASK, allow(rule), command))
                .as(rule + ": " + command)
                .isInstanceOf(Decision.Allow.class);
    }

    private void assertAsked(String rule, String command) {
        assertThat(decide(Mode.ASK, allow(rule), command))
                .as(rule + ": " + command)
                .isInstanceOf(Decision.Ask.class);
    }

    private static Rules allow(String... rules) {
        return Rules.of(Arrays.stream(rules).map(Rule::parse).toList(), List.of(), List.of());
    }

    private Decision decide(Mode mode, Rules rules, String command) {
        return Permissions.decide(new Deed.Shell(command), mode, rules, workspace);
    }
}
