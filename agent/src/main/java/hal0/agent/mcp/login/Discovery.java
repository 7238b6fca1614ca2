package hal0.agent.mcp.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.mcp.wire.McpException;
import hal0.home.Version;
import hal0.providers.http.CancelToken;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Finds out who gives tokens for a server.
///
/// **Shape** by what the server's 401 names, else by the well-known places below its address, else
/// (servers of before June 2025) the server itself. **Errors** [McpException]. **Threads** any.
/// **Source** modelcontextprotocol.io/specification 2025-11-25, basic/authorization.
final class Discovery {
    private static final String RESOURCE = "/.well-known/oauth-protected-resource";
    private static final String SERVER = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final String server;
    private final URI url;
    private final Web web;

    /// Who gives tokens. `scope` is what to ask for, null for whatever is usual there;
    /// `registration` is null where programs cannot make themselves known.
    record Giver(
            String issuer,
            URI authorization,
            URI token,
            @Nullable URI registration,
            URI resource,
            @Nullable String scope) {}

    Discovery(String server, URI url, Web web) {
        this.server = server;
        this.url = url;
        this.web = web;
    }

    Giver find(CancelToken cancel) {
        Challenge challenge = challenge(cancel);
        Optional<JsonNode> described = resource(challenge, cancel);
        URI issuer = described.map(this::issuer).orElseGet(() -> origin(url));
        @Nullable String scope =
                challenge.find("scope").or(() -> described.map(Discovery::scopes)).orElse(null);
        URI resource =
                described
                        .map(d -> TokenFile.textOrNull(d, "resource"))
                        .map(this::ownResource)
                        .orElse(url);
        Optional<JsonNode> metadata = metadata(issuer, cancel);
        if (metadata.isEmpty() && described.isPresent()) {
            throw refused("%s does not say how to log in there".formatted(issuer));
        }
        return metadata.map(m -> giver(issuer, m, resource, scope))
                .orElseGet(() -> usual(issuer, resource, scope));
    }

    /// Asks without a token, to be told what is missing.
    private Challenge challenge(CancelToken cancel) {
        ObjectNode hello = JsonNodeFactory.instance.objectNode();
        hello.put("jsonrpc", "2.0").put("id", 1).put("method", "initialize");
        ObjectNode params = hello.putObject("params").put("protocolVersion", "2025-11-25");
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "hal0").put("version", Version.current());
        Web.Answer answer = web.postJson(url, hello, cancel);
        if (answer.good()) {
            throw refused("it lets everybody in; there is nothing to log in to");
        }
        return new Challenge(answer.challenge());
    }

    private Optional<JsonNode> resource(Challenge challenge, CancelToken cancel) {
        List<URI> places = new ArrayList<>();
        challenge.find("resource_metadata").map(this::address).ifPresent(places::add);
        String path = path(url);
        if (!path.isEmpty()) {
            places.add(origin(url).resolve(RESOURCE + path));
        }
        places.add(origin(url).resolve(RESOURCE));
        return first(places, "authorization_servers", cancel);
    }

    private Optional<JsonNode> metadata(URI issuer, CancelToken cancel) {
        String path = path(issuer);
        URI origin = origin(issuer);
        List<URI> places =
                path.isEmpty()
                        ? List.of(origin.resolve(SERVER), origin.resolve(OPENID))
                        : List.of(
                                origin.resolve(SERVER + path),
                                origin.resolve(OPENID + path),
                                origin.resolve(path + OPENID));
        return first(places, "token_endpoint", cancel);
    }

    /// The first of the documents that is there and has what it is for.
    private Optional<JsonNode> first(List<URI> places, String key, CancelToken cancel) {
        for (URI place : places) {
            Web.Answer answer = web.get(place, cancel);
            if (answer.good() && answer.body().has(key)) {
                return Optional.of(answer.body());
            }
        }
        return Optional.empty();
    }

    private URI issuer(JsonNode resource) {
        String first = resource.path("authorization_servers").path(0).asText("");
        if (first.isEmpty()) {
            throw refused("it names nobody who gives tokens");
        }
        return address(first);
    }

    /// A document that speaks of another server must not get tokens for that one.
    private URI ownResource(String text) {
        URI named = address(text);
        boolean own =
                origin(named).equals(origin(url))
                        && (path(url) + "/").startsWith(path(named) + "/");
        if (!own) {
            throw refused("it says that it is %s".formatted(named));
        }
        return named;
    }

    private Giver giver(URI issuer, JsonNode metadata, URI resource, @Nullable String scope) {
        boolean proves =
                StreamSupport.stream(
                                metadata.path("code_challenge_methods_supported").spliterator(),
                                false)
                        .anyMatch(method -> method.asText().equals("S256"));
        if (!proves) {
            throw refused("%s does not support PKCE with S256".formatted(issuer));
        }
        String registration = TokenFile.textOrNull(metadata, "registration_endpoint");
        return new Giver(
                metadata.path("issuer").asText(issuer.toString()),
                address(metadata.path("authorization_endpoint").asText()),
                address(metadata.path("token_endpoint").asText()),
                registration == null ? null : address(registration),
                resource,
                scope);
    }

    /// As the version of March 2025 had it, for servers that describe nothing.
    private static Giver usual(URI origin, URI resource, @Nullable String scope) {
        return new Giver(
                origin.toString(),
                origin.resolve("/authorize"),
                origin.resolve("/token"),
                origin.resolve("/register"),
                resource,
                scope);
    }

    private static @Nullable String scopes(JsonNode resource) {
        String all =
                StreamSupport.stream(resource.path("scopes_supported").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "));
        return all.isEmpty() ? null : all;
    }

    private URI address(String text) {
        try {
            URI address = URI.create(text);
            web.requireSafe(address);
            return address;
        } catch (IllegalArgumentException _) {
            throw refused("\"%s\" is no address".formatted(text));
        }
    }

    private static URI origin(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return URI.create(
                (address.getScheme() + "://" + address.getHost() + port).toLowerCase(Locale.ROOT));
    }

    /// The path without a slash at its end.
    private static String path(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private McpException refused(String why) {
        return new McpException(
                McpException.Kind.REFUSED,
                "the login to the MCP server %s is not possible: %s".formatted(server, why));
    }
}
