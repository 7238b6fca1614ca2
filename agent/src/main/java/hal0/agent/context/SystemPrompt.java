package hal0.agent.context;

import hal0.agent.permission.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a model is told before everything that is said.
///
/// **Shape** made once for a session and the same in each of its requests, so that providers can
/// cache it. `agent` is the chosen agent's own prompt. Pure. **Threads** any.
public record SystemPrompt(
        Surroundings surroundings,
        Instructions instructions,
        @Nullable String agent,
        Skills skills,
        Mode mode) {

    /// What a part of it is for.
    public enum Kind {
        OWN,
        AGENT,
        INSTRUCTIONS,
        SKILLS
    }

    /// A part of it, never empty.
    public record Section(Kind kind, String text) {}

    public String text() {
        return sections().stream().map(Section::text).collect(Collectors.joining("\n\n"));
    }

    /// In the order in which they are told.
    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        add(sections, Kind.OWN, own());
        add(sections, Kind.AGENT, agent == null ? "" : agent.strip());
        add(sections, Kind.SKILLS, skills.text());
        add(sections, Kind.INSTRUCTIONS, instructions.text());
        return List.copyOf(sections);
    }

    private String own() {
        String text = resource("system.md") + "\n\n" + surroundings.text();
        return mode == Mode.PLAN ? text + "\n\n" + resource("plan.md") : text;
    }

    private static void add(List<Section> sections, Kind kind, String text) {
        if (!text.isEmpty()) {
            sections.add(new Section(kind, text));
        }
    }

    private static String resource(String name) {
        try (InputStream in = SystemPrompt.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not part of this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
