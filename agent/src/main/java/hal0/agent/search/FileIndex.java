package hal0.agent.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The names of all files of a workspace, found in the background and ranked by what is typed.
///
/// **Shape** what git ignores and what is hidden is not in it; while it is read, finding works with
/// what is there. **Threads** any; one walk at a time.
public final class FileIndex implements AutoCloseable {
    /// After so many names more, readers are told.
    private static final int TELL_EVERY = 4096;

    private static final Names.Seen EMPTY = new Names().seen(false);

    private final Path root;
    private final Object lock = new Object();
    private final AtomicReference<@Nullable Found> last = new AtomicReference<>();
    private volatile Names.Seen seen = EMPTY;
    private volatile Runnable changed = () -> {};
    private volatile boolean closed;
    private boolean walking;

    /// **Shape** nothing is read before [#refresh].
    public FileIndex(Path root) {
        this.root = root;
    }

    /// What was found for letters that were typed: if more are typed, only this needs a look.
    private record Found(Names.Seen in, String typed, int[] fitting) {}

    private record Ranked(int score, String name) {}

    /// The worse first.
    private static final Comparator<Ranked> WORSE =
            Comparator.comparingInt(Ranked::score)
                    .thenComparing(Ranked::name, Comparator.reverseOrder());

    /// Calls `listener` when there are more names, and when all are there; from the walk's threads.
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /// Reads the names anew without waiting; those of before stay until all are read.
    public void refresh() {
        synchronized (lock) {
            if (walking || closed) {
                return;
            }
            walking = true;
        }
        Thread.ofVirtual().name("file-index").start(this::walk);
    }

    private void walk() {
        Names names = new Names();
        try {
            boolean first = seen.size == 0;
            new Walker(root, false)
                    .walk(
                            root,
                            found -> {
                                synchronized (names) {
                                    names.add(found.name());
                                    if (first && names.size() % TELL_EVERY == 0) {
                                        tell(names.seen(false));
                                    }
                                }
                            },
                            () -> closed);
        } finally {
            // Before the end is told: who hears of it may want the names read anew.
            synchronized (lock) {
                walking = false;
            }
        }
        synchronized (names) {
            tell(names.seen(true));
        }
    }

    private void tell(Names.Seen now) {
        seen = now;
        changed.run();
    }

    /// How many names there are.
    public int size() {
        return seen.size;
    }

    /// Whether the walk has come to its end once.
    public boolean isWhole() {
        return seen.whole;
    }

    /// The names that fit what was typed, the best first, at most `limit`.
    public List<String> find(String typed, int limit) {
        Names.Seen in = seen;
        String letters = Fuzzy.folded(typed.replace(" ", "")).toLowerCase(Locale.ROOT);
        PriorityQueue<Ranked> best = new PriorityQueue<>(WORSE);
        int[] fitting = rank(in, letters, limit, best);
        if (!letters.isEmpty()) {
            last.set(new Found(in, letters, fitting));
        }
        List<Ranked> ranked = new ArrayList<>(best);
        ranked.sort(WORSE.reversed());
        return ranked.stream().map(Ranked::name).toList();
    }

    private int[] rank(Names.Seen in, String typed, int limit, PriorityQueue<Ranked> best) {
        Found before = last.get();
        boolean narrower = before != null && before.in == in && typed.startsWith(before.typed);
        int[] from = narrower && before != null ? before.fitting : null;
        int many = from == null ? in.size : from.length;
        int[] fitting = new int[many];
        int fit = 0;
        long letters = Fuzzy.letters(typed);
        for (int i = 0; i < many; i++) {
            int at = from == null ? i : from[i];
            if ((in.letters[at] & letters) != letters) {
                continue;
            }
            String name = in.names[at];
            Ranked last = best.size() == limit ? best.peek() : null;
            int score = score(in, at, typed, last == null ? Fuzzy.NONE : last.score);
            if (score == Fuzzy.NONE) {
                continue;
            }
            fitting[fit++] = at;
            if (best.size() == limit && worse(score, name, best.peek())) {
                continue;
            }
            best.add(new Ranked(score, name));
            if (best.size() > limit) {
                best.poll();
            }
        }
        return Arrays.copyOf(fitting, fit);
    }

    /// As [#WORSE] says, of what is not worth making yet.
    private static boolean worse(int score, String name, @Nullable Ranked than) {
        return than == null
                || score < than.score
                || (score == than.score && name.compareTo(than.name) > 0);
    }

    private static int score(Names.Seen in, int at, String typed, int enough) {
        String name = in.names[at];
        return typed.isEmpty()
                ? -name.length()
                : Fuzzy.score(name, in.folded[at], in.bases[at], typed, enough);
    }

    /// Ends a walk that goes on.
    @Override
    public void close() {
        closed = true;
    }
}
