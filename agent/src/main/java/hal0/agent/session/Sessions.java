package hal0.agent.session;

import hal0.home.AtomicFile;
import hal0.home.IoReason;
import hal0.home.error.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The sessions of a home: begins one, goes on with one, copies and deletes them.
///
/// **Shape** ids sort by the time at which their session began. **Errors** [SessionException].
/// **Threads** any. One object per folder and process, because file locks belong to the process.
public final class Sessions {
    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

    private final Path folder;
    private final InstantSource clock;

    /// Ids of the logs that are open here. A file must not be opened twice in one process: on
    /// POSIX, closing the second channel would give up the lock of the first.
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    public Sessions(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// What was said so far, and the log to go on with.
    public record Opened(Session session, SessionLog log) {}

    public InstantSource clock() {
        return clock;
    }

    /// The sessions on the disk, to be looked at.
    public StoredSessions stored() {
        return new StoredSessions(folder);
    }

    /// When the session of a folder in which something was said last broke off in the middle of a
    /// turn; empty where it ended as sessions do, where it is being led, and where there is none.
    public Optional<Instant> findCutOff(String cwd) {
        return stored().list(new StoredSessions.Wanted(cwd, false, 1)).sessions().stream()
                .findFirst()
                .filter(last -> isCutOff(last.id()))
                .map(SessionGlance::changed);
    }

    private boolean isCutOff(String id) {
        if (!held.add(id)) {
            return false;
        }
        try {
            return CutOff.within(stored().read(id).entries()) && !CutOff.isLed(file(id));
        } finally {
            held.remove(id);
        }
    }

    /// A new session. Nothing is written before its first entry.
    public SessionLog begin(String cwd, String provider, String model) {
        return begin(cwd, provider, model, null, null);
    }

    /// A new session led by the agent of that name, if any; `parent` is the session of which it
    /// does a task.
    public SessionLog begin(
            String cwd,
            String provider,
            String model,
            @Nullable String parent,
            @Nullable String agent) {
        Instant now = clock.instant();
        String id = newId(now);
        held.add(id);
        return SessionLog.unwritten(
                folder, new SessionHeader(id, cwd, provider, model, now, parent, null, agent));
    }

    /// Begins another session with the first `entries` entries of one, which stays as it is and may
    /// be open elsewhere; gives back the id of the new one.
    ///
    /// **Errors** [IllegalArgumentException] when there are not so many, or none is asked for.
    public String fork(String id, int entries) {
        Session source = stored().read(id);
        if (entries < 1 || entries > source.entries().size()) {
            throw new IllegalArgumentException(
                    "session %s has %d entries: there is nothing to copy before entry %d"
                            .formatted(id, source.entries().size(), entries));
        }
        Instant now = clock.instant();
        SessionHeader from = source.header();
        SessionHeader header =
                new SessionHeader(
                        newId(now),
                        from.cwd(),
                        from.provider(),
                        from.model(),
                        now,
                        null,
                        id,
                        from.agent());
        Path file = file(header.id());
        try {
            rewrite(file, new Session(header, source.entries().subList(0, entries)));
        } catch (IOException e) {
            throw new SessionException(ErrorKind.INTERNAL, String.valueOf(e.getMessage()), e);
        }
        return header.id();
    }

    /// Deletes a session and those that did tasks of it; gives back the ids of all. What
    /// checkpoints keep of files stays.
    ///
    /// **Errors** [SessionException] when one of them is open anywhere; then all are still there.
    public List<String> delete(String id) {
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(stored().tasksOf(id));
        List<FileChannel> locked = new ArrayList<>();
        List<String> claimed = new ArrayList<>();
        try {
            for (String each : ids) {
                claim(each);
                claimed.add(each);
                locked.add(lockedForDeletion(each));
            }
            for (String each : ids) {
                Files.delete(file(each));
            }
            return List.copyOf(ids);
        } catch (IOException e) {
            throw new SessionException(
                    ErrorKind.INTERNAL,
                    "session %s cannot be deleted: %s".formatted(id, IoReason.of(e)),
                    e);
        } finally {
            closeAll(locked);
            claimed.forEach(held::remove);
        }
    }

    private FileChannel lockedForDeletion(String id) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file(id), StandardOpenOption.WRITE);
        } catch (NoSuchFileException _) {
            throw missing(id);
        }
        if (channel.tryLock() == null) {
            channel.close();
            throw new SessionException(
                    ErrorKind.CONFIGURATION,
                    "session %s is open in another hal0: close it there, then delete it"
                            .formatted(id),
                    null);
        }
        return channel;
    }

    private static void closeAll(List<FileChannel> channels) {
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a deleted session did not close", e);
            }
        }
    }

    private void claim(String id) {
        if (!SessionLog.isId(id)) {
            throw missing(id);
        }
        if (!held.add(id)) {
            throw new SessionException(
                    ErrorKind.CONFIGURATION,
                    "session %s is open in this hal0 already".formatted(id),
                    null);
        }
    }

    /// The log is read-only when another process writes that session.
    public Opened resume(String id) {
        claim(id);
        boolean done = false;
        try {
            Opened opened = open(id);
            done = true;
            return opened;
        } catch (NoSuchFileException _) {
            throw missing(id);
        } catch (IOException e) {
            throw new SessionException(
                    ErrorKind.INTERNAL,
                    "session %s cannot be opened: %s".formatted(file(id), IoReason.of(e)),
                    e);
        } finally {
            if (!done) {
                held.remove(id);
            }
        }
    }

    /// Ends the writing of a log, so that others may go on with it.
    public void close(SessionLog log) {
        try {
            log.close();
        } finally {
            held.remove(log.id());
        }
    }

    private Opened open(String id) throws IOException {
        Path file = file(id);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            boolean ours = channel.tryLock() != null;
            SessionReader.Read read =
                    new SessionReader(file).read(Channels.newInputStream(channel));
            Session session = read.session().named(id);
            if (!ours) {
                return new Opened(session, SessionLog.readOnly(folder, session.header()));
            }
            if (read.format() == SessionFormat.CURRENT) {
                // What a crash left of a last line must not stand before the next one.
                channel.truncate(read.wholeBytes());
                kept = true;
                return new Opened(session, SessionLog.continued(folder, session.header(), channel));
            }
            rewrite(file, session);
        } finally {
            if (!kept) {
                channel.close();
            }
        }
        // The file is another one now, in the current format and with no lock on it yet.
        return open(id);
    }

    private static void rewrite(Path file, Session session) throws IOException {
        SessionWriter writer = new SessionWriter();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.write(writer.line(session.header()));
        for (SessionEntry entry : session.entries()) {
            lines.write(writer.line(entry));
        }
        AtomicFile.writePrivate(file, lines.toByteArray());
    }

    private Path file(String id) {
        return SessionLog.file(folder, id);
    }

    private SessionException missing(String id) {
        return new SessionException(
                ErrorKind.CONFIGURATION,
                "there is no session \"%s\" in %s".formatted(id, folder),
                null);
    }

    /// The time to the millisecond, and enough chance to tell sessions of one millisecond apart.
    private static String newId(Instant now) {
        String time =
                DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(now);
        String chance =
                Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36);
        return time + '-' + "0".repeat(4 - chance.length()) + chance;
    }
}
