package hal0.agent.mcp;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One configured server.
///
/// **Shape** `timeout` is for each call, and for the start. Names of servers are unique.
public record ServerSpec(String name, Reach reach, Duration timeout, boolean enabled) {

    /// How it is reached.
    public sealed interface Reach {

        /// A program of this machine, spoken to over its standard input and output. Values of
        /// `environment` may name variables.
        record Command(List<String> command, Map<String, String> environment) implements Reach {
            public Command {
                command = List.copyOf(command);
                environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            }

            /// Values may be secrets, and so may arguments.
            @Override
            public String toString() {
                return "Command[" + (command.isEmpty() ? "" : command.getFirst()) + "]";
            }
        }

        /// A server of the network. Values of `headers` may name variables.
        record Web(URI url, Map<String, String> headers) implements Reach {
            public Web {
                headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
            }

            /// Whether the user says who he is by a header of his own.
            public boolean saysWho() {
                return headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
            }

            /// Neither headers nor the query, which may hold secrets.
            @Override
            public String toString() {
                return "Web[" + shown() + "]";
            }

            /// The address as far as it may be shown.
            public String shown() {
                String host = url.getHost() == null ? "" : url.getHost();
                return url.getScheme()
                        + "://"
                        + host
                        + (url.getPort() < 0 ? "" : ":" + url.getPort())
                        + (url.getRawPath() == null ? "" : url.getRawPath());
            }
        }
    }
}
