package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 mcp`: what its commands write, show and refuse.
class McpCommandTest {
    private static final String CONFIG =
            """
            # mine
            [active]   # now
            provider = "demo"
            model = "demo"
            """;

    /// A server of two lines.
    private static final String SERVER =
            """
            while read -r line; do
                case $line in
                    *'"initialize"'*) echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"tiny","version":"0.1"}}}' ;;
                    *tools/list*) echo '{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"look","description":"Looks\\u001b[2J around.","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}},{"name":"touch","inputSchema":{"type":"object"}}]}}' ;;
                esac
            done
            """;

    @TempDir Path folder;
    private Path config;
    private Path server;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("config.toml"), CONFIG);
        server = Files.writeString(folder.resolve("server.sh"), SERVER);
    }

    private Ended run(String... arguments) throws Exception {
        return Hal0Process.in(folder).run(arguments);
    }

    private void added(String... arguments) throws Exception {
        Ended ended = run(arguments);
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void addAppendsWhatIsReadAgainAndRemoveTakesItAway() throws Exception {
        added("mcp", "add", "files", "--env", "ROOT=$HOME", "--", "npx", "-y", "files", "--url=x");
        added("mcp", "add", "far", "--url", "https://far.test/mcp", "--header=X-Team=$TEAM");
        assertThat(Files.readString(config))
                .isEqualTo(
                        CONFIG
                                + """

                                [mcp.servers.files]
                                command = ["npx", "-y", "files", "--url=x"]

                                [mcp.servers.files.env]
                                ROOT = "$HOME"

                                [mcp.servers.far]
                                url = "https://far.test/mcp"

                                [mcp.servers.far.headers]
                                X-Team = "$TEAM"
                                """);
        assertThat(run("config", "validate").exit()).isZero();
        Ended again = run("mcp", "add", "far", "--url", "https://far.test/mcp");
        assertThat(again.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(again.err()).contains("there is an MCP server far already");
        added("mcp", "remove", "files");
        added("mcp", "remove", "far");
        assertThat(Files.readString(config).strip()).isEqualTo(CONFIG.strip());
    }

    @Test
    void addRefusesWhatCannotBeUsed() throws Exception {
        Ended both = run("mcp", "add", "x", "--url", "https://x.test", "--", "x");
        assertThat(both.exit()).isEqualTo(ExitCode.USAGE);
        Ended name = run("mcp", "add", "a__b", "--", "x");
        assertThat(name.exit()).isEqualTo(ExitCode.USAGE);
        Ended address = run("mcp", "add", "x", "--url", "ftp://x.test");
        assertThat(address.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(address.err()).contains("mcp.servers.x.url: ", "https://example.com/mcp");
        assertThat(config).hasContent(CONFIG);
    }

    @Test
    void listShowsNoSecret() throws Exception {
        added("mcp", "add", "a", "--env=K_TOKEN=s3cret1", "--", "a", "--api-key", "s3cret2", "-v");
        added(
                "mcp",
                "add",
                "b",
                "--header=Authorization=Bearer s3cret3",
                "--url",
                "http://b.test/m?k=s3cret4");
        Ended list = run("mcp", "list");
        assertThat(list.out())
                .contains("a --api-key ***REDACTED*** -v", "http://b.test/m", "header")
                .doesNotContain("s3cret");
        JsonNode rows = TestHome.json(run("mcp", "list", "--json").out());
        assertThat(rows.at("/1/transport").asText()).isEqualTo("http");
        assertThat(rows.toString()).doesNotContain("s3cret");
    }

    @Test
    void testShowsToolsAndHowLongTheyTook() throws Exception {
        added("mcp", "add", "tiny", "--", "sh", server.toString());
        Ended test = run("mcp", "test");
        assertThat(test.exit()).as(test.err()).isZero();
        assertThat(test.out())
                .containsPattern(
                        "PASS tiny: tiny 0\\.1, protocol 2025-06-18, 2 tools, started in \\d+ ms, listed in \\d+ ms")
                .contains("  look (reads only)  Looks", "  touch")
                .doesNotContain("\u001b");
        JsonNode row = TestHome.json(run("mcp", "test", "tiny", "--json").out()).path(0);
        assertThat(row.path("status").asText()).isEqualTo("pass");
        assertThat(row.path("tools")).hasSize(2);
        assertThat(run("mcp", "list", "--probe").out()).containsPattern("tiny +ready +stdio");
    }

    @Test
    void testOfABrokenServerSaysWhyAndFails() throws Exception {
        added("mcp", "add", "tiny", "--", "sh", server.toString());
        added("mcp", "add", "bad", "--", "sh", "-c", "echo 'no such database' >&2; exit 5");
        Ended test = run("mcp", "test");
        assertThat(test.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(test.out())
                .contains(
                        "PASS tiny",
                        "FAIL bad: the MCP server bad ended: exit code 5; it said: no such database");
    }

    @Test
    void nothingToTestIsNoSuccess() throws Exception {
        Ended test = run("mcp", "test");
        assertThat(test.exit()).isEqualTo(ExitCode.SKIPPED);
        assertThat(test.err()).contains("SKIP: ", "hal0 mcp add");
        added("mcp", "add", "tiny", "--disabled", "--", "sh", server.toString());
        assertThat(run("mcp", "test").exit()).isEqualTo(ExitCode.SKIPPED);
    }

    @Test
    void programsNeedNoLoginAndUnknownNamesAreHelped() throws Exception {
        added("mcp", "add", "tiny", "--", "sh", server.toString());
        Ended login = run("mcp", "login", "tiny");
        assertThat(login.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(login.err()).contains("nothing to log in to");
        Ended test = run("mcp", "test", "tini");
        assertThat(test.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(test.err()).contains("did you mean \"tiny\"?");
        Ended logout = run("mcp", "logout", "tiny");
        assertThat(logout.exit()).isZero();
        assertThat(logout.err()).contains("There is no login of tiny.");
    }

    @Test
    void aWrongServerIsToldWithItsPlace() throws Exception {
        Files.writeString(
                config,
                CONFIG
                        + "[mcp.servers.x]\ncommand = [\"a\"]\nurl = \"http://x.test\"\nenvv = {}\n");
        Ended validate = run("config", "validate");
        assertThat(validate.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(validate.err() + validate.out())
                .contains(
                        "config.toml:7: mcp.servers.x.url: a server has a command or a url, not both",
                        "config.toml:8: mcp.servers.x.envv");
    }
}
