package hal0.agent;

import java.math.BigDecimal;
import java.util.function.Supplier;

/// Whom the requests of a turn are charged to: the session whose budget they spend, and what the
/// turn of that session has cost so far. Those of a sub-agent are charged to the conversation that
/// gave it its task.
///
/// **Units** USD.
record Account(String session, Supplier<BigDecimal> spent) {}
