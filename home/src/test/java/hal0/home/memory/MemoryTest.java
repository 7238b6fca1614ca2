package hal0.home.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.store.Database;
import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path folder;
    private Database database;
    private Memory memory;
    private Instant now = START;

    @BeforeEach
    void open() {
        database = Database.at(folder.resolve("hal0.db"));
        memory = new Memory(database, folder.resolve("hal0.db"), () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long add(String text, String... tags) {
        return memory.add(new Note(Note.USUAL_BANK, text, List.of(tags), Map.of("k", "v"), "test"))
                .id();
    }

    private List<String> found(String query) {
        return memory.search(null, query, 10).stream()
                .map(hit -> hit.item().note().text())
                .toList();
    }

    @Test
    void aHomeWithoutADatabaseRemembersNothingAndGetsNone() {
        assertThat(found("x")).isEmpty();
        assertThat(memory.newest(Scope.ALL, Long.MAX_VALUE, 5)).isEmpty();
        assertThat(memory.banks()).isEmpty();
        assertThat(memory.delete(1)).isFalse();
        assertThat(memory.deleteToldBefore(null, START)).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aNoteIsKeptAsItIs() {
        Note note = new Note("work", "deploys on Fridays", List.of("ops"), Map.of("a", "b"), "s1");

        long id = memory.add(note).id();

        assertThat(memory.find(id)).contains(new Memorized(id, note, START, START, null, 0));
        assertThat(memory.banks()).containsExactly(Map.entry("work", 1L));
    }

    @Test
    void wordsAreFoundInOtherFormsAndInsideNames() {
        add("The staging server deploys every night");
        add("Call getUserName and never parse_user_id by hand", "api");
        add("Der Zähler steht im Keller");
        add("設定は記憶検索で読む");

        assertThat(found("deployed")).hasSize(1);
        assertThat(found("user name")).first().asString().startsWith("Call");
        assertThat(found("parse_user_id")).first().asString().startsWith("Call");
        assertThat(found("getUserName()")).first().asString().startsWith("Call");
        assertThat(found("zahler")).containsExactly("Der Zähler steht im Keller");
        assertThat(found("記憶検索")).containsExactly("設定は記憶検索で読む");
        assertThat(found("検憶")).isEmpty();
        assertThat(found("stag")).as("the beginning of a word").hasSize(1);
        assertThat(found("api")).as("a tag").hasSize(1);
    }

    @Test
    void whoHasAllWordsComesBeforeWhoHasOneAndTheRestFollows() {
        add("the database port is 5432");
        add("port of Rotterdam, port wine, port, port");
        add("nothing of it");

        assertThat(found("which port has the database"))
                .containsExactly(
                        "the database port is 5432", "port of Rotterdam, port wine, port, port");
    }

    @Test
    void whatSomebodyTypesIsNeverAnOperator() {
        add("NEAR the end: x AND y (z) * \"quoted\" -minus col:on");

        for (String query :
                List.of(
                        "\"",
                        "\"quoted",
                        "a\" OR \"b",
                        "(",
                        "NEAR(x y)",
                        "x AND",
                        "NOT",
                        "*",
                        "text:x",
                        "{text}: x",
                        "^x",
                        "x\u0000y",
                        "++",
                        "'; DROP TABLE memory_item; --",
                        "\uD800",
                        "w ".repeat(5_000),
                        "y".repeat(10_000))) {
            assertThatCode(() -> memory.search(null, query, 5))
                    .as(query)
                    .doesNotThrowAnyException();
            assertThatCode(() -> memory.search("default", query, 5)).doesNotThrowAnyException();
        }
        assertThat(found("\"quoted\" AND")).hasSize(1);
        assertThat(memory.banks()).containsEntry("default", 1L);
    }

    @Test
    void equalTextIsOneNoteThatWasToldAgain() {
        long id = add("  use   tabs ", "style");
        now = START.plus(Duration.ofDays(3));

        Memory.Kept again =
                memory.add(
                        new Note(
                                "default", "use tabs", List.of("java"), Map.of("x", "y"), "other"));

        assertThat(again).isEqualTo(new Memory.Kept(id, true));
        Memorized item = memory.find(id).orElseThrow();
        assertThat(item.note().tags()).containsExactly("style", "java");
        assertThat(item.note().metadata()).containsOnly(Map.entry("k", "v"), Map.entry("x", "y"));
        assertThat(item.createdAt()).isEqualTo(START);
        assertThat(item.toldAt()).isEqualTo(now);
        assertThat(found("java")).hasSize(1);
        assertThat(memory.add(new Note("other", "use tabs", List.of(), Map.of(), "")).known())
                .isFalse();
    }

    @Test
    void ofTwoThatFitAlikeTheNewerComesFirst() {
        add("release on the first Monday of May");
        now = START.plus(Duration.ofDays(90));
        add("release on the first Monday of June");
        now = now.plus(Duration.ofDays(90));
        add("release on the first Monday of July");

        assertThat(found("release Monday"))
                .extracting(text -> text.substring(text.lastIndexOf(' ') + 1))
                .containsExactly("July", "June", "May");
    }

    @Test
    void aSearchInOneBankSeesNoOther() {
        memory.add(new Note("a", "blue door", List.of(), Map.of(), ""));
        memory.add(new Note("b", "blue window", List.of(), Map.of(), ""));

        assertThat(memory.search("a", "blue", 10)).hasSize(1);
        assertThat(memory.search("c", "blue", 10)).isEmpty();
        assertThat(found("blue")).hasSize(2);
        assertThat(memory.search(null, "a", 10)).as("a bank's name is no word").isEmpty();
    }

    @Test
    void whatIsForgottenIsNotFoundAndItsIdNotUsedAgain() {
        long first = add("one thing");
        long second = add("another thing");

        assertThat(memory.delete(second)).isTrue();
        assertThat(memory.delete(second)).isFalse();

        assertThat(found("thing")).containsExactly("one thing");
        assertThat(add("third thing")).isGreaterThan(second);
        now = START.plus(Duration.ofDays(2));
        add("fourth thing");
        assertThat(memory.deleteToldBefore("default", START.plus(Duration.ofDays(1)))).isEqualTo(2);
        assertThat(found("thing")).containsExactly("fourth thing");
        assertThat(memory.find(first)).isEmpty();
    }

    @Test
    void useIsCounted() {
        long id = add("x");
        now = START.plusSeconds(5);

        memory.used(List.of(id, 999L));
        memory.used(List.of(id));

        Memorized item = memory.find(id).orElseThrow();
        assertThat(item.uses()).isEqualTo(2);
        assertThat(item.usedAt()).isEqualTo(now);
    }

    @Test
    void notesTravelFromHomeToHomeWithTheirTimes() throws Exception {
        add("line one\nline two \u2028 \"quoted\"", "a", "b");
        now = START.plusSeconds(9);
        memory.used(List.of(add("more")));
        StringWriter lines = new StringWriter();

        assertThat(MemoryFile.of(memory).write(null, lines)).isEqualTo(2);

        try (Database other = Database.at(folder.resolve("other.db"))) {
            Memory there = new Memory(other, folder.resolve("other.db"), () -> now);
            there.add(Note.of("more", "known there"));
            MemoryFile file = MemoryFile.of(there);
            BufferedReader in = new BufferedReader(new StringReader(lines.toString()));
            assertThat(file.read(in, "default", now)).isEqualTo(new MemoryFile.Imported(1, 1));
            assertThat(there.oldest(Scope.ALL, 1, 9))
                    .singleElement()
                    .usingRecursiveComparison()
                    .ignoringFields("id")
                    .isEqualTo(memory.oldest(Scope.ALL, 0, 1).getFirst());
            assertThat(there.search(null, "quoted", 1)).hasSize(1);
        }
    }

    @Test
    void aBadLineIsNamedAndThoseBeforeItAreRemembered() {
        MemoryFile file = MemoryFile.of(memory);
        Map<String, String> lines =
                Map.of(
                        "{\"text\":\"good\"}\n\n{\"txt\":1}", "line 3: it has no text",
                        "{\"text\":\"fine\"}\nnot json", "line 2: it is not JSON",
                        "[1]", "line 1: it is not a JSON object",
                        "{\"text\":\"x\",\"told_at\":\"May\"}", "line 1: a time is written as",
                        "{\"text\":\"x\",\"bank\":\"A B\"}", "cannot name a bank",
                        "{\"text\":\"x\",\"tags\":[1]}", "a tag must be text");

        lines.forEach((text, problem) ->
                assertThatThrownBy(() ->
                                file.read(
                                        new BufferedReader(new StringReader(text)), "default", now))
                        .isInstanceOf(MemoryFile.BadLineException.class)
                        .hasMessageContaining(problem));

        assertThat(memory.oldest(Scope.ALL, 0, 9))
                .extracting(item -> item.note().text())
                .containsExactlyInAnyOrder("good", "fine");
    }

    @Test
    void aNoteThatIsNoneIsRefusedInWords() {
        assertThatThrownBy(() -> Note.of("  \n", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no text");
        assertThatThrownBy(() -> Note.of("x".repeat(20_000), ""))
                .hasMessageContaining("at most 16384");
    }

    @Test
    void amongManyNotesWithACommonWordTheOldOneWithTheRareWordIsFound() {
        long rare = add("database of the zebra farm");
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            notes.add(Note.of("database backup number " + i, "test"));
        }
        memory.addAll(notes);

        assertThat(memory.search(null, "database zebra unicorn", 3).getFirst().item().id())
                .isEqualTo(rare);
        assertThat(found("data")).as("the beginning of a common word").hasSize(10);
        assertThat(found("database unicorn")).hasSize(10);
    }

    @Test
    void aChangedNoteKeepsItsIdAndTimesAndIsFoundByItsNewWords() {
        long id = add("deploys on Fridays", "ops");
        now = START.plus(Duration.ofDays(1));

        Memorized changed =
                memory.revise(
                                id,
                                new Revision("deploys on Mondays", null, Map.of("a", "b"), "work"))
                        .orElseThrow();

        assertThat(changed)
                .isEqualTo(
                        new Memorized(
                                id,
                                new Note(
                                        "work",
                                        "deploys on Mondays",
                                        List.of("ops"),
                                        Map.of("a", "b"),
                                        "test"),
                                START,
                                START,
                                null,
                                0));
        assertThat(found("Fridays")).isEmpty();
        assertThat(found("Mondays")).hasSize(1);
        assertThat(memory.search("work", "ops", 5)).hasSize(1);
        assertThat(memory.search("default", "ops", 5)).isEmpty();
        assertThat(memory.revise(id + 1, new Revision("x", null, null, null))).isEmpty();
        assertThatThrownBy(() -> memory.revise(id, new Revision(" ", null, null, null)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNoteThatIsChangedToSayWhatAnotherSaysTakesItIn() {
        long other = memory.add(new Note("b", "one", List.of("x"), Map.of("k", "1"), "t")).id();
        long id = memory.add(new Note("a", "two", List.of("y"), Map.of("k", "2"), "t")).id();

        Memorized changed = memory.revise(id, new Revision("one ", null, null, "b")).orElseThrow();

        assertThat(changed.note().tags()).containsExactly("x", "y");
        assertThat(changed.note().metadata()).containsExactly(Map.entry("k", "2"));
        assertThat(memory.find(other)).isEmpty();
        assertThat(memory.banks()).containsExactly(Map.entry("b", 1L));
        assertThat(memory.search("b", "one", 5)).hasSize(1);
    }

    @Test
    void notesArePagedAndNarrowedByTagMetadataAndTime() {
        for (int i = 0; i < 25; i++) {
            now = START.plus(Duration.ofHours(i));
            add("note " + i, i % 2 == 0 ? "even" : "odd");
        }
        Scope even = new Scope(null, List.of("even"), Map.of("k", "v"), START.plusSeconds(1));

        List<Memorized> first = memory.newest(even, Long.MAX_VALUE, 5);
        List<Memorized> second = memory.newest(even, first.getLast().id(), 50);

        assertThat(first).extracting(m -> m.note().text()).startsWith("note 24").hasSize(5);
        assertThat(second).extracting(m -> m.note().text()).endsWith("note 2").hasSize(7);
        assertThat(memory.newest(new Scope(null, List.of("eve"), Map.of(), null), 99, 5)).isEmpty();
        assertThat(memory.newest(new Scope(null, List.of(), Map.of("k", "w"), null), 99, 5))
                .isEmpty();
        assertThat(memory.search(even, "note", 50, Memory.By.WORDS)).hasSize(12);
    }
}
