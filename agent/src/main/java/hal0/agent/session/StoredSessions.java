package hal0.agent.session;

import hal0.home.IoReason;
import hal0.home.error.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The sessions on the disk, looked at without opening one to go on with it.
///
/// **Shape** newest first, by when something was said last. **Errors** [SessionException].
/// **Threads** any.
public final class StoredSessions {
    /// What stands for the session of a folder in which something was said last.
    public static final String LAST = "last";

    private static final int NAMED = 5;

    private final Path folder;

    StoredSessions(Path folder) {
        this.folder = folder;
    }

    /// Which sessions are wanted: of that folder unless null, with those that do tasks of others or
    /// without, and at most so many, 0 for all.
    public record Wanted(@Nullable String cwd, boolean tasks, int most) {
        public static final Wanted ALL = new Wanted(null, true, 0);

        boolean wants(SessionHeader header) {
            return (cwd == null || cwd.equals(header.cwd())) && (tasks || header.parent() == null);
        }
    }

    /// Sessions, and what is wrong with files that are none.
    public record Listed(List<SessionGlance> sessions, List<String> problems) {
        public Listed {
            sessions = List.copyOf(sessions);
            problems = List.copyOf(problems);
        }
    }

    /// Words as they stand in a session; `entry` is the number of the entry, `who` one of `user`,
    /// `assistant`, `tool`, `hook` and `hal0`.
    public record Found(String id, int entry, Instant at, String who, String excerpt) {}

    /// What was found, and what is wrong with files that could not be searched.
    public record Search(List<Found> found, List<String> problems) {
        public Search {
            found = List.copyOf(found);
            problems = List.copyOf(problems);
        }
    }

    public Listed list(Wanted wanted) {
        FileLines lines = new FileLines(InputStream.nullInputStream());
        List<SessionGlance> sessions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files()) {
            try {
                SessionGlance glance = Glancing.at(file, lines);
                if (wanted.wants(glance.header())) {
                    sessions.add(glance);
                }
            } catch (NoSuchFileException _) {
                continue; // deleted meanwhile
            } catch (SessionException e) {
                problems.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                problems.add(unreadable(file, e).getMessage());
            }
            if (sessions.size() == wanted.most() && wanted.most() > 0) {
                break;
            }
        }
        return new Listed(sessions, problems);
    }

    /// The session of a folder in which something was said last.
    public Optional<String> findLatest(String cwd) {
        return list(new Wanted(cwd, false, 1)).sessions().stream()
                .map(SessionGlance::id)
                .findFirst();
    }

    /// The id that is meant in the folder `here` by an id, its beginning, its end or [#LAST].
    public String find(String named, Path here) {
        if (named.equals(LAST)) {
            String cwd = real(here);
            return findLatest(cwd)
                    .orElseThrow(() ->
                            refused(
                                    "there is no session of %s; name one, as hal0 sessions list shows them"
                                            .formatted(cwd)));
        }
        List<String> ids = files().stream().map(Glancing::id).toList();
        if (ids.contains(named)) {
            return named;
        }
        List<String> fitting =
                ids.stream()
                        .filter(id -> !named.isEmpty())
                        .filter(id -> id.startsWith(named) || id.endsWith(named))
                        .toList();
        if (fitting.isEmpty()) {
            throw refused(
                    "there is no session \"%s\" in %s; `hal0 sessions list` shows what there is"
                            .formatted(named, folder));
        }
        if (fitting.size() > 1) {
            throw refused(
                    "\"%s\" fits %d sessions: %s%s; write more of the id"
                            .formatted(
                                    named,
                                    fitting.size(),
                                    String.join(", ", fitting.stream().limit(NAMED).toList()),
                                    fitting.size() > NAMED ? ", …" : ""));
        }
        return fitting.getFirst();
    }

    private static String real(Path here) {
        try {
            return here.toRealPath().toString();
        } catch (IOException _) {
            return here.toAbsolutePath().toString(); // then no session was led there either
        }
    }

    /// What a session says, whoever writes it.
    public Session read(String id) {
        if (!SessionLog.isId(id)) {
            throw refused(
                    "there is no session \"%s\" in %s; `hal0 sessions list` shows what there is"
                            .formatted(id, folder));
        }
        Path file = SessionLog.file(folder, id);
        try (InputStream in = Files.newInputStream(file)) {
            return new SessionReader(file).read(in).session().named(id);
        } catch (NoSuchFileException _) {
            throw refused(
                    "there is no session \"%s\" in %s; `hal0 sessions list` shows what there is"
                            .formatted(id, folder));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// Where words stand, at most so many times, 0 for all; case and the kind of white space do not
    /// matter.
    public Search search(String words, int most) {
        FileLines lines = new FileLines(InputStream.nullInputStream());
        SessionSearch search = new SessionSearch(words);
        List<Found> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files()) {
            try {
                for (SessionSearch.Hit hit : search.in(file, lines)) {
                    found.add(
                            new Found(
                                    Glancing.id(file),
                                    hit.entry(),
                                    hit.at(),
                                    hit.who(),
                                    hit.excerpt()));
                }
            } catch (NoSuchFileException _) {
                continue; // deleted meanwhile
            } catch (SessionException e) {
                problems.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                problems.add(unreadable(file, e).getMessage());
            }
            if (most > 0 && found.size() >= most) {
                return new Search(found.subList(0, most), problems);
            }
        }
        return new Search(found, problems);
    }

    /// The ids of those that do tasks of a session, and of theirs.
    List<String> tasksOf(String id) {
        FileLines lines = new FileLines(InputStream.nullInputStream());
        Map<String, String> parents = new HashMap<>();
        for (Path file : files()) {
            try (InputStream in = Files.newInputStream(file)) {
                lines.begin(in);
                String parent = new SessionReader(file).head(lines).header().parent();
                if (parent != null) {
                    parents.put(Glancing.id(file), parent);
                }
            } catch (IOException | SessionException _) {
                // What cannot be read belongs to nobody.
            }
        }
        Set<String> tasks = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            String parent = open.pop();
            parents.forEach((task, of) -> {
                if (of.equals(parent) && !task.equals(id) && tasks.add(task)) {
                    open.push(task);
                }
            });
        }
        return List.copyOf(tasks);
    }

    private record Dated(Path file, FileTime time) {}

    private List<Path> files() {
        List<Dated> dated = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(StoredSessions::isSession).toList()) {
                try {
                    dated.add(new Dated(file, Files.getLastModifiedTime(file)));
                } catch (NoSuchFileException _) {
                    // deleted meanwhile
                }
            }
        } catch (NoSuchFileException _) {
            return List.of(); // nothing was ever said here
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return dated.stream()
                .sorted(
                        Comparator.comparing(Dated::time)
                                .thenComparing(each -> each.file().getFileName())
                                .reversed())
                .map(Dated::file)
                .toList();
    }

    private static boolean isSession(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jsonl") && !name.startsWith(".");
    }

    private static SessionException refused(String message) {
        return new SessionException(ErrorKind.CONFIGURATION, message, null);
    }

    private static SessionException unreadable(Path file, IOException e) {
        return new SessionException(
                ErrorKind.INTERNAL, "%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
    }
}
