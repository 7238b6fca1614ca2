package hal0.providers.dialect;

import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells which features a request uses, and says it without some.
///
/// **Shape** a request uses a feature exactly when it differs from itself without it. What a
/// dialect leaves out of a request is what the request uses of `cannotSay()`. Both depend on the
/// protocol `to` that the request goes to in what is foreign only.
public final class Features {
    /// The name of a schema that has none, for protocols that demand one.
    public static final String SCHEMA_NAME = "response";

    private Features() {}

    public static Set<Feature> used(ChatRequest request, Protocol to) {
        Set<Feature> found = EnumSet.noneOf(Feature.class);
        boolean turnSeen = false;
        for (Message message : request.messages()) {
            if (message.role() != Role.SYSTEM) {
                turnSeen = true;
            } else if (turnSeen) {
                found.add(Feature.LATE_SYSTEM_MESSAGE);
            }
            PartFeatures of = new PartFeatures(message.role(), to);
            for (Part part : message.parts()) {
                found.addAll(of.used(part));
            }
        }
        for (Tool tool : request.tools()) {
            if (tool.strict() != null) {
                found.add(Feature.TOOL_STRICT);
            }
            if (tool.cache() != null) {
                found.add(Feature.CACHE_MARK);
            }
            if (tool.cache() == CacheMark.LONG) {
                found.add(Feature.LONG_CACHE_MARK);
            }
        }
        OptionFeatures.used(request.options(), found);
        if (isForeign(request.extra(), to)) {
            found.add(Feature.FOREIGN);
        }
        return found;
    }

    private static boolean isForeign(Extra extra, Protocol to) {
        return !extra.isEmpty() && extra.origin() != to;
    }

    /// The request in the words that are left: a thing that cannot be said is gone, media in the
    /// results of tools stand behind them, system messages first, a failed result says so in its
    /// text. A message that lost all its parts is gone too.
    public static ChatRequest without(ChatRequest request, Set<Feature> features, Protocol to) {
        Set<Feature> gone = used(request, to);
        gone.retainAll(features);
        if (gone.isEmpty()) {
            return request;
        }
        if (gone.contains(Feature.JSON_SCHEMA) && features.contains(Feature.JSON_OBJECT)) {
            // What would be said instead of a schema cannot be said either.
            gone.add(Feature.JSON_OBJECT);
        }
        Options options = OptionFeatures.without(request.options(), gone);
        List<Tool> tools = request.tools().stream().map(tool -> without(tool, gone)).toList();
        boolean foreign = gone.contains(Feature.FOREIGN) && isForeign(request.extra(), to);
        return new ChatRequest(
                request.model(),
                messages(request.messages(), gone, to),
                tools,
                options,
                request.stream(),
                foreign ? Extra.NONE : request.extra());
    }

    private static Tool without(Tool tool, Set<Feature> gone) {
        return new Tool(
                tool.name(),
                tool.description(),
                tool.schema(),
                gone.contains(Feature.TOOL_STRICT) ? null : tool.strict(),
                mark(tool.cache(), gone));
    }

    private static @Nullable CacheMark mark(@Nullable CacheMark mark, Set<Feature> gone) {
        if (gone.contains(Feature.CACHE_MARK)) {
            return null;
        }
        boolean shortened = mark == CacheMark.LONG && gone.contains(Feature.LONG_CACHE_MARK);
        return shortened ? CacheMark.SHORT : mark;
    }

    private static List<Message> messages(List<Message> messages, Set<Feature> gone, Protocol to) {
        List<Message> first = new ArrayList<>();
        List<Message> rest = new ArrayList<>();
        boolean hoisted = gone.contains(Feature.LATE_SYSTEM_MESSAGE);
        for (Message message : messages) {
            Message left = new ReducedMessage(message.role(), gone, to).of(message);
            if (left != null) {
                (hoisted && left.role() == Role.SYSTEM ? first : rest).add(left);
            }
        }
        first.addAll(rest);
        return first;
    }
}
