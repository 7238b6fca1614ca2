package hal0.agent.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.providers.message.Tool;
import java.util.List;
import java.util.function.BiFunction;

/// A tool whose doing is a function of its arguments.
public record FakeTool(
        String name,
        boolean parallel,
        List<Deed> deeds,
        BiFunction<ObjectNode, ToolRun, ToolOutcome> doing)
        implements AgentTool {

    public static FakeTool reading(
            String name, BiFunction<ObjectNode, ToolRun, ToolOutcome> doing) {
        return new FakeTool(name, true, List.of(), doing);
    }

    public static FakeTool writing(
            String name, List<Deed> deeds, BiFunction<ObjectNode, ToolRun, ToolOutcome> doing) {
        return new FakeTool(name, false, deeds, doing);
    }

    @Override
    public Tool definition() {
        return new Tool(name, "Does " + name + ".", "{\"type\":\"object\"}");
    }

    @Override
    public boolean writes() {
        return !parallel;
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        if (arguments.has("wrong")) {
            throw new ToolException("wrong is not an argument of " + name);
        }
        return new PlannedCall() {
            @Override
            public String title() {
                return name + " " + arguments;
            }

            @Override
            public List<Deed> deeds() {
                return deeds;
            }

            @Override
            public boolean parallel() {
                return parallel;
            }

            @Override
            public ToolOutcome run(ToolRun run) {
                return doing.apply(arguments, run);
            }
        };
    }
}
