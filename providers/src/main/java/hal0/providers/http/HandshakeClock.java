package hal0.providers.http;

import hal0.providers.error.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/// Counts the TLS handshake as part of connecting: OkHttp's own connect timeout ends with TCP.
final class HandshakeClock extends EventListener {

    /// What a call carries: its timer, and the clock that goes on after the handshake.
    record Clocks(Deadlines.Timer timer, Duration connect, Clock next, long nextAt) {}

    @Override
    public void secureConnectStart(Call call) {
        Clocks clocks = call.request().tag(Clocks.class);
        if (clocks != null) {
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

    private static void goOn(Call call) {
        Clocks clocks = call.request().tag(Clocks.class);
        if (clocks != null) {
            clocks.timer.arm(clocks.next, clocks.nextAt);
        }
    }
}
