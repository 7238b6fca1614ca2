package hal0.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.mcp.ServerSpec.Reach;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class McpSectionTest {
    private static Settings settings(String toml) {
        return Settings.of("config.toml", toml, List.of(McpSection.SECTION));
    }

    private static List<ServerSpec> servers(String toml) {
        return settings(toml).get(McpSection.SECTION);
    }

    private static List<String> problems(String toml) {
        return settings(toml).problems().stream().map(ConfigProblem::toString).toList();
    }

    @Test
    void everyKeyIsReadInTheOrderOfTheFile() {
        assertThat(
                        servers(
                                """
                                [mcp.servers.web]
                                url = "https://mcp.example.com/mcp"
                                timeout_seconds = 1.5
                                enabled = false
                                headers = { Authorization = "Bearer $T" }
                                [mcp.servers.files]
                                command = ["npx", "files"]
                                url = ""
                                env = { A = "b" }
                                """))
                .containsExactly(
                        new ServerSpec(
                                "web",
                                new Reach.Web(
                                        URI.create("https://mcp.example.com/mcp"),
                                        Map.of("Authorization", "Bearer $T")),
                                Duration.ofMillis(1500),
                                false),
                        new ServerSpec(
                                "files",
                                new Reach.Command(List.of("npx", "files"), Map.of("A", "b")),
                                Duration.ofSeconds(60),
                                true));
    }

    @Test
    void wrongServersAreToldWithTheirPlaceAndLeftOut() {
        String toml =
                """
                [mcp.servers.both]
                command = ["a"]
                url = "http://x.test"
                [mcp.servers.none]
                enabled = true
                [mcp.servers.a__b]
                command = ["a"]
                [mcp.servers.odd]
                url = "example.com"
                [mcp.servers.user]
                url = "http://me:secret@x.test/"
                [mcp.servers.good]
                command = ["a"]
                headers = { A = "b" }
                """;
        assertThat(servers(toml)).extracting(ServerSpec::name).containsExactly("good");
        assertThat(problems(toml))
                .anyMatch(p -> p.startsWith("config.toml:3: mcp.servers.both.url: a server has"))
                .anyMatch(p -> p.startsWith("config.toml:4: mcp.servers.none: it is not said"))
                .anyMatch(p -> p.startsWith("config.toml:6: mcp.servers.a__b: \"a__b\" cannot be"))
                .anyMatch(p -> p.startsWith("config.toml:9: mcp.servers.odd.url: is no address"))
                .anyMatch(p -> p.startsWith("config.toml:11: mcp.servers.user.url: has a user"))
                .anyMatch(p -> p.contains("mcp.servers.good.headers: have no effect"))
                .noneMatch(p -> p.contains("secret"));
    }

    @Test
    void namesKeepToolsApart() {
        assertThat(List.of("a", "files-2", "Git_Hub")).allMatch(McpSection::isName);
        assertThat(List.of("", "2a", "a_", "a-", "_a", "a__b", "a.b", "ü", "a".repeat(33)))
                .noneMatch(McpSection::isName);
    }

    @Test
    void secretsAreNotInWhatIsPrinted() {
        ServerSpec spec =
                servers(
                                """
                                [mcp.servers.web]
                                url = "https://x.test/mcp?key=s3cret"
                                headers = { A = "s3cret" }
                                """)
                        .getFirst();
        assertThat(spec.toString()).contains("https://x.test/mcp").doesNotContain("s3cret");
    }
}
