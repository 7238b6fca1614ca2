package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Sections.Provider;
import hal0.home.config.Sections.Relay;
import hal0.home.config.Sections.Style;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Relay DEFAULTS = new Relay("127.0.0.1", 8080, false, List.of(), 8.0);

    private static Settings of(String text) {
        return Settings.of("config.toml", text, Sections.ALL);
    }

    private static List<String> problems(String text) {
        return of(text).problems().stream().map(ConfigProblem::toString).toList();
    }

    @Nested
    class WhenRight {
        @Test
        void everyKindOfValueIsRead() {
            Settings settings =
                    of(
                            """
                            [relay]
                            host = "::1"
                            port = 9
                            open = true
                            allowed_origins = ["https://a", "https://b"]
                            wait_s = 3      # a whole number is a number too

                            [providers."my box"]
                            auth_style = "none"
                            api_key_env = ["A", "B"]
                            input_price_per_1m_tokens = 0.27
                            model_filters = { include = ["x/*"] }
                            [providers."my box".headers]
                            X-Title = "hal0"
                            X-Second = "$SECOND"
                            [[providers."my box".models]]
                            id = "one"
                            [[providers."my box".models]]
                            id = "two"

                            [providers.b]
                            api_key_env = "ONE"
                            api_key = "sk-1"

                            [[route]]
                            model = "smart"
                            """);

            assertThat(settings.problems()).isEmpty();
            assertThat(settings.usable()).isTrue();
            assertThat(settings.get(Sections.RELAY))
                    .isEqualTo(new Relay("::1", 9, true, List.of("https://a", "https://b"), 3.0));
            assertThat(settings.get(Sections.PROVIDERS))
                    .containsExactly(
                            Map.entry(
                                    "my box",
                                    new Provider(
                                            Style.NONE,
                                            null,
                                            List.of("A", "B"),
                                            0.27,
                                            Map.of("X-Title", "hal0", "X-Second", "$SECOND"),
                                            List.of("one", "two"),
                                            List.of("x/*"))),
                            Map.entry(
                                    "b",
                                    new Provider(
                                            Style.BEARER,
                                            "sk-1",
                                            List.of("ONE"),
                                            null,
                                            Map.of(),
                                            List.of(),
                                            List.of())));
            assertThat(settings.get(Sections.ROUTE)).containsExactly("smart");
        }

        @Test
        void anEmptyFileIsAllDefaults() {
            Settings settings = of("");

            assertThat(settings.usable()).isTrue();
            assertThat(settings.get(Sections.RELAY)).isEqualTo(DEFAULTS);
            assertThat(settings.get(Sections.PROVIDERS)).isEmpty();
        }

        @Test
        void dottedKeysAndInlineTablesAreTables() {
            Settings settings = of("relay.port = 1\nproviders = { a = { auth_style = 'none' } }\n");

            assertThat(settings.problems()).isEmpty();
            assertThat(settings.get(Sections.RELAY).port()).isEqualTo(1);
            assertThat(settings.get(Sections.PROVIDERS)).containsOnlyKeys("a");
        }

        @Test
        void aByteOrderMarkAndWindowsLinesAreFine() {
            assertThat(of("\uFEFF[relay]\r\nport = 1\r\n").get(Sections.RELAY).port()).isEqualTo(1);
        }

        @Test
        void aSectionThatWasNotReadIsRefused() {
            Settings settings = Settings.of("x.toml", "", List.of(Sections.RELAY));

            assertThatThrownBy(() -> settings.get(Sections.ROUTE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("route");
        }
    }

    @Nested
    class WhenWrong {
        @Test
        void allProblemsAreReportedAtOnceInTheOrderOfTheFile() {
            assertThat(
                            problems(
                                    """
                                    # a comment
                                    [providers.groq]
                                    auth_style = "baerer"
                                    colour = "red"
                                    [relay]
                                    port = "80"
                                    host = true
                                    """))
                    .containsExactly(
                            "config.toml:3: providers.groq.auth_style: \"baerer\" is not one of"
                                    + " bearer, anthropic, none (did you mean \"bearer\"?)",
                            "config.toml:4: providers.groq.colour: is not a known key",
                            "config.toml:6: relay.port: is the text \"80\", but must be a whole"
                                    + " number (for example port = 8080)",
                            "config.toml:7: relay.host: is true, but must be text in double quotes"
                                    + " (for example host = \"127.0.0.1\")");
        }

        @Test
        void aWrongValueLeavesItsDefaultAndTheRestIsRead() {
            Settings settings = of("[relay]\nport = 70000\nhost = \"h\"\n");

            assertThat(settings.usable()).isFalse();
            assertThat(settings.get(Sections.RELAY).port()).isEqualTo(8080);
            assertThat(settings.get(Sections.RELAY).host()).isEqualTo("h");
            assertThatThrownBy(settings::orThrow)
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "config.toml:2: relay.port: is the number 70000, but must be from 0 to"
                                    + " 65535 (for example port = 8080)");
        }

        @Test
        void problemsCarryLineAndColumn() {
            assertThat(of("[relay]\n   port = true\n").problems())
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
                        assertThat(problem.line()).isEqualTo(2);
                        assertThat(problem.column()).isEqualTo(4);
                        assertThat(problem.key()).isEqualTo("relay.port");
                    });
        }

        @Test
        void anUnknownKeyGetsTheNearestKnownOne() {
            assertThat(problems("[relay]\nprot = 1\n"))
                    .containsExactly(
                            "config.toml:2: relay.prot: is not a known key (did you mean"
                                    + " \"port\"?)");
        }

        @Test
        void anUnknownTableIsOneProblemWithAHint() {
            assertThat(problems("[provider.x]\na = 1\nb = 2\n[providers.y.haeders]\nA = 'b'\n"))
                    .containsExactly(
                            "config.toml:1: provider: is not a known table (did you mean"
                                    + " \"providers\"?)",
                            "config.toml:4: providers.y.haeders: is not a known table (did you"
                                    + " mean \"headers\"?)");
        }

        @Test
        void nothingNearMeansNoHint() {
            assertThat(problems("zebra = 1\n"))
                    .containsExactly("config.toml:1: zebra: is not a known key");
        }

        @Test
        void aKeyUnderTheWrongHeaderIsSentHome() {
            assertThat(problems("port = 1\n[relay]\n"))
                    .containsExactly(
                            "config.toml:1: port: is not a known key (there is a key of that name"
                                    + " in [relay])");
        }

        @Test
        void unknownKeysInListsOfTablesAreFound() {
            assertThat(
                            problems(
                                    "[[providers.a.models]]\nid = 'x'\n[[providers.a.models]]\nidd=1\n"))
                    .containsExactly(
                            "config.toml:4: providers.a.models[1].idd: is not a known key (did you"
                                    + " mean \"id\"?)");
        }

        @Test
        void tablesAndListsOfTablesAreNotConfused() {
            assertThat(
                            problems(
                                    "[[relay]]\nport = 1\n[route]\nmodel = 'x'\n[providers.a.models]\n"))
                    .containsExactly(
                            "config.toml:1: relay: is a list of tables, but must be one table"
                                    + " (write [relay])",
                            "config.toml:3: route: is one table, but must be a list of tables"
                                    + " (write [[route]])",
                            "config.toml:5: providers.a.models: is a table, but must be a list of"
                                    + " tables (write [[providers.a.models]])");
        }

        @Test
        void aValueWhereATableBelongsIsReported() {
            assertThat(problems("relay = 5\n[providers]\ngroq = 'x'\n"))
                    .containsExactly(
                            "config.toml:1: relay: is the number 5, but must be a table (write"
                                    + " [relay])",
                            "config.toml:3: providers.groq: is text, but must be a table (write"
                                    + " [providers.groq])");
        }

        @Test
        void wrongItemsOfAListAreCounted() {
            assertThat(problems("[relay]\nallowed_origins = ['a', 2]\n"))
                    .containsExactly(
                            "config.toml:2: relay.allowed_origins: item 2 is the number 2, but"
                                    + " must be text in double quotes (for example allowed_origins"
                                    + " = [\"text\"])");
        }

        @Test
        void numbersMustBeFiniteAndLargeEnough() {
            assertThat(problems("[relay]\nwait_s = nan\n"))
                    .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                    .contains("is the number nan, but must be a finite number");
            assertThat(problems("[relay]\nwait_s = -1\n"))
                    .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                    .contains("is the number -1, but must be at least 0.0");
        }

        @Test
        void controlsOfTheTerminalDoNotReachIt() {
            assertThat(problems("\"\\u001b[31m\" = 1\n[providers.a]\nauth_style = '\u009b'\n"))
                    .hasSize(2)
                    .noneMatch(problem -> problem.chars().anyMatch(Character::isISOControl));
        }

        @Test
        void deepNestingIsAProblemNotACrash() {
            assertThat(of("a = " + "[".repeat(100_000) + "\n").usable()).isFalse();
            assertThat(of("a = " + "{b=".repeat(50_000) + "\n").usable()).isFalse();
        }

        @Test
        void aWrongSecretIsNotRepeated() {
            assertThat(
                            problems(
                                    "[providers.a]\napi_key = 123456\n[providers.a.headers]\nA = 987\n"))
                    .containsExactly(
                            "config.toml:2: providers.a.api_key: is a number, but must be text in"
                                    + " double quotes (for example api_key = \"text\")",
                            "config.toml:4: providers.a.headers.A: is a number, but must be text in"
                                    + " double quotes (for example A = \"text\")");
        }
    }

    @Nested
    class Sectionwise {
        private Settings read(String text, Section<?> section) {
            return Settings.of("f.toml", text, List.of(section));
        }

        @Test
        void warningsLeaveTheFileUsable() {
            Section<Boolean> section =
                    section(table -> {
                        table.warning("api_key", "is written here", "use api_key_env");
                        return table.has("api_key");
                    });

            Settings settings = read("[s]\napi_key = 'x'\n", section);

            assertThat(settings.usable()).isTrue();
            assertThat(settings.get(section)).isTrue();
            assertThat(settings.problems())
                    .singleElement()
                    .hasToString("f.toml:2: s.api_key: is written here (use api_key_env)");
        }

        @Test
        void whatAParserSaysBecomesTheProblem() {
            Section<Optional<URI>> section = section(table -> table.parsed("url", URI::create));

            assertThat(read("[s]\nurl = 'http://x'\n", section).get(section))
                    .contains(URI.create("http://x"));
            Settings wrong = read("[s]\nurl = 'a b'\n", section);
            assertThat(wrong.get(section)).isEmpty();
            assertThat(wrong.problems())
                    .singleElement()
                    .hasToString("f.toml:2: s.url: Illegal character in path at index 1: a b");
        }

        @Test
        void controlsInWhatAParserSaysAreMadeVisible() {
            Section<Optional<URI>> section = section(table -> table.parsed("url", URI::create));

            assertThat(read("[s]\nurl = \"a\\u001b[31m\"\n", section).problems())
                    .singleElement()
                    .hasToString(
                            "f.toml:2: s.url: Illegal character in path at index 1:"
                                    + " a\\u001b[31m");
        }

        @Test
        void askingTwiceIsTheSameAsOnce() {
            Section<Integer> section =
                    section(table -> {
                        table.tableArray("a").forEach(a -> a.string("x", ""));
                        table.tableArray("a").forEach(a -> a.string("y", ""));
                        table.table("t").string("x", "");
                        table.table("t").string("y", "");
                        return table.tableArray("a").size();
                    });

            Settings settings = read("[[s.a]]\nx = 1\ny = ''\n[s.t]\nx = ''\ny = ''\n", section);

            assertThat(settings.get(section)).isEqualTo(1);
            assertThat(settings.problems())
                    .singleElement()
                    .hasToString(
                            "f.toml:2: s.a[0].x: is the number 1, but must be text in double"
                                    + " quotes (for example x = \"text\")");
        }

        private <T> Section<T> section(java.util.function.Function<TableReader, T> read) {
            return new Section<>() {
                @Override
                public String name() {
                    return "s";
                }

                @Override
                public T read(TableReader table) {
                    return read.apply(table);
                }
            };
        }
    }

    @Nested
    class Shown {
        private Map<String, String> shown(String text) {
            return of(text).settings().stream()
                    .collect(
                            java.util.stream.Collectors.toMap(
                                    Setting::path, s -> s.value() + " <- " + s.origin()));
        }

        @Test
        void everyKnownKeyHasValueAndOrigin() {
            assertThat(shown("[relay]\nport = 9\nallowed_origins = ['a', 'b\"']\n"))
                    .containsOnly(
                            Map.entry("relay.host", "\"127.0.0.1\" <- default"),
                            Map.entry("relay.port", "9 <- config.toml:2"),
                            Map.entry("relay.open", "false <- default"),
                            Map.entry(
                                    "relay.allowed_origins", "[\"a\", \"b\\\"\"] <- config.toml:3"),
                            Map.entry("relay.wait_s", "8.0 <- default"));
        }

        @Test
        void secretsAreMaskedUnlessTheyOnlyNameAVariable() {
            Map<String, String> shown =
                    shown(
                            """
                            [providers.a]
                            api_key = "sk-very-secret"
                            api_key_env = "A_KEY"
                            [providers.a.headers]
                            X-One = "hidden"
                            X-Two = "${TWO}"
                            X-Three = "Bearer $THREE"
                            X-Four = "$FOUR-hidden"
                            [providers.b]
                            api_key = "$B_KEY"
                            """);

            assertThat(shown)
                    .containsEntry("providers.a.api_key", "\"***REDACTED***\" <- config.toml:2")
                    .containsEntry("providers.a.api_key_env", "\"A_KEY\" <- config.toml:3")
                    .containsEntry(
                            "providers.a.headers.X-One", "\"***REDACTED***\" <- config.toml:5")
                    .containsEntry("providers.a.headers.X-Two", "\"${TWO}\" <- config.toml:6")
                    .containsEntry(
                            "providers.a.headers.X-Three", "\"Bearer $THREE\" <- config.toml:7")
                    .containsEntry("providers.b.api_key", "\"$B_KEY\" <- config.toml:10")
                    .containsEntry("providers.b.auth_style", "\"bearer\" <- default")
                    .containsEntry("providers.b.input_price_per_1m_tokens", " <- default");
            assertThat(shown.toString()).doesNotContain("secret", "hidden");
        }
    }

    @Nested
    class FromDisk {
        @TempDir Path folder;

        @Test
        void aMissingFileIsAllDefaultsWithoutAProblem() {
            Settings settings = Settings.read(folder.resolve("config.toml"), Sections.ALL);

            assertThat(settings.problems()).isEmpty();
            assertThat(settings.get(Sections.RELAY)).isEqualTo(DEFAULTS);
        }

        @Test
        void problemsNameTheFile() throws IOException {
            Path file = Files.writeString(folder.resolve("mine.toml"), "[relay]\nport = 'x'\n");

            assertThat(Settings.read(file, Sections.ALL).problems())
                    .singleElement()
                    .extracting(ConfigProblem::file)
                    .isEqualTo("mine.toml");
        }

        @Test
        void aFolderInItsPlaceIsAProblem() {
            assertThat(Settings.read(folder, Sections.ALL).problems())
                    .singleElement()
                    .hasToString(folder.getFileName() + ": cannot be read: is a directory");
        }

        @Test
        void aFileThatIsNotUtf8NamesTheLine() throws IOException {
            Path file = folder.resolve("config.toml");
            Files.write(
                    file, "[relay]\nhost = \"caf\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1));

            Settings settings = Settings.read(file, Sections.ALL);

            assertThat(settings.usable()).isFalse();
            assertThat(settings.get(Sections.RELAY)).isEqualTo(DEFAULTS);
            assertThat(settings.problems())
                    .singleElement()
                    .hasToString("config.toml:2: is not UTF-8 text (save the file as UTF-8)");
        }
    }
}
