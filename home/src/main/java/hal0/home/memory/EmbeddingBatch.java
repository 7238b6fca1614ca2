package hal0.home.memory;

import hal0.home.memory.VectorTable.Waiting;
import hal0.home.store.Database;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for the vectors of some notes, and what becomes of them.
///
/// **Shape** what a model refuses together is asked for in halves, down to the one that it refuses,
/// which is cut short and in the end goes without a vector. **Threads** one.
final class EmbeddingBatch {
    private static final int MOST = 64;
    private static final int MOST_CHARACTERS = 64_000;

    /// What a model reads of a text, more and less generous: many read no more than 512 tokens.
    private static final int[] CUTS = {8_000, 1_200};

    private static final int MOST_DIMENSIONS = 16_384;

    private final Database database;
    private final Embedder embedder;
    private final String model;

    EmbeddingBatch(Database database, Embedder embedder, String model) {
        this.database = database;
        this.embedder = embedder;
        this.model = model;
    }

    /// Whether there was something to do, so that there may be more.
    ///
    /// **Errors** [EmbedderException] when the model cannot be asked, or answers what is no use.
    boolean run() {
        List<Waiting> waiting =
                bounded(
                        database.read(c ->
                                VectorTable.waiting(c, VectorTable.latestModel(c, model), MOST)));
        if (waiting.isEmpty()) {
            return false;
        }
        ask(waiting, 0);
        return true;
    }

    private static List<Waiting> bounded(List<Waiting> waiting) {
        int characters = 0;
        int count = 0;
        for (Waiting each : waiting) {
            characters += Math.min(CUTS[0], each.text().length());
            if (count > 0 && characters > MOST_CHARACTERS) {
                break;
            }
            count++;
        }
        return waiting.subList(0, count);
    }

    private void ask(List<Waiting> items, int cut) {
        try {
            keep(items, embedder.embed(items.stream().map(item -> cut(item.text(), cut)).toList()));
        } catch (EmbedderException e) {
            if (!e.isRefused()) {
                throw e;
            }
            if (items.size() > 1) {
                int half = items.size() / 2;
                ask(items.subList(0, half), cut);
                ask(items.subList(half, items.size()), cut);
            } else {
                refused(items.getFirst(), cut, e);
            }
        }
    }

    private void refused(Waiting item, int cut, EmbedderException e) {
        int next = cut + 1;
        if (next < CUTS.length && item.text().length() > CUTS[next]) {
            ask(List.of(item), next);
            return;
        }
        long known = database.read(c -> VectorTable.latestModel(c, model));
        if (known == 0) {
            // It has taken no text yet: the fault may be the request's.
            throw EmbedderException.unavailable(String.valueOf(e.getMessage()), e);
        }
        write(List.of(item), known, List.of(new byte[0]));
    }

    private static String cut(String text, int cut) {
        int length = CUTS[cut];
        if (text.length() <= length) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private void keep(List<Waiting> items, List<float[]> vectors) {
        int dimension = dimension(items, vectors);
        List<byte[]> directions = new ArrayList<>();
        @Nullable String fault = null;
        for (float[] vector : vectors) {
            try {
                directions.add(Direction.of(vector));
            } catch (IllegalArgumentException e) {
                directions.add(new byte[0]);
                fault = e.getMessage();
            }
        }
        if (directions.stream().allMatch(direction -> direction.length == 0)) {
            throw unusable(String.valueOf(fault));
        }
        write(items, known(dimension), directions);
    }

    private int dimension(List<Waiting> items, List<float[]> vectors) {
        if (vectors.size() != items.size()) {
            throw unusable(
                    "%d texts were sent and %d vectors came back"
                            .formatted(items.size(), vectors.size()));
        }
        int dimension = vectors.getFirst().length;
        if (vectors.stream().anyMatch(vector -> vector.length != dimension)) {
            throw unusable("its vectors differ in length");
        }
        if (dimension == 0 || dimension > MOST_DIMENSIONS) {
            throw unusable(
                    "its vectors have %d numbers; 1 to %d can be kept"
                            .formatted(dimension, MOST_DIMENSIONS));
        }
        return dimension;
    }

    private EmbedderException unusable(String reason) {
        return EmbedderException.unavailable(
                "the embeddings of %s cannot be used: %s".formatted(model, reason), null);
    }

    /// The model's number. Another number of dimensions is another model, once: who goes to and fro
    /// between two would have all notes embedded for ever.
    private long known(int dimension) {
        return database.write(connection -> {
            long known = VectorTable.model(connection, model, dimension);
            long latest = VectorTable.latestModel(connection, model);
            if (known == 0) {
                return VectorTable.addModel(connection, model, dimension);
            }
            if (known != latest) {
                throw unusable(
                        "their length changes to and fro; name one model that stays the same"
                                + " ([memory] embed in config.toml)");
            }
            return known;
        });
    }

    /// An empty direction stands for none.
    private void write(List<Waiting> items, long known, List<byte[]> directions) {
        database.write(connection -> {
            for (int i = 0; i < items.size(); i++) {
                byte[] direction = directions.get(i);
                VectorTable.keep(
                        connection, items.get(i), known, direction.length == 0 ? null : direction);
            }
            return items.size();
        });
    }
}
