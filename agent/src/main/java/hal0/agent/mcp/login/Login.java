package hal0.agent.mcp.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.mcp.wire.McpException;
import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gets a token for a server by sending its user to a browser, and keeps it.
///
/// **Errors** [McpException] that says what to do. **Threads** one; blocks until the user is back.
public final class Login {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String server;
    private final URI url;
    private final TokenFile file;
    private final Web web;
    private final TokenEndpoint endpoint;

    public Login(String server, URI url, TokenFile file, Transport transport, InstantSource clock) {
        this.server = server;
        this.url = url;
        this.file = file;
        this.web = new Web(server, transport);
        this.endpoint = new TokenEndpoint(server, web, clock);
    }

    /// `show` gets the address that the user has to open; it is waited for no longer than
    /// `patience`.
    public void run(Consumer<URI> show, Duration patience, CancelToken cancel) {
        Discovery.Giver giver = new Discovery(server, url, web).find(cancel);
        try (Loopback loopback = Loopback.open()) {
            TokenEndpoint.Client client = registered(giver, loopback.address(), cancel);
            String verifier = random();
            String state = random();
            show.accept(page(giver, client, loopback.address(), verifier, state));
            Map<String, String> back = loopback.await(state, patience, cancel);
            String code = code(back, giver, patience, cancel);
            Map<String, String> form = new LinkedHashMap<>();
            form.put("code", code);
            form.put("redirect_uri", loopback.address().toString());
            form.put("code_verifier", verifier);
            file.put(server, endpoint.forCode(url, giver, client, form, cancel));
        } catch (IOException e) {
            throw failed(IoReason.of(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    /// **Source** RFC 7591.
    private TokenEndpoint.Client registered(Discovery.Giver giver, URI back, CancelToken cancel) {
        URI registration = giver.registration();
        if (registration == null) {
            throw failed(
                    "%s does not let programs make themselves known; get a token there and put it into mcp.servers.%s.headers.Authorization = \"Bearer $…\""
                            .formatted(giver.issuer(), server));
        }
        ObjectNode about = JsonNodeFactory.instance.objectNode().put("client_name", "hal0");
        about.putArray("redirect_uris").add(back.toString());
        about.putArray("grant_types").add("authorization_code").add("refresh_token");
        about.putArray("response_types").add("code");
        about.put("token_endpoint_auth_method", "none");
        if (giver.scope() != null) {
            about.put("scope", giver.scope());
        }
        Web.Answer answer = web.postJson(registration, about, cancel);
        String id = answer.body().path("client_id").asText("");
        if (!answer.good() || id.isEmpty()) {
            throw failed("%s does not register hal0 (%s)".formatted(giver.issuer(), answer.said()));
        }
        return new TokenEndpoint.Client(id, TokenFile.textOrNull(answer.body(), "client_secret"));
    }

    private static URI page(
            Discovery.Giver giver,
            TokenEndpoint.Client client,
            URI back,
            String verifier,
            String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.id());
        query.put("redirect_uri", back.toString());
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        query.put("state", state);
        query.put("resource", giver.resource().toString());
        if (giver.scope() != null) {
            query.put("scope", giver.scope());
        }
        String base = giver.authorization().toString();
        return URI.create(base + (base.contains("?") ? "&" : "?") + Web.query(query));
    }

    private String code(
            @Nullable Map<String, String> back,
            Discovery.Giver giver,
            Duration patience,
            CancelToken cancel) {
        if (cancel.isCancelled()) {
            throw cancelled();
        }
        if (back == null) {
            throw failed("nobody logged in within %d s".formatted(patience.toSeconds()));
        }
        String issuer = back.getOrDefault("iss", giver.issuer());
        if (!issuer.equals(giver.issuer())) {
            throw failed(
                    "the answer comes from %s and not from %s".formatted(issuer, giver.issuer()));
        }
        String code = back.getOrDefault("code", "");
        if (code.isEmpty()) {
            String more = back.getOrDefault("error_description", "");
            throw failed(
                    "it was refused (%s%s)"
                            .formatted(
                                    back.getOrDefault("error", "no reason given"),
                                    more.isEmpty() ? "" : ": " + more));
        }
        return code;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    /// **Source** RFC 7636 section 4.2.
    static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private McpException failed(String why) {
        return new McpException(
                McpException.Kind.REFUSED,
                "the login to the MCP server %s failed: %s".formatted(server, why));
    }

    private static McpException cancelled() {
        return new McpException(McpException.Kind.CANCELLED, "the login was cancelled");
    }
}
