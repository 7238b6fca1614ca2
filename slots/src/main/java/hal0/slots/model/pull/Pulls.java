package hal0.slots.model.pull;

import static java.lang.System.Logger.Level.ERROR;

import hal0.providers.Secret;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegistryEdits;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The pulls of this process: those that run, and the last that ended.
///
/// **Shape** who asks for what is being pulled already gets that job. Closing cancels all, which
/// keeps what has come; a later pull of the same thing goes on from there. **Errors**
/// [ModelException]. **Threads** any; each job has a thread of its own, which is none of the light
/// ones: checksums would keep those from everybody else.
public final class Pulls implements AutoCloseable {
    /// Where Hugging Face is, unless `HF_ENDPOINT` says another place.
    public static final URI HUGGING_FACE = URI.create("https://huggingface.co");

    private static final System.Logger LOG = System.getLogger(Pulls.class.getName());
    private static final int REMEMBERED = 50;
    private static final Duration END = Duration.ofSeconds(5);
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#]*)?");

    private final Transport transport;
    private final Function<String, Optional<String>> variables;
    private final Supplier<ModelStore> store;
    private final RegistryEdits registry;
    private final Consumer<PullStatus> told;
    private final InstantSource clock;
    private final Disk disk;
    private final Pause pause;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Job> running = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /// **Shape** `variables` finds `HF_TOKEN` and `HF_ENDPOINT`; `told` hears of every pull that
    /// begins or ends, on another thread.
    public Pulls(
            Transport transport,
            Function<String, Optional<String>> variables,
            Supplier<ModelStore> store,
            RegistryEdits registry,
            Consumer<PullStatus> told,
            InstantSource clock) {
        this(transport, variables, store, registry, told, clock, Disk::usable, Pause::real);
    }

    Pulls(
            Transport transport,
            Function<String, Optional<String>> variables,
            Supplier<ModelStore> store,
            RegistryEdits registry,
            Consumer<PullStatus> told,
            InstantSource clock,
            Disk disk,
            Pause pause) {
        this.transport = transport;
        this.variables = variables;
        this.store = store;
        this.registry = registry;
        this.told = told;
        this.clock = clock;
        this.disk = disk;
        this.pause = pause;
    }

    /// A job and whether it was begun by who asks, rather than before.
    public record Begun(PullStatus status, boolean isNew) {}

    /// Refuses what `start` would without asking anybody, and starts nothing.
    public static void check(PullWish wish) {
        var _ = Pull.checked(wish);
    }

    /// Begins a pull; what is wrong with the wish itself is said at once, all else by the job.
    public Begun start(PullWish wish) {
        ModelReference reference = Pull.checked(wish);
        Pull.Surroundings around = surroundings();
        synchronized (jobs) {
            if (closed) {
                throw ModelException.of(ModelProblem.CANCELLED, "hal0 is ending");
            }
            Job other = running.get(reference.text());
            // One that is over may still stand here: it tells of its end before it goes.
            if (other != null && !other.status().state().isOver()) {
                return new Begun(other.status(), false);
            }
            Job job = new Job(random(), reference.toString(), clock);
            Pull pull = new Pull(reference, wish, around, job, job.cancel());
            jobs.put(job.status().job(), job);
            running.put(reference.text(), job);
            forgetOld();
            threads.removeIf(thread -> !thread.isAlive());
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("model-pull-" + job.status().job())
                            .start(() -> run(job, pull, reference)));
            return new Begun(job.status(), true);
        }
    }

    private void forgetOld() {
        List<String> over =
                jobs.entrySet().stream()
                        .filter(entry -> entry.getValue().status().state().isOver())
                        .map(Map.Entry::getKey)
                        .toList();
        for (int i = 0; jobs.size() > REMEMBERED && i < over.size(); i++) {
            jobs.remove(over.get(i));
        }
    }

    private Pull.Surroundings surroundings() {
        URI endpoint = endpoint();
        Fetch fetch =
                new Fetch(transport, endpoint, () -> variables.apply("HF_TOKEN").map(Secret::new));
        return new Pull.Surroundings(
                new Download.Tools(fetch, disk, pause),
                new Hub(fetch, endpoint),
                store.get(),
                registry);
    }

    private URI endpoint() {
        String written = variables.apply("HF_ENDPOINT").map(String::strip).orElse("");
        if (written.isEmpty()) {
            return HUGGING_FACE;
        }
        if (!ADDRESS.matcher(written).matches()) {
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "HF_ENDPOINT is no address such as https://huggingface.co");
        }
        return URI.create(written);
    }

    private void run(Job job, Pull pull, ModelReference reference) {
        told.accept(job.status());
        PullStatus end;
        try {
            end = job.ended(pull.run());
        } catch (ModelException e) {
            end = job.failed(e);
        } catch (ProviderException e) {
            end = job.failed(Fetch.failed(e));
        } catch (RuntimeException e) {
            LOG.log(ERROR, "a pull failed by a fault of hal0", e);
            end =
                    job.failed(
                            ModelException.of(
                                    ModelProblem.STORE,
                                    "a fault of hal0 itself (%s)"
                                            .formatted(e.getClass().getSimpleName()),
                                    e));
        }
        synchronized (jobs) {
            running.remove(reference.text(), job);
        }
        told.accept(end);
    }

    private static String random() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /// The newest last.
    public List<PullStatus> all() {
        synchronized (jobs) {
            return jobs.values().stream().map(Job::status).toList();
        }
    }

    public Optional<PullStatus> find(String job) {
        return findJob(job).map(Job::status);
    }

    private Optional<Job> findJob(String job) {
        synchronized (jobs) {
            return Optional.ofNullable(jobs.get(job));
        }
    }

    private Job job(String job) {
        return findJob(job)
                .orElseThrow(() ->
                        ModelException.of(
                                ModelProblem.NOT_FOUND,
                                "there is no pull \"%s\"; those of an earlier run go on when the same model is pulled again"
                                        .formatted(job)));
    }

    /// Ends a pull; what has come stays for the next one.
    public PullStatus cancel(String job) {
        Job found = job(job);
        found.cancel().cancel("it was asked to stop");
        return found.status();
    }

    /// Tells how a pull goes on until it is over or `left` is cancelled; the first word is said at
    /// once, and the same again where nothing has changed for `quiet`.
    public PullStatus follow(
            String job, Duration quiet, Consumer<PullStatus> listener, CancelToken left) {
        Job found = job(job);
        Job.Seen seen = new Job.Seen(found.status(), 0);
        try {
            do {
                seen = found.await(seen.version(), quiet, left);
                listener.accept(seen.status());
            } while (!seen.status().state().isOver() && !left.isCancelled());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return seen.status();
    }

    @Override
    public void close() {
        List<Thread> ending;
        synchronized (jobs) {
            closed = true;
            running.values().forEach(job -> job.cancel().cancel("hal0 is ending"));
            ending = List.copyOf(threads);
        }
        try {
            for (Thread thread : ending) {
                var _ = thread.join(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
