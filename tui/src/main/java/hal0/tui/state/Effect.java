package hal0.tui.state;

import hal0.agent.checkpoint.Direction;
import hal0.agent.permission.Approver;
import hal0.agent.permission.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something to be done because of an event.
public sealed interface Effect {

    /// Done by the UI thread, which owns the terminal.
    sealed interface OnScreen extends Effect {}

    /// Done elsewhere; what comes of it comes back as events.
    sealed interface Work extends Effect {}

    record Quit() implements OnScreen {}

    record Suspend() implements OnScreen {}

    /// Draws everything anew.
    record Repaint() implements OnScreen {}

    record Bell() implements OnScreen {}

    /// Hands the terminal to the user's editor, with that text.
    record Edit(String text) implements OnScreen {}

    /// Hands the terminal to the user's editor, with that file.
    record EditFile(String path) implements OnScreen {}

    /// Writes a sequence of ours beside the frames.
    record Write(String sequence) implements OnScreen {}

    /// Puts text where the user can paste it from; `what` is what the user is told of it, such as
    /// `the answer`.
    record Copy(String text, String what) implements Work {}

    record Send(String text) implements Work {}

    record Interrupt() implements Work {}

    record Forget() implements Work {}

    /// Answers the question that is open.
    record Answered(Approver.Answer answer) implements Work {}

    /// Lets the agent do so much of its own accord.
    record SetMode(Mode mode) implements Work {}

    record Use(String provider, @Nullable String model) implements Work {}

    /// Uses the model of that name, which may belong to another provider than `provider`: ids may
    /// hold slashes themselves, so only who knows the providers can tell.
    record UseNamed(String name, String provider) implements Work {}

    /// Asks what is known of the model in use.
    record Describe(String provider, String model) implements Work {}

    /// Adds a line to the history file.
    record Remember(String text) implements Work {}

    /// Tells the model something while it works.
    record Tell(String text) implements Work {}

    /// Takes back what the model was to be told and was not yet.
    record Withdraw(List<String> texts) implements Work {
        public Withdraw {
            texts = List.copyOf(texts);
        }
    }

    /// Runs a command of the user's.
    record Shell(String command) implements Work {}

    record Compact() implements Work {}

    /// Says something with a model that is asked for this turn only.
    record SendTo(String model, String text) implements Work {}

    /// What has to do with themes.
    sealed interface Theming extends Work {}

    record LoadThemes() implements Theming {}

    /// Takes a theme by its name, and keeps it.
    record UseTheme(String name) implements Theming {}

    /// Writes the name of the theme that was taken into the configuration.
    record KeepTheme(String name) implements Theming {}

    /// Takes our dark or light theme, as the terminal is.
    record FollowTerminal(boolean light) implements Theming {}

    /// What is asked of the rest of the program beside the turns.
    sealed interface Errand extends Work {}

    /// Fetches what a board shows.
    record Fill(Place place) implements Errand {}

    /// Fetches what is told beside a row.
    record Regard(Place place, String row) implements Errand {}

    /// Looks for what was typed elsewhere than in the rows.
    record Seek(Place place, String typed) implements Errand {}

    /// Looks whether relay and slots are as they are shown.
    record Glance() implements Errand {}

    /// Changes something that a board shows.
    record Alter(Change change) implements Errand {}

    /// Opens what the model is told, to be read.
    record ShowContext() implements Errand {}

    /// Asks what taking back or bringing back would do.
    record Preview(Direction direction) implements Errand {}

    /// Takes a turn back, or brings one back.
    record Go(Direction direction) implements Errand {}

    record Expand() implements Errand {}

    record Resume(String id) implements Errand {}

    record Fork() implements Errand {}

    /// Adds a note to the memory.
    record Note(String text) implements Errand {}

    /// Opens what the conversation changed in files.
    record ShowChanges() implements Errand {}

    /// Copies something that was answered, as [Answers] names it.
    record CopyAnswer(String which) implements Errand {}

    /// Writes the conversation into a file.
    record Export(String name) implements Errand {}

    /// Seeks files by what was typed after an `@`.
    record FindFiles(String typed) implements Errand {}

    /// Asks which of the files are there that a paste may have named.
    record FindDropped(String pasted, List<String> paths) implements Errand {
        public FindDropped {
            paths = List.copyOf(paths);
        }
    }

    /// Asks what a command can be told.
    record Suggest(Command command) implements Errand {}

    /// What a reduction leads to.
    record Next(UiState state, List<Effect> effects) {
        public Next {
            effects = List.copyOf(effects);
        }

        Next and(Effect effect) {
            List<Effect> more = new ArrayList<>(effects);
            more.add(effect);
            return new Next(state, more);
        }

        static Next of(UiState state, Effect... effects) {
            return new Next(state, List.of(effects));
        }
    }
}
