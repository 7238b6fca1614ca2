package hal0.providers.testing;

import hal0.providers.message.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The types that the vendors publish for their SDKs, and the compiler that holds requests to them.
///
/// **Threads** one.
public final class PublishedTypes {
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

    private final Path npm;
    private final Path folder;

    /// What the compiler says; nothing where all is right.
    public record Compiled(int exit, String output) {}

    /// `npm` is the folder with node_modules, `folder` one to write into.
    public PublishedTypes(Path npm, Path folder) throws IOException {
        this.npm = npm;
        this.folder = folder;
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

    /// How many lines of the program stand before the first request.
    static int linesBefore(Protocol protocol) {
        return (int) imports(protocol).lines().count();
    }

    /// Compiles each body as a constant of its type, on a line of its own.
    public Compiled compiled(Protocol protocol, List<String> bodies)
            throws IOException, InterruptedException {
        StringBuilder program = new StringBuilder(imports(protocol));
        for (int i = 0; i < bodies.size(); i++) {
            program.append("export const body_%d: Body = ".formatted(i))
                    .append(bodies.get(i))
                    .append(";\n");
        }
        return compile(program.toString());
    }

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
}
