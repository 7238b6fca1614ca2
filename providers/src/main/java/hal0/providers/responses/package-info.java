/// OpenAI Responses, from both ends: requests and answers of a provider, requests and answers of a
/// client.
///
/// Entry type [hal0.providers.responses.Responses]. An answer is a list of items, not one message;
/// what is proved about an item (reasoning above all) travels in its `encrypted_content`, in both
/// directions. Writers, readers and grammars belong to one request or answer and one thread.
@NullMarked
package hal0.providers.responses;

import org.jspecify.annotations.NullMarked;
