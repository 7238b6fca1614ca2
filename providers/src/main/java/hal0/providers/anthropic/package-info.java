/// Anthropic's Messages, as Anthropic and servers compatible with it speak it.
///
/// Entry type [hal0.providers.anthropic.Messages]. No state but that of one answer's decoder.
@NullMarked
package hal0.providers.anthropic;

import org.jspecify.annotations.NullMarked;
