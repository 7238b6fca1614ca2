/// What a model is told before the conversation begins, and what users put into it by name: the
/// system prompt, instructions of home and project, agents, commands, skills, attached files.
///
/// Entry types: [SystemPrompt], [Instructions], [Agents], [SlashCommands], [Skills] and
/// [Attachments]. Files are read when these are made; putting texts together is pure. What is wrong
/// with a file is told and never keeps the others from their use.
@NullMarked
package hal0.agent.context;

import org.jspecify.annotations.NullMarked;
