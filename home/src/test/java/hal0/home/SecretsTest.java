package hal0.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir Path folder;
    private Path path;

    @BeforeEach
    void path() {
        path = folder.resolve("api.env");
    }

    private Secrets open(String text, Map<String, String> environment) throws IOException {
        Files.writeString(path, text);
        return Secrets.open(new EnvFile(path), environment);
    }

    @Test
    void theEnvironmentWinsOverTheFileAtStart() throws IOException {
        Secrets secrets = open("A=file\nB=file\n", Map.of("A", "environment"));

        assertThat(secrets.find("A")).contains("environment");
        assertThat(secrets.find("B")).contains("file");
        assertThat(secrets.find("C")).isEmpty();
    }

    @Test
    void emptyCountsAsUnset() throws IOException {
        Secrets secrets = open("A=file\nB=\n", Map.of("A", "", "B", "", "C", ""));

        assertThat(secrets.find("A")).contains("file");
        assertThat(secrets.find("B")).isEmpty();
        assertThat(secrets.find("C")).isEmpty();
    }

    @Test
    void aWriteTakesEffectAtOnceWhateverTheEnvironmentHolds() throws IOException {
        Secrets secrets = open("", Map.of("A", "environment"));

        secrets.set("A", "written");

        assertThat(secrets.find("A")).contains("written");
        assertThat(path).hasContent("A=written\n");
        secrets.reload();
        assertThat(secrets.find("A")).contains("written");
        assertThat(Secrets.open(new EnvFile(path), Map.of("A", "environment")).find("A"))
                .contains("environment");
    }

    @Test
    void whatIsRemovedIsUnsetWhateverTheEnvironmentHolds() throws IOException {
        Secrets secrets = open("A=file\n", Map.of("A", "environment"));

        secrets.remove("A");

        assertThat(secrets.find("A")).isEmpty();
        assertThat(path).isEmptyFile();
    }

    @Test
    void aChangeOnDiskCountsAfterReload() throws IOException {
        Secrets secrets = open("A=one\n", Map.of());
        Files.writeString(path, "A=two\n");

        assertThat(secrets.find("A")).contains("one");
        secrets.reload();
        assertThat(secrets.find("A")).contains("two");
    }

    @Test
    void aValueThatChangedOnDiskIsNewerThanTheEnvironment() throws IOException {
        Secrets secrets = open("A=one\nB=one\n", Map.of("A", "environment", "B", "environment"));
        Files.writeString(path, "A=two\nB=one\n");

        secrets.reload();
        secrets.reload();

        assertThat(secrets.find("A")).contains("two");
        assertThat(secrets.find("B")).contains("environment");
    }

    @Test
    void aWriteThatFailsChangesNothing() throws IOException {
        Secrets secrets = open("A=one\n", Map.of());

        assertThatThrownBy(() -> secrets.set("A", "two\nlines"))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(secrets.find("A")).contains("one");
        assertThat(path).hasContent("A=one\n");
    }

    @Test
    void namesThatDifferFromTheEnvironmentAreTold() throws IOException {
        Secrets secrets =
                open("B=1\nA=1\nC=1\nD=1\n", Map.of("A", "2", "B", "2", "C", "1", "D", ""));

        assertThat(secrets.differing()).containsExactly("A", "B");
        assertThat(secrets.namesInFile()).containsExactly("A", "B", "C", "D");
    }

    @Test
    void nothingIsRevealedByTheTextForm() throws IOException {
        Secrets secrets = open("A=hidden1\n", Map.of("B", "hidden2"));

        assertThat(secrets.toString()).doesNotContain("hidden");
    }

    @Test
    void writesFromManyThreadsAllArrive() throws Exception {
        Secrets secrets = open("# keys\n", Map.of());
        ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String name = "KEY_" + i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    secrets.set(name, "v-" + name);
                                } catch (IOException e) {
                                    failures.add(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        for (int i = 0; i < 12; i++) {
            assertThat(secrets.find("KEY_" + i)).contains("v-KEY_" + i);
        }
        assertThat(Files.readAllLines(path)).hasSize(13).first().isEqualTo("# keys");
    }
}
