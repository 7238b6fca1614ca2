package hal0.providers.script;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Provider;
import hal0.providers.dialect.Redaction;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.script.child.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One provider's script with its process, which is started when it is needed and again after it
/// was stopped.
///
/// **Shape** a version of the file that does not load is told once; the one before it stays in use.
/// What a script keeps in its variables lasts as long as its process. **Errors** [ScriptException],
/// [RefusedByScript]. **Threads** any; one caller at a time gets in.
final class RunningScript implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("hal0.providers.script");

    private static final Duration QUEUE = Duration.ofSeconds(30);
    private static final Duration FAILURE_GOOD_FOR = Duration.ofSeconds(10);
    private static final int LONGEST_LINE = 2000;

    /// What a script is told: the globals of `config`, and where it may go.
    ///
    /// **Shape** `shown` in no message: it holds the key.
    record Inputs(Provider provider, String type, String url, String key, List<String> allowHosts) {
        @Override
        public String toString() {
            return type + " for " + provider.id();
        }
    }

    private record Loaded(ScriptFile file, ScriptTable table) {}

    private record Failure(ScriptFile.@Nullable Stamp stamp, ScriptException why, long atNanos) {
        boolean stillHolds(ScriptFile.@Nullable Stamp now, boolean otherInUse) {
            boolean same = now == null ? stamp == null : now.equals(stamp);
            return same && (otherInUse || System.nanoTime() - atNanos < FAILURE_GOOD_FOR.toNanos());
        }
    }

    private final Inputs inputs;
    private final Supplier<ScriptFile.@Nullable Stamp> stamp;
    private final Supplier<ScriptFile> source;
    private final Transport transport;
    private final Redaction redaction;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable Failure failure;
    private @Nullable Child child;
    private boolean closed;

    /// `stamp` and `source` look at the file.
    RunningScript(
            Inputs inputs,
            Supplier<ScriptFile.@Nullable Stamp> stamp,
            Supplier<ScriptFile> source,
            Transport transport) {
        this.inputs = inputs;
        this.stamp = stamp;
        this.source = source;
        this.transport = transport;
        this.redaction = new Redaction(List.of(inputs.key()));
    }

    Inputs inputs() {
        return inputs;
    }

    /// What the script, as its file is now, says; loads it if it has changed.
    ScriptTable table() {
        Loaded now = loaded;
        if (now != null && isCurrent(now)) {
            return now.table;
        }
        enter();
        try {
            Loaded inside = loaded;
            return inside != null && isCurrent(inside) ? inside.table : load().table;
        } finally {
            leave();
        }
    }

    private boolean isCurrent(Loaded now) {
        ScriptFile.Stamp seen = stamp.get();
        Failure failed = failure;
        return now.file.stamp().equals(seen) || (failed != null && failed.stillHolds(seen, true));
    }

    /// Calls a hook with an argument, which is JSON, and gives its result, JSON too.
    byte[] call(String hook, byte @Nullable [] argument, CancelToken cancel) {
        enter();
        try {
            Loaded now = loaded;
            if (now == null) {
                now = load();
            }
            Frame question = new Frame(Frame.Kind.CALL, HookJson.call(hook, argument));
            return asked(now, hook, question, cancel);
        } finally {
            leave();
        }
    }

    private byte[] asked(Loaded now, String hook, Frame question, CancelToken cancel) {
        Child.Requests requests = requests(now.table.baseUrl(), cancel);
        try {
            Child running = child;
            if (running != null && running.isAlive()) {
                try {
                    return running.ask(question, requests);
                } catch (Child.Ended e) {
                    if (!e.isIdle()) {
                        throw e;
                    }
                    // It had just gone to sleep.
                }
            }
            return started(now.file).ask(question, requests);
        } catch (Child.Ended e) {
            stop();
            throw new ScriptException(
                    "%s: %s: %s".formatted(now.file.shown(), hook, e.getMessage()), e);
        } catch (RefusedByScript e) {
            throw new RefusedByScript(redaction.line(e.getMessage(), LONGEST_LINE));
        } catch (ScriptException e) {
            throw new ScriptException(placed(now.file.shown(), hook, e.getMessage()), e);
        }
    }

    /// `file:line: hook: what`, where the line is known.
    private String placed(String shown, String hook, String message) {
        String what = redaction.line(message, LONGEST_LINE);
        String place = shown;
        if (what.startsWith(shown + ":")) {
            int end = what.indexOf(": ", shown.length());
            place = end < 0 ? shown : what.substring(0, end);
            what = end < 0 ? what : what.substring(end + 2);
        }
        return hook.isEmpty()
                ? "%s: %s".formatted(place, what)
                : "%s: %s: %s".formatted(place, hook, what);
    }

    private Loaded load() {
        ScriptFile.Stamp seen = stamp.get();
        Failure before = failure;
        Loaded last = loaded;
        if (before != null && before.stillHolds(seen, last != null)) {
            if (last != null) {
                return last;
            }
            throw before.why;
        }
        try {
            Loaded fresh = fresh(last);
            failure = null;
            loaded = fresh;
            return fresh;
        } catch (ScriptException e) {
            failure = new Failure(seen, e, System.nanoTime());
            stop();
            if (last == null) {
                throw e;
            }
            LOG.log(WARNING, "{0}. The version before stays in use.", e.getMessage());
            return last;
        }
    }

    private Loaded fresh(@Nullable Loaded last) {
        ScriptFile file = source.get();
        if (last != null && last.file.sameSource(file)) {
            return new Loaded(file, last.table);
        }
        stop();
        ScriptTable table = ScriptTable.read(file.shown(), told(Child.start(), file));
        for (String warning : table.warnings()) {
            LOG.log(WARNING, "{0}", warning);
        }
        LOG.log(DEBUG, "{0} was loaded for {1}", file.shown(), inputs.provider().id());
        return new Loaded(file, table);
    }

    /// A process that has run the script, as the one before had.
    private Child started(ScriptFile file) {
        stop();
        Child fresh = Child.start();
        told(fresh, file);
        return fresh;
    }

    private byte[] told(Child fresh, ScriptFile file) {
        child = fresh;
        byte[] message =
                HookJson.write(json -> {
                    json.writeStringField("name", file.shown());
                    json.writeStringField("source", new String(file.source(), UTF_8));
                    json.writeObjectFieldStart("config");
                    json.writeStringField("name", inputs.provider().id());
                    json.writeStringField("url", inputs.url());
                    json.writeStringField("api_key", inputs.key());
                    json.writeEndObject();
                });
        try {
            return fresh.ask(
                    new Frame(Frame.Kind.LOAD, message), requests(inputs.url(), new CancelToken()));
        } catch (Child.Ended e) {
            throw new ScriptException("%s: %s".formatted(file.shown(), e.getMessage()), e);
        } catch (RefusedByScript | ScriptException e) {
            throw new ScriptException(placed(file.shown(), "", String.valueOf(e.getMessage())), e);
        }
    }

    private Child.Requests requests(String baseUrl, CancelToken cancel) {
        ScriptHttp http =
                new ScriptHttp(transport, inputs.provider(), baseUrl, inputs.allowHosts(), cancel);
        return new Child.Requests() {
            @Override
            public byte[] http(byte[] question) {
                return http.answer(question);
            }

            @Override
            public void log(String level, String text) {
                said(level, text);
            }
        };
    }

    private void said(String level, String text) {
        System.Logger.Level as =
                switch (level) {
                    case "error" -> ERROR;
                    case "warn" -> WARNING;
                    default -> INFO;
                };
        LOG.log(as, "{0}: {1}", inputs, redaction.line(text, LONGEST_LINE));
    }

    /// Forgets what did not load, so that it is tried again.
    void retry() {
        failure = null;
    }

    private void enter() {
        boolean in;
        try {
            in = lock.tryLock(QUEUE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptException("%s: interrupted while waiting for it".formatted(inputs), e);
        }
        if (!in) {
            throw new ScriptException(
                    "%s: it is busy with other requests for %d s"
                            .formatted(inputs, QUEUE.toSeconds()));
        }
    }

    /// Requests that were under way when the declaration changed are still answered.
    private void leave() {
        if (closed) {
            stop();
        }
        lock.unlock();
    }

    private void stop() {
        Child running = child;
        child = null;
        if (running != null) {
            running.close();
        }
    }

    /// Waits for who is inside.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            stop();
        } finally {
            lock.unlock();
        }
    }
}
