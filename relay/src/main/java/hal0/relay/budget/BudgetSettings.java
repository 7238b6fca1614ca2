package hal0.relay.budget;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.math.BigDecimal;

/// The `[budget]` table.
///
/// **Units** USD; zero is no limit. A day begins at midnight where the relay runs.
public record BudgetSettings(BigDecimal turn, BigDecimal session, BigDecimal day) {
    public static final BudgetSettings NONE =
            new BudgetSettings(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /// Reads the table.
    public static final Section<BudgetSettings> SECTION =
            new Section<>() {
                @Override
                public String name() {
                    return "budget";
                }

                @Override
                public BudgetSettings read(TableReader table) {
                    return new BudgetSettings(
                            usd(table, "turn_usd"),
                            usd(table, "session_usd"),
                            usd(table, "day_usd"));
                }
            };

    private static BigDecimal usd(TableReader table, String key) {
        return BigDecimal.valueOf(table.number(key, 0, 0));
    }

    boolean isNone() {
        return turn.signum() == 0 && session.signum() == 0 && day.signum() == 0;
    }
}
