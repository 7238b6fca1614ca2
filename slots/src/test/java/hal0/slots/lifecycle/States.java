package hal0.slots.lifecycle;

import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every state and every event that tests of the transition function put together.
final class States {
    static final Terms TERMS =
            new Terms(Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofMinutes(10));
    static final Running RUNNING = running("one");
    static final Failure FAILURE = Failure.of(SlotProblem.LOAD_FAILED, "it failed");
    static final Failure ENGINE = Failure.of(SlotProblem.RUNTIME_UNAVAILABLE, "no socket");

    private States() {}

    static Running running(String id) {
        return new Running(
                "chat",
                RuntimeName.PODMAN,
                id,
                "qwen",
                "f00",
                URI.create("http://127.0.0.1:8081"),
                null,
                true,
                Instant.EPOCH,
                List.of());
    }

    static Launch launch(@Nullable String model) {
        return new Launch(
                "chat",
                SlotSpec.Type.LLM,
                RuntimeName.PODMAN,
                "image",
                List.of(new Argument("serve", Argument.Source.BASE, "")),
                Map.of(),
                SlotSpec.Device.CPU,
                0,
                8081,
                0,
                0,
                List.of(),
                "/health",
                model == null ? null : new Launch.Served(model, null, model, 4096));
    }

    static Job job(int crashes) {
        return new Job(launch("qwen"), crashes);
    }

    static Up up(@Nullable String model, int crashes, Duration since) {
        return new Up(new Job(launch(model), crashes), RUNNING, since, 0);
    }

    static Up up() {
        return up("qwen", 0, Duration.ofMinutes(59));
    }

    static SlotState.Broken broken(int crashes, @Nullable Running left, Next next) {
        return new SlotState.Broken(FAILURE, "qwen", crashes, left, next);
    }

    /// Every kind of state, with and without what it may hold.
    static List<SlotState> all() {
        return List.of(
                SlotState.Offline.EMPTY,
                new SlotState.Offline(new SlotState.Wanted("qwen"), null, ""),
                new SlotState.Offline(null, FAILURE, "it failed"),
                new SlotState.Pulling(job(0), null, null),
                new SlotState.Pulling(job(2), new PullProgress("x", 1, 2), "enough"),
                new SlotState.Starting(job(0), List.of(), null),
                new SlotState.Starting(job(2), List.of(new SlotState.Death("one", "x")), null),
                new SlotState.Starting(job(0), List.of(), "enough"),
                new SlotState.Warming(job(0), RUNNING, null),
                new SlotState.Warming(job(2), RUNNING, null),
                new SlotState.Warming(job(5), RUNNING, null),
                new SlotState.Warming(job(0), RUNNING, "enough"),
                new SlotState.Warming(new Job(launch(null), 0), RUNNING, null),
                new SlotState.Ready(up()),
                new SlotState.Serving(up()),
                new SlotState.Serving(up(null, 0, Duration.ZERO)),
                new SlotState.Idle(up()),
                new SlotState.Idle(up("qwen", 5, Duration.ofMinutes(59))),
                new SlotState.Idle(up(null, 0, Duration.ZERO)),
                new SlotState.Unloading(up(), "enough"),
                broken(0, null, new Next.Rest()),
                broken(6, null, new Next.Parked()),
                broken(2, null, new Next.Retry(Duration.ofSeconds(5))),
                broken(2, null, new SlotState.Wanted("qwen")),
                broken(2, RUNNING, new Next.Retry(Duration.ofSeconds(5))),
                broken(0, RUNNING, new Next.Rest()),
                broken(6, RUNNING, new Next.Parked()),
                broken(0, RUNNING, new SlotState.Wanted("qwen")),
                broken(0, RUNNING, new Next.Down("enough")));
    }

    /// Every kind of event, about what runs and about something else.
    static List<SlotEvent> events() {
        return List.of(
                new SlotEvent.Load("qwen"),
                new SlotEvent.Load(null),
                new SlotEvent.Unload("enough"),
                new SlotEvent.Resolved("qwen", launch("qwen"), true),
                new SlotEvent.Resolved("qwen", launch("qwen"), false),
                new SlotEvent.Resolved("other", launch("other"), true),
                new SlotEvent.Unresolved("qwen", FAILURE),
                new SlotEvent.Unresolved("qwen", ENGINE),
                new SlotEvent.Unresolved("other", FAILURE),
                new SlotEvent.Progressed(new PullProgress("x", 1, 3)),
                new SlotEvent.Prepared(),
                new SlotEvent.Found(launch("qwen")),
                new SlotEvent.Started(RUNNING),
                new SlotEvent.Failed(FAILURE),
                new SlotEvent.Failed(ENGINE),
                new SlotEvent.Answered("one"),
                new SlotEvent.Answered("other"),
                new SlotEvent.Unanswered("one", FAILURE),
                new SlotEvent.Unanswered("other", FAILURE),
                new SlotEvent.Unwell("one", "it hangs"),
                new SlotEvent.Unwell("other", "it hangs"),
                new SlotEvent.Died("one", "exit code 1"),
                new SlotEvent.Died("other", "exit code 1"),
                new SlotEvent.Died(null, "exit code 1"),
                new SlotEvent.Gone("one"),
                new SlotEvent.Gone("other"),
                new SlotEvent.NotGone("one", ENGINE),
                new SlotEvent.NotGone("other", ENGINE),
                new SlotEvent.Measured("one", 100),
                new SlotEvent.Measured("other", 100),
                new SlotEvent.Busy(),
                new SlotEvent.Quiet(),
                new SlotEvent.IdleDue(),
                new SlotEvent.UnloadDue(),
                new SlotEvent.RetryDue(),
                new SlotEvent.EngineFound());
    }
}
