package hal0.tui.state;

import hal0.agent.context.SlashCommand;
import java.util.ArrayList;
import java.util.List;

/// What may stand in the place of what is being typed.
public sealed interface Completion {

    String label();

    String help();

    record Own(Command command) implements Completion {
        @Override
        public String label() {
            return "/" + command.word();
        }

        @Override
        public String help() {
            return command.help();
        }
    }

    /// A command that the user wrote.
    record Users(SlashCommand command) implements Completion {
        @Override
        public String label() {
            return "/" + command.name();
        }

        @Override
        public String help() {
            return command.description();
        }
    }

    /// What a command can be told.
    record Argument(Command command, String value, String help) implements Completion {
        @Override
        public String label() {
            return value;
        }
    }

    /// A file of the workspace.
    record File(String path) implements Completion {
        @Override
        public String label() {
            return path;
        }

        @Override
        public String help() {
            return "";
        }
    }

    /// Commands that fit what was typed after the slash, best first. One of the program hides one
    /// of the user's that has its name.
    static List<Completion> commands(String typed, List<SlashCommand> users) {
        List<Completion> all = new ArrayList<>();
        for (Command command : Command.values()) {
            all.add(new Own(command));
        }
        for (SlashCommand command : users) {
            if (Command.find(command.name()).isEmpty()) {
                all.add(new Users(command));
            }
        }
        return Fuzzy.ranked(typed, all, each -> Fuzzy.Text.of(each.label().substring(1)));
    }

    /// What a command can be told that fits what was typed behind it, best first.
    static List<Completion> arguments(Command command, String typed, List<Suggestion> all) {
        return Fuzzy.ranked(typed, all, each -> Fuzzy.Text.of(each.value())).stream()
                .<Completion>map(each -> new Argument(command, each.value(), each.help()))
                .toList();
    }
}
