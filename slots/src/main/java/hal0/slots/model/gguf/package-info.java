/// What a GGUF file says of itself, without loading it.
///
/// Entry type [hal0.slots.model.gguf.GgufModel]: a model in one file or in several. Nothing here
/// trusts a file: lengths and counts are checked before anything is kept or looped over.
@NullMarked
package hal0.slots.model.gguf;

import org.jspecify.annotations.NullMarked;
