package hal0.agent.session;

/// One item of the agent's plan.
public record Todo(String text, State state) {

    public enum State {
        PENDING,
        DOING,
        DONE
    }
}
