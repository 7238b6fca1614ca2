/// What tools are about to change is kept first, so that it can be brought back.
///
/// Entry types: [Checkpoints] and, for a workspace, [WorkspaceCheckpoints]. What a call changed is
/// said in its session; the contents are in [ObjectStore], shared by the processes of a home.
/// Around commands the whole workspace is looked at ([Looker]); a stat cache makes that quick
/// ([Looks]). [Restoration] goes through changes backwards or forwards, all or none.
///
/// The store is plain files and not a repository of JGit: of 10 000 files with 104 MB, JGit 7.8
/// kept loose objects in 10.8 s and a pack in 3.0 s, on one thread, where this takes 1.6 s on two;
/// a pack cannot let go of single objects; and JGit asks for the user's configuration and measures
/// the clock of the disk by writing to it.
@NullMarked
package hal0.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
