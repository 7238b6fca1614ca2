package hal0.providers.message;

/// Whether the model may, must or must not call a tool.
public sealed interface ToolChoice {
    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    /// Some tool, of the model's choice.
    record Required() implements ToolChoice {}

    record Named(String tool) implements ToolChoice {}
}
