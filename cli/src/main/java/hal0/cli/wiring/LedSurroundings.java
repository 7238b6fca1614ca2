package hal0.cli.wiring;

import hal0.agent.ContextUse;
import hal0.agent.context.SlashCommands;
import hal0.agent.search.FileIndex;
import hal0.agent.tool.AgentTool;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.relay.control.Finding;
import hal0.tui.Belongings;
import hal0.tui.Surroundings;
import hal0.tui.board.DoctorBoard;
import hal0.tui.board.SlotBoard;
import hal0.tui.state.ContextLines;
import hal0.tui.state.Sheet.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an agent works with, for the screen.
record LedSurroundings(
        LedAgent led,
        Configuration configuration,
        FileIndex files,
        Path commandsFolder,
        Supplier<List<SlotBoard.Registered>> stored,
        Supplier<List<Finding>> checkup,
        AtomicReference<@Nullable Memorized> forgotten)
        implements Surroundings {
    private static final int MOST_FILES = 50;

    LedSurroundings(
            LedAgent led,
            Configuration configuration,
            FileIndex files,
            Path commandsFolder,
            Supplier<List<SlotBoard.Registered>> stored,
            Supplier<List<Finding>> checkup) {
        this(led, configuration, files, commandsFolder, stored, checkup, new AtomicReference<>());
    }

    @Override
    public List<Line> context() {
        return ContextLines.of(use());
    }

    private ContextUse use() {
        LedAgent.Inside inside = led.inside();
        Long window = inside.facts().of(led.agent().choice()).contextWindow();
        return ContextUse.of(
                inside.prompt(),
                inside.tools().tools().stream().map(AgentTool::definition).toList(),
                led.agent().history(),
                window == null ? 0 : window);
    }

    /// **Errors** [IllegalArgumentException] for a note that cannot be one.
    @Override
    public String note(String text) {
        Map<String, String> about = Map.of("folder", led.inside().workspace().root().toString());
        Memory.Kept kept =
                led.inside()
                        .memory()
                        .add(new Note(AgentParts.BANK, text, List.of(), about, "user"));
        return kept.known()
                ? "remembered already, as note " + kept.id()
                : "remembered as note " + kept.id();
    }

    @Override
    public Belongings belongings() {
        return new LedBelongings(led, configuration, forgotten);
    }

    @Override
    public List<SlotBoard.Registered> models() {
        return stored.get();
    }

    @Override
    public List<DoctorBoard.Finding> doctor() {
        return checkup.get().stream()
                .map(found ->
                        new DoctorBoard.Finding(
                                found.id(), status(found.status()), found.message(), found.fix()))
                .toList();
    }

    private static DoctorBoard.Status status(Finding.Status status) {
        return switch (status) {
            case PASS -> DoctorBoard.Status.PASS;
            case WARN -> DoctorBoard.Status.WARN;
            case FAIL -> DoctorBoard.Status.FAIL;
            case SKIP -> DoctorBoard.Status.SKIP;
        };
    }

    @Override
    public SlashCommands commands() {
        return SlashCommands.read(commandsFolder);
    }

    @Override
    public void onFiles(Runnable listener) {
        files.onChange(listener);
    }

    /// The names are read anew when an `@` was typed and nothing behind it.
    @Override
    public List<String> files(String typed) {
        if (typed.isEmpty() || files.size() == 0) {
            files.refresh();
        }
        return files.find(typed, MOST_FILES);
    }

    @Override
    public int running() {
        return led.programs().shell().running();
    }
}
