package hal0.cli.providers;

import hal0.cli.wiring.ControlPlanes;
import hal0.home.error.ErrorKind;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Protocol;
import hal0.providers.probe.Asking;
import hal0.providers.probe.Candidate;
import hal0.providers.probe.Connection;
import hal0.providers.probe.ModelPick;
import hal0.providers.probe.ModelPick.Picked;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamStatuses;
import java.net.URI;
import java.util.List;

/// The providers of the relay that `HAL0_API_URL` names: it calls them itself, with its keys, and
/// its models are asked through it.
final class TrialThere implements Trial.Place {
    /// A provider has no address here: only its name is used.
    private static final URI THERE = URI.create("relay:there");

    private final ControlPlane control;
    private final ControlPlanes planes;
    private final CancelToken cancel;

    TrialThere(ControlPlane control, ControlPlanes planes, CancelToken cancel) {
        this.control = control;
        this.planes = planes;
        this.cancel = cancel;
    }

    @Override
    public Candidate one(String id) {
        return new Candidate(named(control.upstreams().one(id).name()), true);
    }

    @Override
    public List<Candidate> all() {
        String active = control.active().map(ControlPlane.Active::provider).orElse("");
        return control.upstreams().all().stream()
                .filter(told -> told.enabled() && !UpstreamStatuses.isSlot(told))
                .map(told -> new Candidate(named(told.name()), isChosen(told, active)))
                .toList();
    }

    private static boolean isChosen(UpstreamStatus told, String active) {
        return !told.source().equals(UpstreamStatuses.PRESET)
                || told.name().equals(active)
                || told.name().equals(Presets.CUSTOM)
                || told.keyState() == KeyState.SET;
    }

    private static Provider named(String id) {
        return Provider.builder(id, Protocol.OPENAI, THERE).build();
    }

    @Override
    public Connection connection(Candidate candidate) {
        return control.upstreams()
                .test(candidate.provider().id(), candidate.chosen(), cancel)
                .found();
    }

    @Override
    public Picked model(Provider provider, String named) {
        if (!named.isEmpty()) {
            return new Picked.Model(named, null);
        }
        return control.active()
                .filter(active -> active.provider().equals(provider.id()))
                .map(ControlPlane.Active::model)
                .filter(model -> !model.isEmpty())
                .<Picked>map(model -> new Picked.Model(model, null))
                .orElseGet(() -> first(provider.id()));
    }

    private Picked first(String provider) {
        return ModelPick.talker(control.models(provider).stream().map(ModelChoice::info).toList())
                .<Picked>map(model -> new Picked.Model(model.id(), model.tools()))
                .orElseGet(() ->
                        new Picked.Nothing(
                                ErrorKind.UNKNOWN_MODEL,
                                provider + " lists no models; name one with --model"));
    }

    @Override
    public Asking asking() {
        return planes.askingElsewhere("probe");
    }
}
