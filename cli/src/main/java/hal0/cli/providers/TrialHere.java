package hal0.cli.providers;

import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Asking;
import hal0.providers.probe.Candidate;
import hal0.providers.probe.Connection;
import hal0.providers.probe.ConnectionProbe;
import hal0.providers.probe.ModelPick.Picked;
import hal0.relay.control.ControlPlane.Active;
import java.util.List;

/// The providers of this home, called from this machine.
final class TrialHere implements Trial.Place {
    private final Hal0 hal0;
    private final ConnectionProbe connections;
    private final CancelToken cancel;

    TrialHere(Hal0 hal0, CancelToken cancel) {
        this.hal0 = hal0;
        this.connections = hal0.connectionProbe();
        this.cancel = cancel;
    }

    @Override
    public Candidate one(String id) {
        return new Candidate(NamedProvider.of(hal0.configuration(), id), true);
    }

    @Override
    public List<Candidate> all() {
        String active = hal0.configuration().active().map(Active::provider).orElse("");
        return Candidate.all(hal0.configuration().registry(), active);
    }

    @Override
    public Connection connection(Candidate candidate) {
        return connections.of(candidate.provider(), candidate.chosen(), cancel);
    }

    @Override
    public Picked model(Provider provider, String named) {
        String active =
                hal0.configuration()
                        .active()
                        .filter(chosen -> chosen.provider().equals(provider.id()))
                        .map(Active::model)
                        .orElse("");
        return hal0.modelPick().of(provider, named, active);
    }

    @Override
    public Asking asking() {
        return hal0.asking("probe");
    }
}
