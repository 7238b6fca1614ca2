package hal0.slots.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an engine's failures mean for a slot, and what to do about them.
///
/// **Source** engines answer with a status and `{"message": …}`
/// (https://docs.docker.com/reference/api/engine/, read 2026-11-21). Many different failures share
/// status 500: they are told apart by the words that Docker 20.10 and Podman 4.3 were seen to use.
public final class EngineFailure {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATUS = "Status ";

    /// One kind of failure: any of `words` in what the engine says.
    private record Kind(SlotProblem problem, String advice, List<String> words) {}

    /// The first that fits counts.
    private static final List<Kind> KINDS =
            List.of(
                    kind(
                            SlotProblem.LOAD_FAILED,
                            "Free space where the engine keeps its images.",
                            "no space left on device",
                            "disk quota exceeded"),
                    kind(
                            SlotProblem.NO_FREE_PORT,
                            "Choose another slot.port, or end what listens there.",
                            "port is already allocated",
                            "address already in use",
                            "ports are not available"),
                    kind(
                            SlotProblem.CONFIG_ERROR,
                            "Install nvidia-container-toolkit and restart Docker, or set slot.device = \"cpu\".",
                            "could not select device driver"),
                    kind(
                            SlotProblem.CONFIG_ERROR,
                            "Describe the GPUs to Podman (sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml), or set slot.device = \"cpu\".",
                            "cdi device",
                            "nvidia.com/gpu"),
                    kind(
                            SlotProblem.CONFIG_ERROR,
                            "See that the model's file is there and that the engine runs on this machine.",
                            "bind source path does not exist",
                            "statfs"),
                    kind(
                            SlotProblem.CONFIG_ERROR,
                            "The image has no such program: see its documentation, slot.profile and server.extra_args.",
                            "executable file not found",
                            "exec format error",
                            "exec: \"",
                            "no command or entrypoint"),
                    kind(
                            SlotProblem.CONFIG_ERROR,
                            "Check slot.image, and sign in (docker login, podman login) where it is private.",
                            "no such image",
                            "image not known",
                            "manifest unknown",
                            "manifest for",
                            "name unknown",
                            "access denied",
                            "access to the resource is denied",
                            "unauthorized",
                            "invalid reference format",
                            "repository name"),
                    kind(
                            SlotProblem.LOAD_FAILED,
                            "Remove the container of that name, which is not hal0's.",
                            "already in use by"));

    private EngineFailure() {}

    private static Kind kind(SlotProblem problem, String advice, String... words) {
        return new Kind(problem, advice, List.of(words));
    }

    static SlotException of(Engine engine, String doing, RuntimeException e) {
        if (e instanceof SlotException known) {
            return known;
        }
        String reason = reason(e);
        if (e instanceof Deadline.Cancelled) {
            return SlotException.of(
                    SlotProblem.CANCELLED, "hal0 did not %s: %s".formatted(doing, reason), e);
        }
        if (isLost(e)) {
            return SlotException.of(
                            SlotProblem.RUNTIME_UNAVAILABLE,
                            "%s does not answer (%s): hal0 could not %s. See that it runs."
                                    .formatted(engine.label(), reason, doing),
                            e)
                    .with(Map.of("runtime", engine.name().word()));
        }
        return told(engine, doing, reason, e);
    }

    /// What the engine itself gave as the reason why it could not do something.
    public static SlotException told(
            Engine engine, String doing, String reason, @Nullable Throwable cause) {
        String said = reason.toLowerCase(Locale.ROOT);
        Kind kind = null;
        for (Kind candidate : KINDS) {
            if (candidate.words().stream().anyMatch(said::contains)) {
                kind = candidate;
                break;
            }
        }
        String text = "%s could not %s: %s".formatted(engine.label(), doing, sentence(reason));
        if (kind == null) {
            return exception(SlotProblem.LOAD_FAILED, text, cause);
        }
        return exception(kind.problem(), text + " " + kind.advice(), cause);
    }

    private static SlotException exception(
            SlotProblem problem, String text, @Nullable Throwable cause) {
        return cause == null
                ? SlotException.of(problem, text)
                : SlotException.of(problem, text, cause);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /// Whether the engine was not heard, as opposed to having said no.
    static boolean isLost(RuntimeException e) {
        if (e instanceof Deadline.Missed) {
            return true;
        }
        if (e instanceof DockerException) {
            return false;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof JsonProcessingException)) {
                return true;
            }
        }
        return false;
    }

    /// Whether nobody listens at the address any more; a call that broke or took too long does not
    /// tell that.
    static boolean isClosed(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean missing = String.valueOf(cause.getMessage()).contains("No such file");
            if (cause instanceof ConnectException
                    || (cause instanceof SocketException && missing)) {
                return true;
            }
        }
        return false;
    }

    /// In as few words as there are.
    static String reason(RuntimeException e) {
        String text = String.valueOf(e.getMessage());
        if (e instanceof DockerException) {
            return message(text);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String said = text.toLowerCase(Locale.ROOT);
        if (said.contains("refused")) {
            return "refused";
        }
        return said.contains("permission denied") ? "permission denied" : text;
    }

    /// Takes the words out of `Status 404: {"message":"…"}`.
    private static String message(String text) {
        int colon = text.startsWith(STATUS) ? text.indexOf(": ") : -1;
        String body = text.substring(colon < 0 ? 0 : colon + 2).strip();
        try {
            JsonNode message = JSON.readTree(body).path("message");
            return message.isTextual() ? message.textValue().strip() : body;
        } catch (JsonProcessingException e) {
            // Not every answer is JSON; then the text is what there is to tell.
            return body;
        }
    }
}
