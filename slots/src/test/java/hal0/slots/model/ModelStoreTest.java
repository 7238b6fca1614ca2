package hal0.slots.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.Home;
import hal0.slots.error.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    @TempDir Path folder;

    @Test
    void storeIsAmongTheDataUnlessSomebodySays() {
        Home home = new Home(Path.of("/c"), Path.of("/d"), Path.of("/s"));
        String user = System.getProperty("user.home");
        assertThat(ModelStore.of(null, home).folder()).isEqualTo(Path.of("/d/models"));
        assertThat(ModelStore.of("~/gguf", home).folder()).isEqualTo(Path.of(user, "gguf"));
        assertThat(ModelStore.of("/srv/models/", home).folder()).isEqualTo(Path.of("/srv/models"));
        assertThat(ModelStore.of("models", home).folder()).isEqualTo(Path.of("/c/models"));
    }

    @Test
    void nothingLeadsOutOfTheStore() throws Exception {
        ModelStore store = new ModelStore(Files.createDirectory(folder.resolve("store")));
        assertThatThrownBy(() -> store.place("../x")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> store.place("/etc/passwd")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> store.place("a/../..")).isInstanceOf(ModelException.class);
        Path outside = Files.writeString(folder.resolve("outside"), "");
        Files.createSymbolicLink(store.folder().resolve("link"), outside);
        Path inside = Files.writeString(store.place("inside"), "");
        assertThat(store.holds(inside)).isTrue();
        assertThat(store.holds(store.folder().resolve("link"))).isFalse();
        assertThat(store.holds(outside)).isFalse();
    }

    @Test
    void filesAreFoundByTheirEnding() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("hf/o/r"));
        Files.writeString(deep.resolve("a.gguf"), "");
        Files.writeString(deep.resolve("b.gguf.part"), "");
        assertThat(new ModelStore(folder).files(".gguf")).containsExactly(deep.resolve("a.gguf"));
        assertThat(new ModelStore(folder).files(".part"))
                .containsExactly(deep.resolve("b.gguf.part"));
        assertThat(new ModelStore(folder.resolve("none")).files(".gguf")).isEmpty();
    }
}
