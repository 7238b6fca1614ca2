package hal0.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.Home;
import hal0.home.RelayFile;
import hal0.home.config.Settings;
import hal0.providers.Auth;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.RelaySettings;
import hal0.relay.control.Finding.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks that a test can give a situation to; what needs servers is tested with the program.
class ChecksTest {
    @TempDir Path folder;

    private static Provider provider(String url) {
        return Provider.builder("p", Protocol.OPENAI, URI.create(url))
                .auth(new Auth.None())
                .build();
    }

    private Home home() throws IOException {
        Home home = new Home(folder.resolve("c"), folder.resolve("d"), folder.resolve("s"));
        home.createFolders();
        return home;
    }

    private static Map<String, Status> statuses(List<Row> rows) {
        return rows.stream()
                .collect(
                        java.util.stream.Collectors.toMap(
                                Row::id, Row::status, (first, _) -> first));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/v1, ",
        "http://192.168.1.20:8000/v1, ",
        "http://gpu-box:8000/v1, ",
        "http://box.local/v1, ",
        "https://api.example.com/v1, ",
        "http://llm.example.com/v1, WARN",
        "http://api.groq.com/openai/v1, FAIL",
        "https://api.example.com/v1/chat/completions, FAIL",
    })
    void anAddressIsJudgedByWhatCanBeSeen(String url, Status status) {
        Presets presets = Presets.of(_ -> Optional.empty());
        List<Row> rows = new AddressCheck(List.of(provider(url)), presets.all()).rows();
        if (status == null) {
            assertThat(rows).isEmpty();
        } else {
            assertThat(rows).singleElement().extracting(Row::status).isEqualTo(status);
        }
    }

    @Test
    void twoFoldersOfConfigurationAreTold() throws IOException {
        Path system = Files.createDirectory(folder.resolve("etc"));
        Home home = home();
        assertThat(new HomeCheck(home, system, false).rows().getFirst())
                .satisfies(row -> assertThat(row.status()).isEqualTo(Status.WARN))
                .satisfies(row -> assertThat(row.message()).contains(system.toString()));
        assertThat(new HomeCheck(home, system, true).rows().getFirst().status())
                .isEqualTo(Status.PASS);
        assertThat(new HomeCheck(home, folder.resolve("none"), false).rows())
                .allMatch(row -> row.status() == Status.PASS);
    }

    @Test
    void aFolderThatOthersMayWriteFails() throws IOException {
        Home home = home();
        Files.setPosixFilePermissions(home.state(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(new HomeCheck(home, folder.resolve("none"), false).rows())
                .filteredOn(row -> row.status() == Status.FAIL)
                .singleElement()
                .extracting(Row::fix)
                .isEqualTo("chmod go-w " + home.state());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,PASS",
                "http://proxy:3128,-,WARN",
                "http://proxy:3128,'localhost,127.0.0.1',PASS",
                "proxy:3128,*,PASS",
                "http://us er@proxy,-,FAIL"
            })
    void aProxyMustNotStandBeforeTheRelay(String proxy, String exceptions, Status status) {
        Map<String, String> environment = new java.util.HashMap<>();
        if (proxy != null) {
            environment.put("https_proxy", proxy);
        }
        if (exceptions != null) {
            environment.put("NO_PROXY", exceptions);
        }
        assertThat(new ProxyCheck(environment).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.status()).isEqualTo(status))
                .satisfies(row -> assertThat(row.toString()).doesNotContain("us er"));
    }

    @Test
    void longTextsAndThoseOfSeveralLinesStayUnderTheirBeginning() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Row row = Row.fail("x", "one\ntwo", "edit it, and try what that has changed");
        new Report(new PrintStream(out, true, UTF_8), false, 40).print(List.of(row));
        assertThat(out.toString(UTF_8))
                .startsWith(
                        """
                        FAIL  x  one
                                 two
                                 → edit it, and try what that
                                   has changed
                        """);
    }

    @Test
    void aTerminalIsJudgedByItsVariables() {
        Runtime.Version java = Runtime.version();
        assertThat(
                        statuses(
                                new TerminalCheck(
                                                Map.of("LANG", "de_DE.UTF-8", "TERM", "xterm"),
                                                true,
                                                java)
                                        .rows()))
                .containsEntry("terminal", Status.PASS)
                .containsEntry("terminal.colour", Status.PASS)
                .containsEntry("java", Status.PASS);
        assertThat(
                        statuses(
                                new TerminalCheck(
                                                Map.of("LANG", "C", "TERM", "dumb"),
                                                true,
                                                Runtime.Version.parse("21"))
                                        .rows()))
                .containsEntry("terminal", Status.WARN)
                .containsEntry("terminal.colour", Status.WARN)
                .containsEntry("java", Status.FAIL);
    }

    @Test
    void aRelayThatDiedIsTold() throws IOException {
        Home home = home();
        long dead = Long.MAX_VALUE / 4;
        new RelayFile("127.0.0.1", 8080, "i", "planted-token", dead, Instant.EPOCH, "0.1")
                .write(home);
        List<Row> rows =
                new RelayCheck(
                                home,
                                Settings.of(
                                                "config.toml",
                                                "[relay]\nport = 0\n",
                                                List.of(RelaySettings.SECTION))
                                        .get(RelaySettings.SECTION))
                        .rows();
        assertThat(statuses(rows)).containsEntry("owner", Status.WARN);
        assertThat(rows.toString()).doesNotContain("planted");
    }

    @Test
    void aBrokenDatabaseIsToldAndLeftAlone() throws IOException {
        Home home = home();
        Files.writeString(home.database(), "no database".repeat(200));
        Row row = new DatabaseCheck(home).rows().getFirst();
        assertThat(row.status()).isEqualTo(Status.FAIL);
        assertThat(row.message()).contains("hal0.db");
        assertThat(row.fix()).isNotEmpty();
        assertThat(home.database()).hasContent("no database".repeat(200));
    }

    private record Given(String id, java.util.concurrent.Callable<List<Row>> found)
            implements Check {
        @Override
        public List<Row> rows() {
            try {
                return found.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aCheckThatHangsOrBreaksIsARowAndTheOthersCount() {
        CountDownLatch never = new CountDownLatch(1);
        List<Row> rows =
                new Checkup(Duration.ofMillis(300))
                        .run(
                                List.of(
                                        new Given(
                                                "hangs",
                                                () -> {
                                                    never.await();
                                                    return List.of();
                                                }),
                                        new Given(
                                                "breaks",
                                                () -> {
                                                    throw new IllegalStateException("planted");
                                                }),
                                        new Given("fine", () -> List.of(Row.pass("fine", "ok")))));
        assertThat(statuses(rows))
                .containsEntry("hangs", Status.WARN)
                .containsEntry("breaks", Status.FAIL)
                .containsEntry("fine", Status.PASS);
        assertThat(rows.toString()).doesNotContain("planted");
    }

    @Test
    void whatToDoIsCutFromAMessage() {
        assertThat(
                        Row.told(
                                true,
                                "x",
                                "p cannot be reached: 1.2.3.4: refused. Check that it runs."))
                .isEqualTo(
                        Row.fail(
                                "x",
                                "p cannot be reached: 1.2.3.4: refused",
                                "check that it runs"));
        assertThat(Row.told(false, "x", "no more")).isEqualTo(Row.warn("x", "no more", ""));
    }
}
