package hal0.tui.state;

import hal0.agent.AgentEvent;
import hal0.agent.context.SlashCommand;
import hal0.agent.permission.Approver;
import hal0.agent.permission.Mode;
import hal0.providers.ModelInfo;
import hal0.relay.control.RelayStatus;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Size;
import hal0.tui.theme.Palette;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened, whoever did it.
public sealed interface UiEvent {
    record Did(Input input) implements UiEvent {}

    /// A line was typed elsewhere than in the prompt, and entered.
    record Entered(String text) implements UiEvent {}

    record Resized(Size size) implements UiEvent {}

    /// A second has passed; comes only while a turn runs.
    record Tick() implements UiEvent {}

    record Turned(AgentEvent event) implements UiEvent {}

    /// The conversation has returned; `problem` when it threw.
    record TurnOver(@Nullable String problem) implements UiEvent {}

    /// The agent may not do something of its own accord.
    record Asked(Approver.Question question) implements UiEvent {}

    /// How much the agent may do of its own accord from now on.
    record ModeChanged(Mode mode) implements UiEvent {}

    /// The relay is up, or another process has it.
    record ControlOpened(RelayStatus relay, @Nullable Active active) implements UiEvent {}

    /// Relay and slots as they are now; a null `relay` does not answer.
    record Glanced(@Nullable RelayStatus relay, Glance glance) implements UiEvent {}

    record ControlFailed(String message) implements UiEvent {}

    /// Something that was looked for will not come.
    record LoadFailed(String message) implements UiEvent {}

    /// Provider and model are in use now, and in the file.
    record Activated(Active active) implements UiEvent {}

    /// What became known of the model in use.
    record ModelKnown(String provider, ModelInfo info) implements UiEvent {}

    /// Something that was asked for could not be done.
    record Refused(String what, String message) implements UiEvent {}

    /// Something to be told to the user.
    record Noted(String text) implements UiEvent {}

    /// A clipboard has what was copied.
    record Copied(String what) implements UiEvent {}

    /// No clipboard could be reached from here: the terminal is asked by that sequence, and never
    /// says what came of it.
    record CopySent(String what, String sequence) implements UiEvent {}

    record HistoryLoaded(List<String> entries) implements UiEvent {}

    /// The last session of this folder was cut off then, and can be gone on with.
    record CutOff(String when) implements UiEvent {}

    /// The user's own commands.
    record CommandsLoaded(List<SlashCommand> commands) implements UiEvent {}

    record FilesFound(String typed, List<String> files) implements UiEvent {}

    /// So many commands of the agent run now, those in the background among them.
    record CommandsRun(int count) implements UiEvent {}

    /// Something is to be copied, `what` in words.
    record ToCopy(String text, String what) implements UiEvent {}

    /// What was pasted names files that are there.
    record Dropped(String pasted, List<String> files) implements UiEvent {
        public Dropped {
            files = List.copyOf(files);
        }
    }

    /// What a command can be told; more may follow.
    record Suggested(Command command, List<Suggestion> suggestions) implements UiEvent {
        public Suggested {
            suggestions = List.copyOf(suggestions);
        }
    }

    /// The user's editor was left with that text.
    record Edited(String text) implements UiEvent {}

    /// It was left with the file of the settings.
    record FileEdited() implements UiEvent {}

    /// Something to be read over the transcript.
    record Opened(Sheet sheet) implements UiEvent {}

    /// What a board shows has come.
    record Filled(Place place, Board.Content content) implements UiEvent {}

    /// Everything is there now that using it needs. A null model is the provider's default.
    record Chosen(String provider, @Nullable String model) implements UiEvent {}

    /// What is told beside a row.
    record Regarded(Place place, String row, List<Board.Line> lines) implements UiEvent {}

    /// What was found by what was typed.
    record Sought(Place place, String typed, List<Board.Line.Row> rows) implements UiEvent {}

    /// Something that a board changes was done, or could not be.
    record Altered(String said, boolean failed) implements UiEvent {}

    /// The themes that there are, and what is wrong with files of others.
    record ThemesLoaded(List<Palette> palettes, List<String> problems) implements UiEvent {}

    /// A theme is to be drawn with.
    record Themed(Palette palette) implements UiEvent {}

    /// Another conversation is led now, or another part of it holds. `prompt` is what the user may
    /// want to say again.
    record Rewritten(Earlier earlier, String note, String prompt) implements UiEvent {}
}
