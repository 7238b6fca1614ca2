package hal0.providers.http;

import java.io.IOException;
import java.io.OutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// A body of ours for OkHttp.
///
/// **Shape** one-shot: OkHttp then repeats a call by itself only where none of it was sent, so that
/// no answer is paid for twice; trying again is the attempt loop's decision. The content type goes
/// as a header, untouched by a media type parser.
final class SliceBody extends RequestBody {
    private final Body body;
    private @Nullable UploadClock clock;

    SliceBody(Body body) {
        this.body = body;
    }

    /// What runs while a body is sent as it comes.
    void clockedBy(UploadClock running) {
        clock = running;
    }

    boolean isStreamed() {
        return body.rest() != null;
    }

    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        for (Body.Slice slice : body.slices()) {
            sink.write(slice.bytes(), slice.offset(), slice.length());
        }
        Body.Rest rest = body.rest();
        if (rest != null) {
            OutputStream out = sink.outputStream();
            rest.writeTo(clock == null ? out : clock.over(out));
            if (clock != null) {
                clock.sent();
            }
        }
    }
}
