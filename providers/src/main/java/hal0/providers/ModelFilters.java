package hal0.providers;

import java.util.List;

/// Which of a provider's models are listed: `*` stands for any characters, `exclude` wins, an empty
/// `include` lets all in. A model that is not listed can still be asked for by name.
public record ModelFilters(List<String> include, List<String> exclude) {
    public static final ModelFilters ALL = new ModelFilters(List.of(), List.of());

    public ModelFilters {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    public boolean lists(String modelId) {
        boolean in = include.isEmpty() || include.stream().anyMatch(p -> matches(p, modelId));
        return in && exclude.stream().noneMatch(p -> matches(p, modelId));
    }

    /// Glob matching in linear space: on a mismatch only the last star is widened, so that no
    /// pattern can make it slow.
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
