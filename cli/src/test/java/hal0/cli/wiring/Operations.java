package hal0.cli.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;

/// The routes of `/api` as `/api/openapi.json` describes them.
record Operations(List<Operation> all) {

    /// One route; `body` is the schema of what it reads, missing where it reads nothing.
    record Operation(String method, String path, JsonNode node) {
        JsonNode body() {
            return node.path("requestBody").path("content").path("application/json").path("schema");
        }

        List<String> query() {
            return parameters("query");
        }

        private List<String> parameters(String in) {
            List<String> names = new ArrayList<>();
            node.path("parameters")
                    .forEach(p -> {
                        if (p.path("in").asText().equals(in)) {
                            names.add(p.path("name").asText());
                        }
                    });
            return names;
        }

        boolean hasName() {
            return path.contains("{");
        }

        /// The path with something in place of its variable.
        String at(String name) {
            return path.replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(name));
        }

        /// The content type and schema of a good answer; a missing node where there is none.
        JsonNode answer(int status) {
            return node.path("responses").path(Integer.toString(status)).path("content");
        }

        boolean streams() {
            return answer(200).has("text/event-stream") || path.endsWith("/stream");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Operations of(JsonNode document) {
        List<Operation> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method ->
                                        all.add(
                                                new Operation(
                                                        method.getKey().toUpperCase(Locale.ROOT),
                                                        path.getKey(),
                                                        method.getValue()))));
        return new Operations(
                all.stream().filter(o -> o.path().startsWith("/api/")).toList());
    }
}
