package hal0.relay.mcp.admin;

import hal0.relay.mcp.protocol.OfferedPrompt;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Ways of asking for what takes several tools.
final class AdminPrompts {
    private AdminPrompts() {}

    static List<OfferedPrompt> all() {
        return List.of(
                prompt(
                        "diagnose_slot",
                        "Finds out why a slot does not answer.",
                        argument("slot", "The name of the slot."),
                        given ->
                                """
                                Find out why the slot "%s" of this hal0 does not answer as it should. Look at \
                                slot_get, then slot_logs (200 lines), gpu and events_recent with type "slot". \
                                Name the cause with the line that shows it, and the one change that would mend \
                                it. Do not change anything before I say so.\
                                """
                                        .formatted(given.get("slot"))),
                prompt(
                        "add_provider",
                        "Adds a provider and tries it out.",
                        argument("provider", "What it is called, such as openrouter."),
                        given ->
                                """
                                Add the model provider "%s" to this hal0. Look at providers_list first: where it is \
                                there already, only its key may be missing. Use provider_add with its address and \
                                the variable of its key, wait for my approval with approval_get, ask me for the \
                                key and use credential_set, then show what provider_test says.\
                                """
                                        .formatted(given.get("provider"))),
                prompt(
                        "review_spending",
                        "Says what was spent on which models, and what stands out.",
                        PromptArgument.builder("since")
                                .description("Such as 7d, month or a date; 7d if left out.")
                                .required(false)
                                .build(),
                        given ->
                                """
                                Say what was spent over this hal0 since %s: look at usage by model, by key and by \
                                day. Give a short table, then what stands out: models that cost most for each \
                                request, failures, and requests without a price.\
                                """
                                        .formatted(given.getOrDefault("since", "7d"))));
    }

    private static PromptArgument argument(String name, String description) {
        return PromptArgument.builder(name).description(description).required(true).build();
    }

    private static OfferedPrompt prompt(
            String name,
            String description,
            PromptArgument argument,
            Function<Map<String, String>, String> text) {
        return new OfferedPrompt(
                Prompt.builder(name).description(description).arguments(List.of(argument)).build(),
                given ->
                        GetPromptResult.builder(
                                        List.of(
                                                new PromptMessage(
                                                        Role.USER,
                                                        TextContent.builder(text.apply(given))
                                                                .build())))
                                .description(description)
                                .build());
    }
}
