package hal0.bench;

import hal0.home.memory.Embedder;
import hal0.home.memory.Embedding;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.home.memory.Scope;
import hal0.home.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A memory of many notes: how fast they are added, embedded and found, and what they take.
///
/// **Shape** words as common as those of a language are (Zipf), sixteen a note; vectors are made
/// here, with neighbours, so that only the memory's own part is timed.
public final class MemorySearch {
    private static final int WORDS = 30_000;
    private static final int WORDS_EACH = 16;
    private static final int TOPICS = 500;

    private final Random random = new Random(7);
    private final double[] often = often();
    private final int dimension;
    private final float[][] topics;

    private MemorySearch(int dimension) {
        this.dimension = dimension;
        this.topics = new float[TOPICS][dimension];
        for (float[] topic : topics) {
            for (int i = 0; i < dimension; i++) {
                topic[i] = (float) random.nextGaussian();
            }
        }
    }

    /// `FOLDER NOTES DIMENSION ROUNDS`.
    public static void main(String[] arguments) throws Exception {
        new MemorySearch(Integer.parseInt(arguments[2]))
                .run(
                        Path.of(arguments[0]).resolve("hal0.db"),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[3]));
    }

    private static double[] often() {
        double[] sums = new double[WORDS];
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += 1.0 / (i + 2);
            sums[i] = sum;
        }
        return sums;
    }

    private String word() {
        int found = Arrays.binarySearch(often, random.nextDouble() * often[WORDS - 1]);
        return word(found < 0 ? -found - 1 : found);
    }

    /// The words are of letters, so that none is the beginning of all others.
    private static String word(int number) {
        StringBuilder word = new StringBuilder("w");
        for (int rest = number + 26; rest > 0; rest /= 26) {
            word.append((char) ('a' + rest % 26));
        }
        return word.append('q').toString();
    }

    private Note note(int number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS_EACH; i++) {
            text.append(word()).append(' ');
        }
        String bank = number % 10 == 0 ? "work" : Note.USUAL_BANK;
        return new Note(bank, text + "n" + number, List.of("t" + number % 50), Map.of(), "bench");
    }

    /// Near to one of the topics, which the first word chooses.
    private float[] vector(String text) {
        Random own = new Random(text.hashCode());
        float[] topic = topics[Math.floorMod(text.split(" ", 2)[0].hashCode(), TOPICS)];
        float[] vector = topic.clone();
        for (int i = 0; i < dimension; i++) {
            vector[i] += (float) own.nextGaussian();
        }
        return vector;
    }

    private final class Vectors implements Embedder {
        @Override
        public String model() {
            return "bench";
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(MemorySearch.this::vector).toList();
        }
    }

    private void run(Path file, int count, int rounds) throws Exception {
        Vectors vectors = new Vectors();
        try (Database database = Database.at(file)) {
            Memory memory = new Memory(database, file, InstantSource.system(), vectors);
            long start = System.nanoTime();
            for (int from = 0; from < count; from += 500) {
                List<Note> notes = new ArrayList<>();
                for (int i = from; i < Math.min(count, from + 500); i++) {
                    notes.add(note(i));
                }
                memory.addAll(notes);
            }
            tell("added, 500 at once", "%,.0f notes/s", perSecond(count, start));
            start = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                memory.add(note(count + i));
            }
            tell("added, one by one", "%,.0f notes/s", perSecond(500, start));
            size("database, words alone", file);
            words("words", memory, rounds);
            start = System.nanoTime();
            embed(database, file, vectors);
            tell("embedded, the model's time apart", "%,.0f notes/s", perSecond(count, start));
        }
        size("database, " + dimension + " dimensions", file);
        try (Database database = Database.at(file)) {
            Memory memory = new Memory(database, file, InstantSource.system(), vectors);
            start("first search by meaning", memory);
            words("words", memory, rounds);
            meanings(memory, rounds);
        }
        memoryUse();
    }

    private static void embed(Database database, Path file, Embedder vectors) throws Exception {
        try (Embedding embedding =
                Embedding.start(database, file, vectors, reason -> System.err.println(reason))) {
            embedding.wake();
            while (embedding.progress().waiting() > 0) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private void start(String what, Memory memory) {
        long start = System.nanoTime();
        int found = memory.search(Scope.ALL, word(3), 10, Memory.By.MEANING).size();
        tell(what, "%.1f ms (%d found)", (System.nanoTime() - start) / 1e6, found);
    }

    private void words(String kind, Memory memory, int rounds) {
        Scope work = Scope.of("work");
        Scope tagged = new Scope(null, List.of("t7"), Map.of(), null);
        time(kind + ", common", memory, rounds, Scope.ALL, Memory.By.WORDS, i -> word(i % 10));
        time(
                kind + ", rare",
                memory,
                rounds,
                Scope.ALL,
                Memory.By.WORDS,
                i -> word(10_000 + i * 37 % 20_000));
        time(
                kind + ", a sentence",
                memory,
                rounds,
                Scope.ALL,
                Memory.By.WORDS,
                _ -> word() + " " + word() + " " + word() + " " + word() + " " + word());
        time(kind + ", common, a bank", memory, rounds, work, Memory.By.WORDS, i -> word(i % 10));
        time(kind + ", common, a tag", memory, rounds, tagged, Memory.By.WORDS, i -> word(i % 10));
        time(kind + ", in no note", memory, rounds, Scope.ALL, Memory.By.WORDS, i -> "zz" + i);
    }

    private void meanings(Memory memory, int rounds) {
        time("meaning, common", memory, rounds, Scope.ALL, Memory.By.MEANING, i -> word(i % 10));
        time(
                "meaning, a sentence",
                memory,
                rounds,
                Scope.ALL,
                Memory.By.MEANING,
                _ -> word() + " " + word() + " " + word() + " " + word() + " " + word());
        time(
                "meaning, in no note",
                memory,
                rounds,
                Scope.ALL,
                Memory.By.MEANING,
                i -> word(i) + " zz" + i);
        time(
                "meaning, a bank",
                memory,
                rounds,
                Scope.of("work"),
                Memory.By.MEANING,
                i -> word(i) + " zz" + i);
    }

    private interface Query {
        String of(int round);
    }

    private static void time(
            String what, Memory memory, int rounds, Scope scope, Memory.By by, Query query) {
        long[] nanos = new long[rounds];
        int found = 0;
        for (int i = 0; i < rounds; i++) {
            String asked = query.of(i);
            long start = System.nanoTime();
            found += memory.search(scope, asked, 10, by).size();
            nanos[i] = System.nanoTime() - start;
        }
        double cold = nanos[0] / 1e6;
        Arrays.sort(nanos);
        tell(
                what,
                "first %.1f ms, p50 %.1f ms, p99 %.1f ms (%.1f found)",
                cold,
                nanos[rounds / 2] / 1e6,
                nanos[(int) (rounds * 0.99)] / 1e6,
                (double) found / rounds);
    }

    private static double perSecond(int count, long start) {
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static void size(String what, Path file) throws IOException {
        tell(what, "%,.1f MB", Files.size(file) / 1e6);
    }

    private static void memoryUse() throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        tell(
                "heap after it, with what is kept for the next search",
                "%.0f MB",
                (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                    .forEach(line -> tell("process", "%s", line.replaceAll("\\s+", " ")));
        }
    }

    private static void tell(String what, String how, Object... values) {
        System.out.printf(Locale.ROOT, "%-48s %s%n", what, how.formatted(values));
    }
}
