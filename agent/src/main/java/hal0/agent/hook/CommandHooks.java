package hal0.agent.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.hook.HookSettings.Command;
import hal0.agent.process.Starter;
import hal0.providers.http.CancelToken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the commands of `[hooks]`.
///
/// **Shape** a command gets one JSON object on its input: `event`, `session`, `cwd`; around tools
/// `tool`, `arguments`, `call_id`; after one `result` and `failed`; at the end of a turn `answer`.
/// Exit code 0 goes on, unless the output is `{"decision": "deny", "reason": "…"}`; 2 denies, with
/// standard error as the reason; anything else is told to the user and goes on. After a tool there
/// is nothing left to deny: the reason, or the output `{"context": "…"}`, is told to the model. A
/// command before a tool that is not found, does not end in time or is killed denies, because what
/// guards must not be got round by slowing it down; elsewhere that is told and goes on. A turn is
/// kept from ending three times in a row at most. **Threads** any.
public final class CommandHooks implements Hooks {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int DENIED = 2;

    /// What `sh` says of a command that cannot be run or is not there, and above it of signals.
    private static final int NOT_RUN = 126;

    private static final int MOST_REFUSALS = 3;
    private static final int SHOWN = 80;

    /// Loaded with the first command: most users have none, and all of them wait for a prompt.
    private static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private final HookSettings settings;
    private final HookRun runs;
    private final Consumer<String> warnings;
    private final AtomicInteger refusals = new AtomicInteger();

    /// `warnings` is told what the user should know of commands that do not work.
    public CommandHooks(
            HookSettings settings, Starter starter, Path cwd, Consumer<String> warnings) {
        this(settings, starter, cwd, warnings, PATIENCE);
    }

    CommandHooks(
            HookSettings settings,
            Starter starter,
            Path cwd,
            Consumer<String> warnings,
            Duration patience) {
        this.settings = settings;
        this.runs = new HookRun(starter, cwd, patience);
        this.warnings = warnings;
    }

    /// What a command wants.
    private sealed interface Wish {
        record Nothing() implements Wish {}

        record Deny(String reason) implements Wish {}

        record Tell(String context) implements Wish {}

        /// It could not say.
        record Unheard(String why) implements Wish {}
    }

    @Override
    public Optional<String> beforeTool(Call call, CancelToken cancel) {
        for (Command command : settings.beforeTool()) {
            if (command.isFor(call.tool())) {
                Wish wish = wish(command, around("before_tool", call), cancel);
                switch (wish) {
                    case Wish.Deny(var reason) -> {
                        return Optional.of(reason);
                    }
                    case Wish.Unheard(var why) -> {
                        return Optional.of(why);
                    }
                    case Wish.Nothing _, Wish.Tell _ -> {}
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> afterTool(
            Call call, String result, boolean failed, CancelToken cancel) {
        List<String> told = new ArrayList<>();
        for (Command command : settings.afterTool()) {
            if (command.isFor(call.tool())) {
                ObjectNode about = around("after_tool", call);
                about.put("result", result).put("failed", failed);
                switch (wish(command, about, cancel)) {
                    case Wish.Deny(var reason) -> told.add(reason);
                    case Wish.Tell(var context) -> told.add(context);
                    case Wish.Nothing _, Wish.Unheard _ -> {}
                }
            }
        }
        return told.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", told));
    }

    @Override
    public Optional<String> onStop(String session, String answer, CancelToken cancel) {
        for (Command command : settings.onStop()) {
            ObjectNode about = about("on_stop", session).put("answer", answer);
            if (wish(command, about, cancel) instanceof Wish.Deny(var reason)) {
                if (refusals.incrementAndGet() <= MOST_REFUSALS) {
                    return Optional.of(reason);
                }
                warnings.accept(
                        "%s has kept the turn from ending %d times in a row, so now it ends"
                                .formatted(named(command), MOST_REFUSALS));
            }
        }
        refusals.set(0);
        return Optional.empty();
    }

    private ObjectNode about(String event, String session) {
        return Json.MAPPER
                .createObjectNode()
                .put("event", event)
                .put("session", session)
                .put("cwd", runs.folder().toString());
    }

    private ObjectNode around(String event, Call call) {
        ObjectNode about = about(event, call.session()).put("tool", call.tool());
        about.set("arguments", arguments(call.arguments()));
        return about.put("call_id", call.id());
    }

    private static JsonNode arguments(String text) {
        JsonNode read = object(text);
        return read == null ? Json.MAPPER.getNodeFactory().textNode(text) : read;
    }

    private Wish wish(Command command, ObjectNode about, CancelToken cancel) {
        byte[] input = (about + "\n").getBytes(StandardCharsets.UTF_8);
        return switch (runs.of(command.line(), input, cancel)) {
            case HookRun.Result.Cancelled _ -> new Wish.Nothing();
            case HookRun.Result.Silent(var why) -> unheard(named(command) + " " + why);
            case HookRun.Result.Ended(int code, var said, var complained) -> {
                if (code == 0) {
                    yield wish(command, said);
                }
                if (code == DENIED) {
                    yield new Wish.Deny(
                            complained.isEmpty() ? named(command) + " denies it" : complained);
                }
                String why =
                        "%s ended with exit code %d%s"
                                .formatted(
                                        named(command),
                                        code,
                                        complained.isEmpty() ? "" : ": " + complained);
                if (code >= NOT_RUN) {
                    yield unheard(why);
                }
                warnings.accept(why);
                yield new Wish.Nothing();
            }
        };
    }

    private Wish unheard(String why) {
        warnings.accept(why);
        return new Wish.Unheard(why);
    }

    private static Wish wish(Command command, String said) {
        ObjectNode answer = object(said);
        if (answer == null) {
            return new Wish.Nothing();
        }
        if (answer.path("decision").asText().equals("deny")) {
            String reason = answer.path("reason").asText();
            return new Wish.Deny(reason.isBlank() ? named(command) + " denies it" : reason);
        }
        String context = answer.path("context").asText();
        return context.isBlank() ? new Wish.Nothing() : new Wish.Tell(context);
    }

    private static @Nullable ObjectNode object(String text) {
        try {
            return Json.MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException _) {
            return null; // other output is for people
        }
    }

    private static String named(Command command) {
        String line = command.line().strip();
        return "the hook `%s`"
                .formatted(line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
    }
}
