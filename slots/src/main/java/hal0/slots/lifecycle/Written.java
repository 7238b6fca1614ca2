package hal0.slots.lifecycle;

import hal0.slots.lifecycle.SlotState.Answering;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Pulling;
import hal0.slots.lifecycle.SlotState.Starting;
import hal0.slots.lifecycle.SlotState.Unloading;
import hal0.slots.lifecycle.SlotState.Warming;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a state is shown and written down.
final class Written {
    private Written() {}

    static SavedState of(String slot, SlotState state, Experience experience, Instant now) {
        Map<String, Object> extra = new LinkedHashMap<>();
        if (!experience.memoryMb().isEmpty()) {
            extra.put("measured", experience.memoryMb());
        }
        if (!experience.loadMs().isEmpty()) {
            extra.put("load_ms", experience.loadMs());
        }
        Job job = jobOf(state);
        if (job != null) {
            extra.put("runtime", job.launch().runtime().word());
            extra.put("fingerprint", job.launch().fingerprint());
            put(extra, "restarts", job.crashes());
        }
        Running running = runningOf(state);
        if (running != null) {
            extra.put("id", running.id());
            extra.put("runtime", running.runtime().word());
        }
        add(state, extra, now);
        return new SavedState(
                slot,
                state.name(),
                state.model(),
                job == null ? null : job.launch().port(),
                now,
                message(state),
                extra);
    }

    private static void put(Map<String, Object> extra, String key, long count) {
        if (count > 0) {
            extra.put(key, count);
        }
    }

    private static void add(SlotState state, Map<String, Object> extra, Instant now) {
        switch (state) {
            case Pulling(_, PullProgress progress, _) when progress != null ->
                    extra.put(
                            "progress",
                            Map.of(
                                    "what", progress.what(),
                                    "done", progress.done(),
                                    "total", progress.total()));
            case Answering answering -> put(extra, "memory_mb", answering.up().memoryMb());
            case Broken broken -> {
                put(extra, "restarts", broken.crashes());
                extra.put("code", broken.failure().problem().code());
                if (broken.next() instanceof Next.Parked) {
                    extra.put("parked", true);
                }
                if (broken.next() instanceof Next.Retry(var after)) {
                    extra.put("retry_at", now.plus(after).toString());
                }
            }
            case Offline offline -> {
                Failure failure = offline.failure();
                if (failure != null) {
                    extra.put("code", failure.problem().code());
                }
            }
            case Pulling _, Starting _, Warming _, Unloading _ -> {}
        }
    }

    /// For people; empty where the state says it all.
    private static String message(SlotState state) {
        return switch (state) {
            case Offline offline -> offline.note();
            case Pulling pulling -> ending("", pulling.ending());
            case Starting starting -> ending("", starting.ending());
            case Warming warming -> ending("", warming.ending());
            case Answering _ -> "";
            case Unloading unloading -> unloading.why();
            case Broken broken -> broken.failure().message();
        };
    }

    private static String ending(String otherwise, @Nullable String why) {
        return why == null ? otherwise : "given up: " + why;
    }

    /// The load that the slot is in, null when it is in none.
    static @Nullable Job jobOf(SlotState state) {
        return switch (state) {
            case Pulling pulling -> pulling.job();
            case Starting starting -> starting.job();
            case Warming warming -> warming.job();
            case Answering answering -> answering.up().job();
            case Unloading unloading -> unloading.up().job();
            case Offline _, Broken _ -> null;
        };
    }

    /// What runs for it, null when nothing does.
    static @Nullable Running runningOf(SlotState state) {
        return switch (state) {
            case Warming warming -> warming.running();
            case Answering answering -> answering.up().running();
            case Unloading unloading -> unloading.up().running();
            case Broken broken -> broken.left();
            case Offline _, Pulling _, Starting _ -> null;
        };
    }
}
