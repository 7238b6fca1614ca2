package hal0.providers.dialect;

import hal0.providers.message.ChatRequest;
import java.util.List;

/// What a client's request says in neutral words.
///
/// **Shape** `ignored` names, as places in the request, what it said besides and no other protocol
/// could be told; it is reported, never dropped in silence. `countsUsage` is whether the client
/// wants the numbers within the stream.
public record ReadRequest(ChatRequest request, List<String> ignored, boolean countsUsage) {
    public ReadRequest {
        ignored = List.copyOf(ignored);
    }
}
