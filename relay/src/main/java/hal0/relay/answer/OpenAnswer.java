package hal0.relay.answer;

import hal0.providers.error.ProviderException;
import hal0.relay.dispatch.Target;
import org.jspecify.annotations.Nullable;

/// An answer of a target whose head has come and of which the client has seen nothing yet.
///
/// **Threads** the request's own.
public interface OpenAnswer extends AutoCloseable {

    Target target();

    /// Reads on until it is sure that an answer begins, or what its failure is; what was read goes
    /// out with the rest. Only where there is somewhere else to go.
    ///
    /// **Errors** [ProviderException] where no answer begins.
    void hold();

    /// The failure that it stands for where another try may help; null where it is the answer.
    @Nullable ProviderException failure();

    /// Gives it to the client, to its end, and tells the meter how it ended.
    ///
    /// **Errors** [ProviderException] only while nothing has gone out.
    void deliver(Delivery delivery);

    @Override
    void close();
}
