package hal0.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsTest {
    @TempDir Path top;

    private Workspace workspace;

    @BeforeEach
    void project() throws IOException {
        Path root = Files.createDirectories(top.resolve("project"));
        Files.createDirectories(root.resolve("src/a"));
        Files.createSymbolicLink(root.resolve("link"), top);
        workspace = Workspace.of(root);
    }

    @Test
    void readsOfTheWorkspaceAreFreeAndEditsAsTheModeSays() {
        for (Mode mode : Mode.values()) {
            assertThat(read(mode, "src/a/B.java")).isInstanceOf(Decision.Allow.class);
        }
        assertThat(edit(Mode.ASK, "src/a/B.java")).isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.EDIT, "src/a/B.java")).isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.AUTO, "src/a/B.java")).isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.PLAN, "src/a/B.java", "edit")).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void secretsAreAskedForUnlessARuleNamesThem() {
        for (String name :
                List.of(
                        ".env",
                        ".env.local",
                        "api.env",
                        "a/.envrc",
                        "id_rsa",
                        "k/server.pem",
                        ".netrc",
                        ".npmrc",
                        "credentials",
                        "credentials.json",
                        ".ssh/config",
                        "x.key",
                        ".ENV",
                        ".git/config",
                        "secrets.yaml")) {
            assertThat(read(Mode.AUTO, name)).as(name).isInstanceOf(Decision.Ask.class);
            assertThat(read(Mode.AUTO, name, "read", "read(**)", "read(*)"))
                    .as(name)
                    .isInstanceOf(Decision.Ask.class);
            assertThat(read(Mode.AUTO, name, "read(" + name + ")"))
                    .as(name)
                    .isInstanceOf(Decision.Allow.class);
        }
        assertThat(read(Mode.ASK, "k/server.pem", "read(**/*.pem)"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(read(Mode.ASK, "credentials.json", "read(*.json)"))
                .isInstanceOf(Decision.Ask.class);
        for (String name :
                List.of(".env.example", "src/Credentials.java", "id_rsa.pub", "key.md")) {
            assertThat(read(Mode.ASK, name)).as(name).isInstanceOf(Decision.Allow.class);
        }
    }

    @Test
    void gitsOwnFilesAndTheOutsideAreAskedForUnlessARuleNamesThem() {
        assertThat(edit(Mode.AUTO, ".git/hooks/pre-commit", "edit", "edit(**)"))
                .isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.AUTO, "sub/.GIT/hooks/x")).isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.ASK, ".git/info/exclude", "edit(.git/info/*)"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.AUTO, ".hal0.toml", "edit")).isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.AUTO, "../other/x", "edit", "edit(**)", "edit(other/**)"))
                .isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.ASK, "../other/x", "edit(../other/**)"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.AUTO, "link/x"))
                .as("a link leads outside")
                .isInstanceOf(Decision.Ask.class);
        assertThat(read(Mode.AUTO, "link/x")).isInstanceOf(Decision.Ask.class);
    }

    /// Who works in the home folder must not have rules, keys and logins of hal0 changed or read.
    @Test
    void hal0sOwnFilesAreAskedForUnlessARuleNamesThem() {
        for (String name :
                List.of(
                        ".config/hal0/config.toml",
                        ".local/state/hal0/mcp-tokens.json",
                        ".local/share/hal0/sessions/x.jsonl")) {
            assertThat(edit(Mode.AUTO, name, "edit", "edit(**)", "edit(.config/**)"))
                    .isInstanceOf(Decision.Ask.class);
            assertThat(read(Mode.ASK, name)).isInstanceOf(Decision.Ask.class);
            assertThat(edit(Mode.ASK, name, "edit(%s)".formatted(name)))
                    .isInstanceOf(Decision.Allow.class);
        }
        assertThat(decide(new Deed.Shell("sed -i s/a/b/ .config/hal0/config.toml"), Mode.AUTO))
                .isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.EDIT, "src/hal0/Main.java")).isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.EDIT, ".config/other/x")).isInstanceOf(Decision.Allow.class);
    }

    /// `HAL0_HOME` may lie in the workspace, under any name.
    @Test
    void aHomeWithinTheWorkspaceIsAskedForUnlessARuleNamesIt() throws IOException {
        Files.createDirectories(workspace.root().resolve("my/home/data"));
        workspace = workspace.keeping(List.of(workspace.root().resolve("my/home")));
        assertThat(edit(Mode.AUTO, "my/home/config.toml", "edit", "edit(**)", "edit(my/**)"))
                .isInstanceOf(Decision.Ask.class);
        assertThat(read(Mode.ASK, "my/home/data/hal0.db")).isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.EDIT, "my/homework")).isInstanceOf(Decision.Allow.class);
        for (String rule :
                List.of(
                        "edit(my/home/config.toml)",
                        "edit(my/home/**)",
                        "edit(%s/my/home/*)".formatted(workspace.root()))) {
            assertThat(edit(Mode.ASK, "my/home/config.toml", rule))
                    .as(rule)
                    .isInstanceOf(Decision.Allow.class);
        }
        for (String command :
                List.of(
                        "echo x >> my/home/config.toml",
                        "cd my/home && sed -i s/ask/auto/ config.toml",
                        "cp x my/h*",
                        "rm -rf my/home",
                        "cat my/home/api")) {
            assertThat(decide(new Deed.Shell(command), Mode.AUTO))
                    .as(command)
                    .isInstanceOf(Decision.Ask.class);
        }
    }

    @Test
    void pathRulesReachAsFarAsTheirStars() {
        assertThat(edit(Mode.ASK, "src/a/B.java", "edit(src/**)"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.ASK, "src/a/B.java", "edit(src/)")).isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.ASK, "src/a/B.java", "edit(**/*.java)"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.ASK, "B.java", "edit(**/*.java)")).isInstanceOf(Decision.Allow.class);
        assertThat(edit(Mode.ASK, "src/a/B.java", "edit(src/*)")).isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.ASK, "srcs/B.java", "edit(src**)")).isInstanceOf(Decision.Ask.class);
        assertThat(edit(Mode.ASK, "src/a/B.java", "read(src/**)", "shell"))
                .isInstanceOf(Decision.Ask.class);
    }

    @Test
    void aQuestionAboutAFileOffersTheFileThenItsFolder() {
        assertThat(((Decision.Ask) edit(Mode.ASK, "src/a/B.java")).rules())
                .containsExactly("edit(src/a/B.java)", "edit(src/**)");
        assertThat(((Decision.Ask) edit(Mode.AUTO, ".git/hooks/x")).rules())
                .containsExactly("edit(.git/hooks/x)");
    }

    @Test
    void hostsAreMatchedWholeAndThisMachineIsNeverFree() {
        assertThat(fetch(Mode.ASK, "https://docs.example.com/a", "fetch(docs.example.com)"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(fetch(Mode.ASK, "https://DOCS.example.com./a", "fetch(*.example.com)"))
                .isInstanceOf(Decision.Allow.class);
        for (String address :
                List.of(
                        "https://docs.example.com@evil.test/",
                        "https://evil.test/docs.example.com",
                        "https://docs.example.com.evil.test/",
                        "file://docs.example.com/etc/passwd")) {
            assertThat(fetch(Mode.ASK, address, "fetch(docs.example.com)"))
                    .as(address)
                    .isInstanceOf(Decision.Ask.class);
        }
        assertThat(fetch(Mode.AUTO, "https://example.com/")).isInstanceOf(Decision.Allow.class);
        for (String address :
                List.of(
                        "http://localhost:8080/",
                        "http://127.0.0.1/",
                        "http://169.254.169.254/latest",
                        "http://[::1]/",
                        "http://2130706433/",
                        "http://box.local/")) {
            assertThat(fetch(Mode.AUTO, address)).as(address).isInstanceOf(Decision.Ask.class);
        }
        assertThat(fetch(Mode.ASK, "http://localhost:8080/", "fetch(localhost:8080)"))
                .isInstanceOf(Decision.Allow.class);
    }

    @Test
    void toolsOfServersAndMemoryFollowModeAndRules() {
        Deed reading = new Deed.Mcp("github", "get_issue", true);
        Deed writing = new Deed.Mcp("github", "create_issue", false);
        Deed remember = new Deed.Remember("x");
        assertThat(decide(writing, Mode.ASK, "mcp(github__*)")).isInstanceOf(Decision.Allow.class);
        assertThat(decide(writing, Mode.ASK, "mcp(github__get*)")).isInstanceOf(Decision.Ask.class);
        assertThat(decide(writing, Mode.AUTO)).isInstanceOf(Decision.Allow.class);
        assertThat(decide(writing, Mode.PLAN, "mcp")).isInstanceOf(Decision.Deny.class);
        assertThat(decide(reading, Mode.PLAN)).isInstanceOf(Decision.Ask.class);
        assertThat(decide(remember, Mode.EDIT)).isInstanceOf(Decision.Ask.class);
        assertThat(decide(remember, Mode.ASK, "remember")).isInstanceOf(Decision.Allow.class);
        assertThat(decide(remember, Mode.PLAN, "remember")).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void aCallIsDecidedByTheStrictestOfItsDeeds() {
        Intent both =
                new Intent(
                        "1",
                        "apply_patch",
                        "patch",
                        List.of(
                                new Deed.Edit(workspace.resolve("src/A.java")),
                                new Deed.Edit(workspace.resolve(".git/config"))),
                        null);
        assertThat(Permissions.decide(both, Mode.EDIT, Rules.NONE, workspace))
                .isInstanceOf(Decision.Ask.class);
    }

    private Decision read(Mode mode, String name, String... allow) {
        return decide(new Deed.Read(workspace.resolve(name)), mode, allow);
    }

    private Decision edit(Mode mode, String name, String... allow) {
        return decide(new Deed.Edit(workspace.resolve(name)), mode, allow);
    }

    private Decision fetch(Mode mode, String address, String... allow) {
        return decide(new Deed.Fetch(URI.create(address)), mode, allow);
    }

    private Decision decide(Deed deed, Mode mode, String... allow) {
        Rules rules =
                Rules.of(Arrays.stream(allow).map(Rule::parse).toList(), List.of(), List.of());
        return Permissions.decide(deed, mode, rules, workspace);
    }
}
