package hal0.relay.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route is for those who program against it: the source of `/api/openapi.json`.
///
/// **Shape** `body` is empty where none is read; `errors` are codes of ours with their status, such
/// as `upstream.not_found 404`; `also` is another status of the same answer, null where there is
/// none.
public record About(
        String summary,
        List<Field> query,
        List<Field> body,
        int status,
        Form form,
        List<Field> answer,
        List<String> errors,
        @Nullable Integer also) {

    public About {
        query = List.copyOf(query);
        body = List.copyOf(body);
        answer = List.copyOf(answer);
        errors = List.copyOf(errors);
    }

    /// What an answer is.
    public enum Form {
        /// One JSON object.
        OBJECT,
        /// A JSON array of objects.
        LIST,
        /// Server-sent events, each with one object.
        EVENTS,
        /// Comma-separated values.
        CSV,
        /// Lines for people or for another program, of no form of ours.
        TEXT,
        /// Lines, each with one JSON object.
        LINES,
        /// Nothing.
        NONE
    }

    public static About of(String summary) {
        return new About(
                summary, List.of(), List.of(), 200, Form.OBJECT, List.of(), List.of(), null);
    }

    /// This, with parameters after the `?`.
    public About query(Field... fields) {
        return new About(summary, List.of(fields), body, status, form, answer, errors, also);
    }

    /// This, which reads a JSON object.
    public About body(List<Field> fields) {
        return new About(summary, query, fields, status, form, answer, errors, also);
    }

    /// This, which answers an object with these fields.
    public About answer(Field... fields) {
        return answer(200, Form.OBJECT, List.of(fields));
    }

    /// This, which answers in that form.
    public About answer(int code, Form answered, List<Field> fields) {
        return new About(summary, query, body, code, answered, fields, errors, also);
    }

    /// This, which answers the same with that status where nothing had to be begun.
    public About orDone(int code) {
        return new About(summary, query, body, status, form, answer, errors, code);
    }

    /// This, which may also answer these errors.
    public About errors(String... more) {
        List<String> all = new ArrayList<>(errors);
        all.addAll(List.of(more));
        return new About(summary, query, body, status, form, answer, all, also);
    }
}
