/// Finding files by name and lines by content, as fast as the disk allows.
///
/// Entry types: [GlobTool] and [GrepTool] for models, [FileIndex] for the screen. All of them see
/// what [Walker] sees: what git ignores and what is hidden stays out unless it is asked for, links
/// are not followed. Patterns are matched by code whose time is bounded.
@NullMarked
package hal0.agent.search;

import org.jspecify.annotations.NullMarked;
