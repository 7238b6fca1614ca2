package hal0.cli.answer;

import hal0.agent.AgentEvent;
import hal0.cli.console.Console;
import hal0.home.error.ErrorKind;

/// One object at the end.
record JsonOutput(Console console, AnswerJson json) implements AnswerOutput {

    @Override
    public void accept(AgentEvent event, AnswerProgress progress) {
        switch (event) {
            case AgentEvent.TurnEnded(var reason) ->
                    AnswerJson.write(console.out(), out -> json.result(out, progress, reason));
            case AgentEvent.TurnInterrupted _ ->
                    failed(progress, ErrorKind.CANCELLED, "interrupted");
            case AgentEvent.TurnHalted(var why) -> {
                failed(progress, ErrorKind.REJECTED, why);
                console.err().println("hal0: " + why);
            }
            case AgentEvent.TurnFailed(var kind, var message) -> {
                failed(progress, kind, message);
                console.err().println("hal0: " + message);
            }
            case AgentEvent.AnswerStarted _,
                    AgentEvent.TextDelta _,
                    AgentEvent.ThinkingDelta _,
                    AgentEvent.Work _,
                    AgentEvent.Spent _ -> {}
        }
    }

    private void failed(AnswerProgress progress, ErrorKind kind, String message) {
        AnswerJson.write(
                console.out(),
                out -> {
                    AnswerJson.error(out, kind, message);
                    json.done(out, progress);
                });
    }
}
