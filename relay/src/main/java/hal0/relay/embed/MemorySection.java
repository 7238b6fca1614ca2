package hal0.relay.embed;

import hal0.home.config.Section;
import hal0.home.config.TableReader;

/// `[memory]`: the model with which notes are found by their meaning.
///
/// **Shape** `embed` is empty for the slot that serves embeddings, if there is one; [#OFF] for
/// none; else the name of a model as requests name it, such as `PROVIDER/MODEL`.
public record MemorySection(String embed) {
    static final String OFF = "off";

    /// Reads the table.
    public static final Section<MemorySection> SECTION =
            new Section<>() {
                @Override
                public String name() {
                    return "memory";
                }

                @Override
                public MemorySection read(TableReader table) {
                    return new MemorySection(table.string("embed", "").strip());
                }
            };
}
