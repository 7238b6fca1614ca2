package hal0.agent.context;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts the files that a user names as `@path` behind what the user says.
///
/// **Shape** read with the conversation's own `read` and `list`, so that a model sees them as if it
/// had read them, bounded in the same way, and may edit them at once. Who names a file has allowed
/// its reading; so this is for what a user types, never for text from elsewhere. What means no file
/// stays text. **Threads** any; blocks on the disk.
public final class Attachments {
    private static final int MOST_CHARACTERS = 200_000;
    private static final int MOST_MEDIA = 24 << 20;

    private final Workspace workspace;
    private final List<AgentTool> tools;

    /// `tools` are the conversation's; those that it needs and has not are done without.
    public Attachments(Workspace workspace, List<AgentTool> tools) {
        this.workspace = workspace;
        this.tools = List.copyOf(tools);
    }

    /// What to send: the text as it was typed, then what it names. `files` are the names of those,
    /// `problems` what could not be attached and why.
    public record Attached(List<Part> parts, List<String> files, List<String> problems) {
        public Attached {
            parts = List.copyOf(parts);
            files = List.copyOf(files);
            problems = List.copyOf(problems);
        }
    }

    public Attached to(String typed, CancelToken cancel) {
        return to(typed, "", cancel);
    }

    /// With text from elsewhere behind what was typed, which attaches nothing whatever it names.
    public Attached to(String typed, String elsewhere, CancelToken cancel) {
        Gathering gathering = new Gathering(cancel);
        boolean both = !typed.isEmpty() && !elsewhere.isEmpty();
        gathering.parts.add(new Part.Text(typed + (both ? "\n\n" : "") + elsewhere));
        for (Mention mention : Mention.in(typed)) {
            Optional<Mention.Reading> meant =
                    mention.readings().stream().filter(this::isThere).findFirst();
            if (meant.isPresent()) {
                gathering.attach(meant.get());
            } else if (mention.meansFile()) {
                gathering.problems.add("@%s: there is no such file".formatted(mention.typed()));
            }
        }
        return new Attached(gathering.parts, gathering.files, gathering.problems);
    }

    private boolean isThere(Mention.Reading reading) {
        try {
            return Files.exists(workspace.resolve(reading.path()));
        } catch (InvalidPathException _) {
            return false; // no file can have that name, so it is text
        }
    }

    private Optional<AgentTool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    private final class Gathering {
        private final CancelToken cancel;
        private final List<Part> parts = new ArrayList<>();
        private final List<String> files = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final Set<Mention.Reading> seen = new HashSet<>();
        private long characters;
        private long media;

        Gathering(CancelToken cancel) {
            this.cancel = cancel;
        }

        void attach(Mention.Reading reading) {
            Path path = workspace.resolve(reading.path());
            if (!seen.add(new Mention.Reading(path.toString(), reading.from(), reading.to()))) {
                return;
            }
            String name = workspace.name(path);
            try {
                ToolOutcome outcome = run(path, reading);
                if (outcome.failed()) {
                    problems.add("@%s: %s".formatted(name, outcome.text()));
                } else if (fits(outcome.content())) {
                    add(Files.isDirectory(path) ? "folder" : "file", name, outcome.content());
                } else {
                    problems.add(
                            "@%s is not attached, as enough is already; the model can read it"
                                    .formatted(name));
                }
            } catch (ToolException e) {
                problems.add("@%s: %s".formatted(name, e.getMessage()));
            }
        }

        private ToolOutcome run(Path path, Mention.Reading reading) {
            String name = Files.isDirectory(path) ? "list" : "read";
            AgentTool tool =
                    tool(name)
                            .orElseThrow(() ->
                                    new ToolException(
                                            "there is no tool here to %s it".formatted(name)));
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            arguments.put("path", path.toString());
            if (reading.to() < Integer.MAX_VALUE) {
                arguments.put("offset", reading.from());
                arguments.put("limit", reading.to() - reading.from() + 1);
            }
            return tool.plan(arguments).run(new ToolRun("attachment", cancel, _ -> {}));
        }

        private boolean fits(List<Part> content) {
            long text = 0;
            long data = 0;
            for (Part part : content) {
                switch (part) {
                    case Part.Text(var piece) -> text += piece.length();
                    case Part.Image(MediaSource.Base64(_, var bytes), _) -> data += bytes.length();
                    case Part.Document(MediaSource.Base64(_, var bytes), _) ->
                            data += bytes.length();
                    case Part _ -> {}
                }
            }
            if (characters + text > MOST_CHARACTERS || media + data > MOST_MEDIA) {
                return false;
            }
            characters += text;
            media += data;
            return true;
        }

        private void add(String kind, String name, List<Part> content) {
            files.add(name);
            boolean headed = false;
            for (Part part : content) {
                if (!headed && part instanceof Part.Text(var text)) {
                    parts.add(new Part.Text("[attached %s %s]\n%s".formatted(kind, name, text)));
                    headed = true;
                } else {
                    parts.add(part);
                }
            }
        }
    }
}
