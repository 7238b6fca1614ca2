package hal0.relay.operation;

import hal0.relay.answer.RequestScan;

/// What a client sent for an operation.
public sealed interface Content permits Content.Json, Form {

    /// The name that the client gave the model; empty where it gave none.
    String model();

    /// Whether the client asked for a stream, as far as is known yet.
    boolean streamed();

    /// A JSON object, whole.
    record Json(byte[] body, RequestScan scan, String contentType) implements Content {
        @Override
        public String model() {
            String named = scan.model();
            return named == null ? "" : named;
        }

        @Override
        public boolean streamed() {
            return scan.stream();
        }
    }
}
