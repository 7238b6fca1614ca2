package hal0.agent.search;

import java.util.Arrays;

/// Names of files with what ranking them needs, in arrays that grow.
///
/// **Threads** one writer; a reader looks at no more than the `size` it read through the index.
final class Names {
    private String[] names;
    private String[] folded;
    private long[] letters;
    private int[] bases;
    private int size;

    Names() {
        this(1024);
    }

    private Names(int room) {
        names = new String[room];
        folded = new String[room];
        letters = new long[room];
        bases = new int[room];
    }

    int size() {
        return size;
    }

    void add(String name) {
        if (size == names.length) {
            // Readers keep the arrays that they have.
            names = Arrays.copyOf(names, size * 2);
            folded = Arrays.copyOf(folded, size * 2);
            letters = Arrays.copyOf(letters, size * 2);
            bases = Arrays.copyOf(bases, size * 2);
        }
        names[size] = name;
        folded[size] = Fuzzy.folded(name);
        bases[size] = name.lastIndexOf('/') + 1;
        letters[size] = Fuzzy.letters(folded[size]);
        size++;
    }

    Seen seen(boolean whole) {
        return new Seen(this, whole);
    }

    /// The names as they are at one time; only the same one is equal to it.
    static final class Seen {
        final String[] names;
        final String[] folded;
        final long[] letters;

        /// Where the last name of each begins.
        final int[] bases;

        final int size;
        final boolean whole;

        private Seen(Names of, boolean whole) {
            this.names = of.names;
            this.folded = of.folded;
            this.letters = of.letters;
            this.bases = of.bases;
            this.size = of.size;
            this.whole = whole;
        }
    }
}
