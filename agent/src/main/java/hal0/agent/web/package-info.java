/// Pages of the web for models.
///
/// Entry type: [FetchTool], which gets one address as text. [Page] knows what can be shown of an
/// answer and [HtmlMarkdown] writes HTML as Markdown; both know nothing of the network.
@NullMarked
package hal0.agent.web;

import org.jspecify.annotations.NullMarked;
