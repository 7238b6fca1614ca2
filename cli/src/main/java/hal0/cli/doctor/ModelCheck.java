package hal0.cli.doctor;

import hal0.home.config.Nearest;
import hal0.providers.ModelInfo;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import java.util.ArrayList;
import java.util.List;

/// Whether the active model exists at its provider, and whether its price is known.
record ModelCheck(InUse inUse, Answers answers, Pricing pricing) implements Check {
    private static final Usage ONE_OF_EACH = Usage.of(1, 1);

    @Override
    public String id() {
        return "model";
    }

    @Override
    public List<Row> rows() {
        Provider active = inUse.active();
        String model = inUse.model();
        if (active == null || !active.enabled() || model.isEmpty()) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        List<String> listed =
                answers.listed(active.id()).map(Answer.Listed::models).orElse(List.of()).stream()
                        .map(ModelInfo::id)
                        .toList();
        if (listed.isEmpty()) {
            rows.add(Row.skip("model", active.id() + " has told no models"));
        } else if (listed.contains(model) || active.findModel(model).isPresent()) {
            rows.add(Row.pass("model", "%s knows %s".formatted(active.id(), model)));
        } else {
            String nearest = Nearest.to(model, listed);
            rows.add(
                    Row.warn(
                            "model",
                            "%s does not list the active model \"%s\""
                                    .formatted(active.id(), model),
                            nearest == null
                                    ? "choose one of its %d models".formatted(listed.size())
                                    : "did you mean \"%s\"?".formatted(nearest)));
        }
        rows.add(price(active, model));
        return rows;
    }

    private Row price(Provider active, String model) {
        Price told =
                answers.listed(active.id()).map(Answer.Listed::models).orElse(List.of()).stream()
                        .filter(info -> info.id().equals(model))
                        .map(ModelInfo::price)
                        .findFirst()
                        .orElse(Price.UNKNOWN);
        boolean listed = told.input() != null && told.output() != null;
        Cost cost = pricing.cost(active, model, ONE_OF_EACH);
        return listed || !(cost instanceof Cost.Unknown)
                ? Row.pass("price", "what %s/%s costs is known".formatted(active.id(), model))
                : Row.warn(
                        "price",
                        "the price of %s/%s is not known: its cost is shown as n/a"
                                .formatted(active.id(), model),
                        "write input_price_per_1m_tokens and output_price_per_1m_tokens under [providers.%s]"
                                .formatted(active.id()));
    }
}
