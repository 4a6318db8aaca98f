"""The sentences that desk.js says by itself; English here, Dutch in the catalogue."""

from casework.words import mark, words

CAPTIONS = {
    "desk": mark("Author's desk"),
    "choose_case": mark("Which case?"),
    "language": mark("Language of this desk"),
    "look": mark("Read again"),
    "findings": mark("Remarks"),
    "none": mark("No remarks. Nothing is wrong that can be found this way."),
    "repair": mark("Repair"),
    "before": mark("It says"),
    "after": mark("It becomes"),
    "suggested": mark("Perhaps you mean"),
    "take": mark("Use this line"),
    "road": mark("How a participant gets there"),
    "play_here": mark("Play up to here"),
    "copy": mark("Copy decisions"),
    "copied": mark("Copied."),
    "to_cell": mark("To the cell"),
    "no_cell": mark("This cell is not in this window. Open the notebook of the case to go to it."),
    "map": mark("Map"),
    "map_how": mark(
        "Each box is a scene. Press one to read it or to play from there. With the arrow keys you follow the lines."
    ),
    "map_scroll": mark("The map, scrolls sideways"),
    "as_table": mark("The map as a table"),
    "larger": mark("Larger"),
    "smaller": mark("Smaller"),
    "scene": mark("Scene"),
    "cell": mark("Cell"),
    "step": mark("Step"),
    "choices": mark("Choices"),
    "remarks": mark("Remarks"),
    "leads_to": mark("leads to"),
    "nowhere": mark("nowhere"),
    "play_scene": mark("Play from here"),
    "close": mark("Close"),
    "stage": mark("Trying out"),
    "stage_note": mark("You play as a participant would. Nothing of it is kept."),
    "stage_close": mark("Stop trying out"),
    "figures": mark("In figures"),
    "coverage": mark("What can be reached"),
    "play_broken": mark("Play a road that breaks it"),
    "signals": mark("Signals"),
    "signal": mark("Signal"),
    "seen_in": mark("To be seen in"),
    "acted_by": mark("Choices that act on it"),
    "rules": mark("Rules"),
    "rule": mark("Rule"),
    "weight": mark("Weight"),
    "stands": mark("Along all roads"),
    "try": mark("Try it out"),
    "versions": mark("Beside other versions"),
    "reading": mark("Reading"),
    "levels": mark("How easy it reads"),
    "levels_how": mark("From 0 (very hard) to 100 (very easy), by a formula. It proves nothing: read it aloud too."),
    "rare": mark("Words that are seldom used"),
    "lost": mark("No connection with the notebook's kernel. What you see here may be out of date."),
}


def captions(language: str) -> dict[str, str]:
    """Return the sentences in a language by key."""
    say = words(language)
    return {key: say(sentence) for key, sentence in CAPTIONS.items()}
