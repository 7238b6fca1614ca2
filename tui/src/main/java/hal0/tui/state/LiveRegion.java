package hal0.tui.state;

/// What may still change, as a state of its own to be drawn: what is being written on top, prompt
/// and status below.
///
/// **Units** rows of its drawing: those before `open` hold what is being written, those from
/// `bottom` on what stands below the transcript; between them there is room.
public record LiveRegion(UiState state, int open, int bottom) {

    public static LiveRegion of(UiState whole) {
        UiState live = whole.with(whole.transcript().openOnly()).withScroll(new Scroll.Following());
        int bottom = Geometry.of(live).transcriptRows();
        boolean writes = !(whole.transcript().open() instanceof Transcript.Open.Nothing);
        int open = writes ? live.viewport().window(new Scroll.Following()).lines().size() : 0;
        return new LiveRegion(live, open, bottom);
    }
}
