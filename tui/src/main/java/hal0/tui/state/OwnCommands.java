package hal0.tui.state;

import hal0.agent.context.SlashCommand;

/// Commands of the program that ask the agent for something.
final class OwnCommands {
    static final SlashCommand INIT =
            new SlashCommand(
                    "init",
                    "",
                    null,
                    """
                    Write AGENTS.md at the root of this workspace, for agents that will work here.
                    Look before you write: the files that build, test and configure the project, its README, and enough of the code to know how it is laid out.
                    Say how to build it, how to run all tests and a single one, how the parts depend on each other, and what rules the code follows that a newcomer would break. Leave out what anyone sees at a glance, and all you did not find out. Stay under 60 lines.
                    If there is an AGENTS.md or CLAUDE.md, keep what holds in it and mend the rest.\
                    """);

    static final SlashCommand REVIEW =
            new SlashCommand(
                    "review",
                    "",
                    null,
                    """
                    Review the changes of this workspace that are not committed; if there are none, those of the last commit. Change nothing.
                    Read the diff with git, and of the code around it what you need to judge it. Look for what is wrong: bugs, lost cases, races, leaks, holes, tests that cannot fail.
                    List what you found with the worst first, each with its file and line, why it is wrong and what to do instead. Say so plainly when there is nothing.\
                    """);

    private OwnCommands() {}
}
