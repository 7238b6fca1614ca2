package hal0.agent.tool;

import hal0.providers.http.CancelToken;
import java.util.function.Consumer;

/// The running of one call. `output` is told what there is to see while it runs, in pieces.
public record ToolRun(String callId, CancelToken cancel, Consumer<String> output) {}
