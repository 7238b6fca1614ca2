package hal0.home.memory;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.memory.Memory.By;
import hal0.home.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeaningTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Embedding.Pace QUICK =
            new Embedding.Pace(
                    Duration.ZERO,
                    Duration.ofMillis(20),
                    Duration.ofMillis(5),
                    Duration.ofMillis(20));

    @TempDir Path folder;
    private final WordVectors model = new WordVectors();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Database database;
    private Memory memory;
    private Embedding embedding;
    private Instant now = START;

    @BeforeEach
    void open() {
        database = Database.at(file());
        memory = new Memory(database, file(), () -> now, model, Duration.ofSeconds(10));
    }

    private Path file() {
        return folder.resolve("hal0.db");
    }

    @AfterEach
    void close() {
        if (embedding != null) {
            embedding.close();
        }
        database.close();
    }

    private void begin() {
        embedding = Embedding.start(database, file(), model, told::add, QUICK);
        memory.listen(embedding::wake);
    }

    private void embedded() {
        begin();
        until(() -> embedding.progress().waiting() == 0);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never comes").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private long add(String text) {
        return add(Note.USUAL_BANK, text);
    }

    private long add(String bank, String text) {
        return memory.add(new Note(bank, text, List.of(), Map.of(), "test")).id();
    }

    private List<String> found(String query) {
        return texts(memory.search((String) null, query, 10));
    }

    private static List<String> texts(List<Memory.Hit> hits) {
        return hits.stream().map(hit -> hit.item().note().text()).toList();
    }

    private long rows(String table) {
        return database.read(c -> {
            try (var query = c.prepareStatement("SELECT COUNT(*) FROM " + table);
                    var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    @Test
    void aNoteIsFoundByItsMeaningWhereItSharesNoWord() {
        add("the automobile stands outside");
        add("a cake of apples");
        embedded();

        assertThat(found("my car")).containsExactly("the automobile stands outside");
        assertThat(texts(memory.search(Scope.ALL, "my car", 10, By.WORDS))).isEmpty();
    }

    @Test
    void whatFitsByWordsAndByMeaningComesFirst() {
        add("puppy");
        add("dog food is in the cellar");
        add("food for a hound");
        embedded();

        assertThat(found("dog food").getFirst()).isEqualTo("dog food is in the cellar");
        assertThat(found("dog food")).contains("food for a hound", "puppy");
    }

    @Test
    void ofTwoThatFitAsWellTheOneToldLatelyComesFirst() {
        add("the hound sleeps");
        now = START.plus(Duration.ofDays(300));
        add("a hound sleeps");
        embedded();

        assertThat(found("sleeps puppy").getFirst()).isEqualTo("a hound sleeps");
    }

    @Test
    void aBankIsSearchedAlone() {
        for (int bank = 0; bank < 100; bank++) {
            add("bank-" + bank, "automobile number n" + bank);
        }
        embedded();

        assertThat(texts(memory.search("bank-42", "car", 10)))
                .containsExactly("automobile number n42");
        assertThat(memory.search("nobody", "car", 10)).isEmpty();
        assertThat(memory.search((String) null, "car", 10)).hasSize(10);
    }

    @Test
    void limitsHoldForWhatIsFoundByMeaning() {
        memory.add(new Note("a", "automobile one", List.of("keep"), Map.of("k", "x\"y"), "t"));
        memory.add(new Note("a", "automobile two", List.of(), Map.of("k", "x"), "t"));
        embedded();

        Scope tagged = new Scope("a", List.of("keep"), Map.of(), null);
        Scope meta = new Scope(null, List.of(), Map.of("k", "x\"y"), null);
        Scope late = new Scope(null, List.of(), Map.of(), START.plusSeconds(1));
        assertThat(texts(memory.search(tagged, "car", 10, By.MEANING)))
                .containsExactly("automobile one");
        assertThat(texts(memory.search(meta, "car", 10, By.MEANING)))
                .containsExactly("automobile one");
        assertThat(memory.search(late, "car", 10, By.MEANING)).isEmpty();
        assertThat(texts(memory.search(tagged, "automobile", 10, By.WORDS)))
                .containsExactly("automobile one");
        assertThat(memory.newest(tagged, Long.MAX_VALUE, 9)).hasSize(1);
    }

    @Test
    void addingDoesNotWaitForTheModel() {
        CountDownLatch open = new CountDownLatch(1);
        model.before = () -> awaited(open);
        begin();

        add("one");
        until(() -> model.calls.get() == 1);
        add("two");

        assertThat(memory.banks()).containsEntry("default", 2L);
        open.countDown();
        until(() -> embedding.progress().waiting() == 0);
        assertThat(rows("memory_vector")).isEqualTo(2);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw EmbedderException.unavailable("interrupted", e);
        }
    }

    @Test
    void whatWasNotEmbeddedWhenItEndedIsEmbeddedWhenItRunsAgain() {
        for (int i = 0; i < 200; i++) {
            add("note number " + i);
        }
        CountDownLatch never = new CountDownLatch(1);
        model.before =
                () -> {
                    if (model.calls.get() == 2) {
                        awaited(never);
                    }
                };
        begin();
        until(() -> model.calls.get() == 2);
        embedding.close();
        assertThat(rows("memory_vector")).isEqualTo(64);

        embedded();

        assertThat(rows("memory_vector")).isEqualTo(200);
        assertThat(model.texts.get()).isEqualTo(200);
        assertThat(told).isEmpty();
    }

    @Test
    void anotherModelEmbedsAllAnewAndTheOldVectorsGo() {
        add("automobile");
        add("puppy");
        embedded();

        model.model = "others";
        model.dimension = 100;
        embedding.wake();
        until(() -> model.texts.get() == 4 && embedding.progress().waiting() == 0);

        assertThat(rows("memory_vector")).isEqualTo(2);
        assertThat(rows("memory_sketch")).isEqualTo(2);
        assertThat(found("car")).containsExactly("automobile");
    }

    @Test
    void aModelThatChangesItsLengthIsFollowedOnceAndNotForEver() {
        add("automobile");
        embedded();
        model.dimension = 64;
        add("puppy");
        until(() -> embedding.progress().waiting() == 0);
        assertThat(rows("memory_vector")).isEqualTo(2);

        model.dimension = 384;
        add("third");

        until(() -> !told.isEmpty());
        assertThat(told).hasSize(1).first().asString().contains("to and fro", "[memory] embed");
    }

    @Test
    void vectorsWithoutADirectionAreRefused() {
        model.spoil = vectors -> vectors.stream().map(v -> new float[v.length]).toList();
        add("automobile");
        begin();
        until(() -> !told.isEmpty());
        assertThat(told).first().asString().contains("nothing but zeros");

        model.spoil = vectors -> vectors.stream().map(MeaningTest::unnumbered).toList();
        int calls = model.calls.get();
        until(() -> model.calls.get() > calls + 1);
        assertThat(rows("memory_vector")).isZero();
        assertThat(told).as("told once").hasSize(1);

        model.spoil = vectors -> vectors;
        until(() -> embedding.progress().waiting() == 0);
        until(() -> embedding.progress().problem() == null);
        assertThat(found("car")).containsExactly("automobile");
    }

    private static float[] unnumbered(float[] vector) {
        float[] spoilt = vector.clone();
        spoilt[3] = Float.NaN;
        return spoilt;
    }

    @Test
    void oneTextWithoutADirectionDoesNotHoldUpTheOthers() {
        model.spoil =
                vectors -> {
                    List<float[]> all = new ArrayList<>(vectors);
                    all.set(0, new float[model.dimension]);
                    return all;
                };
        add("automobile");
        add("puppy");
        embedded();

        assertThat(rows("memory_vector")).isEqualTo(1);
    }

    @Test
    void aTextThatIsRefusedIsCutAndThenGoesWithout() {
        add("automobile");
        embedded();
        model.before =
                () -> {
                    List<String> last;
                    synchronized (model.asked) {
                        last = model.asked.getLast();
                    }
                    if (last.stream().anyMatch(t -> t.length() > 1_500 || t.contains("never"))) {
                        throw EmbedderException.refused("too long", null);
                    }
                };
        add("vehicle " + "x".repeat(3_000));
        add("never");
        add("puppy");
        until(() -> embedding.progress().waiting() == 0);

        assertThat(rows("memory_vector")).isEqualTo(3);
        assertThat(told).isEmpty();
        assertThat(found("hound")).containsExactly("puppy");
    }

    @Test
    void whileTheModelIsAwayNotesAreFoundByTheirWordsAndItIsToldOnce() {
        model.failure = EmbedderException.unavailable("nobody is at home", null);
        add("automobile");
        begin();
        until(() -> model.calls.get() > 3);

        assertThat(found("automobile")).containsExactly("automobile");
        assertThat(told).containsExactly("nobody is at home");
        assertThat(embedding.progress().problem()).isEqualTo("nobody is at home");

        model.failure = null;
        until(() -> embedding.progress().waiting() == 0);
        until(() -> embedding.progress().problem() == null);
    }

    @Test
    void aModelThatIsSlowHoldsUpNoSearch() {
        add("automobile");
        embedded();
        CountDownLatch open = new CountDownLatch(1);
        model.before = () -> awaited(open);
        Memory hasty = new Memory(database, file(), () -> now, model, Duration.ofMillis(20));

        assertThat(texts(hasty.search((String) null, "automobile", 5)))
                .containsExactly("automobile");
        assertThat(hasty.search((String) null, "car", 5)).isEmpty();

        open.countDown();
        until(() -> texts(hasty.search((String) null, "car", 5)).contains("automobile"));
        assertThat(model.asked.stream().filter(asked -> asked.equals(List.of("car"))))
                .as("what came too late is used the next time")
                .hasSize(1);
    }

    @Test
    void aModelThatHangsGathersNoThreads() {
        add("automobile");
        embedded();
        int before = model.calls.get();
        CountDownLatch open = new CountDownLatch(1);
        model.before = () -> awaited(open);
        Memory hasty = new Memory(database, file(), () -> now, model, Duration.ofMillis(1));

        for (int i = 0; i < 20; i++) {
            assertThat(hasty.search((String) null, "automobile " + i, 5)).hasSize(1);
        }

        until(() -> model.calls.get() == before + 4);
        open.countDown();
        until(() -> texts(hasty.search((String) null, "car", 5)).contains("automobile"));
    }

    @Test
    void whatIsDeletedOrSaysSomethingElseWhileItIsEmbeddedGetsNoVector() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        model.before =
                () -> {
                    if (model.calls.get() == 1) {
                        asked.countDown();
                        awaited(open);
                    }
                };
        long gone = add("automobile");
        long changed = add("puppy");
        begin();
        awaited(asked);
        memory.delete(gone);
        memory.revise(changed, new Revision("a cake of apples", null, null, null));
        open.countDown();
        until(() -> embedding.progress().waiting() == 0);

        assertThat(rows("memory_vector")).isEqualTo(1);
        assertThat(found("hound")).isEmpty();
        assertThat(found("cake")).containsExactly("a cake of apples");
    }

    @Test
    void aChangedNoteIsFoundByWhatItSaysNowAndAMovedOneWhereItIsNow() {
        long id = add("automobile");
        long moved = add("a", "puppy");
        embedded();
        assertThat(found("car")).hasSize(1);
        int texts = model.texts.get();

        memory.revise(moved, new Revision(null, null, null, "b"));
        assertThat(memory.search("a", "hound", 5)).isEmpty();
        assertThat(memory.search("b", "hound", 5)).hasSize(1);
        assertThat(embedding.progress().waiting())
                .as("the same text is not embedded again")
                .isZero();
        memory.revise(id, new Revision("cake", null, null, null));
        until(() -> embedding.progress().waiting() == 0);

        assertThat(found("car")).isEmpty();
        assertThat(found("cake")).containsExactly("cake");
        assertThat(model.texts.get()).isLessThanOrEqualTo(texts + 4); // and three queries
    }

    @Test
    void theSameTextInTwoBanksHasTwoVectorsAndIsDeletedAlone() {
        long one = add("a", "automobile");
        add("b", "automobile");
        embedded();

        memory.delete(one);

        assertThat(memory.search("a", "car", 5)).isEmpty();
        assertThat(memory.search("b", "car", 5)).hasSize(1);
        assertThat(rows("memory_vector")).isEqualTo(1);
    }

    @Test
    void anotherProcessOfTheHomeFindsWhatThisOneEmbeds() {
        try (Database other = Database.at(file())) {
            Memory theirs = new Memory(other, file(), () -> now, model, Duration.ofSeconds(10));
            theirs.add(Note.of("automobile", "them"));
            begin();
            until(() -> embedding.progress().waiting() == 0 && rows("memory_vector") == 1);
            assertThat(texts(theirs.search((String) null, "car", 5))).hasSize(1);

            theirs.add(Note.of("the other automobile", "them"));
            until(() -> rows("memory_vector") == 2);

            assertThat(texts(theirs.search((String) null, "car", 5))).hasSize(2);
            assertThat(found("car")).hasSize(2);
        }
    }

    @Test
    void forgettingByAgeForgetsTheVectorsToo() {
        add("automobile");
        now = START.plus(Duration.ofDays(10));
        add("another automobile");
        embedded();
        assertThat(found("car")).hasSize(2);

        memory.deleteToldBefore(null, START.plus(Duration.ofDays(5)));

        assertThat(found("car")).containsExactly("another automobile");
        assertThat(rows("memory_vector")).isEqualTo(1);
        assertThat(rows("memory_sketch")).isEqualTo(1);
    }

    @Test
    void theBestOfManyAreFoundThoughOnlyAFewAreCompared() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String text = "entry e%d of list l%d on shelf s%d".formatted(i, i % 71, i % 13);
            notes.add(new Note("default", text, List.of(), Map.of(), "t"));
        }
        notes.add(new Note("default", "the automobile", List.of(), Map.of(), "t"));
        notes.addAll(notes.subList(0, 10));
        memory.addAll(notes);
        embedded();

        assertThat(found("car").getFirst()).isEqualTo("the automobile");
        assertThat(Arrays.asList("e7", "l7"))
                .allMatch(word -> found("entry " + word).getFirst().contains(word));
    }
}
