package hal0.providers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.Dialect;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that the dialects write are what the vendors' own SDKs would send: each is a constant
/// of the published type, and the compiler finds no field that the type does not have.
@Tag("npm")
class PublishedTypesTest {
    private static final int SEEDS = 150;

    /// The SDK has no type for the body, but for all that it is made of; enums are their words.
    private static final String GEMINI =
            """
            import type { Content, Tool, ToolConfig, GenerationConfig, SafetySetting } from "@google/genai";
            type Wire<T> = T extends string ? `${T}` : T extends readonly (infer E)[] ? Wire<E>[]
                : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;
            interface Body {
                contents: Wire<Content>[];
                systemInstruction?: Wire<Content>;
                tools?: Wire<Tool>[];
                toolConfig?: Wire<ToolConfig>;
                generationConfig?: Wire<GenerationConfig>;
                safetySettings?: Wire<SafetySetting>[];
                cachedContent?: string;
            }
            """;

    /// Version 1 of the SDK lost the fields that the latest models refuse; those before take them,
    /// as the types up to 0.137.0 say.
    private static final String ANTHROPIC =
            """
            import type { MessageCreateParams } from "@anthropic-ai/sdk/resources/messages";
            type Body = MessageCreateParams & { temperature?: number; top_p?: number; top_k?: number };
            """;

    @TempDir Path folder;
    private Path npm;

    @BeforeEach
    void modules() throws IOException {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        npm = Path.of(where);
        Files.createSymbolicLink(folder.resolve("node_modules"), npm.resolve("node_modules"));
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
    }

    private static String imports(Protocol protocol) {
        return switch (protocol) {
            case OPENAI ->
                    "import type { ChatCompletionCreateParams as Body } from \"openai/resources/chat/completions\";\n";
            case RESPONSES ->
                    "import type { ResponseCreateParams as Body } from \"openai/resources/responses/responses\";\n";
            case ANTHROPIC -> ANTHROPIC;
            case GEMINI -> GEMINI;
        };
    }

    /// The vendor's own address: what only compatible servers know is not sent there.
    private static Provider vendor(Protocol protocol) {
        String base =
                switch (protocol) {
                    case OPENAI, RESPONSES -> "https://api.openai.com/v1";
                    case ANTHROPIC -> "https://api.anthropic.com";
                    case GEMINI -> "https://generativelanguage.googleapis.com/v1beta";
                };
        return Provider.builder("vendor", protocol, URI.create(base)).injectUsage(true).build();
    }

    private static String model(Protocol protocol) {
        return switch (protocol) {
            case OPENAI, RESPONSES -> "gpt-5.1";
            case ANTHROPIC -> "claude-sonnet-4-5";
            case GEMINI -> "gemini-3.1-pro-preview";
        };
    }

    private static String constants(Protocol protocol, Dialect dialect) {
        StringBuilder program = new StringBuilder(imports(protocol));
        for (long seed = 0; seed < SEEDS; seed++) {
            ChatRequest request = Conversations.of(seed).withModel(model(protocol));
            byte[] body = dialect.encode(vendor(protocol), request.model(), request);
            program.append("export const seed_%d: Body = ".formatted(seed))
                    .append(new String(body, StandardCharsets.UTF_8))
                    .append(";\n");
        }
        return program.toString();
    }

    private record Compiled(int exit, String output) {}

    private Compiled compile(String program) throws IOException, InterruptedException {
        Path file = folder.resolve("requests.ts");
        Files.writeString(file, program);
        Process tsc =
                new ProcessBuilder(
                                List.of(
                                        npm.resolve("node_modules/.bin/tsc").toString(),
                                        "--noEmit",
                                        "--strict",
                                        "--skipLibCheck",
                                        "--target",
                                        "es2022",
                                        "--module",
                                        "nodenext",
                                        "--pretty",
                                        "false",
                                        file.toString()))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        try {
            String output = new String(tsc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Compiled(tsc.waitFor(), output);
        } finally {
            tsc.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void requestsHaveThePublishedType(Protocol protocol) throws Exception {
        Dialect dialect = Dialects.of(protocol);
        Compiled compiled = compile(constants(protocol, dialect));
        assertThat(compiled.output()).isEmpty();
        assertThat(compiled.exit()).isZero();
    }

    /// The control: without it, a folder of types that cannot be found would accept everything.
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void theCompilerSeesWhatIsWrong(Protocol protocol) throws Exception {
        String right =
                switch (protocol) {
                    case OPENAI, ANTHROPIC ->
                            "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'text','text':'x'}]}]}";
                    case RESPONSES ->
                            "{'model':'m','input':[{'role':'user','content':[{'type':'input_text','text':'x'}]}]}";
                    case GEMINI ->
                            "{'contents':[{'role':'user','parts':[{'text':'x'}]}],'generationConfig':{'topK':1}}";
                };
        List<String> bodies =
                List.of(
                        right,
                        right.replace("'text':'x'", "'text':1"),
                        right.replace("'text':'x'", "'text':'x','no_such_field':1"),
                        "{'no_such_field':1," + right.substring(1));
        StringBuilder program = new StringBuilder(imports(protocol));
        for (String body : bodies) {
            program.append("export const c%d: Body = %s;\n".formatted(program.length(), body));
        }
        int before = (int) imports(protocol).lines().count();
        Compiled compiled = compile(program.toString());
        List<Integer> wrong = new ArrayList<>();
        Matcher line = Pattern.compile("requests\\.ts\\((\\d+),").matcher(compiled.output());
        while (line.find()) {
            wrong.add(Integer.parseInt(line.group(1)) - before);
        }
        assertThat(wrong).as(compiled.output()).containsExactly(2, 3, 4);
    }
}
