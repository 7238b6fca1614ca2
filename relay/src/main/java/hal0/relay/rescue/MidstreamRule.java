package hal0.relay.rescue;

import hal0.providers.error.ProviderException;

/// Who may go on with an answer that broke off after its client saw some of it.
///
/// **Shape** pure. The targets behind the one that broke off, in their order, then that one itself
/// once; nobody once a tool call was shown, or what only one provider can say, and nobody where the
/// failure is the caller's.
public final class MidstreamRule {
    /// Nobody goes on.
    public static final int NOBODY = -1;

    /// How many targets there are, which broke off, and who was asked since, -1 while nobody was.
    public record Situation(int targets, int brokeOff, int asked) {}

    private MidstreamRule() {}

    /// Whether anybody may go on at all.
    public static boolean isPossible(ProviderException failure, Shown shown) {
        return shown.canBeContinued() && Fault.of(failure) != Fault.CALLERS;
    }

    /// The target that is asked next, or [#NOBODY].
    public static int next(Situation situation) {
        if (situation.asked() == situation.brokeOff()) {
            return NOBODY;
        }
        int last = situation.asked() < 0 ? situation.brokeOff() : situation.asked();
        return last + 1 < situation.targets() ? last + 1 : situation.brokeOff();
    }
}
