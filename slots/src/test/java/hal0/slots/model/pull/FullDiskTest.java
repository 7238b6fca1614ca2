package hal0.slots.model.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.HttpTransport;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegistryEdits;
import hal0.slots.model.pull.PullStatus.State;
import hal0.slots.testing.FakeHub;
import hal0.slots.testing.GgufWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that becomes full while a model comes, because somebody else writes to it too.
class FullDiskTest {
    private static final String REFERENCE = "hf:org/repo:Q4_K_M";

    @TempDir Path home;

    @Test
    void fullDiskKeepsThePartAndRoomLetsItGoOn() throws Exception {
        Path store = Files.createDirectory(home.resolve("models"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", store.toString()),
                "no small disk can be mounted here (not root)");
        byte[] model = Arrays.copyOf(GgufWriter.tiny("llama", "Tiny").bytes(), 3_000_000);
        try (FakeHub hub = new FakeHub().put("org/repo/m-Q4_K_M.gguf", model);
                HttpTransport transport =
                        new HttpTransport(
                                "test", new AddressGuard(Set.of()), _ -> Optional.empty());
                Pulls pulls = pulls(transport, hub, store)) {
            PullStatus full = pull(pulls);
            assertThat(full)
                    .returns(State.FAILED, PullStatus::state)
                    .returns("model.no_space", PullStatus::code);
            assertThat(full.message()).contains("make room");
            assertThat(store.resolve("hf/org/repo/m-Q4_K_M.gguf")).doesNotExist();

            assertThat(run("mount", "-o", "remount,size=8m", store.toString())).isTrue();
            assertThat(pull(pulls)).returns(State.DONE, PullStatus::state);
            assertThat(store.resolve("hf/org/repo/m-Q4_K_M.gguf")).hasBinaryContent(model);
            assertThat(hub.contents().getLast().range()).startsWith("bytes=");
        } finally {
            assertThat(run("umount", store.toString())).isTrue();
        }
    }

    private Pulls pulls(HttpTransport transport, FakeHub hub, Path store) {
        return new Pulls(
                transport,
                name ->
                        name.equals("HF_ENDPOINT")
                                ? Optional.of(hub.endpoint().toString())
                                : Optional.empty(),
                () -> new ModelStore(store),
                new RegistryEdits(home),
                _ -> {},
                InstantSource.system(),
                _ -> Long.MAX_VALUE,
                (_, _) -> {});
    }

    private static PullStatus pull(Pulls pulls) {
        String job = pulls.start(new PullWish(REFERENCE, null, null)).status().job();
        return pulls.follow(job, Duration.ofSeconds(30), _ -> {}, new CancelToken());
    }

    private static boolean run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
