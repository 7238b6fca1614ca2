package hal0.slots.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.PullResponseItem;
import hal0.slots.runtime.PullProgress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PullTallyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PullTally tally = new PullTally("image");

    @Test
    void layersAreAddedUp() {
        assertThat(add("a", "Pulling fs layer", null)).isNull();
        assertThat(add("a", "Downloading", "\"current\":10,\"total\":100")).isEqualTo(sum(10, 100));
        assertThat(add("b", "Downloading", "\"current\":5,\"total\":50")).isEqualTo(sum(15, 150));
        assertThat(add("a", "Download complete", null)).isEqualTo(sum(105, 150));
        assertThat(add("a", "Extracting", "\"current\":3,\"total\":100")).isNull();
        assertThat(add("b", "Pull complete", null)).isEqualTo(sum(150, 150));
    }

    @Test
    void whatIsHereAlreadyCountsNothing() {
        assertThat(add("a", "Already exists", null)).isNull();
        assertThat(add("a", "Download complete", null)).isNull();
        assertThat(add(null, "Status: Image is up to date", null)).isNull();
    }

    @Test
    void layerOfUnknownSizeCountsWhatCame() {
        assertThat(add("a", "Downloading", "\"current\":10")).isEqualTo(sum(10, 10));
        assertThat(add("a", "Downloading", "")).isNull();
    }

    @Test
    void progressNeverGoesBack() {
        add("a", "Downloading", "\"current\":60,\"total\":100");
        assertThat(add("a", "Downloading", "\"current\":20,\"total\":100")).isNull();
    }

    private static PullProgress sum(long done, long total) {
        return new PullProgress("image", done, total);
    }

    private @Nullable PullProgress add(
            @Nullable String id, String status, @Nullable String detail) {
        String json =
                "{\"status\":\"%s\"%s%s}"
                        .formatted(
                                status,
                                id == null ? "" : ",\"id\":\"" + id + "\"",
                                detail == null ? "" : ",\"progressDetail\":{" + detail + "}");
        try {
            return tally.add(JSON.readValue(json, PullResponseItem.class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
