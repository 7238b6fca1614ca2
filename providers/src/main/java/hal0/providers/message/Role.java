package hal0.providers.message;

/// Who speaks. Results of tools are [Part.ToolResult] parts of a user message.
public enum Role {
    /// Instructions of the operator; `system` and `developer` on the wire.
    SYSTEM,
    USER,
    ASSISTANT
}
