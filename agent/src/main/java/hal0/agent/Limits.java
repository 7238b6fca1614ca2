package hal0.agent;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How far a turn may go.
///
/// **Units** `answers` counts the answers of the model in one turn; `turnUsd` is what a turn may
/// cost, null where only the configuration says so.
public record Limits(int answers, @Nullable BigDecimal turnUsd) {
    public static final Limits USUAL = new Limits(64, null);
}
