package hal0.agent.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs over a session's file for what a list tells of it, without reading most of its JSON.
///
/// **Shape** the kind of a line is looked for where [SessionWriter] puts it, first, and its cost
/// where it puts that, last; a line that is not written so is read in full. **Errors**
/// [SessionException] for a file that is no session, [IOException] when it cannot be read.
final class Glancing {
    private static final byte[] TYPE = "{\"type\":\"".getBytes(UTF_8);
    private static final Pattern COST =
            Pattern.compile("(?:\"cost_usd\":([-+0-9.eE]{1,40})|\"local\":true)}$");
    private static final int COST_LENGTH = 64;

    private String title = "";
    private int messages;
    private String provider;
    private String model;
    private BigDecimal usd = BigDecimal.ZERO;
    private int spent;
    private int unpriced;
    private int local;

    /// The last answer, while nobody has looked who gave it.
    private byte @Nullable [] lastAnswer;

    private Glancing(SessionHeader header) {
        this.provider = header.provider();
        this.model = header.model();
    }

    static SessionGlance at(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        SessionReader reader = new SessionReader(file);
        try (InputStream in = Files.newInputStream(file)) {
            FileLines lines = new FileLines(in);
            SessionReader.Head head = reader.head(lines);
            SessionHeader header = head.header().named(id(file));
            Glancing glancing = new Glancing(header);
            while (lines.next()) {
                if (head.format() == 0 || !glancing.glance(lines)) {
                    glancing.add(read(reader, lines, head.format()));
                }
            }
            glancing.lookWhoAnswered();
            return new SessionGlance(
                    header,
                    glancing.title,
                    glancing.messages,
                    glancing.provider,
                    glancing.model,
                    glancing.cost(),
                    glancing.unpriced == 0,
                    attributes.lastModifiedTime().toInstant(),
                    attributes.size());
        }
    }

    /// The session that a file holds.
    static String id(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    /// Null for a line that is damaged: who opens the session is told, a list need not be.
    private static @Nullable SessionEntry read(SessionReader reader, FileLines lines, int format)
            throws IOException {
        try {
            return reader.entry(lines, format);
        } catch (SessionException _) {
            return null;
        }
    }

    /// False when the line must be read in full.
    private boolean glance(FileLines lines) {
        return switch (kind(lines)) {
            case "" -> false;
            case "user" -> {
                boolean known = !title.isEmpty();
                messages += known ? 1 : 0;
                yield known;
            }
            case "assistant" -> {
                boolean priced = cost(lines);
                if (priced) {
                    messages++;
                    lastAnswer = Arrays.copyOfRange(lines.buffer(), lines.start(), lines.end());
                }
                yield priced;
            }
            case "spent" -> cost(lines);
            default -> true;
        };
    }

    /// Empty when it does not stand first.
    private static String kind(FileLines lines) {
        byte[] bytes = lines.buffer();
        int word = lines.start() + TYPE.length;
        if (word >= lines.end()
                || !Arrays.equals(bytes, lines.start(), word, TYPE, 0, TYPE.length)) {
            return "";
        }
        int end = word;
        while (end < lines.end() && bytes[end] != '"') {
            end++;
        }
        return new String(bytes, word, end - word, UTF_8);
    }

    /// False when no price stands last: then the rest tells whether anything was spent.
    private boolean cost(FileLines lines) {
        int from = Math.max(lines.start(), lines.end() - COST_LENGTH);
        Matcher found = COST.matcher(new String(lines.buffer(), from, lines.end() - from, UTF_8));
        if (!found.find()) {
            return false;
        }
        String amount = found.group(1);
        add(amount == null ? new Cost.Local() : new Cost.Usd(new BigDecimal(amount)));
        return true;
    }

    private void add(@Nullable SessionEntry entry) throws IOException {
        if (entry instanceof SessionEntry.UserSaid said) {
            messages++;
            title = title.isEmpty() ? firstLine(said.parts()) : title;
        } else if (entry instanceof SessionEntry.ModelSaid said) {
            messages++;
            provider = said.provider();
            model = said.model();
            lastAnswer = null;
            if (said.spent()) {
                add(said.cost());
            }
        } else if (entry instanceof SessionEntry.SpentBeside beside) {
            add(beside.cost());
        }
    }

    private void add(Cost cost) {
        spent++;
        switch (cost) {
            case Cost.Usd(var amount) -> usd = usd.add(amount);
            case Cost.Local _ -> local++;
            case Cost.Unknown _ -> unpriced++;
        }
    }

    private void lookWhoAnswered() throws IOException {
        byte[] line = lastAnswer;
        if (line != null) {
            Fields answer = Fields.parse(line, 0, line.length);
            provider = answer.text("provider");
            model = answer.text("model");
        }
    }

    private Cost cost() {
        if (usd.signum() == 0 && unpriced > 0) {
            return new Cost.Unknown();
        }
        return spent > 0 && local == spent ? new Cost.Local() : new Cost.Usd(usd);
    }

    /// The first line that says something.
    private static String firstLine(List<Part> parts) {
        for (Part part : parts) {
            if (part instanceof Part.Text(var text) && !text.isBlank()) {
                return text.strip().lines().findFirst().orElse("").strip();
            }
        }
        return "";
    }
}
