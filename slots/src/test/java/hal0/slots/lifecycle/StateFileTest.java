package hal0.slots.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
    @TempDir Path folder;

    private SavedState saved(StateName state) {
        return new SavedState(
                "chat",
                state,
                "qwen",
                8081,
                Instant.parse("2026-11-21T10:00:00Z"),
                "a message",
                Map.of("parked", true, "restarts", 6, "measured", Map.of("qwen", 700)));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        StateFile file = new StateFile(folder, "chat");
        for (StateName state : StateName.values()) {
            file.write(saved(state));
            assertThat(file.read()).isEqualTo(saved(state));
            file.writeLazily(saved(state));
            assertThat(file.read()).isEqualTo(saved(state));
        }
        assertThat(file.read().isParked()).isTrue();
        assertThat(file.read().restarts()).isEqualTo(6);
        assertThat(file.read().experience().memoryMb("qwen", 0)).isEqualTo(700);
    }

    @Test
    void formIsThatOfTheContract() throws Exception {
        StateFile file = new StateFile(folder, "chat");
        file.write(saved(StateName.ERROR));
        assertThat(Files.readString(folder.resolve("chat/state.json")))
                .startsWith(
                        "{\"name\":\"chat\",\"state\":\"error\",\"model_id\":\"qwen\",\"port\":8081,\"updated_at\":\"2026-11-21T10:00:00Z\",\"message\":\"a message\",\"extra\":{");
    }

    @Test
    void missingFileIsOfflineWithoutANote() {
        assertThat(new StateFile(folder, "chat").read().state()).isEqualTo(StateName.OFFLINE);
        assertThat(new StateFile(folder, "chat").read().message()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"name\":\"chat\",\"state\":\"rea",
                "null",
                "[]",
                "7",
                "{}",
                "{\"name\":\"other\",\"state\":\"ready\",\"updated_at\":\"2026-11-21T10:00:00Z\"}",
                "{\"name\":\"chat\",\"state\":\"sleeping\",\"updated_at\":\"2026-11-21T10:00:00Z\"}",
                "{\"name\":\"chat\",\"state\":\"ready\",\"updated_at\":\"yesterday\"}",
                "{\"name\":\"chat\",\"state\":3,\"updated_at\":\"2026-11-21T10:00:00Z\"}",
                "{\"name\":\"chat\",\"state\":\"ready\",\"updated_at\":\"2026-11-21T10:00:00Z\"} x",
            })
    void unusableFileIsOfflineWithANote(String text) throws Exception {
        Files.createDirectories(folder.resolve("chat"));
        Files.writeString(folder.resolve("chat/state.json"), text);
        SavedState read = new StateFile(folder, "chat").read();
        assertThat(read.state()).isEqualTo(StateName.OFFLINE);
        assertThat(read.message()).contains("state.json said was lost");
    }

    @Test
    void fieldsOfLaterVersionsAndOfWrongTypesArePassedOver() throws Exception {
        Files.createDirectories(folder.resolve("chat"));
        Files.writeString(
                folder.resolve("chat/state.json"),
                "{\"name\":\"chat\",\"state\":\"ready\",\"updated_at\":\"2026-11-21T10:00:00Z\",\"port\":\"x\",\"model_id\":4,\"message\":[],\"extra\":{\"measured\":{\"a\":-1,\"b\":\"c\",\"d\":5},\"restarts\":\"many\",\"new\":{}},\"later\":1}");
        SavedState read = new StateFile(folder, "chat").read();
        assertThat(read.state()).isEqualTo(StateName.READY);
        assertThat(read.port()).isNull();
        assertThat(read.modelId()).isNull();
        assertThat(read.restarts()).isZero();
        assertThat(read.experience().memoryMb()).containsExactly(Map.entry("d", 5L));
    }

    @Test
    void folderInItsPlaceIsOfflineWithANote() throws Exception {
        Files.createDirectories(folder.resolve("chat/state.json"));
        assertThat(new StateFile(folder, "chat").read().message()).contains("was lost");
    }

    @Test
    void deletedStateLeavesNothing() throws Exception {
        StateFile file = new StateFile(folder, "chat");
        file.write(saved(StateName.READY));
        Files.writeString(file.folder().resolve("output.log"), "x");
        file.delete();
        file.delete();
        try (var left = Files.list(folder)) {
            assertThat(left.toList()).isEqualTo(List.of());
        }
    }
}
