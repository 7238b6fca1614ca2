package hal0.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.session.Todo;
import hal0.providers.http.CancelToken;
import org.junit.jupiter.api.Test;

class TodoToolTest {
    private final TodoTool todo = new TodoTool();

    private ToolOutcome call(String arguments) throws JsonProcessingException {
        ObjectNode given = (ObjectNode) new ObjectMapper().readTree(arguments.replace('\'', '"'));
        return todo.plan(given).run(new ToolRun("call_1", new CancelToken(), _ -> {}));
    }

    @Test
    void thePlanIsTheWholeListInItsOrder() throws JsonProcessingException {
        ToolOutcome outcome =
                call(
                        "{'items':[{'text':'look','state':'done'},{'text':'mend','state':'doing'},"
                                + "{'text':'test'}]}");

        assertThat(outcome.todos())
                .containsExactly(
                        new Todo("look", Todo.State.DONE),
                        new Todo("mend", Todo.State.DOING),
                        new Todo("test", Todo.State.PENDING));
        assertThat(outcome.text()).isEqualTo("plan kept: 1 of 3 done");
    }

    @Test
    void anEmptyListEndsThePlan() throws JsonProcessingException {
        assertThat(call("{'items':[]}").todos()).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> call("{}")).hasMessageContaining("items must be the whole plan");
        assertThatThrownBy(() -> call("{'items':[{'text':' '}]}"))
                .hasMessageContaining("1 to 500 characters");
        assertThatThrownBy(() -> call("{'items':[{'text':'x','state':'open'}]}"))
                .hasMessageContaining("pending, doing or done");
    }
}
