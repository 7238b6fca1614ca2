package hal0.relay.key;

import hal0.relay.error.RelayException;
import hal0.relay.error.RelayException.Field;
import hal0.relay.guard.Allowance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a key may be called and limited to; every fault is told at once.
final class KeyFields {
    private static final int LONGEST_NAME = 64;
    private static final int MOST_PATTERNS = 200;
    private static final BigDecimal LARGEST_BUDGET = new BigDecimal("1000000");

    /// In the ledger a key goes by its name, beside these.
    private static final Set<String> TAKEN =
            Set.of("hal0", "tui", "ask", "run", "relay", "local", "unknown");

    private KeyFields() {}

    static void check(KeyControl.Wish wish) {
        List<Field> faults = new ArrayList<>();
        name(wish.name(), faults);
        allowance(wish.allowance(), faults);
        refuse(faults);
    }

    static void check(Allowance allowance) {
        List<Field> faults = new ArrayList<>();
        allowance(allowance, faults);
        refuse(faults);
    }

    private static void refuse(List<Field> faults) {
        if (!faults.isEmpty()) {
            throw RelayException.invalid(faults);
        }
    }

    private static void name(String name, List<Field> faults) {
        boolean plain =
                name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || "-_.@".indexOf(c) >= 0);
        if (name.isEmpty() || name.length() > LONGEST_NAME || !plain) {
            faults.add(
                    new Field(
                            "name",
                            "a name is 1 to 64 letters, digits, and - _ . @, such as \"phone\""));
        } else if (TAKEN.contains(name)) {
            faults.add(new Field("name", "hal0 itself goes by \"%s\" in reports".formatted(name)));
        }
    }

    private static void allowance(Allowance allowance, List<Field> faults) {
        atLeastOne("rpm", allowance.rpm(), faults);
        atLeastOne("tpm", allowance.tpm(), faults);
        BigDecimal budget = allowance.budgetUsd();
        if (budget != null && (budget.signum() <= 0 || budget.compareTo(LARGEST_BUDGET) > 0)) {
            faults.add(
                    new Field(
                            "budget_usd",
                            "a budget is more than 0, in USD; leave it out for none"));
        }
        if (allowance.models().size() > MOST_PATTERNS
                || allowance.models().stream().anyMatch(KeyFields::isNoPattern)) {
            faults.add(
                    new Field(
                            "models",
                            "each of at most 200 is a model's name, in which * stands for anything"));
        }
    }

    private static boolean isNoPattern(String pattern) {
        return pattern.isBlank()
                || pattern.length() > 256
                || pattern.chars().anyMatch(Character::isISOControl);
    }

    private static void atLeastOne(String field, @Nullable Long limit, List<Field> faults) {
        if (limit != null && limit < 1) {
            faults.add(new Field(field, "a limit is 1 or more; leave it out for none"));
        }
    }
}
