package hal0.relay.budget;

import hal0.providers.ModelClient.Turn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A turn in the header field `x-hal0-turn`: `SPENT` or `SPENT;LIMIT` in USD.
///
/// **Shape** it can only make a budget stricter, so anybody may send it; one that cannot be read is
/// as good as none.
public final class TurnField {
    public static final String NAME = "x-hal0-turn";

    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,12})?)(?:;([0-9]{1,9}(?:\\.[0-9]{1,12})?))?");

    private TurnField() {}

    /// Null for a request that is a turn of its own.
    public static @Nullable String of(Turn turn) {
        if (turn.equals(Turn.ALONE)) {
            return null;
        }
        String spent = plain(turn.spent());
        return turn.limit() == null ? spent : spent + ';' + plain(turn.limit());
    }

    public static Turn read(@Nullable String value) {
        Matcher matcher = FORM.matcher(value == null ? "" : value);
        if (!matcher.matches()) {
            return Turn.ALONE;
        }
        String limit = matcher.group(2);
        return new Turn(
                new BigDecimal(matcher.group(1)), limit == null ? null : new BigDecimal(limit));
    }

    private static String plain(BigDecimal usd) {
        return usd.max(BigDecimal.ZERO)
                .setScale(Math.min(usd.scale(), 12), RoundingMode.HALF_UP)
                .toPlainString();
    }
}
