package hal0.agent;

import hal0.agent.checkpoint.CheckpointException;
import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.permission.Deed;
import hal0.agent.session.SessionEntry;
import hal0.providers.message.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Keeps what a call may change before it runs, and records what it changed.
///
/// **Threads** `before` by those of the calls, `after` by that of the turn.
final class CallFiles {
    private final TurnParts parts;
    private final SessionRecorder recorder;
    private final Consumer<AgentEvent> sink;
    private final Map<String, Checkpoints.Watch> open = new ConcurrentHashMap<>();
    private final AtomicBoolean warned = new AtomicBoolean();

    /// `recorder` is of the session whose turn can be undone: for a task, that of who gave it.
    CallFiles(TurnParts parts, SessionRecorder recorder, Consumer<AgentEvent> sink) {
        this.parts = parts;
        this.recorder = recorder;
        this.sink = sink;
    }

    /// **Errors** [CheckpointException] when something cannot be kept; then the call must not run.
    void before(Part.ToolCall call, List<Deed> deeds) {
        List<Path> files = new ArrayList<>();
        boolean all = false;
        for (Deed deed : deeds) {
            switch (deed) {
                case Deed.Edit(var path) -> files.add(path);
                case Deed.Shell _ -> all = true;
                case Deed.Mcp mcp -> all |= !mcp.readOnly();
                case Deed.Read _, Deed.Fetch _, Deed.Remember _ -> {}
            }
        }
        if (files.isEmpty() && !all) {
            return;
        }
        Checkpoints.Watch watch = parts.equipment().checkpoints().watch(files, all);
        if (watch.kept().isEmpty()) {
            return;
        }
        open.put(call.id(), watch);
        Optional<String> limits = watch.limits();
        if (limits.isPresent() && warned.compareAndSet(false, true)) {
            sink.accept(
                    new AgentEvent.Noted(
                            "what commands change here cannot be undone: " + limits.get()));
        }
        recorder.happened(new SessionEntry.FilesKept(parts.now(), watch.kept()));
        recorder.log().sync();
    }

    void after(Part.ToolCall call) {
        Checkpoints.Watch watch = open.remove(call.id());
        if (watch == null) {
            return;
        }
        try {
            recorder.happened(new SessionEntry.FilesChanged(parts.now(), watch.changes()));
            watch.close();
        } catch (CheckpointException e) {
            // It stays unfinished, and is told when the session is opened again.
            sink.accept(new AgentEvent.Noted(String.valueOf(e.getMessage())));
        }
    }
}
