package hal0.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelFiltersTest {
    @Test
    void anEmptyIncludeLetsAllIn() {
        assertThat(ModelFilters.ALL.lists("anything/at-all")).isTrue();
    }

    @Test
    void excludeWins() {
        ModelFilters filters =
                new ModelFilters(List.of("anthropic/*", "*-mini"), List.of("*:free"));
        assertThat(filters.lists("anthropic/claude")).isTrue();
        assertThat(filters.lists("openai/gpt-4o-mini")).isTrue();
        assertThat(filters.lists("openai/gpt-4o")).isFalse();
        assertThat(filters.lists("anthropic/claude:free")).isFalse();
    }

    @Test
    void aPatternOfManyStarsIsFast() {
        ModelFilters filters = new ModelFilters(List.of("*a".repeat(200) + "b"), List.of());
        assertThat(filters.lists("a".repeat(20_000))).isFalse();
    }
}
