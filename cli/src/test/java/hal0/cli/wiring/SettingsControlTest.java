package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.config.Form;
import hal0.home.config.Setting;
import hal0.providers.Secret;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.SettingsControl;
import hal0.tui.board.SettingHelp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keys of a real file, as the screen looks at them and changes them: in this process, and in
/// the one that owns the home.
class SettingsControlTest {
    private static final String CONFIG =
            """
            # Mine.
            [active]
            provider = "demo"   # for now

            [agent]
            mode = "ask"        # careful
            [budget]
            day_usd = 1.0
            """;

    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(folder, "config.toml", CONFIG);
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private ControlPlane overHttp() {
        return api.hal0().owner().orElseThrow();
    }

    private static Setting one(SettingsControl settings, String path) {
        return settings.all().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyKeyTellsWhatMayStandThereInProcessAndOverHttpAlike() {
        SettingsControl own = api.hal0().planes().own().settings();

        assertThat(one(own, "agent.mode").form())
                .isEqualTo(new Form.Choice(List.of("ask", "edit", "auto", "plan")));
        assertThat(one(own, "budget.day_usd").origin()).isEqualTo("config.toml:8");
        assertThat(one(own, "budget.day_usd").standard()).isEqualTo("0.0");
        assertThat(overHttp().settings().all()).isEqualTo(own.all());
    }

    @Test
    void aChangeIsWrittenWithCommentsKept() throws IOException {
        api.hal0().planes().own().settings().change(Map.of("agent.mode", "edit"));
        overHttp().settings().change(Map.of("budget.day_usd", 2.5));

        assertThat(api.read("config.toml"))
                .isEqualTo(
                        CONFIG.replace("mode = \"ask\" ", "mode = \"edit\" ")
                                .replace("day_usd = 1.0", "day_usd = 2.5"));
        Map<String, Object> none = new LinkedHashMap<>();
        none.put("budget.day_usd", null);
        overHttp().settings().change(none);
        assertThat(api.read("config.toml")).doesNotContain("day_usd").contains("# careful");
    }

    @Test
    void aWrongValueIsRefusedInWordsAndNothingIsWritten() throws IOException {
        assertThatThrownBy(() -> overHttp().settings().change(Map.of("agent.mode", "reckless")))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("reckless");
        assertThat(api.read("config.toml")).isEqualTo(CONFIG);
    }

    @Test
    void aKeyStandsInApiEnvAndNowhereElse() throws IOException {
        overHttp()
                .upstreams()
                .setCredential("groq", "GROQ_API_KEY", new Secret("gsk_not-for-any-eye"));

        Path env = folder.resolve("api.env");
        assertThat(Files.readString(env)).contains("GROQ_API_KEY=gsk_not-for-any-eye");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(each -> !each.equals(env)))
                    .allSatisfy(file ->
                            assertThat(
                                            new String(
                                                    Files.readAllBytes(file),
                                                    java.nio.charset.StandardCharsets.ISO_8859_1))
                                    .doesNotContain("gsk_"));
        }
    }

    @Test
    void everyKeyOfTheConfigurationIsExplained() {
        assertThat(api.hal0().planes().own().settings().all())
                .extracting(Setting::path)
                .allSatisfy(path -> assertThat(SettingHelp.of(path)).as(path).isNotEmpty());
    }
}
