package hal0.providers.http;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;

/// A body that OkHttp reads.
record OkHttpBody(Call call, Response response) implements AnswerBody {

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return response.body().source().read(buffer, offset, length);
    }

    @Override
    public void cancel() {
        call.cancel();
    }

    /// Of a body that has not ended it waits a moment for the rest, to keep the connection; a
    /// cancelled call has none to keep.
    @Override
    public void close() {
        response.close();
    }
}
