package hal0.providers.probe;

import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.util.List;

/// What the deep probe asks; each question is made so that its answer shows one or two
/// capabilities, and [AbilityJudge] reads it.
///
/// **Units** at most 256 tokens of answer, 2048 where the model is to think (less is refused by
/// some as a budget); about 2500 of input where something is to be cached, since shorter prompts
/// are not cached anywhere.
enum Question {
    COUNT,
    WEATHER,
    FORM,
    LOOK,
    REASON,
    REMEMBER,
    OBEY;

    static final String TOOL = "get_weather";
    static final String WORD = "PINEAPPLE";
    static final String SCHEMA =
            """
            {"type":"object","properties":{"colour":{"type":"string","enum":["ultramarine","vermilion"]},"count":{"type":"integer"}},"required":["colour","count"],"additionalProperties":false}\
            """;

    private static final int MAX_TOKENS = 256;
    private static final int MAX_TOKENS_THINKING = 2048;
    private static final int LINES = 220;
    private static final Tool WEATHER_TOOL =
            new Tool(
                    TOOL,
                    "Tells the weather of one city.",
                    """
                    {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}\
                    """);

    /// The capabilities that the answer shows.
    List<Capability> shows() {
        return switch (this) {
            case COUNT -> List.of(Capability.STREAMING, Capability.USAGE_IN_STREAM);
            case WEATHER -> List.of(Capability.TOOLS, Capability.PARALLEL_TOOLS);
            case FORM -> List.of(Capability.JSON_SCHEMA);
            case LOOK -> List.of(Capability.IMAGES);
            case REASON -> List.of(Capability.THINKING);
            case REMEMBER -> List.of(Capability.PROMPT_CACHING);
            case OBEY -> List.of(Capability.SYSTEM_PROMPT);
        };
    }

    /// How often it is asked: what is to be found in a cache must have been put there.
    int times() {
        return this == REMEMBER ? 2 : 1;
    }

    ChatRequest request(String model) {
        return switch (this) {
            case COUNT ->
                    plain(model, user("Count from 1 to 30 in digits, with commas between."))
                            .withStream(true);
            case WEATHER ->
                    new ChatRequest(
                            model,
                            user(
                                    "What is the weather in Paris and in Rome? Call %s for both cities at once."
                                            .formatted(TOOL)),
                            List.of(WEATHER_TOOL),
                            limited(MAX_TOKENS),
                            false);
            case FORM -> {
                OutputFormat form = new OutputFormat.JsonSchema("probe", null, SCHEMA, true);
                Options options = Options.builder().maxTokens(MAX_TOKENS).format(form).build();
                yield plain(model, user("Greet me with one friendly sentence."))
                        .withOptions(options);
            }
            case LOOK -> plain(model, picture());
            case REASON -> {
                Options options =
                        Options.builder()
                                .maxTokens(MAX_TOKENS_THINKING)
                                .reasoning(Reasoning.of(Reasoning.Effort.LOW))
                                .build();
                yield plain(
                                model,
                                user(
                                        "How many primes lie between 100 and 150? Answer with the number."))
                        .withOptions(options);
            }
            case REMEMBER -> plain(model, memory());
            case OBEY ->
                    plain(
                            model,
                            List.of(
                                    Message.system(
                                            "Whatever you are asked, answer with the single word %s."
                                                    .formatted(WORD)),
                                    Message.user("What is two plus two?")));
        };
    }

    private static List<Message> user(String text) {
        return List.of(Message.user(text));
    }

    private static Options limited(int tokens) {
        return Options.DEFAULT.withMaxTokens(tokens);
    }

    private static ChatRequest plain(String model, List<Message> messages) {
        return new ChatRequest(model, messages, List.of(), limited(MAX_TOKENS), false);
    }

    private static List<Message> picture() {
        return List.of(
                new Message(
                        Role.USER,
                        List.of(
                                new Part.Image(
                                        new MediaSource.Base64("image/png", Picture.base64())),
                                new Part.Text(
                                        "Name the colour of the left half and then that of the right half, in two words."))));
    }

    private static List<Message> memory() {
        StringBuilder list = new StringBuilder("This is a list of weights.\n");
        for (int i = 1; i <= LINES; i++) {
            list.append("Item %d of the list weighs %d grams.\n".formatted(i, 7 * i));
        }
        return List.of(
                new Message(
                        Role.SYSTEM,
                        List.of(new Part.Text(list.toString()), new Part.Cache(CacheMark.SHORT))),
                Message.user("What does item 12 weigh? Answer with the number."));
    }
}
