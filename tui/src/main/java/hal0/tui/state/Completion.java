package hal0.tui.state;

import hal0.agent.context.SlashCommand;
import java.util.ArrayList;
import java.util.Comparator;
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
        if (typed.isEmpty()) {
            return all;
        }
        return all.stream()
                .filter(each -> score(typed, each) >= 0)
                .sorted(Comparator.comparingInt((Completion each) -> -score(typed, each)))
                .toList();
    }

    /// What a command can be told that fits what was typed behind it, best first.
    static List<Completion> arguments(Command command, String typed, List<Suggestion> all) {
        record Ranked(Suggestion suggestion, int score) {}
        return all.stream()
                .map(each -> new Ranked(each, Fuzzy.score(typed, each.value())))
                .filter(each -> each.score() >= 0)
                .sorted(Comparator.comparingInt(each -> typed.isEmpty() ? 0 : -each.score()))
                .<Completion>map(each ->
                        new Argument(command, each.suggestion().value(), each.suggestion().help()))
                .toList();
    }

    private static int score(String typed, Completion completion) {
        return Fuzzy.score(typed, completion.label().substring(1));
    }
}
