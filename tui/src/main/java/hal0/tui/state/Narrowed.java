package hal0.tui.state;

import hal0.tui.state.Board.Line;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The lines that fit the filter of a board, sought once: a key and its frame ask for them several
/// times, and there may be thousands.
///
/// **Shape** follows from the rest of its board, so that any two are equal. A filter that goes on
/// where another ended is sought among what fitted that one. **Threads** the UI's.
final class Narrowed {
    private @Nullable List<Candidate> all;
    private @Nullable List<Candidate> among;
    private @Nullable List<Line> lines;
    private @Nullable List<Line.Row> rows;

    Narrowed() {}

    private Narrowed(@Nullable List<Candidate> all, @Nullable List<Candidate> among) {
        this.all = all;
        this.among = among;
    }

    private record Candidate(Line.Row row, Fuzzy.Text text) {}

    private record Ranked(Candidate of, int score) {}

    /// Of the same content, where `typed` takes the place of `before`.
    Narrowed by(String before, String typed) {
        boolean longer = !before.isBlank() && typed.startsWith(before);
        return new Narrowed(all, longer ? among : all);
    }

    List<Line> lines(Board board) {
        List<Line> known = lines;
        if (known == null) {
            known = List.copyOf(sought(board));
            lines = known;
        }
        return known;
    }

    List<Line.Row> rows(Board board) {
        List<Line.Row> known = rows;
        if (known == null) {
            known =
                    lines(board).stream()
                            .filter(Line.Row.class::isInstance)
                            .map(Line.Row.class::cast)
                            .toList();
            rows = known;
        }
        return known;
    }

    private List<Line> sought(Board board) {
        Board.Content content = board.content();
        if (content == null || board.filter().isBlank()) {
            return content == null ? List.of() : content.lines();
        }
        if (content.lines().stream().noneMatch(Line.Row.class::isInstance)) {
            return board.with(
                    content.lines().stream().filter(line -> holds(line, board.filter())).toList(),
                    content);
        }
        List<Ranked> fitting = new ArrayList<>();
        Fuzzy.Typed typed = Fuzzy.typed(board.filter());
        for (Candidate candidate : candidates(content)) {
            int score = typed.score(candidate.text());
            if (score > Fuzzy.NONE) {
                fitting.add(new Ranked(candidate, score));
            }
        }
        among = fitting.stream().map(Ranked::of).toList();
        fitting.sort(Comparator.comparingInt((Ranked ranked) -> -ranked.score()));
        return board.with(fitting.stream().<Line>map(each -> each.of().row()).toList(), content);
    }

    private List<Candidate> candidates(Board.Content content) {
        List<Candidate> known = among;
        if (known != null) {
            return known;
        }
        List<Candidate> made = new ArrayList<>(content.lines().size());
        for (Line line : content.lines()) {
            if (line instanceof Line.Row row) {
                made.add(new Candidate(row, row.sought()));
            }
        }
        all = made;
        return made;
    }

    private static boolean holds(Line line, String words) {
        return line instanceof Line.Words(var spans)
                && spans.stream()
                        .map(Span::text)
                        .collect(Collectors.joining())
                        .toLowerCase(Locale.ROOT)
                        .contains(words.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Narrowed;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
