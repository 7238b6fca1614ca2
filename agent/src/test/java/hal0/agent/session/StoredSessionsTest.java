package hal0.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import hal0.agent.session.SessionEntry.Ending;
import hal0.agent.session.StoredSessions.Found;
import hal0.agent.session.StoredSessions.Wanted;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSessionsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir Path folder;
    Sessions sessions;

    @BeforeEach
    void open() {
        sessions = new Sessions(folder, InstantSource.fixed(NOON));
    }

    @Test
    void listTellsWhatWasAskedFirstWhoAnsweredLastAndWhatItCost() throws Exception {
        String id =
                session(
                        "/p",
                        new SessionEntry.UserSaid(
                                NOON,
                                List.of(
                                        new Part.Image(new MediaSource.Url("https://x/a.png")),
                                        new Part.Text("\n  Why \"ä\"?  \nmore"))),
                        answer("one", "m1", new Cost.Usd(new BigDecimal("0.25"))),
                        said("again"),
                        answer("two", "m2", new Cost.Usd(new BigDecimal("0.50"))),
                        new SessionEntry.SpentBeside(
                                NOON,
                                "task",
                                "r",
                                "three",
                                "m3",
                                null,
                                new Cost.Usd(new BigDecimal("1"))));
        SessionGlance glance = sessions.stored().list(Wanted.ALL).sessions().getFirst();
        assertThat(glance.id()).isEqualTo(id);
        assertThat(glance.title()).isEqualTo("Why \"ä\"?");
        assertThat(glance.messages()).isEqualTo(4);
        assertThat(glance.provider() + '/' + glance.model()).isEqualTo("two/m2");
        assertThat(glance.cost()).isEqualTo(new Cost.Usd(new BigDecimal("1.75")));
        assertThat(glance.priceKnown()).isTrue();
        assertThat(glance.size()).isEqualTo(Files.size(file(id)));
    }

    @Test
    void costThatNobodyKnowsIsToldApartFromNone() throws Exception {
        SessionEntry failed =
                new SessionEntry.ModelSaid(
                        NOON,
                        "r",
                        "p",
                        "m",
                        List.of(),
                        null,
                        new Cost.Unknown(),
                        new Ending.Failed(ErrorKind.OVERLOADED, "busy"));
        session("/p", said("q"), failed);
        assertThat(only().cost()).isEqualTo(new Cost.Usd(BigDecimal.ZERO));
        Files.delete(folder.resolve(only().id() + ".jsonl"));

        session("/p", said("q"), failed, answer("p", "m", new Cost.Unknown()));
        assertThat(only().cost()).isEqualTo(new Cost.Unknown());
        assertThat(only().priceKnown()).isFalse();
        Files.delete(folder.resolve(only().id() + ".jsonl"));

        session("/p", said("q"), answer("p", "m", new Cost.Local()));
        assertThat(only().cost()).isEqualTo(new Cost.Local());
    }

    @Test
    void listGoesByWhatWasSaidLastAndLeavesOutWhatIsNotWanted() throws Exception {
        String old = session("/p", said("old"));
        String other = session("/q", said("other"));
        String task = task(old);
        touched(old, 3);
        touched(task, 2);
        touched(other, 1);
        StoredSessions stored = sessions.stored();
        assertThat(ids(new Wanted(null, false, 0))).containsExactly(old, other);
        assertThat(ids(Wanted.ALL)).containsExactly(old, task, other);
        assertThat(ids(new Wanted("/q", true, 0))).containsExactly(other);
        assertThat(ids(new Wanted(null, true, 2))).containsExactly(old, task);
        assertThat(stored.findLatest("/q")).contains(other);
        assertThat(stored.findLatest("/nowhere")).isEmpty();
        assertThatThrownBy(() -> stored.find("last", Path.of("/q/../nowhere")))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("there is no session of /");
    }

    @Test
    void filesOfSketchesAreListedAndThoseThatAreNoSessionsNamed() throws Exception {
        fixture("format-0.jsonl", "old");
        fixture("format-1.jsonl", "older-hal0");
        Files.writeString(folder.resolve("empty.jsonl"), "");
        Files.writeString(folder.resolve("newer.jsonl"), "{\"format\":99}\n");
        StoredSessions.Listed listed = sessions.stored().list(Wanted.ALL);
        assertThat(listed.sessions())
                .extracting(SessionGlance::id, SessionGlance::title, SessionGlance::messages)
                .containsExactlyInAnyOrder(
                        tuple("old", "What is 2 + 2?", 2),
                        tuple("older-hal0", "Grüße 👩‍👩‍👧 \u0007", 6));
        assertThat(listed.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("empty.jsonl is damaged in line 1"))
                .anyMatch(problem -> problem.contains("newer.jsonl has format 99"));
    }

    @Test
    void lineThatACrashCutDoesNotHideTheSession() throws Exception {
        String id = session("/p", said("first"), answer("p", "m", new Cost.Local()));
        Files.writeString(
                file(id),
                "{\"type\":\"assistant\",\"at\":\"2026\0\0\n{\"type\":\"assi",
                StandardOpenOption.APPEND);
        assertThat(only().messages()).isEqualTo(2);
        assertThat(only().model()).isEqualTo("m");
    }

    @Test
    void sessionWhoseLastTurnHasNoEndWasCutOffUnlessItIsBeingLed() throws Exception {
        String id = session("/p", said("first"), answer("p", "m", new Cost.Local()), said("go"));
        assertThat(sessions.findCutOff("/p")).isPresent();
        assertThat(sessions.findCutOff("/q")).isEmpty();
        Sessions.Opened opened = sessions.resume(id);
        assertThat(sessions.findCutOff("/p")).as("it is led here").isEmpty();
        sessions.close(opened.log());
        assertThat(sessions.findCutOff("/p")).isPresent();
    }

    @Test
    void sessionThatWasLeftAfterAnAnswerOrAFailureWasNotCutOff() throws Exception {
        var _ = session("/p", said("first"), answer("p", "m", new Cost.Local()));
        assertThat(sessions.findCutOff("/p")).isEmpty();
        var _ =
                session(
                        "/q",
                        said("first"),
                        new SessionEntry.NobodyAnswered(NOON, ErrorKind.UNREACHABLE, "no"));
        assertThat(sessions.findCutOff("/q")).isEmpty();
        var _ = session("/r", said("first"), new SessionEntry.Halted(NOON, "interrupted"));
        assertThat(sessions.findCutOff("/r")).isEmpty();
    }

    @Test
    void sessionIsFoundByItsBeginningOrItsEnd() throws Exception {
        String one = session("/p", said("one"));
        Files.copy(file(one), folder.resolve("20261122-other-one.jsonl"));
        StoredSessions stored = sessions.stored();
        assertThat(stored.find(one, Path.of(""))).isEqualTo(one);
        assertThat(stored.find("20261121", Path.of(""))).isEqualTo(one);
        assertThat(stored.find("-one", Path.of(""))).isEqualTo("20261122-other-one");
        assertThatThrownBy(() -> stored.find("2026112", Path.of("")))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("fits 2 sessions")
                .hasMessageContaining(one)
                .hasMessageContaining("write more of the id");
        for (String none : List.of("", "../outside", "zzzz-zzzz")) {
            assertThatThrownBy(() -> stored.find(none, Path.of("")))
                    .hasMessageContaining("there is no session \"" + none + '"');
        }
        assertThatThrownBy(() -> stored.read("../outside"))
                .hasMessageContaining("there is no session");
    }

    @Test
    void searchFindsWordsWhereverTheyWereSaid() throws Exception {
        String id =
                session(
                        "/p",
                        said("Where is the Straße of\n\tGibraltar?"),
                        new SessionEntry.ToolAnswered(
                                NOON,
                                new Part.ToolResult(
                                        "c", List.of(new Part.Text("a line: \"GIBRALTAR\"")), true),
                                null),
                        answer("p", "m", new Cost.Local()));
        assertThat(search("of gibraltar"))
                .containsExactly(
                        new Found(id, 0, NOON, "user", "Where is the Straße of Gibraltar?"));
        assertThat(search("\"Gibraltar\""))
                .containsExactly(new Found(id, 1, NOON, "tool", "a line: \"GIBRALTAR\""));
        assertThat(search("STRASSE")).isEmpty();
        assertThat(search("STRAẞE")).hasSize(1);
        assertThat(search(".*")).isEmpty();
        // Not what JSON is made of.
        assertThat(search("call_id")).isEmpty();
        assertThat(sessions.stored().search("gibraltar", 1).found()).hasSize(1);
    }

    @Test
    void excerptShowsWhatStandsAround() throws Exception {
        session("/p", said("x".repeat(500) + " the needle " + "👩".repeat(300)));
        assertThat(search("needle").getFirst().excerpt())
                .startsWith("…xxx")
                .contains(" the needle 👩")
                .endsWith("👩…")
                .hasSizeLessThan(140);
    }

    @Test
    void forkHoldsWhatWasSaidBeforeAndNamesWhereItComesFrom() throws Exception {
        String id = session("/p", said("one"), answer("p", "m", new Cost.Local()), said("two"));
        Session source = sessions.stored().read(id);
        assertThat(source.findMessage(2)).contains(2);
        assertThat(source.findMessage(3)).isEmpty();

        String fork = sessions.fork(id, 2);
        Session copy = sessions.resume(fork).session();
        assertThat(copy.entries()).isEqualTo(source.entries().subList(0, 2));
        assertThat(copy.header().forkedFrom()).isEqualTo(id);
        assertThat(copy.header().parent()).isNull();
        assertThat(copy.header().cwd()).isEqualTo("/p");
        assertThat(sessions.stored().read(id)).isEqualTo(source);
        for (int none : new int[] {0, 4}) {
            assertThatThrownBy(() -> sessions.fork(id, none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has 3 entries");
        }
    }

    @Test
    void messageThatWasTakenBackIsNotCounted() {
        Session session =
                new Session(
                        new SessionHeader("x", "/p", "", "", NOON),
                        List.of(
                                said("one"),
                                said("two"),
                                new SessionEntry.Undone(NOON, 1),
                                said("three")));
        assertThat(session.findMessage(2)).contains(3);
    }

    @Test
    void deletingTakesTheTasksAlongAndNoForks() throws Exception {
        String id = session("/p", said("one"));
        String task = task(id);
        String within = task(task);
        String fork = sessions.fork(id, 1);
        assertThat(sessions.delete(id)).containsExactlyInAnyOrder(id, task, within);
        assertThat(ids(Wanted.ALL)).containsExactly(fork);
        assertThatThrownBy(() -> sessions.delete(id)).hasMessageContaining("there is no session");
    }

    @Test
    void nothingIsDeletedWhileAnyOfItIsOpen() throws Exception {
        String id = session("/p", said("one"));
        SessionLog open = sessions.resume(task(id)).log();
        assertThatThrownBy(() -> sessions.delete(id))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("open in this hal0");
        assertThat(ids(Wanted.ALL)).hasSize(2);
        sessions.close(open);
        assertThat(sessions.delete(id)).hasSize(2);
    }

    private SessionGlance only() {
        List<SessionGlance> all = sessions.stored().list(Wanted.ALL).sessions();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<Found> search(String words) {
        return sessions.stored().search(words, 0).found();
    }

    private List<String> ids(Wanted wanted) {
        return sessions.stored().list(wanted).sessions().stream().map(SessionGlance::id).toList();
    }

    private String session(String cwd, SessionEntry... entries) {
        return written(cwd, null, entries);
    }

    private String task(String parent) {
        return written("/p", parent, said("do it"));
    }

    private String written(String cwd, @Nullable String parent, SessionEntry... entries) {
        SessionLog log = sessions.begin(cwd, "chosen", "model", parent, null);
        List.of(entries).forEach(log::append);
        sessions.close(log);
        return log.id();
    }

    private void touched(String id, long second) throws IOException {
        Files.setLastModifiedTime(file(id), FileTime.from(NOON.plusSeconds(second)));
    }

    private void fixture(String name, String id) throws IOException {
        try (var in = StoredSessionsTest.class.getResourceAsStream("/session/" + name)) {
            Files.write(file(id), in.readAllBytes());
        }
    }

    private Path file(String id) {
        return folder.resolve(id + ".jsonl");
    }

    private static SessionEntry said(String text) {
        return new SessionEntry.UserSaid(NOON, List.of(new Part.Text(text)));
    }

    private static SessionEntry answer(String provider, String model, Cost cost) {
        return new SessionEntry.ModelSaid(
                NOON,
                "r",
                provider,
                model,
                List.of(new Part.Text("an answer")),
                null,
                cost,
                new Ending.Stopped(StopReason.END));
    }
}
