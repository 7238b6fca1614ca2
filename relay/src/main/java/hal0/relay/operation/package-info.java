/// What models do besides conversations: embeddings, rankings, verdicts, pictures, speech.
///
/// Such a request is passed on to the target that has its model, with the model's name put right
/// and nothing else changed: [hal0.relay.operation.Operation] names them,
/// [hal0.relay.operation.Order] is one request, a JSON object or a form with files. A form is never
/// held whole: `FormScan` reads along while it passes, and only what comes before the model's name
/// waits, in a `Spool`.
@NullMarked
package hal0.relay.operation;

import org.jspecify.annotations.NullMarked;
