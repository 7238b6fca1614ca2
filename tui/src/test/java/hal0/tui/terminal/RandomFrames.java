package hal0.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Frames as they follow each other: lines come, move up and down, change a little, or altogether,
/// above a part that stays, with clusters of all widths at all edges.
final class RandomFrames {
    /// On these all terminals agree.
    static final List<String> PLAIN =
            List.of("a", "日", "e\u0301", " ", "zz zz", "─", "—", "   ", "word", "ff", "한", "✓");

    static final List<String> JOINED = joined();

    private static final Style[] STYLES = {
        Style.DEFAULT,
        Style.DEFAULT.withFaint(),
        Style.DEFAULT.with(SGR.BOLD),
        Style.DEFAULT.with(SGR.UNDERLINE).withForeground(new TextColor.RGB(1, 2, 3)),
        Style.DEFAULT.withForeground(new TextColor.RGB(1, 2, 3)),
        Style.DEFAULT.withForeground(TextColor.ANSI.RED).with(SGR.BOLD),
        Style.DEFAULT.withBackground(new TextColor.Indexed(7)).withFaint(),
        Style.DEFAULT.with(SGR.REVERSE),
    };

    private record Piece(String text, Style style) {}

    private final Random random;
    private final List<String> pieces;
    private final Size size;
    private final List<List<Piece>> lines = new ArrayList<>();
    private int from;

    RandomFrames(long seed, Size size, List<String> pieces) {
        this.pieces = pieces;
        this.random = new Random(seed);
        this.size = size;
    }

    private static List<String> joined() {
        List<String> all = new ArrayList<>(PLAIN);
        all.addAll(List.of("👩‍👩‍👧", "🇩🇪"));
        return List.copyOf(all);
    }

    Frame next() {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    lines.add(line());
                }
                from = Math.max(0, lines.size() - size.rows() + 2);
            }
            case 3, 4 -> from = Math.max(0, from + random.nextInt(-5, 6));
            case 5 -> {
                if (!lines.isEmpty()) {
                    lines.getLast().add(piece());
                }
            }
            case 6 -> {
                if (!lines.isEmpty()) {
                    lines.set(random.nextInt(lines.size()), line());
                }
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    lines.clear();
                    from = 0;
                }
            }
        }
        return drawn();
    }

    private Frame drawn() {
        Canvas canvas = new Canvas(size);
        int columns = size.columns();
        for (int y = 0; y < size.rows() - 2 && from + y < lines.size(); y++) {
            int x = 0;
            for (Piece piece : lines.get(from + y)) {
                x = canvas.put(x, y, piece.text(), piece.style());
            }
        }
        canvas.put(0, size.rows() - 2, "─".repeat(columns), STYLES[4]);
        canvas.put(random.nextInt(-1, columns), size.rows() - 1, piece().text(), piece().style());
        if (random.nextInt(12) == 0) {
            canvas.fill(random.nextInt(columns), 1, 3, 2, STYLES[random.nextInt(STYLES.length)]);
        }
        boolean hidden = random.nextInt(9) == 0;
        return new Frame(canvas, hidden ? -1 : random.nextInt(columns), size.rows() - 1, 0);
    }

    private List<Piece> line() {
        List<Piece> pieces = new ArrayList<>();
        for (int i = random.nextInt(size.columns()); i > 0; i -= 2) {
            pieces.add(piece());
        }
        return pieces;
    }

    private Piece piece() {
        return new Piece(
                pieces.get(random.nextInt(pieces.size())), STYLES[random.nextInt(STYLES.length)]);
    }
}
