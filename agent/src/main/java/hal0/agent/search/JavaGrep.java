package hal0.agent.search;

import hal0.agent.search.GrepFound.FileHits;
import hal0.agent.tool.ToolException;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Searches on all processors, with nothing but what hal0 brings.
final class JavaGrep implements Grep {
    private final Workspace workspace;

    JavaGrep(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public GrepFound search(GrepRequest request, CancelToken cancel) {
        LinePattern pattern = LinePattern.of(request.regex(), request.ignoreCase());
        Run run = new Run(pattern, request, cancel);
        if (request.place().folder()) {
            new Walker(workspace.root(), request.hidden())
                    .walk(request.place().start(), run::look, run::isOver);
        } else {
            run.lookAtStart();
        }
        return run.result();
    }

    /// One search. **Threads** `look` from many.
    private static final class Run {
        private final GrepRequest request;
        private final CancelToken cancel;
        private final long deadline = System.nanoTime() + LONGEST.toNanos();
        private final ThreadLocal<FileSearch> searches;
        private final List<FileHits> hits = Collections.synchronizedList(new ArrayList<>());
        private final AtomicLong found = new AtomicLong();
        private final AtomicInteger unreadable = new AtomicInteger();
        private final AtomicReference<@Nullable String> refusedAt = new AtomicReference<>();
        private volatile @Nullable String stopped;

        Run(LinePattern pattern, GrepRequest request, CancelToken cancel) {
            this.request = request;
            this.cancel = cancel;
            this.searches =
                    ThreadLocal.withInitial(() -> new FileSearch(pattern, request, this::isOver));
        }

        boolean isOver() {
            if (stopped == null && System.nanoTime() > deadline) {
                stopped = TOO_LONG;
            }
            return stopped != null || cancel.isCancelled();
        }

        void lookAtStart() {
            try {
                long size = Files.size(request.place().start());
                look(new Walker.Found(request.place().start(), "", size, 0));
            } catch (IOException _) {
                unreadable.incrementAndGet();
            }
            if (unreadable.get() > 0) {
                throw new ToolException(request.place().name() + " cannot be read");
            }
        }

        void look(Walker.Found file) {
            if (!request.wants(file.name())) {
                return;
            }
            try {
                FileHits in = searches.get().search(file.path(), file.name(), file.size());
                if (in != null) {
                    keep(in);
                }
            } catch (IOException _) {
                unreadable.incrementAndGet(); // not ours to read, or gone since it was listed
            } catch (BoundedLine.TooManySteps _) {
                refusedAt.compareAndSet(null, request.place().named(file.name()));
                stopped = "";
            }
        }

        private void keep(FileHits in) {
            hits.add(in);
            long more = request.mode() == GrepRequest.Mode.LINES ? in.count() : 1;
            if (found.addAndGet(more) >= MOST_FOUND) {
                stopped = ENOUGH;
            }
        }

        GrepFound result() {
            String where = refusedAt.get();
            if (where != null) {
                throw new ToolException(
                        "the pattern tries too many ways in "
                                + where
                                + "; write it without a repetition inside a repetition");
            }
            if (cancel.isCancelled()) {
                throw new ToolException("cancelled");
            }
            List<FileHits> sorted = new ArrayList<>(hits);
            sorted.sort(Comparator.comparing(FileHits::name));
            return new GrepFound(sorted, stopped);
        }
    }
}
