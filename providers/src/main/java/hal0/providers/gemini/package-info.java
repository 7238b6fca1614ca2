/// Gemini's generateContent, as the Gemini API and servers compatible with it speak it.
///
/// Entry type [hal0.providers.gemini.GenerateContent]. No state but that of one answer's decoder.
@NullMarked
package hal0.providers.gemini;

import org.jspecify.annotations.NullMarked;
