package hal0.providers.imported;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The first document of a YAML stream: texts, numbers, booleans, lists and maps, whatever tags
/// say.
///
/// **Shape** read from the parser's events, so that depth is bounded here and no tag can make
/// anything else. An alias is the very tree it names, so that aliases of aliases cost nothing until
/// somebody walks them. `<<` merges as YAML 1.1 has it, which LiteLLM reads.
final class YamlTree {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,4})?");

    private final String fileName;
    private final Iterator<Event> events;
    private final Map<Anchor, Tree> anchors = new HashMap<>();

    private YamlTree(String fileName, Iterator<Event> events) {
        this.fileName = fileName;
        this.events = events;
    }

    /// **Errors** [ConfigException] with the line.
    static Tree read(String fileName, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(fileName).build();
        try {
            Iterable<Event> events = new Parse(settings).parseString(text);
            return new YamlTree(fileName, events.iterator()).document();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(-1);
            throw Malformed.at(fileName, line + 1, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw Malformed.at(fileName, 0, "this is not YAML, or too much of it");
        }
    }

    private Tree document() {
        while (events.hasNext()) {
            switch (events.next()) {
                case DocumentStartEvent _ -> {
                    return value(events.next(), 0);
                }
                case StreamEndEvent _, DocumentEndEvent _ -> {
                    return new Tree(1, Map.of());
                }
                case null, default -> {
                    // the stream begins
                }
            }
        }
        return new Tree(1, Map.of());
    }

    private Tree value(Event event, int depth) {
        int line = line(event);
        if (depth > Node.MAX_DEPTH) {
            throw Malformed.at(fileName, line, "it is nested too deeply");
        }
        Tree tree =
                switch (event) {
                    case AliasEvent alias -> named(alias, line);
                    case ScalarEvent scalar -> new Tree(line, scalar(scalar));
                    case SequenceStartEvent _ -> new Tree(line, items(depth));
                    case MappingStartEvent _ -> new Tree(line, fields(depth));
                    case null, default ->
                            throw Malformed.at(
                                    fileName, line, "this is not YAML: a value is missing");
                };
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchor -> anchors.put(anchor, tree));
        }
        return tree;
    }

    /// An anchor is known once its value is complete: a value cannot contain itself.
    private Tree named(AliasEvent alias, int line) {
        return Optional.ofNullable(anchors.get(alias.getAlias()))
                .orElseThrow(() ->
                        Malformed.at(
                                fileName,
                                line,
                                "the alias *%s names nothing above it"
                                        .formatted(alias.getAlias().getValue())));
    }

    private List<Tree> items(int depth) {
        List<Tree> items = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof SequenceEndEvent)) {
            items.add(value(event, depth + 1));
            event = events.next();
        }
        return items;
    }

    private Map<String, Tree> fields(int depth) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        List<Tree> merged = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof MappingEndEvent)) {
            if (!(event instanceof ScalarEvent key)) {
                throw Malformed.at(fileName, line(event), "a key must be text");
            }
            Tree value = value(events.next(), depth + 1);
            if (key.isPlain() && key.getValue().equals("<<")) {
                merged.add(value);
            } else {
                fields.put(key.getValue(), new Tree(line(key), value.value()));
            }
            event = events.next();
        }
        merged.forEach(tree -> merge(fields, tree));
        return fields;
    }

    private static void merge(Map<String, Tree> fields, Tree from) {
        switch (from.value()) {
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if (entry.getKey() instanceof String key
                            && entry.getValue() instanceof Tree t) {
                        fields.putIfAbsent(key, t);
                    }
                }
            }
            case List<?> list -> {
                for (Object item : list) {
                    if (item instanceof Tree tree && tree.value() instanceof Map<?, ?>) {
                        merge(fields, tree);
                    }
                }
            }
            case null, default -> fields.putIfAbsent("<<", from);
        }
    }

    /// What a scalar without quotes means; quotes make it text. `yes` and `no` stay text, as YAML
    /// 1.2 has it: whoever wants a flag takes them too.
    private static @Nullable Object scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return text;
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            case String number when NUMBER.matcher(number).matches() -> new BigDecimal(number);
            default -> text;
        };
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
