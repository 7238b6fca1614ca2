package hal0.home.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A model whose vectors are the words of a text, where words of like meaning are one: enough to
/// have neighbours that share no word.
final class WordVectors implements Embedder {
    private static final Map<String, String> SAME =
            Map.of("car", "vehicle", "automobile", "vehicle", "puppy", "dog", "hound", "dog");

    volatile String model = "words";
    volatile int dimension = 384;
    volatile RuntimeException failure;
    volatile UnaryOperator<List<float[]>> spoil = vectors -> vectors;
    volatile Runnable before = () -> {};
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger texts = new AtomicInteger();
    final List<List<String>> asked = new ArrayList<>();

    @Override
    public String model() {
        return model;
    }

    @Override
    public List<float[]> embed(List<String> sent) {
        calls.incrementAndGet();
        synchronized (asked) {
            asked.add(List.copyOf(sent));
        }
        before.run();
        RuntimeException fault = failure;
        if (fault != null) {
            throw fault;
        }
        texts.addAndGet(sent.size());
        return spoil.apply(sent.stream().map(text -> vector(text, dimension)).toList());
    }

    static float[] vector(String text, int dimension) {
        float[] vector = new float[dimension];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            if (!word.isEmpty()) {
                String meaning = SAME.getOrDefault(word, word);
                vector[Math.floorMod(meaning.hashCode() * 31, dimension)] += 1;
            }
        }
        vector[0] += 0.01f; // a text of signs alone has a direction too
        return vector;
    }
}
