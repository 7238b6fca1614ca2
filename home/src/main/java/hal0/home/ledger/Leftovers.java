package hal0.home.ledger;

import static java.lang.System.Logger.Level.ERROR;

import hal0.home.store.Database;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Journals of processes that ended before their rows stood in the database.
///
/// **Shape** a file that is locked belongs to a process that lives. Two that read one file at once
/// do no harm: a row's id makes it one row. **Threads** any.
public final class Leftovers {
    /// Far longer than a living process needs to give a new file its name.
    private static final Duration UNNAMED = Duration.ofMinutes(1);

    private final Path folder;

    /// What lies in a journal folder, which need not be there.
    public Leftovers(Path folder) {
        this.folder = folder;
    }

    /// A name for the files of one ledger of this process, which no other process has: numbers of
    /// processes come again, in a container each time.
    static String ownName() {
        byte[] random = new byte[4];
        ThreadLocalRandom.current().nextBytes(random);
        return process() + HexFormat.of().formatHex(random);
    }

    private static String process() {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElse(Instant.EPOCH);
        return self.pid() + "-" + started.toEpochMilli() + "-";
    }

    /// Writes their rows to the database and removes the files; returns how many rows there were.
    ///
    /// **Errors** [hal0.home.store.StoreException]: then the files stay; [IOException].
    public int write(Database database) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int rows = 0;
        for (Path file : files()) {
            rows += write(file, database);
        }
        removeUnnamed();
        return rows;
    }

    /// Files whose process was killed before they had a name: no row ever stood in them.
    private void removeUnnamed() throws IOException {
        Instant before = Instant.now().minus(UNNAMED);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(JournalFile::isUnnamed).toList()) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException _) {
                    // It has its name now, or another process was faster.
                }
            }
        }
    }

    /// Those of this process are left out by name: opening and closing one would end its lock.
    private List<Path> files() throws IOException {
        String own = process();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> {
                                String name = String.valueOf(file.getFileName());
                                return name.endsWith(JournalFile.SUFFIX) && !name.startsWith(own);
                            })
                    .sorted()
                    .toList();
        }
    }

    private static int write(Path file, Database database) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (isOfALivingProcess(channel)) {
                return 0;
            }
            List<Entry> rows = JournalFile.rows(file);
            LedgerTable.insert(database, rows, Leftovers::unfit);
            Files.deleteIfExists(file);
            return rows.size();
        } catch (NoSuchFileException _) {
            return 0; // another process was faster
        }
    }

    /// Takes the lock where it is free, until the channel is closed.
    private static boolean isOfALivingProcess(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException _) {
            // Another thread of this process takes the rows over just now. Who came second may be
            // about to add them up, so it writes them too and does not wait.
            return false;
        }
    }

    private static void unfit(RuntimeException why) {
        System.getLogger(SqlLedger.class.getName())
                .log(ERROR, "usage ledger lost a row of an earlier process: {0}", why.getMessage());
    }
}
