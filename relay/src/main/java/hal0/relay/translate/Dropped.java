package hal0.relay.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.Features;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.relay.dispatch.Target;
import hal0.relay.error.RelayException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What of a client's request its target is not told, by name: the value of `x-hal0-dropped`.
///
/// **Shape** places in the request, then words for what the target's protocol cannot say; a comma
/// between them, visible ASCII, the rest percent-encoded, and no more than a header should hold.
record Dropped(List<String> names) {
    static final String HEADER = "x-hal0-dropped";

    /// The word for signatures of somebody else.
    static final String FOREIGN_SIGNATURE = "foreign_signature";

    private static final int LONGEST = 1000;
    private static final int LONGEST_NAME = 120;

    Dropped {
        names = List.copyOf(names);
    }

    /// What `ignored` names, and what the target has no words for.
    static Dropped of(List<String> ignored, ChatRequest request, Target target, boolean foreign) {
        Provider provider = target.provider();
        Set<Feature> unsaid = Features.used(request, provider.protocol());
        unsaid.retainAll(Dialects.of(provider.protocol()).cannotSay(provider, target.model()));
        List<String> names = new ArrayList<>(ignored);
        if (foreign) {
            names.add(FOREIGN_SIGNATURE);
        }
        if (unsaid.remove(Feature.FOREIGN)) {
            names.addAll(foreign(request, target));
        }
        unsaid.forEach(feature -> names.add(feature.name().toLowerCase(Locale.ROOT)));
        return new Dropped(names);
    }

    /// The fields that only the client's protocol has, by name, and the word for such parts.
    private static List<String> foreign(ChatRequest request, Target target) {
        Protocol to = target.provider().protocol();
        List<String> names = new ArrayList<>();
        if (request.extra().origin() != to) {
            names.addAll(request.extra().fields().keySet());
        }
        boolean parts =
                request.messages().stream()
                        .flatMap(message -> message.parts().stream())
                        .anyMatch(
                                part -> part instanceof Part.Opaque(var origin, _) && origin != to);
        if (parts) {
            names.add(Feature.FOREIGN.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /// A conversation of which nothing is left would only be refused for a reason that misleads.
    ///
    /// **Errors** [RelayException].
    void refuseEmptied(ChatRequest request, Target target) {
        if (isEmpty() || !speaks(request)) {
            return;
        }
        Provider provider = target.provider();
        Set<Feature> unsaid = Dialects.of(provider.protocol()).cannotSay(provider, target.model());
        if (!speaks(Features.without(request, unsaid, provider.protocol()))) {
            throw RelayException.of(
                    400,
                    "request.unsupported",
                    "%s has no words for any of the messages: %s"
                            .formatted(provider.id(), header()));
        }
    }

    private static boolean speaks(ChatRequest request) {
        return request.messages().stream().anyMatch(message -> message.role() != Role.SYSTEM);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    String header() {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String name = encoded(names.get(i));
            if (value.length() + name.length() > LONGEST) {
                return value + ", and " + (names.size() - i) + " more";
            }
            value.append(i == 0 ? "" : ", ").append(name);
        }
        return value.toString();
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.getBytes(UTF_8)) {
            if (text.length() >= LONGEST_NAME) {
                return text.append("...").toString();
            }
            if (b > ' ' && b < 0x7f && b != '%' && b != ',') {
                text.append((char) b);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
