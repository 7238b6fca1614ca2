package hal0.providers.message;

import java.util.List;
import java.util.Objects;

/// One turn of one speaker: its parts in order.
public record Message(Role role, List<Part> parts) {
    public Message {
        Objects.requireNonNull(role);
        parts = List.copyOf(parts);
    }

    public static Message system(String text) {
        return new Message(Role.SYSTEM, List.of(new Part.Text(text)));
    }

    public static Message user(String text) {
        return new Message(Role.USER, List.of(new Part.Text(text)));
    }

    public static Message assistant(String text) {
        return new Message(Role.ASSISTANT, List.of(new Part.Text(text)));
    }
}
