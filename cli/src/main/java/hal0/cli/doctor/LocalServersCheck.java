package hal0.cli.doctor;

import hal0.providers.Provider;
import hal0.providers.listing.Discovery;
import hal0.relay.control.Finding.Status;
import java.util.List;
import java.util.function.Supplier;

/// Servers on this machine that answer and that nobody uses.
record LocalServersCheck(InUse inUse, Supplier<List<Discovery.Found>> look) implements Check {
    @Override
    public String id() {
        return "local";
    }

    @Override
    public List<Row> rows() {
        return look.get().stream()
                .filter(Discovery.Found.Answers.class::isInstance)
                .map(Discovery.Found.Answers.class::cast)
                .filter(found -> !isUsed(found.provider()))
                .map(found ->
                        new Row(
                                "local." + found.provider().id(),
                                Status.PASS,
                                "%s answers at %s with %d models and is not used"
                                        .formatted(
                                                found.provider().id(),
                                                found.provider().baseUrl(),
                                                found.models().size()),
                                "to use it: [active] provider = \"%s\""
                                        .formatted(found.provider().id())))
                .toList();
    }

    private boolean isUsed(Provider server) {
        return inUse.all().stream()
                .anyMatch(used -> used.baseUrl().getPort() == server.baseUrl().getPort());
    }
}
