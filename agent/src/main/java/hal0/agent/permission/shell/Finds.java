package hal0.agent.permission.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What `find` runs for the files that it finds.
final class Finds {
    private static final Set<String> RUNS = Set.of("-exec", "-execdir", "-ok", "-okdir");

    private Finds() {}

    static Opened open(List<Word> words) {
        List<ShellCommand> all = new ArrayList<>();
        for (int at = 1; at < words.size(); at++) {
            Word word = words.get(at);
            if (word.unknown()) {
                return new Opened.Unknown("it is not plain what find runs");
            }
            if (RUNS.contains(word.text())) {
                int end = end(words, at + 1);
                if (end <= at + 1 || !words.get(at + 1).exact()) {
                    return new Opened.Unknown("it is not plain what find runs");
                }
                List<Word> run = new ArrayList<>();
                for (Word each : words.subList(at + 1, end)) {
                    run.add(each.text().contains("{}") ? Word.UNKNOWN : each);
                }
                if (!run.getFirst().exact()) {
                    return new Opened.Unknown("find runs what it finds");
                }
                all.add(ShellCommand.of(run));
                at = end;
            }
        }
        return all.isEmpty() ? new Opened.Plain() : new Opened.AlsoRuns(all);
    }

    private static int end(List<Word> words, int from) {
        for (int at = from; at < words.size(); at++) {
            String text = words.get(at).text();
            boolean plus = text.equals("+") && words.get(at - 1).text().equals("{}");
            if (text.equals(";") || plus) {
                return at;
            }
        }
        return words.size();
    }
}
