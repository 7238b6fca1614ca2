package hal0.tui.inline;

import hal0.tui.state.Transcript;
import hal0.tui.text.Row;
import java.util.ArrayList;
import java.util.List;

/// How much of a transcript stands in the scrollback.
///
/// **Shape** `last` are the newest rows of it, by which a transcript is known that goes on from
/// there; another one, such as after an undo, does not.
record Printed(int count, List<Row> last) {
    static final Printed NOTHING = new Printed(0, List.of());

    /// Blank rows alone would not tell two transcripts apart.
    private static final int REMEMBERED = 4;

    Printed {
        last = List.copyOf(last);
    }

    boolean goesOn(Transcript transcript) {
        if (transcript.rows().size() < count) {
            return false;
        }
        int from = count - last.size();
        for (int i = 0; i < last.size(); i++) {
            if (!transcript.rows().get(from + i).equals(last.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// All that is over in this one.
    static Printed of(Transcript transcript) {
        int count = transcript.rows().size();
        List<Row> last = new ArrayList<>();
        for (int i = Math.max(0, count - REMEMBERED); i < count; i++) {
            last.add(transcript.rows().get(i));
        }
        return new Printed(count, last);
    }
}
