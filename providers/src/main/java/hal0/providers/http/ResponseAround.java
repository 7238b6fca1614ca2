package hal0.providers.http;

import hal0.providers.error.ProviderException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An answer that stands around another one and changes some of what that does.
///
/// **Shape** whatever is not overridden is what [#response] does; only [UpstreamResponse#decoded]
/// and [UpstreamResponse#isOver] are its own, since they are about the bytes that are read here.
/// **Threads** as [UpstreamResponse].
public interface ResponseAround extends UpstreamResponse {

    /// The other one.
    UpstreamResponse response();

    @Override
    default int status() {
        return response().status();
    }

    @Override
    default Headers headers() {
        return response().headers();
    }

    @Override
    default int read(byte[] buffer, int offset, int length) {
        return response().read(buffer, offset, length);
    }

    @Override
    default byte[] readAll(long limit) {
        return response().readAll(limit);
    }

    @Override
    default void awaitContent() {
        response().awaitContent();
    }

    @Override
    default void contentBegan() {
        response().contentBegan();
    }

    @Override
    default void limitRest(Duration limit) {
        response().limitRest(limit);
    }

    @Override
    default ProviderException undecodable(String encoding, @Nullable IOException cause) {
        return response().undecodable(encoding, cause);
    }

    @Override
    default void abort() {
        response().abort();
    }

    @Override
    default void close() {
        response().close();
    }
}
