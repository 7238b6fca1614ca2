package hal0.relay.forward;

import hal0.providers.http.Body;
import hal0.relay.answer.RequestScan;
import hal0.relay.slot.SlotTransport;
import java.io.ByteArrayOutputStream;

/// Names the model that a slot really has in a request that asked for whichever it has.
///
/// **Shape** a form, which passes while it comes, stays as it is. **Threads** any.
public final class ModelNaming implements SlotTransport.Naming {
    @Override
    public Body named(Body body, String model) {
        if (body.rest() != null || !body.contentType().contains("json")) {
            return body;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Body.Slice slice : body.slices()) {
            bytes.write(slice.bytes(), slice.offset(), slice.length());
        }
        byte[] whole = bytes.toByteArray();
        return new Splice(whole).model(RequestScan.of(whole), model).toBody(body.contentType());
    }
}
