package hal0.relay.mcp;

import hal0.relay.mcp.protocol.Call;
import hal0.relay.mcp.protocol.Offer;
import hal0.relay.mcp.protocol.OfferedPrompt;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Resources;
import hal0.relay.mcp.protocol.Results;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.protocol.ToolException;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The tools, resources and prompts that the conformance suite asks a server for.
final class ConformanceOffer {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    private static final String SILENCE =
            "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";
    private static final Map<String, Object> NOTHING = Map.of("type", "object");

    private ConformanceOffer() {}

    static Offer offer() {
        List<OfferedTool> tools = tools();
        return new Offer(
                "conformance",
                "Conformance",
                "What the suite asks for.",
                () -> tools,
                new Held(),
                prompts(),
                (_, _, begun) -> List.of(begun + "ing"));
    }

    private static List<OfferedTool> tools() {
        return List.of(
                tool("test_simple_text", _ -> Results.text("This is a simple text response.")),
                tool("test_image_content", _ -> of(image())),
                tool(
                        "test_audio_content",
                        _ -> of(new McpSchema.AudioContent(null, SILENCE, "audio/wav", null))),
                tool("test_embedded_resource", _ -> of(embedded("test://embedded-resource"))),
                tool(
                        "test_multiple_content_types",
                        _ ->
                                of(
                                        text("Several:"),
                                        image(),
                                        embedded("test://mixed-content-resource"))),
                tool("test_tool_with_logging", ConformanceOffer::logging),
                tool(
                        "test_error_handling",
                        _ -> {
                            throw new ToolException("This tool intentionally returns an error.");
                        }),
                tool("test_tool_with_progress", ConformanceOffer::progress),
                tool("test_sampling", ConformanceOffer::sampling),
                tool(
                        "test_elicitation",
                        call ->
                                elicited(
                                        call,
                                        Map.of(
                                                "username",
                                                Map.of("type", "string"),
                                                "email",
                                                Map.of("type", "string")))),
                tool("test_elicitation_sep1034_defaults", call -> elicited(call, defaults())),
                tool("test_elicitation_sep1330_enums", call -> elicited(call, enums())),
                tool("test_reconnection", ConformanceOffer::reconnection),
                described(
                        "json_schema_2020_12_tool",
                        Map.of(
                                "$schema",
                                "https://json-schema.org/draft/2020-12/schema",
                                "type",
                                "object",
                                "$defs",
                                Map.of("address", NOTHING),
                                "properties",
                                Map.of("address", Map.of("$ref", "#/$defs/address")),
                                "additionalProperties",
                                false),
                        _ -> Results.text("ok")));
    }

    private static OfferedTool tool(String name, OfferedTool.Work work) {
        return described(name, NOTHING, work);
    }

    private static OfferedTool described(
            String name, Map<String, Object> schema, OfferedTool.Work work) {
        return new OfferedTool(
                McpSchema.Tool.builder(name, schema).description("As the suite asks for.").build(),
                Tier.READ,
                work);
    }

    private static CallToolResult of(Content... content) {
        return new CallToolResult(List.of(content), false, null, null);
    }

    private static TextContent text(String text) {
        return TextContent.builder(text).build();
    }

    private static TextResourceContents contents(String uri, String type, String text) {
        return TextResourceContents.builder(uri, text).mimeType(type).build();
    }

    private static PromptArgument required(String name) {
        return PromptArgument.builder(name).description("An argument.").required(true).build();
    }

    private static ImageContent image() {
        return new ImageContent(null, PIXEL, "image/png", null);
    }

    private static EmbeddedResource embedded(String uri) {
        return new EmbeddedResource(null, contents(uri, "text/plain", "content"), null);
    }

    private static CallToolResult logging(Call call) {
        for (String line : List.of("started", "processing", "completed")) {
            call.log(LoggingLevel.INFO, "Tool execution " + line);
        }
        return Results.text("logged");
    }

    private static CallToolResult progress(Call call) {
        call.progress(0, 100.0, "begun");
        call.progress(50, 100.0, "half");
        call.progress(100, 100.0, "done");
        return Results.text("done");
    }

    private static CallToolResult sampling(Call call) {
        String prompt = call.arguments().path("prompt").asText();
        var message = new McpSchema.SamplingMessage(Role.USER, text(prompt));
        var answer =
                call.client()
                        .createMessage(
                                McpSchema.CreateMessageRequest.builder(List.of(message), 100)
                                        .build());
        return Results.text("LLM response: " + ((TextContent) answer.content()).text());
    }

    private static CallToolResult elicited(Call call, Map<String, Object> properties) {
        var answer =
                call.client()
                        .createElicitation(
                                McpSchema.ElicitFormRequest.builder(
                                                "Please provide your information",
                                                Map.of("type", "object", "properties", properties))
                                        .build());
        return Results.text(
                "Elicitation completed: action=%s, content=%s"
                        .formatted(answer.action(), answer.content()));
    }

    private static Map<String, Object> defaults() {
        return Map.of(
                "name", Map.of("type", "string", "default", "John Doe"),
                "age", Map.of("type", "integer", "default", 30),
                "score", Map.of("type", "number", "default", 95.5),
                "status",
                        Map.of(
                                "type", "string",
                                "enum", List.of("active", "inactive", "pending"),
                                "default", "active"),
                "verified", Map.of("type", "boolean", "default", true));
    }

    private static Map<String, Object> enums() {
        return Map.of(
                "untitledSingle", Map.of("type", "string", "enum", numbered("option")),
                "titledSingle", Map.of("type", "string", "oneOf", titled("Option")),
                "legacyEnum",
                        Map.of(
                                "type", "string",
                                "enum", numbered("opt"),
                                "enumNames", List.of("Option One", "Option Two", "Option Three")),
                "untitledMulti",
                        Map.of(
                                "type",
                                "array",
                                "items",
                                Map.of("type", "string", "enum", numbered("option"))),
                "titledMulti", Map.of("type", "array", "items", Map.of("anyOf", titled("Choice"))));
    }

    private static List<String> numbered(String word) {
        return List.of(word + "1", word + "2", word + "3");
    }

    private static List<Map<String, String>> titled(String word) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String which : List.of("First", "Second", "Third")) {
            all.add(Map.of("const", "value" + (all.size() + 1), "title", which + " " + word));
        }
        return all;
    }

    private static CallToolResult reconnection(Call call) {
        call.letGo();
        return Results.text("Reconnection test completed");
    }

    private static List<OfferedPrompt> prompts() {
        return List.of(
                prompt("test_simple_prompt", _ -> List.of(text("A simple prompt."))),
                prompt(
                        "test_prompt_with_arguments",
                        given ->
                                List.of(
                                        text(
                                                "Prompt with arguments: arg1='%s', arg2='%s'"
                                                        .formatted(
                                                                given.get("arg1"),
                                                                given.get("arg2")))),
                        "arg1",
                        "arg2"),
                prompt(
                        "test_prompt_with_embedded_resource",
                        given ->
                                List.of(
                                        embedded(given.get("resourceUri")),
                                        text("Please process it.")),
                        "resourceUri"),
                prompt(
                        "test_prompt_with_image",
                        _ -> List.of(image(), text("Please analyze it."))));
    }

    private static OfferedPrompt prompt(
            String name, Function<Map<String, String>, List<Content>> text, String... arguments) {
        return new OfferedPrompt(
                McpSchema.Prompt.builder(name)
                        .description("As the suite asks for.")
                        .arguments(
                                Arrays.stream(arguments).map(ConformanceOffer::required).toList())
                        .build(),
                given ->
                        new McpSchema.GetPromptResult(
                                null,
                                text.apply(given).stream()
                                        .map(content -> new PromptMessage(Role.USER, content))
                                        .toList(),
                                null));
    }

    private static final class Held implements Resources {
        @Override
        public List<Resource> all() {
            return List.of(
                    resource("test://static-text", "text/plain"),
                    resource("test://static-binary", "image/png"),
                    resource("test://watched-resource", "text/plain"));
        }

        private static Resource resource(String uri, String type) {
            return Resource.builder(uri, uri.substring("test://".length()))
                    .description("As the suite asks for.")
                    .mimeType(type)
                    .build();
        }

        @Override
        public List<ResourceTemplate> templates() {
            return List.of(
                    ResourceTemplate.builder("test://template/{id}/data", "template")
                            .description("As the suite asks for.")
                            .mimeType("application/json")
                            .build());
        }

        @Override
        public Optional<ResourceContents> read(String uri) {
            return switch (uri) {
                case "test://static-text", "test://watched-resource" ->
                        Optional.of(contents(uri, "text/plain", "The content."));
                case "test://static-binary" ->
                        Optional.of(new BlobResourceContents(uri, "image/png", PIXEL, null));
                case "test://template/123/data" ->
                        Optional.of(contents(uri, "application/json", "{\"id\":\"123\"}"));
                default -> Optional.empty();
            };
        }
    }
}
