package hal0.slots.error;

import java.util.Arrays;
import java.util.Optional;

/// Everything that a slot can refuse, by the code that clients and scripts see.
public enum SlotProblem {
    NOT_FOUND("slot.not_found"),
    /// The slot is in a state from which that cannot be done.
    ILLEGAL_TRANSITION("slot.illegal_transition"),
    /// It is on its way up; ask again.
    LOADING("slot.loading"),
    /// It could not be brought up; asking again changes nothing.
    LOAD_FAILED("slot.load_failed"),
    /// It failed so often that it is left alone.
    CRASH_LOOPING("slot.crash_looping"),
    /// As many wait for it as may.
    QUEUE_FULL("slot.queue_full"),
    NO_FREE_PORT("slot.no_free_port"),
    /// Its definition, or what is asked of it, cannot be.
    CONFIG_ERROR("slot.config_error"),
    /// What would run it does not answer.
    RUNTIME_UNAVAILABLE("slot.runtime_unavailable"),
    ALREADY_EXISTS("slot.already_exists"),
    /// The GPU serves images for now.
    IMAGE_MODE("gpu.image_mode"),
    /// The GPU serves language models for now.
    INFERENCE_MODE("gpu.inference_mode"),
    /// What is in the way may not be unloaded.
    PINNED("gpu.pinned"),
    CANCELLED("slot.cancelled");

    private final String code;

    SlotProblem(String code) {
        this.code = code;
    }

    /// The problem of that code.
    public static Optional<SlotProblem> find(String code) {
        return Arrays.stream(values()).filter(problem -> problem.code.equals(code)).findFirst();
    }

    public String code() {
        return code;
    }
}
