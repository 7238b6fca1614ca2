package hal0.slots.plan;

import java.util.List;

/// What is to be done now, and when to look again even if nothing happens.
///
/// **Units** nanoseconds; `Long.MAX_VALUE` is never.
record Plan(List<Move> moves, long again) {
    Plan {
        moves = List.copyOf(moves);
    }
}
