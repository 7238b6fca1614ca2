/// OpenAI's Chat Completions, as OpenAI and everybody compatible with it speak it.
///
/// Entry type [hal0.providers.openai.ChatCompletions]. No state but that of one answer's decoder.
@NullMarked
package hal0.providers.openai;

import org.jspecify.annotations.NullMarked;
