package hal0.cli.doctor;

import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import java.util.ArrayList;
import java.util.List;

/// Whether each provider answers, and what it says to its key.
record ReachCheck(InUse inUse, ProviderRegistry registry, Answers answers) implements Check {
    @Override
    public String id() {
        return "reach";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Provider provider : inUse.all()) {
            rows.addAll(rows(provider, answers.of(provider.id())));
        }
        return rows;
    }

    private List<Row> rows(Provider provider, Answer answer) {
        String id = "reach." + provider.id();
        return switch (answer) {
            case Answer.Listed listed -> {
                List<Row> rows = new ArrayList<>();
                rows.add(
                        Row.pass(
                                id,
                                "%s answered after %d ms and lists %d models"
                                        .formatted(
                                                provider.id(),
                                                listed.took().toMillis(),
                                                listed.models().size())));
                if (registry.hasKey(provider)) {
                    // Some list their models to anybody.
                    rows.add(
                            Row.pass(
                                    "key." + provider.id(),
                                    "the key of %s is not refused".formatted(provider.id())));
                }
                yield rows;
            }
            case Answer.Refused refused -> List.of(refused(provider, refused));
            case Answer.Unreached unreached ->
                    List.of(
                            Row.told(
                                    inUse.isActive(provider),
                                    id,
                                    String.valueOf(unreached.why().getMessage())));
            case Answer.NotAsked(var why) -> List.of(Row.skip(id, provider.id() + ": " + why));
        };
    }

    private Row refused(Provider provider, Answer.Refused refused) {
        String reach = "reach." + provider.id();
        if (refused.betterBase() != null) {
            return Row.fail(
                    "url." + provider.id(),
                    "%s answers 404 under base_url %s".formatted(provider.id(), provider.baseUrl()),
                    "write base_url = \"%s\"".formatted(refused.betterBase()));
        }
        return switch (refused.status()) {
            case 401, 403 ->
                    Row.fail(
                            "key." + provider.id(),
                            "%s refuses the key (status %d)"
                                    .formatted(provider.id(), refused.status()),
                            provider.keyNames().isEmpty()
                                    ? "set api_key_env under [providers.%s]"
                                            .formatted(provider.id())
                                    : "put another %s into api.env"
                                            .formatted(provider.keyNames().getFirst()));
            case 404, 200 ->
                    Row.warn(
                            "url." + provider.id(),
                            "%s %s at %s"
                                    .formatted(
                                            provider.id(), refused.message(), provider.baseUrl()),
                            "check base_url; where there is no list, declare its models under [[providers.%s.models]]"
                                    .formatted(provider.id()));
            case 429 ->
                    Row.warn(
                            reach,
                            "%s limits this key now (status 429)".formatted(provider.id()),
                            "wait, or look at the limits of your account");
            default ->
                    Row.bad(
                            inUse.isActive(provider) && refused.status() >= 500,
                            reach,
                            "%s %s".formatted(provider.id(), refused.message()),
                            refused.status() >= 500
                                    ? "try again later"
                                    : "check base_url and compatibility");
        };
    }
}
