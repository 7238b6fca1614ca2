package hal0.tui;

import hal0.agent.UndoReport;
import hal0.agent.checkpoint.Direction;
import hal0.agent.context.SlashCommands;
import hal0.providers.message.Part;
import hal0.tui.state.Answers;
import hal0.tui.state.DiffSheet;
import hal0.tui.state.Effect;
import hal0.tui.state.Sheet;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UndoSheet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is asked beside the turns: looked up, taken back, gone on with.
///
/// **Threads** what touches the conversation runs on `turns`, one after the other; the rest on
/// `others`.
final class Errands {
    private static final System.Logger LOG = System.getLogger(Errands.class.getName());

    private final Services services;
    private final Consumer<UiEvent> sink;
    private final Executor turns;
    private final Executor others;
    private final Suggestions suggestions;
    private final BoardDesk desk;
    private final Glances glances;

    /// What is sought; of letters that are typed fast only the last are.
    private final AtomicReference<@Nullable String> sought = new AtomicReference<>();

    private volatile @Nullable String found;

    Errands(
            Services services,
            Consumer<UiEvent> sink,
            Executor turns,
            Executor others,
            BoardDesk desk,
            Suggestions suggestions,
            Glances glances) {
        this.desk = desk;
        this.suggestions = suggestions;
        this.glances = glances;
        this.services = services;
        this.sink = sink;
        this.turns = turns;
        this.others = others;
        services.surroundings().onFiles(this::findMore);
    }

    void run(Effect.Errand errand) {
        switch (errand) {
            case Effect.Fill(var place) -> desk.fill(place);
            case Effect.Regard regard -> desk.regard(regard);
            case Effect.Seek seek -> desk.seek(seek);
            case Effect.Glance() -> glances.wake();
            case Effect.Alter(var change) -> desk.alter(change);
            case Effect.ShowContext() ->
                    turns.execute(() -> guarded("show the context", this::showContext));
            case Effect.Preview(var direction) ->
                    turns.execute(() -> guarded(word(direction), () -> preview(direction)));
            case Effect.Go(var direction) ->
                    turns.execute(() -> guarded(word(direction), () -> go(direction)));
            case Effect.Expand() -> turns.execute(() -> guarded("expand", this::expand));
            case Effect.Resume(var id) ->
                    turns.execute(() ->
                            guarded(
                                    "go on with that session",
                                    () -> rewritten(services.past().resume(id))));
            case Effect.Fork() ->
                    turns.execute(() -> guarded("fork", () -> rewritten(services.past().fork())));
            case Effect.Note(var text) ->
                    others.execute(() ->
                            guarded(
                                    "remember that",
                                    () ->
                                            sink.accept(
                                                    new UiEvent.Noted(
                                                            services.surroundings().note(text)))));
            case Effect.ShowChanges() ->
                    turns.execute(() -> guarded("show the changes", this::changes));
            case Effect.CopyAnswer(var which) ->
                    turns.execute(() -> guarded("copy that", () -> copy(which)));
            case Effect.Export(var name) ->
                    turns.execute(() ->
                            guarded(
                                    "export this conversation",
                                    () ->
                                            sink.accept(
                                                    new UiEvent.Noted(
                                                            services.past().export(name)))));
            case Effect.FindDropped(var pasted, var paths) ->
                    others.execute(() -> dropped(pasted, paths));
            case Effect.Suggest(var command) ->
                    others.execute(() -> guarded("complete that", () -> suggestions.find(command)));
            case Effect.FindFiles(var typed) -> {
                sought.set(typed);
                others.execute(this::findFiles);
            }
        }
    }

    /// Who goes on with a session already needs no offer of another.
    void lookForCutOff() {
        if (services.conversation().hasBegun()) {
            return;
        }
        guarded(
                "look for a session that was cut off",
                () ->
                        services.past()
                                .cutOff()
                                .ifPresent(at -> sink.accept(new UiEvent.CutOff(said(at)))));
    }

    /// The time of day, with the day where that is another.
    private static String said(Instant at) {
        ZonedDateTime then = at.atZone(ZoneId.systemDefault());
        boolean today = then.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault()));
        String form = today ? "'at' HH:mm" : "'on' d MMM 'at' HH:mm";
        return DateTimeFormatter.ofPattern(form, Locale.ROOT).format(then);
    }

    /// The user's commands, and what is wrong with their files.
    void loadCommands() {
        guarded(
                "read commands",
                () -> {
                    SlashCommands read = services.surroundings().commands();
                    sink.accept(new UiEvent.CommandsLoaded(read.commands()));
                    read.problems().forEach(problem -> sink.accept(new UiEvent.Noted(problem)));
                });
    }

    /// Only where all of them are there: else it was text.
    private void dropped(String pasted, List<String> paths) {
        List<String> there = new ArrayList<>();
        for (String path : paths) {
            String home = System.getProperty("user.home");
            Path file = path.startsWith("~/") ? Path.of(home, path.substring(2)) : Path.of(path);
            if (!Files.exists(file)) {
                return;
            }
            there.add(file.toString());
        }
        sink.accept(new UiEvent.Dropped(pasted, there));
    }

    private static String word(Direction direction) {
        return switch (direction) {
            case UNDO -> "undo";
            case REDO -> "redo";
        };
    }

    private void showContext() {
        sink.accept(new UiEvent.Opened(Sheet.of("Context", services.surroundings().context())));
    }

    private void preview(Direction direction) {
        Optional<UndoReport> report = services.past().preview(direction);
        if (report.isPresent()) {
            sink.accept(new UiEvent.Opened(UndoSheet.of(report.get())));
        } else {
            sink.accept(new UiEvent.Noted("there is nothing to " + word(direction)));
        }
    }

    private void go(Direction direction) {
        Optional<UndoReport> report = services.past().go(direction);
        if (report.isEmpty()) {
            sink.accept(new UiEvent.Noted("there is nothing to " + word(direction)));
            return;
        }
        boolean undone = direction == Direction.UNDO;
        sink.accept(
                new UiEvent.Rewritten(
                        services.past().now(),
                        UndoSheet.done(report.get()),
                        undone ? said(report.get().input()) : ""));
    }

    /// What the user typed; what was attached stands behind it.
    private static String said(List<Part> input) {
        return !input.isEmpty() && input.getFirst() instanceof Part.Text(var text) ? text : "";
    }

    private void expand() {
        sink.accept(
                new UiEvent.Noted(
                        services.past().expand()
                                ? "the model is told again what was summed up"
                                : "nothing is summed up"));
    }

    private void rewritten(String note) {
        sink.accept(new UiEvent.Rewritten(services.past().now(), note, ""));
    }

    private void changes() {
        sink.accept(new UiEvent.Opened(DiffSheet.of(services.past().changes())));
    }

    private void copy(String which) {
        sink.accept(Answers.picked(services.past().answers(), which));
    }

    /// What was sought last may be among the files that are known only now.
    private void findMore() {
        String typed = found;
        if (typed != null) {
            var _ = sought.compareAndSet(null, typed);
            findFiles();
        }
    }

    private void findFiles() {
        String typed = sought.getAndSet(null);
        if (typed != null) {
            found = typed;
            guarded(
                    "seek files",
                    () ->
                            sink.accept(
                                    new UiEvent.FilesFound(
                                            typed,
                                            FoundFiles.of(
                                                    typed, services.surroundings().files(typed)))));
        }
    }

    private void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot " + what, e);
            sink.accept(new UiEvent.Refused("Cannot " + what, Worker.message(e)));
        }
    }
}
