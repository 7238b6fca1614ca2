package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A document that is written from the program, while it is put together.
///
/// **Shape** Markdown. What cannot stand in a cell of a table is put so that it can.
public final class Reference {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private final String name;
    private final StringBuilder text = new StringBuilder();

    /// **Shape** `name` is the file's in docs; `how` says where its contents come from.
    public Reference(String name, String title, String how) {
        this.name = name;
        text.append("# ").append(title).append("\n\n");
        paragraph(how);
    }

    public Reference heading(int level, String heading) {
        text.append("#".repeat(level)).append(' ').append(heading).append("\n\n");
        return this;
    }

    public Reference paragraph(String paragraph) {
        if (!paragraph.isBlank()) {
            text.append(paragraph.strip()).append("\n\n");
        }
        return this;
    }

    public Reference block(String lines) {
        text.append("```text\n").append(lines.stripTrailing()).append("\n```\n\n");
        return this;
    }

    /// Nothing where there are no rows.
    public Reference table(List<String> heads, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            row(heads);
            text.append("|").append("---|".repeat(heads.size())).append('\n');
            rows.forEach(this::row);
            text.append('\n');
        }
        return this;
    }

    private void row(List<String> cells) {
        text.append("|");
        cells.forEach(cell ->
                text.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |"));
        text.append('\n');
    }

    /// Code in a line; nothing stays nothing.
    public static String code(String words) {
        return words.isEmpty() ? "" : "`" + words + "`";
    }

    /// Fails where the file says something else, or writes it.
    public void check() throws IOException {
        Path file = Document.ROOT.resolve("docs").resolve(name);
        String wanted = text.toString().stripTrailing() + "\n";
        if (UPDATE) {
            Files.writeString(file, wanted);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(
                        "docs/%s is not what the program says; `scripts/dev golden cli '*ReferenceTest'` rewrites it",
                        name)
                .isEqualTo(wanted);
    }
}
