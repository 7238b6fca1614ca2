package hal0.cli.doctor;

import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.ServerSpec.Reach;
import hal0.agent.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Whether the programs of MCP servers are there. Nothing is started and nobody is asked.
record McpCheck(List<ServerSpec> servers, Map<String, String> environment) implements Check {
    @Override
    public String id() {
        return "mcp";
    }

    @Override
    public List<Row> rows() {
        return servers.stream().map(this::row).toList();
    }

    private Row row(ServerSpec server) {
        String id = "mcp." + server.name();
        if (!server.enabled()) {
            return Row.skip(id, "switched off (enabled = false)");
        }
        String trial = "; hal0 mcp test %s tries it out".formatted(server.name());
        return switch (server.reach()) {
            case Reach.Web web -> Row.skip(id, web.shown() + " is not asked here" + trial);
            case Reach.Command program -> {
                String word = program.command().getFirst();
                yield isThere(word)
                        ? Row.pass(id, word + " is there" + trial)
                        : Row.fail(
                                id,
                                "the program %s is not on this machine".formatted(word),
                                "install it, or write enabled = false under [mcp.servers.%s]"
                                        .formatted(server.name()));
            }
        };
    }

    private boolean isThere(String word) {
        return word.contains("/")
                ? Files.isExecutable(Path.of(word))
                : Programs.find(word, environment).isPresent();
    }
}
