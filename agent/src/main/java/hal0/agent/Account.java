package hal0.agent;

import java.math.BigDecimal;

/// Who pays for the requests of a turn and answers for the files that it changes: the session that
/// the user leads. A sub-agent works on the account of the conversation that gave it its task.
///
/// **Units** USD; `before` is what the session had cost when the turn began.
record Account(SessionRecorder recorder, BigDecimal before) {

    String session() {
        return recorder.log().id();
    }

    /// What the turn has cost so far.
    BigDecimal spent() {
        return recorder.totals().usd().subtract(before);
    }
}
