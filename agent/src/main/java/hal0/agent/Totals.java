package hal0.agent;

import hal0.agent.session.SessionEntry;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a conversation used and cost so far, with what nobody knows kept apart.
///
/// **Shape** `uncounted` answers came without a count of tokens and `unpriced` ones without a
/// price, so the sums are lower bounds while these are not 0; `local` answers cost nothing.
/// **Units** tokens; `input` excludes those read from and written to a cache; USD.
public record Totals(
        int answers,
        long input,
        long output,
        long cacheRead,
        long cacheWrite,
        long reasoning,
        BigDecimal usd,
        int uncounted,
        int unpriced,
        int local) {

    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, BigDecimal.ZERO, 0, 0, 0);

    public static Totals of(List<SessionEntry> entries) {
        Totals totals = NONE;
        for (SessionEntry entry : entries) {
            totals = totals.plus(entry);
        }
        return totals;
    }

    /// All of it as one cost: unknown only when nothing is known of what was spent; see
    /// `priceKnown`.
    public Cost cost() {
        if (usd.signum() == 0 && unpriced > 0) {
            return new Cost.Unknown();
        }
        return answers > 0 && local == answers ? new Cost.Local() : new Cost.Usd(usd);
    }

    /// Whether `usd` is all that was spent.
    public boolean priceKnown() {
        return unpriced == 0;
    }

    /// Whether the sums of tokens are complete.
    public boolean tokensKnown() {
        return uncounted == 0;
    }

    Totals plus(SessionEntry entry) {
        return switch (entry) {
            case SessionEntry.ModelSaid said ->
                    said.spent() ? plus(said.usage(), said.cost()) : this;
            case SessionEntry.SpentBeside spent -> plus(spent.usage(), spent.cost());
            case SessionEntry.UserSaid _,
                    SessionEntry.NobodyAnswered _,
                    SessionEntry.Halted _,
                    SessionEntry.ToolAnswered _,
                    SessionEntry.Nudged _,
                    SessionEntry.Planned _,
                    SessionEntry.Compacted _,
                    SessionEntry.Expanded _,
                    SessionEntry.FilesKept _,
                    SessionEntry.FilesChanged _,
                    SessionEntry.Undone _,
                    SessionEntry.Redone _ ->
                    this;
        };
    }

    private Totals plus(@Nullable Usage counted, Cost cost) {
        Usage usage = counted == null ? Usage.NONE : counted;
        return new Totals(
                answers + 1,
                input + usage.input(),
                output + usage.output(),
                cacheRead + usage.cacheRead(),
                cacheWrite + usage.cacheWrite(),
                reasoning + usage.reasoning(),
                cost instanceof Cost.Usd(var amount) ? usd.add(amount) : usd,
                counted == null ? uncounted + 1 : uncounted,
                cost instanceof Cost.Unknown ? unpriced + 1 : unpriced,
                cost instanceof Cost.Local ? local + 1 : local);
    }
}
