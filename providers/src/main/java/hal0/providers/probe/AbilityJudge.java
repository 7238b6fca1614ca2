package hal0.providers.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads from the answer to a [Question] what the model can do; no call is made here.
final class AbilityJudge {
    private static final Set<String> COLOURS = Set.of("ultramarine", "vermilion");

    private AbilityJudge() {}

    /// What the answers to a question show, one ability for each capability that it is about.
    static List<Ability> judge(Question question, List<Exchange> answers) {
        Exchange last = answers.getLast();
        ProviderException failure = last.failure();
        if (failure != null) {
            return question.shows().stream().map(c -> Ability.of(c, failure)).toList();
        }
        return switch (question) {
            case COUNT -> List.of(streaming(last), usage(last));
            case WEATHER -> tools(last);
            case FORM -> List.of(schema(last));
            case LOOK -> List.of(images(last));
            case REASON -> List.of(thinking(last));
            case REMEMBER -> List.of(caching(answers));
            case OBEY -> List.of(system(last));
        };
    }

    private static Ability streaming(Exchange answer) {
        Capability c = Capability.STREAMING;
        return switch (answer.pieces()) {
            case 0 -> Ability.unclear(c, answer.saidInstead());
            case 1 -> Ability.no(c, "the whole answer came in one piece");
            default -> Ability.yes(c, "the answer came in %d pieces".formatted(answer.pieces()));
        };
    }

    private static Ability usage(Exchange answer) {
        Capability c = Capability.USAGE_IN_STREAM;
        Usage usage = answer.usage();
        return answer.counted()
                ? Ability.yes(c, "%d in, %d out".formatted(usage.totalInput(), usage.output()))
                : Ability.no(c, "the stream ended without a count of its tokens");
    }

    private static List<Ability> tools(Exchange answer) {
        List<Part.ToolCall> calls = answer.calls();
        if (calls.isEmpty()) {
            String why = "it called none; " + answer.saidInstead();
            return List.of(
                    Ability.no(Capability.TOOLS, why), Ability.no(Capability.PARALLEL_TOOLS, why));
        }
        List<Ability> abilities = new ArrayList<>();
        long right =
                calls.stream()
                        .filter(call -> call.name().equals(Question.TOOL))
                        .filter(call -> object(call.arguments()).path("city").isTextual())
                        .count();
        abilities.add(
                right > 0
                        ? Ability.yes(Capability.TOOLS, "it called " + Question.TOOL)
                        : Ability.unclear(
                                Capability.TOOLS,
                                "it called %s(%s)"
                                        .formatted(
                                                Excerpt.of(calls.getFirst().name()),
                                                Excerpt.of(calls.getFirst().arguments()))));
        abilities.add(
                right > 1
                        ? Ability.yes(
                                Capability.PARALLEL_TOOLS, "%d calls in one turn".formatted(right))
                        : Ability.no(
                                Capability.PARALLEL_TOOLS,
                                "it made one call where two were asked for"));
        return abilities;
    }

    private static Ability schema(Exchange answer) {
        Capability c = Capability.JSON_SCHEMA;
        if (answer.text().isEmpty()) {
            return Ability.unclear(c, answer.saidInstead());
        }
        JsonNode object = object(answer.text());
        if (!object.isObject()) {
            return Ability.no(c, "it answered without JSON; " + answer.saidInstead());
        }
        boolean follows =
                object.size() == 2
                        && COLOURS.contains(object.path("colour").asText())
                        && object.path("count").isIntegralNumber();
        return follows
                ? Ability.yes(c, "the answer follows the schema")
                : Ability.no(c, "the JSON does not follow the schema; " + answer.saidInstead());
    }

    private static Ability images(Exchange answer) {
        Capability c = Capability.IMAGES;
        String text = answer.text().toLowerCase(Locale.ROOT);
        int green = text.indexOf("green");
        int yellow = text.indexOf("yellow");
        if (green >= 0 && yellow > green) {
            return Ability.yes(c, "it saw green, then yellow");
        }
        boolean doubt = text.isEmpty() || green >= 0 || yellow >= 0;
        return doubt
                ? Ability.unclear(c, answer.saidInstead())
                : Ability.no(c, "it did not see the picture; " + answer.saidInstead());
    }

    private static Ability thinking(Exchange answer) {
        Capability c = Capability.THINKING;
        if (!answer.thought()) {
            return Ability.no(c, "no thought was shown or counted");
        }
        long tokens = answer.usage().reasoning();
        return Ability.yes(
                c,
                tokens > 0
                        ? "it thought for %d tokens".formatted(tokens)
                        : "it showed its thoughts");
    }

    private static Ability caching(List<Exchange> answers) {
        Capability c = Capability.PROMPT_CACHING;
        Usage first = answers.getFirst().usage();
        Usage second = answers.getLast().usage();
        if (second.cacheRead() > 0) {
            return Ability.yes(
                    c,
                    "%d of %d tokens came from the cache"
                            .formatted(second.cacheRead(), second.totalInput()));
        }
        if (!answers.getLast().counted()) {
            return Ability.unclear(c, "nothing was counted, cached or not");
        }
        return Ability.unclear(
                c,
                first.cacheWrite() + second.cacheWrite() > 0
                        ? "it was written to the cache and not found there"
                        : "nothing of %d tokens was cached; some models begin at 4096"
                                .formatted(second.totalInput()));
    }

    private static Ability system(Exchange answer) {
        Capability c = Capability.SYSTEM_PROMPT;
        String text = answer.text();
        if (text.isEmpty()) {
            return Ability.unclear(c, answer.saidInstead());
        }
        return text.toUpperCase(Locale.ROOT).contains(Question.WORD)
                ? Ability.yes(c, "it did as it was told")
                : Ability.no(c, "it did not as it was told; " + answer.saidInstead());
    }

    /// The JSON object of a text; a missing node for anything else.
    private static JsonNode object(String text) {
        ObjectMapper json = new ObjectMapper();
        try {
            JsonNode node = json.readTree(text);
            return node != null && node.isObject() ? node : json.missingNode();
        } catch (JsonProcessingException e) {
            // That it is none is the answer.
            return json.missingNode();
        }
    }
}
