package hal0.providers.probe;

import java.util.Collection;
import java.util.Locale;

/// What a check came to.
public enum Verdict {
    PASS,
    /// It works, though not as it should.
    WARN,
    FAIL,
    /// Nothing was checked, which is no success.
    SKIP;

    /// As programs read it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The worst of several; `SKIP` only where there is nothing else.
    public static Verdict of(Collection<Verdict> verdicts) {
        if (verdicts.contains(FAIL)) {
            return FAIL;
        }
        if (verdicts.contains(WARN)) {
            return WARN;
        }
        return verdicts.contains(PASS) ? PASS : SKIP;
    }
}
