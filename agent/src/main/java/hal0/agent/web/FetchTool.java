package hal0.agent.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.HttpTransport;
import hal0.providers.http.Transport;
import hal0.providers.message.Tool;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// `fetch`: gets a page of the web.
///
/// **Shape** one host a call, as permission was given for it: no cookies, no credentials, and a
/// redirect that leads elsewhere is told to the model. **Threads** any.
public final class FetchTool implements AgentTool {
    private final Transport transport;
    private final Tool definition = ToolText.of(FetchTool.class, "fetch");

    /// **Shape** `transport` as [#transport] makes it; it is not closed here.
    public FetchTool(Transport transport) {
        this.transport = transport;
    }

    /// A way to the web that refuses what a page must not reach: metadata services, and this
    /// machine behind the name of another.
    public static Transport transport(
            String version, Function<String, Optional<String>> variables) {
        return new HttpTransport(version, AddressGuard.ofPages(), variables);
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode given) {
        Arguments arguments = Arguments.of(given, "url", "offset");
        URI address = address(arguments.text("url").strip());
        return new Planned(transport, address, arguments.number("offset", 0, 0, Page.LARGEST));
    }

    /// **Errors** [ToolException] for what is no plain address of the web.
    static URI address(String url) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            throw new ToolException(
                    "the url is not an address: %s at character %d; write %%20 for a space and so on"
                            .formatted(e.getReason(), e.getIndex() + 1),
                    e);
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw new ToolException("the url must begin with http:// or https:// and a host");
        }
        if (address.getRawUserInfo() != null) {
            throw new ToolException("the url must not hold a user name or a password");
        }
        return address;
    }

    private record Planned(Transport transport, URI address, int offset) implements PlannedCall {

        @Override
        public String title() {
            return "fetch " + address;
        }

        @Override
        public List<Deed> deeds() {
            return List.of(new Deed.Fetch(address));
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            return new Fetch(transport, run.cancel()).outcome(address, offset);
        }
    }
}
