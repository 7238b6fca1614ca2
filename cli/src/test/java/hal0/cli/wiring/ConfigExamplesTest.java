package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.context.Agents;
import hal0.agent.context.Skills;
import hal0.agent.context.Skills.Skill;
import hal0.agent.context.SlashCommands;
import hal0.agent.permission.Mode;
import hal0.agent.permission.ProjectRules;
import hal0.cli.Document;
import hal0.home.EnvFile;
import hal0.home.Home;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Section;
import hal0.home.config.Setting;
import hal0.home.config.Settings;
import hal0.home.testing.Example;
import hal0.home.testing.KnownKeys;
import hal0.providers.Provider;
import hal0.providers.config.Declared;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.http.Transport;
import hal0.providers.script.LuaScripts;
import hal0.providers.script.ScriptTable;
import hal0.relay.routing.NamedRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files that users copy from are right and complete.
class ConfigExamplesTest {
    private static final Pattern LUA_BLOCK = Pattern.compile("(?s)```lua\\n(.*?)```");

    @TempDir Path folder;

    private Configuration configuration(Path config) {
        Home home = new Home(config, folder.resolve("data"), folder.resolve("state"));
        return Configuration.read(home, Map.of());
    }

    @Test
    void exampleLoadsWithoutProblems() {
        Configuration configuration = configuration(Example.file("."));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.declared())
                .extracting(Declared::origin)
                .anyMatch(origin -> origin.startsWith("upstreams.toml:"))
                .anyMatch(origin -> origin.startsWith("config.toml:"));
        assertThat(configuration.active()).isPresent();
        assertThat(configuration.routes()).extracting(NamedRoute::model).containsExactly("smart");
        assertThat(configuration.slots().bindings()).containsEntry("qwen3-4b", "workstation");
        assertThat(configuration.registry().find("deepseek"))
                .map(Provider::models)
                .hasValueSatisfying(models -> assertThat(models).hasSize(1));
    }

    @Test
    void exampleHasEveryKeyThatIsReadAndNoOther() throws Exception {
        List<Section<?>> sections = configuration(folder).sections();
        Set<String> known = hasEveryKey("config.toml", sections, "deepseek");
        assertThat(known)
                .contains(
                        "providers.deepseek.models.id",
                        "relay.port",
                        "dispatcher.prefetch_timeout_s");
    }

    @Test
    void upstreamsExampleHasEveryKeyThatIsReadAndNoOther() throws Exception {
        List<Section<?>> sections = configuration(folder).allSections().ofUpstreams();
        assertThat(hasEveryKey("upstreams.toml", sections, ""))
                .contains("upstream.url", "upstream.model_filters.include");
    }

    @Test
    void modelsExampleHasEveryKeyThatIsReadAndNoOther() throws Exception {
        List<Section<?>> sections = configuration(folder).allSections().ofModels();
        assertThat(hasEveryKey("models.toml", sections, "")).contains("model.upstream");
    }

    private static Set<String> hasEveryKey(
            String example, List<Section<?>> sections, String oneName) throws IOException {
        Settings settings = Settings.of(example, Example.withEverything(example), sections);
        assertThat(settings.problems())
                .extracting(ConfigProblem::message)
                .noneMatch(message -> message.contains("is not a known"));
        Set<String> written =
                settings.settings().stream()
                        .filter(setting -> !setting.origin().equals("default"))
                        .map(Setting::path)
                        .map(KnownKeys::plain)
                        .collect(Collectors.toSet());
        Set<String> known = new TreeSet<>();
        sections.forEach(section ->
                known.addAll(
                        KnownKeys.of(section, section.name().equals("mcp") ? "files" : oneName)));
        known.removeIf(key -> key.endsWith(".*"));
        assertThat(written).containsAll(known);
        return known;
    }

    @Test
    void filesForTheAgentLoadWithoutProblems() throws Exception {
        assertThat(new Agents(Example.file("agents")).all())
                .singleElement()
                .satisfies(file -> assertThat(file.problems()).isEmpty())
                .satisfies(file -> assertThat(file.agent().has("grep")).isTrue())
                .satisfies(file -> assertThat(file.agent().has("write")).isFalse());
        SlashCommands commands = SlashCommands.read(Example.file("commands"));
        assertThat(commands.problems()).isEmpty();
        assertThat(commands.find("fix-issue").orElseThrow().expand("42 \"since 1.2\""))
                .startsWith("Fix issue 42 ")
                .contains("42 \"since 1.2\"");
        Skills skills = Skills.read(Example.file("skills"));
        assertThat(skills.problems()).isEmpty();
        assertThat(skills.skills()).extracting(Skill::name).containsExactly("release-notes");
    }

    @Test
    void theExampleOfAProjectOnlyMakesThingsStricter() throws Exception {
        Files.copy(Example.file("project.hal0.toml"), folder.resolve(ProjectRules.FILE));
        ProjectRules project = ProjectRules.read(folder);
        assertThat(project.problems()).isEmpty();
        assertThat(project.sandbox()).isTrue();
        assertThat(project.stricter(Mode.AUTO)).isEqualTo(Mode.EDIT);
        assertThat(project.ask()).hasSize(2);
        assertThat(project.deny()).hasSize(2);
    }

    @Test
    void keysExampleLoadsWithoutProblems() throws Exception {
        Path copy = folder.resolve("api.env");
        Files.copy(Example.file("api.env.example"), copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        EnvFile.Contents contents = new EnvFile(copy).read();
        assertThat(contents.problems()).isEmpty();
        assertThat(contents.values()).containsOnlyKeys("DEEPSEEK_API_KEY");
    }

    @Test
    void keysExampleNamesTheVariableOfEveryPreset() throws Exception {
        String text = Files.readString(Example.file("api.env.example"));
        for (Provider preset : configuration(folder).presets().all()) {
            preset.keyNames().forEach(name -> assertThat(text).contains(name + "="));
        }
    }

    @Test
    void scriptsLoadWithoutWarnings() throws Exception {
        Path written = Path.of(System.getProperty("hal0.root"), "docs", "providers-in-lua.md");
        Matcher block = LUA_BLOCK.matcher(Files.readString(written));
        assertThat(block.find()).isTrue();
        Path first = Files.writeString(folder.resolve("first.lua"), block.group(1));
        try (Transport transport =
                new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty())) {
            assertThat(LuaScripts.check(first, "", transport).hooks())
                    .containsExactly("on_request");
            ScriptTable example =
                    LuaScripts.check(Example.file("providers/example-gateway.lua"), "", transport);
            assertThat(example.hooks()).hasSize(3);
            assertThat(example.warnings()).isEmpty();
        }
        assertThat(configuration(Example.file(".")).registry().find("example-gateway"))
                .map(Provider::keyNames)
                .hasValue(List.of("EXAMPLE_GATEWAY_API_KEY"));
    }

    @Test
    void blocksOfTheDocumentsLoad() throws Exception {
        int read = 0;
        for (Document document : Document.all()) {
            for (Document.Block block : document.blocks("toml")) {
                if (block.text().contains("[mcp_servers.")) {
                    continue; // A file of codex.
                }
                String where = "%s:%d".formatted(document, block.line());
                Settings settings =
                        Settings.of(where, block.text(), configuration(folder).sections());
                assertThat(settings.problems()).as(where).isEmpty();
                read++;
            }
        }
        assertThat(read).isGreaterThan(10);
    }
}
