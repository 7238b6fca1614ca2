package hal0.tui.state;

import hal0.agent.context.SlashCommand;
import hal0.agent.permission.Approver;
import hal0.tui.theme.Palette;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something over the transcript that takes the keys.
public sealed interface Overlay
        permits Overlay.Picker, Overlay.Question, Overlay.Help, Board, Find, Sheet {

    /// A list from which one is chosen, narrowed by typing. `note` stands under it, such as what is
    /// still being loaded.
    record Picker(
            Purpose purpose,
            List<Choice> choices,
            String filter,
            int selected,
            @Nullable String note)
            implements Overlay {
        public Picker {
            choices = List.copyOf(choices);
        }

        static Picker of(Purpose purpose, List<Choice> choices, @Nullable String note) {
            return new Picker(purpose, choices, "", 0, note);
        }

        /// The choices that fit the filter, best first; in their own order without one.
        public List<Choice> shown() {
            if (filter.isBlank()) {
                return choices;
            }
            if (purpose == Purpose.HISTORY) {
                return choices.stream().filter(c -> c.holds(filter)).toList();
            }
            return Fuzzy.ranked(filter, choices, Choice::sought);
        }

        /// What Enter would take; null when nothing fits.
        @Nullable Pick chosen() {
            List<Choice> shown = shown();
            return shown.isEmpty() ? null : shown.get(Math.min(selected, shown.size() - 1)).pick();
        }

        Picker withFilter(String typed) {
            return new Picker(purpose, choices, typed, 0, note);
        }

        Picker withSelected(int index) {
            int last = Math.max(0, shown().size() - 1);
            return new Picker(purpose, choices, filter, Math.clamp(index, 0, last), note);
        }

        Picker withChoices(List<Choice> other, @Nullable String nextNote) {
            return new Picker(purpose, other, filter, selected, nextNote);
        }
    }

    enum Purpose {
        HISTORY("History"),
        THEME("Theme"),
        PALETTE("Commands");

        private final String title;

        Purpose(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /// One line of a picker.
    record Choice(Pick pick, String label, String detail) {

        private Fuzzy.Text sought() {
            return new Fuzzy.Text(label.startsWith("/") ? label.substring(1) : label, detail);
        }

        /// Whether each typed word stands in it: what was said before is sought by what it says,
        /// the newest first.
        boolean holds(String typed) {
            String lower = label.toLowerCase(Locale.ROOT);
            return Arrays.stream(typed.toLowerCase(Locale.ROOT).split(" ", -1))
                    .allMatch(lower::contains);
        }
    }

    /// What choosing means.
    sealed interface Pick {
        record Past(String text) implements Pick {}

        record Run(Command command) implements Pick {}

        record Users(SlashCommand command) implements Pick {}

        /// A theme by its name, and how it looks.
        record Theme(String name, Palette palette) implements Pick {}
    }

    /// Whether a call may be run. `armed` when letters answer; `rule` is the place of the suggested
    /// rule that is shown. **Units** `scroll` in lines.
    record Question(Approver.Question question, boolean armed, int chosen, int scroll)
            implements Overlay {

        /// The rule that `s` and `a` mean; null when none is suggested.
        public @Nullable String rule() {
            return question.rules().isEmpty() ? null : question.rules().get(chosen);
        }

        Question withArmed() {
            return new Question(question, true, chosen, scroll);
        }

        Question withNextRule() {
            int count = Math.max(1, question.rules().size());
            return new Question(question, armed, (chosen + 1) % count, scroll);
        }

        /// Not beyond the last of `count` lines.
        Question scrolled(int lines, int count) {
            return new Question(question, armed, chosen, Math.clamp(scroll + lines, 0, count - 1));
        }
    }

    /// All keys; **Units** `scroll` in lines.
    record Help(int scroll) implements Overlay {}
}
