package hal0.tui.state;

import hal0.tui.text.Row;
import hal0.tui.text.Row.Part;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What of the transcript is unfolded.
///
/// **Shape** `open` are the kinds whose blocks are; `turned` are the blocks that the user folded or
/// unfolded against that.
public record Folds(Set<Part.Kind> open, Map<Integer, Part.Kind> turned) {
    public static final Folds NONE = new Folds(Set.of(), Map.of());

    public Folds {
        open = Set.copyOf(open);
        turned = Map.copyOf(turned);
    }

    /// Whether the block that a row belongs to is unfolded.
    public boolean opens(Row row) {
        return row instanceof Part part && opens(part);
    }

    private boolean opens(Part part) {
        return open.contains(part.kind()) != turned.containsKey(part.block());
    }

    /// As it is in another transcript, whose blocks are others under the same numbers.
    Folds elsewhere() {
        return new Folds(open, Map.of());
    }

    /// With all blocks of a kind the other way, also those that were turned by hand.
    Folds turnedAll(Part.Kind kind) {
        Set<Part.Kind> kinds = EnumSet.noneOf(Part.Kind.class);
        kinds.addAll(open);
        if (!kinds.remove(kind)) {
            kinds.add(kind);
        }
        Map<Integer, Part.Kind> others = new HashMap<>(turned);
        others.values().removeIf(each -> each == kind);
        return new Folds(kinds, others);
    }

    /// With one block the other way.
    Folds turned(Part part) {
        Map<Integer, Part.Kind> others = new HashMap<>(turned);
        if (others.remove(part.block()) == null) {
            others.put(part.block(), part.kind());
        }
        return new Folds(open, others);
    }
}
