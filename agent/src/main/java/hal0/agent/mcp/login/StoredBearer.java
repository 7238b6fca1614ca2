package hal0.agent.mcp.login;

import hal0.agent.mcp.wire.Bearer;
import hal0.agent.mcp.wire.McpException;
import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The token of an earlier login, renewed when it ends.
///
/// **Errors** [McpException] when the file of tokens cannot be used. **Threads** any; one renews
/// while others wait for what it gets.
public final class StoredBearer implements Bearer {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final String server;
    private final URI url;
    private final TokenFile file;
    private final TokenEndpoint endpoint;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();

    public StoredBearer(
            String server, URI url, TokenFile file, Transport transport, InstantSource clock) {
        this.server = server;
        this.url = url;
        this.file = file;
        this.clock = clock;
        this.endpoint = new TokenEndpoint(server, new Web(server, transport), clock);
    }

    @Override
    public Optional<String> token(CancelToken cancel) {
        Optional<Tokens> stored = stored();
        if (stored.isPresent() && stored.get().endsBefore(clock.instant().plus(SOON))) {
            return afterRefusal(stored.get().access(), cancel);
        }
        return stored.map(Tokens::access);
    }

    @Override
    public Optional<String> afterRefusal(String refused, CancelToken cancel) {
        renewing.lock();
        try {
            Optional<Tokens> stored = stored();
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            if (!stored.get().access().equals(refused)) {
                return stored.map(Tokens::access); // somebody renewed it meanwhile
            }
            Optional<Tokens> renewed = endpoint.renewed(stored.get(), cancel);
            if (renewed.isPresent()) {
                file.put(server, renewed.get());
            }
            return renewed.map(Tokens::access);
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            renewing.unlock();
        }
    }

    private Optional<Tokens> stored() {
        try {
            return file.find(server, url);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private McpException unusable(IOException e) {
        return new McpException(
                McpException.Kind.LOGIN_NEEDED,
                "the login of the MCP server %s cannot be used: %s"
                        .formatted(server, IoReason.of(e)),
                e);
    }
}
