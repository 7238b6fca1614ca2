package hal0.providers.http;

import hal0.providers.error.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/// Counts the TLS handshake as part of connecting, as OkHttp's own connect timeout ends with TCP,
/// and notes how far a call came.
final class HandshakeClock extends EventListener {

    /// What a call carries: its timer, the clock that goes on after the handshake, and whether it
    /// came as far as the provider, which a proxy may stand before.
    record Clocks(
            Deadlines.Timer timer,
            Duration connect,
            Clock next,
            long nextAt,
            AtomicBoolean reached) {}

    @Override
    public void secureConnectStart(Call call) {
        Clocks clocks = call.request().tag(Clocks.class);
        if (clocks != null) {
            clocks.reached.set(true);
            clocks.timer.arm(Clock.CONNECT, clocks.timer.in(clocks.connect));
        }
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        goOn(call);
    }

    @Override
    public void connectFailed(
            Call call,
            InetSocketAddress address,
            Proxy proxy,
            @Nullable Protocol protocol,
            IOException e) {
        goOn(call);
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        Clocks clocks = call.request().tag(Clocks.class);
        if (clocks != null) {
            clocks.reached.set(true);
        }
    }

    private static void goOn(Call call) {
        Clocks clocks = call.request().tag(Clocks.class);
        if (clocks != null) {
            clocks.timer.arm(clocks.next, clocks.nextAt);
        }
    }
}
