package hal0.slots.lifecycle;

import java.time.Duration;

/// Whether a server that says it is healthy has ceased to answer requests: a pure rule.
///
/// **Shape** several requests in a row that left without a sign of an answer, after a long wait,
/// are a suspicion, no more: a long prompt is slow and clients are impatient. So it is asked the
/// smallest question then, again and again, until it gives any sign or is given up: at once when
/// nobody else used it meanwhile, and while others do, who may be what it is busy with, only after
/// as long as it has for a load.
///
/// **Units** `inVain` counts requests; `asked` is how long questions of ours have waited.
record Silence(int inVain, Duration asked) {
    static final Silence NONE = new Silence(0, Duration.ZERO);

    private static final int SUSPICIOUS = 3;

    /// A request left without an answer.
    Silence left(Duration waited, Duration patience) {
        return waited.compareTo(patience) < 0 ? this : new Silence(inVain + 1, asked);
    }

    /// A question of ours had no answer in that time. Nothing is made of it where somebody was
    /// answered meanwhile.
    Silence unanswered(Duration waited) {
        return isSuspicious() ? new Silence(inVain, asked.plus(waited)) : this;
    }

    boolean isSuspicious() {
        return inVain >= SUSPICIOUS;
    }

    /// Whether it is to be given up; `alone` when nobody but us asked it during the last question.
    boolean isHopeless(boolean alone, Duration loadTimeout) {
        return isSuspicious() && !asked.isZero() && (alone || asked.compareTo(loadTimeout) >= 0);
    }
}
