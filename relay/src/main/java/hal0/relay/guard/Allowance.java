package hal0.relay.guard;

import hal0.providers.ModelFilters;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a key may ask for, and how much.
///
/// **Shape** `models` are patterns in which `*` stands for any characters; none lets all in. A null
/// limit is none. **Units** requests and tokens a minute, USD in all.
public record Allowance(
        List<String> models,
        @Nullable Long rpm,
        @Nullable Long tpm,
        @Nullable BigDecimal budgetUsd) {
    public static final Allowance ALL = new Allowance(List.of(), null, null, null);

    public Allowance {
        models = List.copyOf(models);
    }

    public boolean isLimited() {
        return rpm != null || tpm != null || budgetUsd != null;
    }

    /// Whether one of the patterns lets a model of that name through.
    public boolean names(String model) {
        return models.isEmpty() || new ModelFilters(models, List.of()).lists(model);
    }

    /// Whether a model of a provider may be asked for by that name: the name is allowed, or the
    /// model itself is, with or without its provider.
    public boolean allows(String name, String provider, String model) {
        return names(name) || names(provider + "/" + model) || names(model);
    }
}
