package hal0.providers.dialect;

import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.message.Tool;

/// Schemas go out as they were written; one that is not JSON would break the whole request.
public final class ToolSchema {
    private ToolSchema() {}

    /// The schema of `tool`.
    ///
    /// **Errors** `Rejected` when it is not a JSON object.
    public static String checked(Provider provider, String model, Tool tool) {
        if (!Json.isObject(tool.schema())) {
            throw new ProviderException.Rejected(
                    "%s was not called: the schema of the tool %s is not a JSON object"
                            .formatted(provider.id(), tool.name()),
                    Failure.unanswered(provider.id(), model),
                    "invalid_tool_schema");
        }
        return tool.schema();
    }
}
