package hal0.agent.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A process that waits for the end of this one and then ends what bears the mark, so that nothing
/// is left behind when this one is killed. It sees the end as the end of its input.
final class Guard implements AutoCloseable {
    private static final String SCRIPT =
            """
            while read -r _; do :; done
            for round in 1 2 3; do
              for each in /proc/[0-9]*; do
                if grep -qsF "$0" "$each/environ"; then kill -KILL "${each#/proc/}"; fi
              done
            done
            """;

    private final Process process;

    private Guard(Process process) {
        this.process = process;
    }

    /// `before` makes what follows it lead a session, so that signals to ours do not reach it.
    static Guard over(String mark, List<String> before, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("sh", "-c", SCRIPT, mark));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Guard(builder.start());
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has ended already.
        }
    }
}
