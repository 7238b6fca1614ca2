package hal0.tui.state;

import org.jspecify.annotations.Nullable;

/// Provider and model in use. **Units** `contextWindow` in tokens, null where not known.
public record Active(String provider, String model, boolean local, @Nullable Long contextWindow) {

    Active withContextWindow(@Nullable Long tokens) {
        return new Active(provider, model, local, tokens);
    }

    public String name() {
        return provider + "/" + model;
    }
}
