package hal0.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The lines of the documents that no test runs, each with the reason: what they begin with.
final class NotRun {
    private static final Map<String, String> LINES = new LinkedHashMap<>();

    static {
        String network = "reaches the network";
        String asks = "asks somebody at a terminal; CredentialsTest and UndoCommandTest do";
        String serves = "runs until it is stopped; another runs meanwhile, and ServeTest has these";
        LINES.put("git clone ", network);
        LINES.put("hal0/scripts/hal0", "builds; LauncherTest and scripts/tour start it");
        String image = "makes or takes an image, which takes a minute; InstallTest installs one";
        LINES.put("hal0/scripts/install", image);
        LINES.put("hal0/scripts/package", image);
        LINES.put("tar xzf hal0-", image);
        LINES.put("dpkg -i hal0", image);
        String service = "changes the services of the machine";
        LINES.put("systemctl ", service);
        LINES.put("loginctl ", service);
        LINES.put("journalctl ", service);
        LINES.put("docker ", "asks an engine, with an image that is not made here");
        LINES.put("pass show ", "needs a password store");
        LINES.put("hal0 providers credentials set deepseek", asks);
        LINES.put("hal0 sessions undo  ", asks);
        LINES.put("hal0 serve", serves);
        LINES.put("curl -N ", "does not end; EventsApiTest listens");
        LINES.put(
                "hal0 models pull ",
                network + "; ModelsCommandTest pulls from a server of its own");
        LINES.put("hal0 providers catalog --refresh", network);
        LINES.put("hal0 ask -m chat ", "pulls an image; SlotsEndToEndTest asks a slot");
        LINES.put("hal0 mcp login ", "needs a browser");
        LINES.put("hal0 mcp test", network + " for what npx starts; McpCommandTest has it");
        LINES.put(
                "hal0 approvals approve ",
                "needs a call that waits; ApprovalsCommandTest has some");
        LINES.put("hal0 approvals deny ", "as above");
        LINES.put("npx ", network + "; McpNpmTest has clients");
    }

    private NotRun() {}

    /// Why the line is not run; empty for one that is.
    static Optional<String> reason(String line) {
        return LINES.entrySet().stream()
                .filter(each -> line.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    static Iterable<String> beginnings() {
        return LINES.keySet();
    }
}
