package hal0.home.ledger;

import hal0.home.IoReason;
import hal0.home.store.Database;
import hal0.home.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The queue of rows and the thread that writes them.
///
/// **Shape** the thread begins with what earlier processes left in their journals. **Threads**
/// `add`, `awaitWritten`, `health` and `close` any; the rest is the thread's.
final class LedgerWriter {
    static final int QUEUE = 10_000;

    private static final int BATCH = 5_000;
    private static final Duration LINGER = Duration.ofMillis(100);
    private static final Duration FULL_WAIT = Duration.ofMillis(100);
    private static final Duration LONG_WAIT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private sealed interface Item {
        record Row(Entry entry) implements Item {}

        /// Somebody waits until everything before it is written.
        record Mark(Ticket ticket) implements Item {}

        /// Only wakes the thread.
        record Wake() implements Item {}
    }

    /// What one waiting thread is told: done, or why not.
    private static final class Ticket {
        private final CountDownLatch told = new CountDownLatch(1);
        private volatile @Nullable StoreException failure;

        void tell(@Nullable StoreException why) {
            failure = why;
            told.countDown();
        }
    }

    private final Database database;
    private final @Nullable Journal journal;
    private final @Nullable Leftovers leftovers;
    private final Thread thread;
    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Semaphore hurry = new Semaphore(0); // somebody waits for what is in the queue
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean ended;

    private final List<Item> batch = new ArrayList<>();
    private Duration pause = Duration.ZERO; // longer than zero while the database fails
    private boolean leftoversWait;
    private boolean untidy;
    private volatile @Nullable String trouble;
    private volatile int waiting; // rows of a batch that failed

    LedgerWriter(Database database, @Nullable Journal journal, @Nullable Leftovers leftovers) {
        this.database = database;
        this.journal = journal;
        this.leftovers = leftovers;
        this.leftoversWait = leftovers != null;
        this.thread = Thread.ofPlatform().name("ledger").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void add(Entry entry) {
        Duration wait = entry.file() == null ? FULL_WAIT : Duration.ZERO;
        if ((isClosing() || !offered(new Item.Row(entry), wait)) && !entry.leftToFile()) {
            lose(isClosing() ? "it is closed" : "too many wait to be written");
        }
    }

    /// Waits until what was added before is written.
    ///
    /// **Errors** [StoreException] when an attempt to write it fails.
    void awaitWritten() {
        if (ended) {
            return;
        }
        Ticket ticket = new Ticket();
        boolean offered = offered(new Item.Mark(ticket), LONG_WAIT);
        hurry.release();
        if (!offered) {
            throw new StoreException("the usage ledger has too many rows waiting; try again");
        }
        try {
            ticket.told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the usage ledger", e);
        }
        StoreException failure = ticket.failure;
        if (failure != null) {
            throw new StoreException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private boolean offered(Item item, Duration wait) {
        try {
            boolean taken =
                    queue.offer(item) || queue.offer(item, wait.toNanos(), TimeUnit.NANOSECONDS);
            if (ended) {
                abandonQueue(null); // it came too late for the thread to see it
            }
            return taken;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Ledger.Health health() {
        return new Ledger.Health(trouble, queue.size() + waiting, lost.get());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /// Counts a lost row; the first one is logged at once, the sum at the end.
    private void lose(String why) {
        if (lost.getAndIncrement() == 0) {
            log().log(Level.ERROR, "usage ledger loses rows: {0}", why);
        }
    }

    /// Writes what waits and ends the thread.
    void close() {
        if (isClosing()) {
            return;
        }
        closing.countDown();
        hurry.release();
        if (!queue.offer(new Item.Wake())) {
            log().log(Level.DEBUG, "usage ledger is busy and will see that it is to end");
        }
        try {
            if (!thread.join(LONG_WAIT)) {
                log().log(Level.ERROR, "usage ledger is left while it still writes");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (lost.get() > 0) {
            log().log(Level.ERROR, "usage ledger lost {0} rows", lost.get());
        }
    }

    /// Asked for when there is something to say: the first logger of a process costs milliseconds,
    /// and most starts say nothing.
    private static Logger log() {
        return System.getLogger(SqlLedger.class.getName());
    }

    private void run() {
        StoreException failure = null;
        try {
            while (failure == null && !(isClosing() && queue.isEmpty() && batch.isEmpty())) {
                failure = step();
            }
        } catch (InterruptedException _) {
            log().log(Level.ERROR, "usage ledger was interrupted and stops");
        } catch (RuntimeException e) {
            log().log(Level.ERROR, "usage ledger stops by a fault of this program", e);
        } finally {
            ended = true;
            for (Item item : batch) {
                abandon(item, failure);
            }
            abandonQueue(failure);
            closeJournal();
        }
    }

    private void closeJournal() {
        try {
            if (journal != null) {
                journal.close();
            }
        } catch (IOException e) {
            log().log(Level.WARNING, "usage journal cannot be removed: {0}", IoReason.of(e));
        }
    }

    /// Writes one batch. Not null: it failed, and there is no time to try again.
    private @Nullable StoreException step() throws InterruptedException {
        if (batch.isEmpty() && !leftoversWait) {
            batch.add(queue.take());
            lingered();
        }
        queue.drainTo(batch, BATCH - batch.size());
        boolean last = isClosing();
        try {
            takeOver(); // first: who waits for what was recorded before waits for these too
            write();
            batch.clear();
            tidy();
            recovered();
            return null;
        } catch (StoreException e) {
            if (last) {
                return e;
            }
            failed(e);
            // A close ends the pause, and one more attempt is made then.
            if (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
            return null;
        }
    }

    /// Lets more rows come under load: the commit costs more than the rows, and pages of the table
    /// that are written once cost less than the same written for every few of them.
    private void lingered() throws InterruptedException {
        boolean busy = batch.getFirst() instanceof Item.Row && !queue.isEmpty();
        if (busy && hurry.tryAcquire(LINGER.toMillis(), TimeUnit.MILLISECONDS)) {
            hurry.drainPermits();
        }
    }

    private void write() {
        List<Entry> entries = new ArrayList<>();
        for (Item item : batch) {
            if (item instanceof Item.Row(var entry)) {
                entries.add(entry);
            }
        }
        insert(entries);
        entries.forEach(Entry::written);
        for (Item item : batch) {
            if (item instanceof Item.Mark(var ticket)) {
                ticket.tell(null);
            }
        }
    }

    private void insert(List<Entry> entries) {
        LedgerTable.insert(
                database, entries, e -> lose("a row cannot be written: " + e.getMessage()));
    }

    /// Writes what earlier processes left.
    private void takeOver() {
        if (!leftoversWait || leftovers == null) {
            return;
        }
        try {
            int rows = leftovers.write(database);
            if (rows > 0) {
                log().log(Level.INFO, "usage ledger took over {0} rows", rows);
            }
        } catch (IOException e) {
            // The next start tries again.
            log().log(Level.WARNING, "usage journal cannot be read: {0}", IoReason.of(e));
        }
        leftoversWait = false;
    }

    private void tidy() {
        try {
            if (journal != null) {
                journal.tidy(this::insert);
            }
            untidy = false;
        } catch (IOException e) {
            if (!untidy) {
                log().log(Level.WARNING, "usage journal cannot be tidied: {0}", IoReason.of(e));
            }
            untidy = true; // said once
        }
    }

    private void recovered() {
        if (!pause.isZero()) {
            log().log(Level.INFO, "usage ledger is written again");
            pause = Duration.ZERO;
            trouble = null;
            waiting = 0;
        }
    }

    private void failed(StoreException e) {
        if (pause.isZero()) {
            log().log(
                            Level.ERROR,
                            "usage ledger cannot be written, rows wait and are tried again: {0}",
                            e.getMessage());
            pause = FIRST_PAUSE;
        }
        trouble = e.getMessage();
        batch.removeIf(item -> refuse(item, e));
        waiting = batch.size();
        queue.removeIf(item -> refuse(item, e));
    }

    private static boolean refuse(Item item, @Nullable StoreException e) {
        if (item instanceof Item.Mark(var ticket)) {
            ticket.tell(e);
            return true;
        }
        return false;
    }

    private void abandonQueue(@Nullable StoreException why) {
        for (Item item = queue.poll(); item != null; item = queue.poll()) {
            abandon(item, why);
        }
    }

    private void abandon(Item item, @Nullable StoreException why) {
        if (!refuse(item, why) && item instanceof Item.Row(var entry) && !entry.leftToFile()) {
            lose(why == null ? "it is closed" : String.valueOf(why.getMessage()));
        }
    }
}
