package hal0.relay.approval;

import static java.lang.System.Logger.Level.ERROR;

import hal0.relay.error.RelayException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where gated calls wait, and from where they are done when they are approved.
///
/// **Shape** at most [#MOST_WAITING] wait at once, an hour each; the last [#REMEMBERED] are told
/// of. Who asks for the very same again while it waits gets the one that waits. All of it is in
/// memory, and ends with this. **Errors** [RelayException]: 404 `approval.not_found`, 409
/// `approval.decided`, 429 `approval.too_many`. **Threads** any; news is told outside the lock.
public final class ApprovalDesk implements Approvals, AutoCloseable {
    /// How many calls may wait, of whoever.
    public static final int MOST_WAITING = 50;

    /// How many are kept, those that wait among them.
    public static final int REMEMBERED = 200;

    private static final System.Logger LOG = System.getLogger(ApprovalDesk.class.getName());
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ApprovalNews news;
    private final FailureWords words;
    private final InstantSource clock;
    private final Duration patience;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private boolean watched;

    /// One call; `action` does it once, and is let go of when nobody needs it any more.
    private record Call(Approval told, @Nullable Callable<String> action) {}

    public ApprovalDesk(ApprovalNews news, FailureWords words, InstantSource clock) {
        this(news, words, clock, PATIENCE);
    }

    /// `patience` is how long a call waits.
    ApprovalDesk(ApprovalNews news, FailureWords words, InstantSource clock, Duration patience) {
        this.news = news;
        this.words = words;
        this.clock = clock;
        this.patience = patience;
    }

    /// Keeps a call until somebody decides. `action` answers JSON; neither that, nor the message of
    /// what it throws, nor `arguments` holds a secret: all are shown.
    ///
    /// **Errors** 429 while too many wait.
    public Approval ask(
            String tool, String summary, String arguments, String asker, Callable<String> action) {
        expire();
        Approval asked;
        lock.lock();
        try {
            Optional<Approval> same = waitingLike(tool, arguments, asker);
            if (same.isPresent()) {
                return same.get();
            }
            requireRoom();
            Instant now = clock.instant();
            asked =
                    new Approval(
                            id(),
                            tool,
                            summary,
                            arguments,
                            asker,
                            now,
                            now.plus(patience),
                            Approval.State.WAITING,
                            null,
                            null,
                            null);
            calls.put(asked.id(), new Call(asked, action));
            forgetOldest();
            watch();
        } finally {
            lock.unlock();
        }
        news.waiting(asked);
        return asked;
    }

    private Optional<Approval> waitingLike(String tool, String arguments, String asker) {
        return calls.values().stream()
                .map(Call::told)
                .filter(Approval::isWaiting)
                .filter(told -> told.tool().equals(tool))
                .filter(told -> told.asker().equals(asker))
                .filter(told -> told.arguments().equals(arguments))
                .findFirst();
    }

    private void requireRoom() {
        long waiting = calls.values().stream().filter(call -> call.told().isWaiting()).count();
        if (waiting >= MOST_WAITING) {
            throw RelayException.later(
                    429,
                    "approval.too_many",
                    "%d calls wait for approval already; the owner decides them in the terminal, on the dashboard or with hal0 approvals"
                            .formatted(waiting),
                    Duration.ofMinutes(1));
        }
    }

    /// Those that are over go first: there are fewer than that which wait.
    private void forgetOldest() {
        Iterator<Call> oldest = calls.values().iterator();
        while (calls.size() > REMEMBERED && oldest.hasNext()) {
            if (oldest.next().told().isOver()) {
                oldest.remove();
            }
        }
    }

    private String id() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return "appr_" + HexFormat.of().formatHex(bytes);
    }

    @Override
    public List<Approval> list() {
        expire();
        lock.lock();
        try {
            List<Approval> all = new ArrayList<>(calls.values().stream().map(Call::told).toList());
            all.sort(
                    Comparator.comparing((Approval told) -> !told.isWaiting())
                            .thenComparing(Approval::askedAt, Comparator.reverseOrder()));
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Approval> find(String id) {
        expire();
        lock.lock();
        try {
            return Optional.ofNullable(calls.get(id)).map(Call::told);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Approval decide(String id, boolean approve, String who) {
        expire();
        Approval decided;
        Callable<String> action;
        lock.lock();
        try {
            Call call = waiting(id);
            Approval.State next = approve ? Approval.State.RUNNING : Approval.State.DENIED;
            decided = call.told().decided(next, who, clock.instant());
            action = call.action();
            calls.put(id, new Call(decided, null));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        news.decided(decided);
        if (approve && action != null) {
            Thread.ofVirtual().name("approved-" + id).start(() -> carryOut(decided, action));
        }
        return decided;
    }

    private Call waiting(String id) {
        Call call = calls.get(id);
        if (call == null) {
            throw unknown();
        }
        if (!call.told().isWaiting()) {
            throw RelayException.of(
                    409,
                    "approval.decided",
                    "the call of %s does not wait any more: it is %s"
                            .formatted(call.told().tool(), call.told().state().word()));
        }
        return call;
    }

    /// Of an id that is not known, or is no more.
    public static RelayException unknown() {
        return RelayException.of(
                404,
                "approval.not_found",
                "there is no such approval; what waited for one ends with the hal0 that it waits in: call the tool again");
    }

    private void carryOut(Approval approved, Callable<String> action) {
        // What nobody foresaw, an Error of the machine, is its end too: nobody is left to wait.
        Approval ended = approved.ended(Approval.State.FAILED, fault(approved));
        try {
            ended = approved.ended(Approval.State.DONE, Outcome.bounded(action.call()));
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            ended = approved.ended(Approval.State.FAILED, reason(approved, e));
        } catch (Error e) {
            noteFault(approved, e);
            throw e;
        } finally {
            end(ended);
        }
    }

    private void end(Approval ended) {
        lock.lock();
        try {
            calls.replace(ended.id(), new Call(ended, null));
        } finally {
            lock.unlock();
        }
        news.ended(ended);
    }

    private String reason(Approval approved, Exception failure) {
        Optional<String> told = words.of(failure);
        if (told.isEmpty()) {
            noteFault(approved, failure);
        }
        return Outcome.cut(told.orElseGet(() -> fault(approved)));
    }

    private static void noteFault(Approval approved, Throwable fault) {
        LOG.log(ERROR, "the approved call " + approved.id() + " failed in hal0", fault);
    }

    private static String fault(Approval approved) {
        return "a fault in hal0; its log has the approval " + approved.id();
    }

    /// Ends what waits. It is not kept for the next process: that does not know who asked, and the
    /// home may have changed when somebody decides; whoever still wants it asks again.
    @Override
    public void close() {
        expire(_ -> true, "hal0 was stopped before anybody decided; call the tool again");
    }

    /// Calls of whoever nobody answered in time.
    private void expire() {
        Instant now = clock.instant();
        expire(told -> !told.expiresAt().isAfter(now), null);
    }

    private void expire(Predicate<Approval> due, @Nullable String why) {
        List<Approval> expired = new ArrayList<>();
        lock.lock();
        try {
            calls.replaceAll((_, call) -> {
                if (!call.told().isWaiting() || !due.test(call.told())) {
                    return call;
                }
                Approval over = call.told().ended(Approval.State.EXPIRED, why);
                expired.add(over);
                return new Call(over, null);
            });
            if (!expired.isEmpty()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        expired.forEach(news::ended);
    }

    /// Who looks at nothing hears of the end all the same: a thread waits for it while any call
    /// waits.
    private void watch() {
        if (!watched) {
            watched = true;
            Thread.ofVirtual().name("approval-clock").start(this::untilNoneWaits);
        }
    }

    private void untilNoneWaits() {
        try {
            while (isNextDue()) {
                expire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until a call is due; false when none waits any more.
    private boolean isNextDue() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (Optional<Instant> next = next(); next.isPresent(); next = next()) {
                long nanos = Duration.between(clock.instant(), next.get()).toNanos();
                if (nanos <= 0) {
                    return true;
                }
                var _ = changed.awaitNanos(nanos);
            }
            watched = false;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Instant> next() {
        return calls.values().stream()
                .map(Call::told)
                .filter(Approval::isWaiting)
                .map(Approval::expiresAt)
                .min(Comparator.naturalOrder());
    }
}
