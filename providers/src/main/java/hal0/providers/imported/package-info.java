/// What other programs' configuration files say about providers, in hal0's words: Hamr, hal0's own
/// `upstreams.toml`, Athyr, LiteLLM and opencode.
///
/// Entry types [hal0.providers.imported.Importer], from bytes to an
/// [hal0.providers.imported.Imported], and [hal0.providers.imported.ImportPlan], what of it can be
/// added to a home. Nothing here touches a disk or a network. Every file becomes a tree of `Node`s
/// that remember whether anybody understood them, so that what nobody did is reported by name and
/// line. Keys that stand in the file are kept apart from the text to be written and never become
/// part of a message. The YAML library is known here only, and loaded for YAML only.
@NullMarked
package hal0.providers.imported;

import org.jspecify.annotations.NullMarked;
