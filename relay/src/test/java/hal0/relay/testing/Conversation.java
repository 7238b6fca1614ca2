package hal0.relay.testing;

import hal0.providers.Auth;
import hal0.providers.ChatStream;
import hal0.providers.Provider;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// A client of the relay that knows one protocol.
public record Conversation(RelayFixture relay, Protocol protocol) {

    /// Asks for a model and reads the answer to its end.
    public TurnAccumulator ask(String model, ChatRequest request) {
        String root = relay.relay().address().toString();
        URI base =
                URI.create(
                        switch (protocol) {
                            case OPENAI, RESPONSES -> root + "/v1";
                            case ANTHROPIC -> root;
                            case GEMINI -> root + "/v1beta";
                        });
        Provider self = Provider.builder("relay", protocol, base).auth(new Auth.None()).build();
        ProviderClient client =
                new ProviderClient(
                        relay.transport(),
                        new RequestBuilder(_ -> Optional.empty()),
                        InstantSource.system());
        TurnAccumulator turn = new TurnAccumulator();
        try (ChatStream stream = client.open(self, model, request, new CancelToken())) {
            for (StreamEvent e = stream.next(); e != null; e = stream.next()) {
                turn.add(e);
            }
        }
        return turn;
    }
}
