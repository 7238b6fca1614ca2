package hal0.agent.mcp.login;

import hal0.agent.mcp.wire.McpException;
import hal0.providers.http.CancelToken;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gets tokens for a code or for an older token.
///
/// **Errors** [McpException]. **Threads** any. **Source** RFC 6749 sections 4.1.3, 5 and 6.
final class TokenEndpoint {
    private final String server;
    private final Web web;
    private final InstantSource clock;

    TokenEndpoint(String server, Web web, InstantSource clock) {
        this.server = server;
        this.web = web;
        this.clock = clock;
    }

    /// A program as a giver of tokens knows it.
    record Client(String id, @Nullable String secret) {
        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    Tokens forCode(
            URI url,
            Discovery.Giver giver,
            Client client,
            Map<String, String> form,
            CancelToken cancel) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("grant_type", "authorization_code");
        all.put("resource", giver.resource().toString());
        Web.Answer answer = web.postForm(giver.token(), with(all, client), cancel);
        if (!answer.good() || answer.body().path("access_token").asText("").isEmpty()) {
            throw new McpException(
                    McpException.Kind.REFUSED,
                    "the login to the MCP server %s failed: %s gave no token (%s)"
                            .formatted(server, giver.token().getHost(), answer.said()));
        }
        return tokens(
                new Tokens(
                        url,
                        giver.resource(),
                        giver.token(),
                        client.id(),
                        client.secret(),
                        "",
                        null,
                        null,
                        giver.scope()),
                answer);
    }

    /// Empty where the older token is no longer good for it.
    Optional<Tokens> renewed(Tokens old, CancelToken cancel) {
        String refresh = old.refresh();
        if (refresh == null) {
            return Optional.empty();
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh);
        form.put("resource", old.resource().toString());
        Web.Answer answer =
                web.postForm(
                        old.tokenEndpoint(),
                        with(form, new Client(old.clientId(), old.clientSecret())),
                        cancel);
        return answer.good() && !answer.body().path("access_token").asText("").isEmpty()
                ? Optional.of(tokens(old, answer))
                : Optional.empty();
    }

    private static Map<String, String> with(Map<String, String> form, Client client) {
        form.put("client_id", client.id());
        if (client.secret() != null) {
            form.put("client_secret", client.secret());
        }
        return form;
    }

    private Tokens tokens(Tokens old, Web.Answer answer) {
        // A server that gives no new one lets the old one be used again.
        String refresh = TokenFile.textOrNull(answer.body(), "refresh_token");
        long seconds = answer.body().path("expires_in").asLong(0);
        return new Tokens(
                old.url(),
                old.resource(),
                old.tokenEndpoint(),
                old.clientId(),
                old.clientSecret(),
                answer.body().path("access_token").asText(),
                refresh == null ? old.refresh() : refresh,
                seconds <= 0 ? null : clock.instant().plusSeconds(seconds),
                old.scope());
    }
}
