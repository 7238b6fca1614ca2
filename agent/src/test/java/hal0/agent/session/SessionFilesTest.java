package hal0.agent.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.error.ErrorKind;
import hal0.providers.message.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFilesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir Path folder;
    Sessions sessions;

    @BeforeEach
    void open() {
        sessions = new Sessions(folder.resolve("sessions"), InstantSource.fixed(NOON));
    }

    @Test
    void everyKindOfEntryAndPartIsWrittenAsTheFixtureSays() throws Exception {
        byte[] fixture = fixture("format-2.jsonl");
        SessionReader.Read read =
                new SessionReader(Path.of("x")).read(new ByteArrayInputStream(fixture));
        assertThat(read.format()).isEqualTo(2);
        assertThat(read.wholeBytes()).isEqualTo(fixture.length);
        assertThat(read.session().entries())
                .extracting(entry -> (Object) entry.getClass())
                .contains((Object[]) SessionEntry.class.getPermittedSubclasses());
        assertThat(written(read.session())).isEqualTo(new String(fixture, UTF_8));
    }

    @Test
    void linesOfFormat1MeanTheSameToday() throws Exception {
        byte[] fixture = fixture("format-1.jsonl");
        SessionReader.Read read =
                new SessionReader(Path.of("x")).read(new ByteArrayInputStream(fixture));
        assertThat(read.format()).isEqualTo(1);
        assertThat(written(read.session()))
                .isEqualTo(new String(fixture, UTF_8).replace("\"format\":1", "\"format\":2"));
    }

    @Test
    void fieldsMayStandInAnyOrderAndUnknownOnesAreSkipped() throws Exception {
        put(
                "odd",
                (firstLine()
                                + "{\"later\":[{\"x\":[1,2.5,null]}],\"text\":\"now\",\"by\":\"user\",\"at\":\"2026-11-21T12:00:00Z\",\"type\":\"nudged\"}\n")
                        .getBytes(UTF_8));
        assertThat(sessions.resume("odd").session().entries())
                .containsExactly(new SessionEntry.Nudged(NOON, "user", "now"));
    }

    @Test
    void valueOfAWrongKindIsDamageThatNamesItsLine() throws Exception {
        put(
                "odd",
                (firstLine()
                                + "{\"type\":\"plan\",\"at\":\"2026-11-21T12:00:00Z\",\"todos\":[7]}\n")
                        .getBytes(UTF_8));
        assertThatThrownBy(() -> sessions.resume("odd"))
                .hasMessageContaining("damaged in line 2: todos holds something else than objects");
    }

    private static String written(Session session) {
        SessionWriter writer = new SessionWriter();
        StringBuilder written = new StringBuilder();
        written.append(new String(writer.line(session.header()), UTF_8));
        for (SessionEntry entry : session.entries()) {
            written.append(new String(writer.line(entry), UTF_8));
        }
        return written.toString();
    }

    @Test
    void textThatIsNoValidUnicodeComesBackAsItWas() {
        SessionLog log = begun("half an emoji: \ud83d");
        log.append(said("\udc69 and the other half, \ud83d"));
        log.append(said("x".repeat(100_000) + "\ud83d\udc69".repeat(50_000)));
        sessions.close(log);
        assertThat(sessions.resume(log.id()).session().entries())
                .startsWith(
                        said("half an emoji: \ud83d"), said("\udc69 and the other half, \ud83d"))
                .endsWith(said("x".repeat(100_000) + "\ud83d\udc69".repeat(50_000)));
    }

    @Test
    void sessionOfFormat0IsMigratedAndGoesOn() throws Exception {
        Path file = put("old", fixture("format-0.jsonl"));
        Sessions.Opened opened = sessions.resume("old");
        assertThat(opened.session().header())
                .isEqualTo(
                        new SessionHeader(
                                "old",
                                "/home/ada/project",
                                "openai",
                                "gpt-5",
                                Instant.parse("2026-10-01T10:11:12Z")));
        assertThat(Conversation.of(opened.session().entries()))
                .extracting(m -> m.role() + " " + m.parts())
                .containsExactly("USER [Text[text=What is 2 + 2?]]", "ASSISTANT [Text[text=4]]");

        opened.log().append(said("and 3 + 3?"));
        sessions.close(opened.log());
        assertThat(Files.readString(file)).startsWith("{\"format\":2,");
        assertThat(sessions.resume("old").session().entries())
                .hasSize(3)
                .contains(said("and 3 + 3?"));
    }

    @Test
    void newerFormatIsRefusedAndLeftAlone() throws Exception {
        String newer = "{\"format\":3,\"id\":\"x\",\"shape\":\"unheard of\"}\n";
        Path file = put("new", newer.getBytes(UTF_8));
        assertThatThrownBy(() -> sessions.resume("new"))
                .isInstanceOfSatisfying(
                        SessionException.class,
                        e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
                .hasMessageContaining("format 3")
                .hasMessageContaining("up to 2")
                .hasMessageContaining("update hal0");
        assertThat(file).hasContent(newer);
    }

    @Test
    void nothingIsWrittenBeforeTheFirstEntry() {
        SessionLog log = sessions.begin("/project", "openai", "gpt-5");
        sessions.close(log);
        assertThat(folder.resolve("sessions")).doesNotExist();
    }

    @Test
    void onlyTheUserMayReadASession() throws Exception {
        SessionLog log = begun("hello");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(log.id()))))
                .isEqualTo("rw-------");
    }

    @Test
    void idsSortByTime() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant time = NOON.plusMillis(i * 997L);
            ids.add(new Sessions(folder, InstantSource.fixed(time)).begin("", "", "").id());
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids.getFirst()).startsWith("20261121-120000-000-");
    }

    @Test
    void lastLineThatACrashCutAnywhereIsDroppedAndTheSessionGoesOn() throws Exception {
        SessionLog log = begun("first");
        log.append(said("second"));
        sessions.close(log);
        byte[] whole = Files.readAllBytes(file(log.id()));
        int lastLine = new String(whole, UTF_8).stripTrailing().lastIndexOf('\n') + 1;
        for (int cut = lastLine; cut < whole.length; cut++) {
            Files.write(file(log.id()), Arrays.copyOf(whole, cut));
            Sessions.Opened opened = sessions.resume(log.id());
            assertThat(opened.session().entries()).containsExactly(said("first"));
            opened.log().append(said("third"));
            sessions.close(opened.log());
            Sessions.Opened again = sessions.resume(log.id());
            assertThat(again.session().entries()).containsExactly(said("first"), said("third"));
            sessions.close(again.log());
        }
    }

    @Test
    void lastLineThatACrashFilledWithZerosIsDropped() throws Exception {
        SessionLog log = begun("first");
        sessions.close(log);
        byte[] zeros = "\0\0\0\0\0\0\n".getBytes(UTF_8);
        Files.write(file(log.id()), zeros, StandardOpenOption.APPEND);
        assertThat(sessions.resume(log.id()).session().entries()).containsExactly(said("first"));
    }

    @Test
    void damageElsewhereNamesTheLine() throws Exception {
        SessionLog log = begun("first");
        sessions.close(log);
        String text = Files.readString(file(log.id()));
        Files.writeString(
                file(log.id()), text + "{\"type\":\"us\n" + text.lines().toList().get(1) + "\n");
        assertThatThrownBy(() -> sessions.resume(log.id()))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("damaged in line 3")
                .hasMessageContaining("remove that line");
    }

    @Test
    void entryOfAnUnknownKindIsNotLostSilently() throws Exception {
        put(
                "odd",
                (firstLine() + "{\"type\":\"dance\",\"at\":\"2026-11-21T08:13:50Z\"}\n")
                        .getBytes(UTF_8));
        assertThatThrownBy(() -> sessions.resume("odd"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("unknown type \"dance\"");
    }

    @Test
    void missingSessionAndPathsThatAreNoIdsAreRefused() throws Exception {
        Files.writeString(folder.resolve("outside.jsonl"), firstLine());
        for (String id : List.of("20261121-120000-000-zzzz", "../outside", "", "a\0b")) {
            assertThatThrownBy(() -> sessions.resume(id))
                    .isInstanceOf(SessionException.class)
                    .hasMessageContaining("there is no session \"" + id + '"');
        }
    }

    @Test
    void copyGoesByItsOwnName() throws Exception {
        SessionLog log = begun("first");
        sessions.close(log);
        Files.copy(file(log.id()), file("copy"));
        Sessions.Opened copy = sessions.resume("copy");
        copy.log().append(said("only here"));
        assertThat(copy.log().id()).isEqualTo("copy");
        assertThat(sessions.resume(log.id()).session().entries()).containsExactly(said("first"));
    }

    @Test
    void sessionIsNotOpenedTwiceInOneProcess() {
        SessionLog log = begun("first");
        assertThatThrownBy(() -> sessions.resume(log.id()))
                .hasMessageContaining("open in this hal0 already");
        sessions.close(log);
        assertThat(sessions.resume(log.id()).log().readOnly()).isFalse();
    }

    @Test
    void secondProcessMayReadAndNotWriteUntilTheFirstEnds() throws Exception {
        SessionLog log = begun("first");
        sessions.close(log);
        Process other = start(Holder.class, log.id());
        try (BufferedReader says = other.inputReader()) {
            assertThat(says.readLine()).isEqualTo("holding");
            Sessions.Opened opened = sessions.resume(log.id());
            assertThat(opened.log().readOnly()).isTrue();
            assertThat(opened.session().entries()).containsExactly(said("first"));
            assertThatThrownBy(() -> opened.log().append(said("mine")))
                    .isInstanceOf(SessionException.class)
                    .hasMessageContaining("open in another hal0");
            assertThatThrownBy(() -> sessions.delete("20261121"))
                    .hasMessageContaining("there is no session");
            sessions.close(opened.log());
            assertThatThrownBy(() -> sessions.delete(log.id()))
                    .hasMessageContaining("open in another hal0: close it there");
            assertThat(file(log.id())).exists();
        } finally {
            other.destroyForcibly();
            other.waitFor();
        }
        assertThat(sessions.resume(log.id()).log().readOnly()).isFalse();
    }

    @Test
    void processThatIsKilledWhileItWritesLosesAtMostItsLastLine() throws Exception {
        SessionLog log = begun("0");
        sessions.close(log);
        Process writer = start(Writer.class, log.id());
        int written = 0;
        try (BufferedReader says = writer.inputReader()) {
            while (written < 200) {
                written = Integer.parseInt(says.readLine());
            }
            // By its handle: the other way would close what it has still said.
            assertThat(writer.toHandle().destroyForcibly()).isTrue();
            for (String line = says.readLine(); line != null; line = says.readLine()) {
                written = Integer.parseInt(line);
            }
        }
        Sessions.Opened opened = sessions.resume(log.id());
        List<SessionEntry> entries = opened.session().entries();
        assertThat(entries).hasSizeGreaterThan(written);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i)).isEqualTo(i == 0 ? said("0") : Writer.entry(i));
        }
        opened.log().append(said("and on"));
        sessions.close(opened.log());
        assertThat(sessions.resume(log.id()).session().entries()).endsWith(said("and on"));
    }

    /// Another hal0 that writes without end, and says how many entries it has written.
    static final class Writer {
        static SessionEntry entry(int i) {
            return said(i + " " + "x".repeat(i * 31 % 20_000));
        }

        public static void main(String[] arguments) {
            Sessions sessions = new Sessions(Path.of(arguments[0]), InstantSource.system());
            SessionLog log = sessions.resume(arguments[1]).log();
            for (int i = 1; i > 0; i++) {
                log.append(entry(i));
                System.out.println(i);
            }
        }
    }

    private Process start(Class<?> main, String id) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.resolve("sessions").toString(),
                        id)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Another hal0 in the middle of a conversation.
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            Sessions sessions = new Sessions(Path.of(arguments[0]), InstantSource.system());
            SessionLog log = sessions.resume(arguments[1]).log();
            // As its list of sessions does, which must not cost it what it holds.
            sessions.stored().read(arguments[1]);
            System.out.println(log.readOnly() ? "refused" : "holding");
            if (System.in.read() < 0) {
                sessions.close(log);
            }
        }
    }

    private SessionLog begun(String text) {
        SessionLog log = sessions.begin("/project", "openai", "gpt-5");
        log.append(said(text));
        log.sync();
        return log;
    }

    private static SessionEntry said(String text) {
        return new SessionEntry.UserSaid(NOON, List.of(new Part.Text(text)));
    }

    private static String firstLine() {
        return new String(fixture("format-2.jsonl"), UTF_8).lines().findFirst().orElseThrow()
                + "\n";
    }

    private Path file(String id) {
        return folder.resolve("sessions").resolve(id + ".jsonl");
    }

    private Path put(String id, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve("sessions"));
        return Files.write(file(id), content);
    }

    private static byte[] fixture(String name) {
        try (InputStream in = SessionFilesTest.class.getResourceAsStream("/session/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
