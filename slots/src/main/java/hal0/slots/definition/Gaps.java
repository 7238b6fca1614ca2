package hal0.slots.definition;

import hal0.slots.definition.Argument.Source;
import hal0.slots.definition.SlotSpec.RuntimeName;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// What is filled into the words of a command line for one launch.
///
/// **Shape** a word that is nothing but a gap comes from whoever says what fills it. A flag whose
/// value would be the model is left out where there is none.
final class Gaps {
    static final String CONTEXT = "${CTX}";
    private static final String MODEL = "${MODEL}";

    private final Map<String, Argument> values;

    Gaps(
            SlotFile file,
            ModelPlaces.@Nullable Found model,
            @Nullable String inside,
            RuntimeName runtime,
            int port) {
        Places places = file.places();
        Argument listen = new Argument(String.valueOf(port), Source.BASE, "");
        Argument context = context(file, model);
        // A process is reached from this machine only; around a container the engine sees to that.
        Argument host =
                new Argument(
                        runtime == RuntimeName.PROCESS ? "127.0.0.1" : "0.0.0.0", Source.BASE, "");
        Argument ownPort =
                places.has("slot.port")
                        ? new Argument(listen.text(), Source.SLOT, places.at("slot.port"))
                        : listen;
        values =
                model == null || inside == null
                        ? Map.of("PORT", ownPort, "CTX", context, "HOST", host)
                        : Map.of(
                                "PORT", ownPort,
                                "CTX", context,
                                "HOST", host,
                                "MODEL", new Argument(inside, model.source(), model.place()));
    }

    /// What the slot says, else the usual size, and not more than the model has.
    private static Argument context(SlotFile file, ModelPlaces.@Nullable Found model) {
        long size = file.spec().model().contextSize();
        if (file.places().has("model.context_size")) {
            return new Argument(
                    String.valueOf(size), Source.SLOT, file.places().at("model.context_size"));
        }
        long most =
                model == null || model.registered() == null
                        ? 0
                        : model.registered().contextLength();
        return most > 0 && most < size && model != null
                ? new Argument(String.valueOf(most), Source.MODEL, model.place())
                : new Argument(String.valueOf(size), Source.BASE, "");
    }

    /// Who speaks through an item: where a slot names its context or model, a gap for it that is
    /// written in a profile is the slot's word. That a model has no larger context is a limit, and
    /// no wish.
    Source strength(CommandWords.Item item) {
        Source strongest = item.source();
        for (Argument word : item.words()) {
            Source filled = filled(word).source();
            boolean wish = filled != Source.MODEL || !word.text().equals(CONTEXT);
            if (wish && filled.compareTo(strongest) > 0) {
                strongest = filled;
            }
        }
        return strongest;
    }

    List<Argument> filled(CommandWords.Item item) {
        boolean wantsModel =
                item.words().stream().anyMatch(argument -> argument.text().contains(MODEL));
        if (wantsModel && !values.containsKey("MODEL")) {
            return List.of();
        }
        return item.words().stream().map(this::filled).toList();
    }

    private Argument filled(Argument argument) {
        Matcher gap = Words.PLACEHOLDER.matcher(argument.text());
        if (gap.matches() && values.containsKey(gap.group(1))) {
            return values.getOrDefault(gap.group(1), argument);
        }
        String text =
                gap.replaceAll(found -> {
                    Argument value = values.get(found.group(1));
                    return Matcher.quoteReplacement(value == null ? found.group() : value.text());
                });
        return text.equals(argument.text())
                ? argument
                : new Argument(text, argument.source(), argument.place());
    }

    /// How many tokens the server is told to hold, whoever had the last word.
    long contextOf(List<Argument> arguments) {
        CommandWords words = new CommandWords();
        words.add(Source.BASE, "", arguments.stream().map(Argument::text).toList());
        return words.merged().stream()
                .filter(item ->
                        Flags.CONTEXT.equals(item.flag())
                                || Flags.MAX_MODEL_LENGTH.equals(item.flag()))
                .flatMap(item -> item.value().stream())
                .filter(value -> value.matches("\\d{1,9}"))
                .mapToLong(Long::parseLong)
                .filter(value -> value > 0)
                .reduce((_, last) -> last)
                .orElse(Long.parseLong(value("CTX")));
    }

    private String value(String name) {
        Argument value = values.get(name);
        return value == null ? "0" : value.text();
    }
}
