package hal0.providers.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Header fields in their order, names compared without case. Immutable.
public final class Headers {
    public static final Headers NONE = new Headers(List.of());

    private final List<String> namesAndValues;

    private Headers(List<String> namesAndValues) {
        this.namesAndValues = List.copyOf(namesAndValues);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<String> find(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues.get(i + 1));
            }
        }
        return Optional.empty();
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            action.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    /// Names only: values may be secrets.
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, _) -> names.add(name.toLowerCase(Locale.ROOT)));
        return names.toString();
    }

    /// Collects header fields; `set` replaces all fields of that name, `add` does not.
    public static final class Builder {
        private final List<String> list = new ArrayList<>();

        public Builder add(String name, String value) {
            list.add(name);
            list.add(value);
            return this;
        }

        public Builder set(String name, String value) {
            for (int i = list.size() - 2; i >= 0; i -= 2) {
                if (list.get(i).equalsIgnoreCase(name)) {
                    list.remove(i + 1);
                    list.remove(i);
                }
            }
            return add(name, value);
        }

        public Headers build() {
            return new Headers(list);
        }
    }
}
