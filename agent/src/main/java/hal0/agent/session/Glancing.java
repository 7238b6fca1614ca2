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
import org.jspecify.annotations.Nullable;

/// Runs over a session's file for what a list tells of it, without reading most of its JSON.
///
/// **Shape** the kind of a line is looked for where [SessionWriter] puts it, first, and its cost
/// where it puts that, last; a line that is not written so is read in full. **Errors**
/// [SessionException] for a file that is no session, [IOException] when it cannot be read.
final class Glancing {
    private static final byte[] TYPE = "{\"type\":\"".getBytes(UTF_8);
    private static final byte[] COST = "\"cost_usd\":".getBytes(UTF_8);
    private static final byte[] LOCAL = "\"local\":true".getBytes(UTF_8);
    private static final int LONGEST_AMOUNT = 40;

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

    /// Reads with `lines`, whose buffer serves for one file after the other.
    static SessionGlance at(Path file, FileLines lines) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        SessionReader reader = new SessionReader(file);
        try (InputStream in = Files.newInputStream(file)) {
            lines.begin(in);
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
        byte[] bytes = lines.buffer();
        int brace = lines.end() - 1;
        if (endsWith(bytes, lines.start(), brace, LOCAL)) {
            add(new Cost.Local());
            return true;
        }
        int amount = brace;
        while (amount > lines.start()
                && brace - amount < LONGEST_AMOUNT
                && "+-.0123456789E".indexOf(bytes[amount - 1]) >= 0) {
            amount--;
        }
        if (amount == brace || !endsWith(bytes, lines.start(), amount, COST)) {
            return false;
        }
        add(new Cost.Usd(new BigDecimal(new String(bytes, amount, brace - amount, UTF_8))));
        return true;
    }

    private static boolean endsWith(byte[] bytes, int start, int end, byte[] word) {
        int from = end - word.length;
        return from >= start && Arrays.equals(bytes, from, end, word, 0, word.length);
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
