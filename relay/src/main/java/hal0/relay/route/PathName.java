package hal0.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.relay.answer.RequestScan;
import hal0.relay.error.RelayException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// A model's name as a path has it: percent-encoded, slashes too or as they are.
final class PathName {
    private PathName() {}

    /// **Errors** [RelayException] 400 for what cannot be decoded, or is no name.
    static String of(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                int high = i + 2 < segment.length() ? digit(segment.charAt(i + 1)) : -1;
                int low = high < 0 ? -1 : digit(segment.charAt(i + 2));
                if (low < 0) {
                    throw wrong();
                }
                bytes.write((high << 4) | low);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
            }
        }
        try {
            String name =
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
            RequestScan.refuseUnlikely(name);
            return name;
        } catch (CharacterCodingException e) {
            throw wrong();
        }
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static RelayException wrong() {
        return RelayException.at(
                "model",
                400,
                "request.invalid",
                "the name of the model in the path cannot be decoded: write % as %25 and other letters as UTF-8");
    }
}
