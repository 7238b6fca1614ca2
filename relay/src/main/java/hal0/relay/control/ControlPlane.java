package hal0.relay.control;

import hal0.home.activity.Deed;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.relay.approval.Approvals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be asked of and done to a running hal0.
///
/// **Errors** [ControlException] with a message for people. **Threads** any; calls may block on the
/// network or the disk, so never from a UI thread.
public interface ControlPlane extends AutoCloseable {

    RelayStatus status();

    /// Provider and model that are used when nobody names one; empty before the first choice.
    Optional<Active> active();

    /// Makes a provider and model the active ones, in `config.toml` and at once. A null model is
    /// the provider's default.
    Active use(String provider, @Nullable String model);

    /// Every configured provider and every preset that has a key or needs none.
    List<ProviderStatus> providers();

    /// Models of one provider: declared ones, and those that it lists when it can be reached.
    List<ModelChoice> models(String provider);

    /// The same where it is asked again: filtered as it is declared, and from the catalog where it
    /// does not answer.
    ProviderModels models(String provider, ProviderModels.Ask ask);

    /// Providers as they are declared, changed and tried out.
    Upstreams upstreams();

    /// Slots as they are looked at, defined and told what to do.
    SlotControl slots();

    /// The keys of the configuration.
    SettingsControl settings();

    /// What agents and people want remembered.
    MemoryControl memory();

    /// What was spent since then.
    List<Tally> usage(Grouping grouping, Instant from);

    /// What is asked of models, one by one.
    Requests requests();

    /// Calls of gated tools that wait for the owner's word, and the last that had it.
    ///
    /// **Errors** [ControlException] with the [Refusal].
    Approvals approvals();

    /// What was changed, the newest first; `before` is the id that they come before.
    List<Deed.Noted> activity(int limit, long before);

    /// Reads the configuration files again.
    Reload reload();

    @Override
    void close();

    record Active(String provider, String model) {}
}
