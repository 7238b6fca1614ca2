package hal0.slots.process;

import hal0.slots.process.ProcessTable.Entry;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.Running;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what this home has started, from the files that it left and from what runs.
///
/// **Shape** `state/NAME/process.json` per slot. A start whose relay died before it wrote the file
/// is found by the marks in its environment; one whose environment may not be read, by its file.
final class ProcessFinder {
    private static final System.Logger LOG = System.getLogger(ProcessFinder.class.getName());

    private final ProcessTable table;
    private final Path state;
    private final HomeMark home;

    ProcessFinder(ProcessTable table, Path state, HomeMark home) {
        this.table = table;
        this.state = state;
        this.home = home;
    }

    Path file(String slot) {
        return state.resolve(slot).resolve("process.json");
    }

    /// Each start once: first those of the files, running or not.
    List<ProcessRecord> all() {
        Map<String, ProcessRecord> found = new HashMap<>();
        List<ProcessRecord> result = new ArrayList<>();
        for (ProcessRecord record : written()) {
            found.put(record.launch(), record);
            result.add(record);
        }
        for (ProcessRecord record : marked()) {
            if (found.putIfAbsent(record.launch(), record) == null) {
                result.add(record);
            }
        }
        return result;
    }

    private List<ProcessRecord> written() {
        List<ProcessRecord> records = new ArrayList<>();
        if (!Files.isDirectory(state)) {
            return records;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(state)) {
            for (Path folder : folders) {
                String slot = String.valueOf(folder.getFileName());
                read(slot).ifPresent(records::add);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "folder {0} cannot be read: {1}", state, e.getMessage());
        }
        return records;
    }

    private Optional<ProcessRecord> read(String slot) {
        Path file = file(slot);
        Optional<ProcessRecord> record =
                ProcessRecord.read(file).filter(one -> one.slot().equals(slot));
        if (record.isEmpty() && Files.exists(file)) {
            LOG.log(Level.WARNING, "{0} is damaged; what runs is asked instead", file);
        }
        return record;
    }

    /// Of what bears our marks, the one that leads its session stands for the rest; without it, the
    /// oldest.
    private List<ProcessRecord> marked() {
        Map<String, ProcessRecord> found = new HashMap<>();
        for (Entry entry : table.all()) {
            Map<String, String> marks = table.environment(entry.pid());
            String launch = marks.getOrDefault(Marks.LAUNCH, "");
            if (launch.isEmpty() || !home.text().equals(marks.get(Marks.HOME))) {
                continue;
            }
            ProcessRecord record = ProcessRecord.of(table, entry, marks);
            found.merge(launch, record, (a, b) -> leads(a, b) ? a : b);
        }
        return List.copyOf(found.values());
    }

    private boolean leads(ProcessRecord a, ProcessRecord b) {
        return leadsSession(a) == leadsSession(b) ? a.started() <= b.started() : leadsSession(a);
    }

    private boolean leadsSession(ProcessRecord record) {
        return table.find(record.pid()).filter(entry -> entry.session() == entry.pid()).isPresent();
    }

    @Nullable ProcessRecord find(Running running) {
        Optional<ProcessRecord> written =
                read(running.slot()).filter(record -> record.id().equals(running.id()));
        return written.or(() ->
                        marked().stream()
                                .filter(record -> record.id().equals(running.id()))
                                .findFirst())
                .orElse(null);
    }

    /// Removes its file, unless that is about a later start already.
    void forget(ProcessRecord record) {
        Path file = file(record.slot());
        try {
            if (read(record.slot()).filter(one -> !one.id().equals(record.id())).isEmpty()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be removed: {1}", file, e.getMessage());
        }
    }
}
