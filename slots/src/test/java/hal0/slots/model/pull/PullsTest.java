package hal0.slots.model.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.HttpTransport;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.RegistryEdits;
import hal0.slots.model.pull.PullStatus.State;
import hal0.slots.testing.FakeHub;
import hal0.slots.testing.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pulls over real sockets, from a hub that follows a script.
class PullsTest {
    private static final String REFERENCE = "hf:org/repo:Q4_K_M";
    private static final String FILE = "Tiny-Q4_K_M.gguf";

    @TempDir Path home;
    private FakeHub hub;
    private HttpTransport transport;
    private final Map<String, String> variables = new HashMap<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final BlockingQueue<PullStatus> told = new LinkedBlockingQueue<>();
    private final byte[] model = large();
    private volatile long free = Long.MAX_VALUE;
    private Pulls pulls;

    private static byte[] large() {
        byte[] words = GgufWriter.tiny("llama", "Tiny").bytes();
        return Arrays.copyOf(words, words.length + 50_000);
    }

    @BeforeEach
    void start() throws Exception {
        hub = new FakeHub();
        hub.put("org/repo/" + FILE, model);
        variables.put("HF_ENDPOINT", hub.endpoint().toString());
        transport = new HttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
        pulls = open();
    }

    private Pulls open() {
        return new Pulls(
                transport,
                name -> Optional.ofNullable(variables.get(name)),
                () -> new ModelStore(home.resolve("models")),
                registry(),
                told::add,
                InstantSource.system(),
                _ -> free,
                (duration, _) -> pauses.add(duration));
    }

    private RegistryEdits registry() {
        return new RegistryEdits(home);
    }

    @AfterEach
    void stop() {
        pulls.close();
        transport.close();
        hub.close();
        assertThat(transport.openResponses()).as("answers left open").isZero();
    }

    @Test
    void quantizationIsFetchedCheckedAndRegistered() throws Exception {
        PullStatus done = pull(REFERENCE);
        assertThat(done)
                .returns(State.DONE, PullStatus::state)
                .returns("Tiny-Q4_K_M", PullStatus::model)
                .returns((long) model.length, PullStatus::done)
                .returns((long) model.length, PullStatus::total);
        Path file = home.resolve("models/hf/org/repo").resolve(FILE);
        assertThat(done.path()).isEqualTo(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(model);
        assertThat(folder()).containsExactly(FILE);
        assertThat(registry().all())
                .containsExactly(
                        new RegisteredModel(
                                "Tiny-Q4_K_M",
                                file.toString(),
                                REFERENCE,
                                null,
                                FakeHub.sha256(model),
                                model.length,
                                4096,
                                List.of("chat", "tools"),
                                null,
                                1));
        assertThat(List.of(told.take(), told.take()))
                .extracting(PullStatus::state)
                .containsExactly(State.RESOLVING, State.DONE);
    }

    @Test
    void tokenGoesToItsOriginAndNotWhereThatRedirects() {
        variables.put("HF_TOKEN", "hf_secret");
        assertThat(pull("hf:org/repo/" + FILE).state()).isEqualTo(State.DONE);
        assertThat(hub.asked())
                .filteredOn(asked -> asked.server().equals("hub"))
                .hasSize(2)
                .allMatch(asked -> "Bearer hf_secret".equals(asked.authorization()));
        assertThat(hub.contents()).singleElement().returns(null, FakeHub.Asked::authorization);
    }

    @Test
    void tokenGoesToNoOtherAddress() {
        variables.put("HF_TOKEN", "hf_secret");
        hub.put("other.gguf", model);
        assertThat(pull(hub.plain("other.gguf").toString()).state()).isEqualTo(State.DONE);
        assertThat(hub.contents()).singleElement().returns(null, FakeHub.Asked::authorization);
    }

    @Test
    void whatBreaksOffIsTakenUpWhereItBroke() {
        hub.cut(3, 10_000);
        assertThat(pull(REFERENCE).state()).isEqualTo(State.DONE);
        assertThat(hub.contents())
                .extracting(FakeHub.Asked::range)
                .containsExactly(null, "bytes=10000-", "bytes=20000-", "bytes=30000-");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void serverThatNeverGivesAByteIsGivenUp() {
        hub.refuse(100);
        PullStatus failed = pull(REFERENCE);
        assertThat(failed)
                .returns(State.FAILED, PullStatus::state)
                .returns("model.upstream", PullStatus::code);
        assertThat(failed.message()).contains(FILE, "503", "Pull again").doesNotContain("..");
        assertThat(hub.contents()).hasSize(5);
        assertThat(pauses).isSorted().hasSize(4);
    }

    @Test
    void cancelledPullKeepsItsPartAndALaterProcessGoesOn() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        hub.hold(20_480, never);
        String job = pulls.start(new PullWish(REFERENCE, null, null)).status().job();
        Path part = home.resolve("models/hf/org/repo").resolve(FILE + ".part");
        awaitSize(job, 20_480);
        // It may be over already: that takes no longer than this call.
        assertThat(pulls.cancel(job).state()).isIn(State.DOWNLOADING, State.CANCELLED);
        PullStatus cancelled = end(job);
        assertThat(cancelled).returns(State.CANCELLED, PullStatus::state);
        assertThat(part).hasSize(20_480);
        never.countDown();
        pulls.close();
        pulls = open();
        assertThat(pull(REFERENCE).state()).isEqualTo(State.DONE);
        assertThat(hub.contents().getLast().range()).isEqualTo("bytes=20480-");
        assertThat(folder()).containsExactly(FILE);
    }

    @Test
    void fileThatChangedMeanwhileIsFetchedAnew() throws Exception {
        leavePart(20_000);
        byte[] other = model.clone();
        other[model.length - 1] = 1;
        hub.put("org/repo/" + FILE, other);
        assertThat(pull(REFERENCE).state()).isEqualTo(State.DONE);
        assertThat(hub.contents().getLast().range()).isNull();
        assertThat(stored()).isEqualTo(other);
    }

    /// Nobody says a checksum: the server's own tag has to tell.
    @Test
    void plainFileIsResumedByItsTag() throws Exception {
        hub.put("plain.gguf", model);
        String url = hub.plain("plain.gguf").toString();
        hub.cut(1, 20_000);
        assertThat(pull(url).state()).isEqualTo(State.DONE);
        assertThat(hub.contents().get(1).range()).isEqualTo("bytes=20000-");
        assertThat(Files.readAllBytes(Path.of(registry().all().getFirst().path())))
                .isEqualTo(model);
    }

    @Test
    void serverWithoutRangesIsReadFromTheBeginning() throws Exception {
        leavePart(20_000);
        hub.withoutRanges();
        assertThat(pull(REFERENCE).state()).isEqualTo(State.DONE);
        assertThat(stored()).isEqualTo(model);
    }

    /// A part that somebody else wrote into is found out at the end, and fetched once more.
    @Test
    void damagedPartIsFetchedAnewByItself() throws Exception {
        Path part = leavePart(20_000);
        byte[] damaged = Files.readAllBytes(part);
        damaged[19_000] ^= 1;
        Files.write(part, damaged);
        assertThat(pull(REFERENCE).state()).isEqualTo(State.DONE);
        assertThat(stored()).isEqualTo(model);
        assertThat(hub.contents()).hasSize(3);
    }

    @Test
    void partThatIsWholeIsOnlyChecked() throws Exception {
        leavePart(model.length);
        int before = hub.contents().size();
        assertThat(pull(REFERENCE).state()).isEqualTo(State.DONE);
        assertThat(hub.contents()).hasSize(before);
        assertThat(stored()).isEqualTo(model);
    }

    @Test
    void wrongContentIsThrownAway() throws Exception {
        hub.promising("a".repeat(64));
        PullStatus failed = pull(REFERENCE);
        assertThat(failed).returns("model.checksum_mismatch", PullStatus::code);
        assertThat(failed.message()).contains("a".repeat(64), FakeHub.sha256(model));
        assertThat(folder()).isEmpty();
        assertThat(registry().all()).isEmpty();
    }

    @Test
    void checksumOfTheUserIsHeldAgainstAPlainFile() throws Exception {
        hub.put("plain.gguf", model);
        String url = hub.plain("plain.gguf").toString();
        PullStatus failed = end(start(url, null, "b".repeat(64)));
        assertThat(failed).returns("model.checksum_mismatch", PullStatus::code);
        assertThat(end(start(url, null, FakeHub.sha256(model))).state()).isEqualTo(State.DONE);
        assertThatThrownBy(() -> start(url, null, "xyz")).hasMessageContaining("64 hexadecimal");
    }

    @Test
    void completeFileOfAnAddressWhoseSumIsKnownIsNotFetchedAgain() throws Exception {
        hub.put("plain.gguf", model);
        String url = hub.plain("plain.gguf").toString();
        assertThat(end(start(url, null, FakeHub.sha256(model))).message()).isEmpty();
        int before = hub.contents().size();
        PullStatus again = end(start(url, null, FakeHub.sha256(model)));
        assertThat(again.state()).isEqualTo(State.DONE);
        assertThat(again.message()).contains("complete already");
        assertThat(hub.contents()).hasSize(before);
    }

    @Test
    void fullDiskIsSaidBeforeTheFirstByte() {
        free = 64L * 1024 * 1024 + model.length - 1;
        PullStatus failed = pull(REFERENCE);
        assertThat(failed).returns("model.no_space", PullStatus::code);
        assertThat(failed.message()).contains("needs 1 MB", "[models]");
        assertThat(hub.contents()).isEmpty();
    }

    @Test
    void allPartsOfASplitModelCome() throws Exception {
        for (int i = 0; i < 2; i++) {
            hub.put(
                    "org/repo/Q8_0/Big-Q8_0-0000%d-of-00002.gguf".formatted(i + 1),
                    new GgufWriter()
                            .pair("general.architecture", "llama")
                            .pair("split.no", i)
                            .pair("split.count", 2)
                            .tensor("blk.%d.x".formatted(i), 0, 1000)
                            .bytes());
        }
        PullStatus done = pull("hf:org/repo:Q8_0");
        assertThat(done)
                .returns(State.DONE, PullStatus::state)
                .returns("Big-Q8_0", PullStatus::model);
        assertThat(done.path()).hasFileName("Big-Q8_0-00001-of-00002.gguf");
        assertThat(registry().all().getFirst())
                .returns(done.total(), RegisteredModel::sizeBytes)
                .returns(null, RegisteredModel::sha256);
    }

    @Test
    void samePullTwiceIsOneJob() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        hub.hold(1024, held);
        Pulls.Begun first = pulls.start(new PullWish(REFERENCE, null, null));
        Pulls.Begun second = pulls.start(new PullWish(REFERENCE, null, null));
        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.status().job()).isEqualTo(first.status().job());
        held.countDown();
        assertThat(end(first.status().job()).state()).isEqualTo(State.DONE);
        assertThat(hub.contents()).hasSize(1);
    }

    @Test
    void partThatAnotherHoldsIsLeftToIt() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        hub.hold(1024, held);
        String first = start(REFERENCE, null, null);
        awaitSize(first, 1024);
        PullStatus other = pull("hf:org/repo/" + FILE);
        assertThat(other).returns("model.busy", PullStatus::code);
        held.countDown();
        assertThat(end(first).state()).isEqualTo(State.DONE);
    }

    @Test
    void modelThatIsThereIsNotFetchedAgain() {
        pull(REFERENCE);
        assertThat(pull(REFERENCE).state()).isEqualTo(State.DONE);
        assertThat(hub.contents()).hasSize(1);
        assertThat(registry().all()).hasSize(1);
    }

    @Test
    void idOfAnotherModelIsNotTaken() throws Exception {
        Files.writeString(
                home.resolve("models.toml"), "[[model]]\nid = \"mine\"\npath = \"/x.gguf\"\n");
        PullStatus failed = end(start(REFERENCE, "mine", null));
        assertThat(failed).returns("model.already_exists", PullStatus::code);
        assertThat(hub.contents()).isEmpty();
    }

    @Test
    void entryThatNamesTheReferenceIsFilledIn() throws Exception {
        Files.writeString(
                home.resolve("models.toml"),
                """
                # mine
                [[model]]
                id = "mine" # stays
                ref = "hf:org/repo:Q4_K_M"
                profile = "llama-server-cuda"
                """);
        assertThat(end(start(REFERENCE, "mine", null)).state()).isEqualTo(State.DONE);
        assertThat(Files.readString(home.resolve("models.toml")))
                .startsWith("# mine\n[[model]]\nid = \"mine\" # stays\n")
                .contains("profile = \"llama-server-cuda\"", "path = ", "context_length = 4096");
    }

    @Test
    void licenceThatNobodyAcceptedIsSaid() {
        hub.gated();
        assertThat(pull(REFERENCE))
                .returns("model.forbidden", PullStatus::code)
                .extracting(PullStatus::message)
                .asString()
                .contains("Access is restricted", "HF_TOKEN", "licence");
    }

    @Test
    void repositoryOrFileThatIsNotThereIsSaidWithWhatIs() {
        assertThat(pull("hf:org/none:Q4_K_M"))
                .returns("model.not_found", PullStatus::code)
                .extracting(PullStatus::message)
                .asString()
                .contains("org/none", "HF_TOKEN");
        assertThat(pull("hf:org/repo:Q9_X").message()).contains("no Q9_X", FILE);
        assertThat(pull("hf:org/repo/x.gguf").message()).contains("no file x.gguf", FILE);
    }

    @Test
    void pageInsteadOfAModelIsNoticedAtItsFirstBytes() throws Exception {
        hub.put("page.gguf", "<html><body>Sign in</body></html>".getBytes());
        PullStatus failed = pull(hub.plain("page.gguf").toString());
        assertThat(failed).returns("model.unreadable", PullStatus::code);
        assertThat(failed.message()).contains("no GGUF file", "<html>");
        assertThat(new ModelStore(home.resolve("models")).files("")).isEmpty();
    }

    @Test
    void fileOfAnotherKindIsRegisteredAsItIs() {
        hub.put("org/repo/model.safetensors", new byte[100]);
        PullStatus done = pull("hf:org/repo/model.safetensors");
        assertThat(done).returns("model.safetensors", PullStatus::model);
        assertThat(registry().all().getFirst()).returns(100L, RegisteredModel::sizeBytes);
    }

    @Test
    void linkLocalAddressIsRefused() {
        PullStatus failed = pull("http://169.254.169.254/latest/model.gguf");
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message()).contains("link-local", "allowed_upstreams");
    }

    @Test
    void keyInAnAddressIsShownNowhere() throws Exception {
        hub.put("keyed.gguf", model);
        PullStatus done = pull(hub.plain("keyed.gguf") + "?token=s3cret");
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.toString()).doesNotContain("s3cret");
        assertThat(Files.readString(home.resolve("models.toml"))).doesNotContain("s3cret");
    }

    @Test
    void closingKeepsPartsAndRefusesMore() {
        CountDownLatch held = new CountDownLatch(1);
        hub.hold(1024, held);
        String job = start(REFERENCE, null, null);
        pulls.close();
        assertThat(pulls.find(job)).get().returns(State.CANCELLED, PullStatus::state);
        assertThatThrownBy(() -> pull(REFERENCE))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.problem()).isEqualTo(ModelProblem.CANCELLED));
    }

    /// A part of so many bytes, as an ended process leaves it.
    private Path leavePart(int bytes) throws Exception {
        Path target = home.resolve("models/hf/org/repo").resolve(FILE);
        hub.cut(1, bytes);
        CancelToken cancel = new CancelToken();
        try (Pulls first =
                new Pulls(
                        transport,
                        name -> Optional.ofNullable(variables.get(name)),
                        () -> new ModelStore(home.resolve("models")),
                        new RegistryEdits(home.resolve("elsewhere")),
                        _ -> {},
                        InstantSource.system(),
                        _ -> free,
                        (_, token) -> token.cancel("the process ended"))) {
            String job = first.start(new PullWish(REFERENCE, null, null)).status().job();
            first.follow(job, Duration.ofSeconds(20), _ -> {}, cancel);
        }
        Path part = target.resolveSibling(FILE + ".part");
        if (bytes == model.length) {
            Files.write(part, model);
            new PartNote(REFERENCE, null, null, FakeHub.sha256(model), model.length).write(part);
            Files.delete(target);
        }
        assertThat(part).hasSize(bytes);
        return part;
    }

    private byte[] stored() throws IOException {
        return Files.readAllBytes(home.resolve("models/hf/org/repo").resolve(FILE));
    }

    private List<String> folder() throws IOException {
        try (var list = Files.list(home.resolve("models/hf/org/repo"))) {
            return list.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String start(String reference, String id, String sha256) {
        return pulls.start(new PullWish(reference, id, sha256)).status().job();
    }

    private PullStatus pull(String reference) {
        return end(start(reference, null, null));
    }

    private PullStatus end(String job) {
        return pulls.follow(job, Duration.ofSeconds(30), _ -> {}, new CancelToken());
    }

    private void awaitSize(String job, long bytes) {
        CancelToken enough = new CancelToken();
        pulls.follow(
                job,
                Duration.ofMillis(50),
                status -> {
                    if (status.done() >= bytes) {
                        enough.cancel("enough");
                    }
                },
                enough);
    }
}
