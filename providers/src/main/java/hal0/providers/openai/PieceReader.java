package hal0.providers.openai;

import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.DataUrl;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.CacheMark;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the pieces of which a content consists.
///
/// **Shape** a mark becomes a part of its own behind the piece that has it; pieces of kinds that
/// only some servers know stay as they are. **Source** as for [PieceWriter]. **Threads** one.
record PieceReader(List<String> ignored) {
    private static final Set<String> KNOWN =
            Set.of(
                    "type",
                    "text",
                    "refusal",
                    "image_url",
                    "input_audio",
                    "file",
                    CacheControl.FIELD,
                    Marks.BREAKPOINT_FIELD);

    /// A content: one text, or a list of pieces; none when it is absent.
    List<Part> content(@Nullable RequestValue content) throws InvalidRequestException {
        if (content == null) {
            return List.of();
        }
        if (content.isString()) {
            String text = content.string();
            return text.isEmpty() ? List.of() : List.of(new Part.Text(text));
        }
        if (!content.isList()) {
            throw content.refused("must be a string or a list of content parts");
        }
        List<Part> parts = new ArrayList<>();
        for (RequestValue piece : content.elements()) {
            if (piece.isString()) {
                parts.add(new Part.Text(piece.string()));
            } else {
                piece(piece, parts);
            }
        }
        return parts;
    }

    private void piece(RequestValue piece, List<Part> to) throws InvalidRequestException {
        String type = piece.needString("type");
        switch (type) {
            case "text", "input_text", "output_text" ->
                    to.add(new Part.Text(piece.needString("text")));
            case "refusal" -> to.add(new Part.Text(piece.needString("refusal")));
            case "image_url" -> to.add(image(piece));
            case "input_audio" -> to.add(audio(piece));
            case "file" -> to.add(document(piece));
            default -> {
                to.add(new Part.Opaque(Protocol.OPENAI, piece.raw()));
                return;
            }
        }
        piece.unsaid(KNOWN, ignored);
        CacheMark mark = Marks.read(piece, ignored);
        if (mark != null) {
            to.add(new Part.Cache(mark));
        }
    }

    private static Part image(RequestValue piece) throws InvalidRequestException {
        RequestValue image = piece.need("image_url");
        // A bare address is what many clients send.
        return image.isString()
                ? new Part.Image(DataUrl.source(image.string()))
                : new Part.Image(
                        DataUrl.source(image.needString("url")), image.findString("detail"));
    }

    private static Part audio(RequestValue piece) throws InvalidRequestException {
        RequestValue audio = piece.need("input_audio");
        return new Part.Audio(
                new MediaSource.Base64(
                        FileNames.audioType(audio.needString("format")), audio.needString("data")));
    }

    private static Part document(RequestValue piece) throws InvalidRequestException {
        RequestValue file = piece.need("file");
        String name = file.findString("filename");
        String id = file.findString("file_id");
        if (id != null) {
            return new Part.Document(new MediaSource.FileId(id), name);
        }
        MediaSource source = DataUrl.source(file.needString("file_data"));
        return new Part.Document(source, FileNames.given(name, source));
    }
}
