package hal0.slots.runtime;

import hal0.providers.Secret;
import hal0.slots.definition.SlotSpec.RuntimeName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that a runtime started for a slot.
///
/// **Shape** `id` is the runtime's own name for it: a container's, a service's, or a process's with
/// the moment of its start; `model` the id under which it was launched, null without one;
/// `endpoint` where it listens, without a path; `key` what its clients must show where it is
/// reached over a network; `pids` its processes on this machine as far as they are known.
public record Running(
        String slot,
        RuntimeName runtime,
        String id,
        @Nullable String model,
        String fingerprint,
        URI endpoint,
        @Nullable Secret key,
        boolean alive,
        Instant startedAt,
        List<Long> pids) {
    public Running {
        pids = List.copyOf(pids);
    }
}
