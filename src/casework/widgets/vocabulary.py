"""The sentences that player.js and the pages say by themselves; English here, Dutch in the catalogue."""

from typing import Any

from casework.words import mark, words

# 112 and the police: S59. Veilig Thuis: S23, S25. Centrum Seksueel Geweld: S64. CoMensha: S60. See sources.toml.
LINES = (
    ("112", "112", mark("Someone is in danger now.")),
    ("08002000", "0800 2000", mark("Veilig Thuis. Advice or a report. Free, day and night. Advice needs no name.")),
    (
        "08000188",
        "0800 0188",
        mark("Centrum Seksueel Geweld, the sexual assault centre. Day and night, also for yourself."),
    ),
    ("0334481186", "033 448 11 86", mark("CoMensha. Questions about human trafficking and shelter.")),
    ("09008844", "0900 8844", mark("Police, when there is no hurry.")),
)

WORDS = {
    "skip": mark("To the story"),
    "skip_cases": mark("To the cases"),
    "home_label": mark("casework, to all cases"),
    "help": mark("Help"),
    "leave": mark("Leave now"),
    "exit_title": mark("Weather"),
    "leave_what": mark("What does ‘Leave now’ do?"),
    "leave_how": mark(
        "The button puts the weather report in the place of this page at once. Pressing Shift three times "
        "quickly does the same. Pages that you looked at before stay in the history of your browser."
    ),
    "help_self": mark(
        "Does this story upset you? Feel free to stop. Your place in the story is kept. Talk about it "
        "with someone you trust."
    ),
    "help_call": mark("Is something really happening, to you or to someone else? Call:"),
    "help_too": mark("Help, for you too"),
    "help_real": mark(
        "This story is fiction. What happens in it is real for some people. Does it upset you? Talk to "
        "someone you trust, or call."
    ),
    "close": mark("Close"),
    "case": mark("Case"),
    "about": mark("This story is about"),
    "role": mark("Your role"),
    "duration": mark("Duration"),
    "minutes": mark("minutes"),
    "language": mark("Language"),
    "fiction": mark("This story and the people in it are fiction."),
    "stop": mark("You may stop at any time. This device remembers your place."),
    "where_help": mark("Help, with phone numbers, is always at the top."),
    "where_leave": mark("Leave now makes this page disappear at once."),
    "practice": mark("You alone see this time."),
    "no_name": mark("You give no name. There is no mark and no ranking."),
    "begin": mark("Begin"),
    "full_title": mark("Just now all seats are taken"),
    "full_text": mark("As soon as a seat is free, the story begins by itself. You do not have to do anything."),
    "wait": mark("One moment, the story is being prepared."),
    "wait_return": mark("One moment, your place in the story is being found."),
    "wait_long": mark("It takes longer than usual. You do not have to do anything."),
    "beside": mark("Beside the story"),
    "full": mark("This page shows more than usual. It opens in a moment."),
    "full_open": mark("Open it now"),
    "no_script": mark("To play this story your browser needs JavaScript."),
    "choose": mark("What do you do?"),
    "chosen": mark("You chose:"),
    "changes": mark("What changes"),
    "meldcode": mark("What the Meldcode says"),
    "why": mark("Why, and the source"),
    "source": mark("Source"),
    "next": mark("Continue"),
    "notice": mark("What strikes you?"),
    "notice_how": mark("Choose the sentences that strike you. They go into your notebook."),
    "signal_help": mark("Help with signals"),
    "facts": mark("What you see and hear"),
    "facts_none": mark("There are no signals in this scene."),
    "side": mark("Steps and notebook"),
    "steps": mark("Steps of the Meldcode"),
    "steps_about": mark("About the steps"),
    "steps_free": mark(
        "The order helps you, but it is not a duty. You may repeat steps and go back. In immediate danger "
        "safety comes first."
    ),
    "notebook": mark("Notebook"),
    "notebook_note": mark("Only what you saw and heard. You weigh later what it means."),
    "notebook_empty": mark(
        "Still empty. Does something in the story strike you? Keep it here with the button ‘What strikes you?’."
    ),
    "acted": mark("you did something with this"),
    "footer": mark("This story is fiction. This device remembers your place, without your name."),
    "display": mark("Display"),
    "display_device": mark("As your device"),
    "display_light": mark("Light"),
    "display_dark": mark("Dark"),
    "keys": mark("Choose with the keys 1 to 9"),
    "again": mark("Start over"),
    "again_sure": mark("Do you want to start over?"),
    "again_what": mark("The story then starts again at the first scene. Your notebook will be empty."),
    "again_not": mark("No, go back"),
    "forget": mark("Forget this device"),
    "offline": mark("No connection for now."),
    "offline_more": mark(
        "You can keep reading. If you choose something, the story goes on as soon as the connection is back."
    ),
    "slow": mark("This takes a moment."),
    "slow_more": mark("Your choice is ready to go. The story goes on by itself."),
    "debrief": mark("Looking back"),
    "print": mark("Print"),
    "certificate": mark("Certificate of participation"),
    "other": mark("Other cases"),
    "back": mark("Back to your learning environment"),
    "outcomes": mark("How things stand now"),
    "outcomes_note": mark(
        "The middle of each line is where you began. There is no final mark: sometimes safety costs "
        "trust, or the other way round."
    ),
    "path": mark("Your way through the steps"),
    "path_note": mark(
        "From top to bottom: your choices. From left to right: the five steps. Going back to an earlier "
        "step is allowed."
    ),
    "your_choice": mark("Your choice"),
    "step_1": mark("Signals"),
    "step_2": mark("Consult"),
    "step_3": mark("Talk"),
    "step_4": mark("Weigh"),
    "step_5": mark("Decide"),
    "legend": mark("Meaning of the signs"),
    "legend_kept": mark("followed"),
    "legend_mend": mark("mended later"),
    "legend_broken": mark("not followed"),
    "moment": mark("The last moment"),
    "from_there": mark("Play on from there"),
    "moment_meant": mark("This is about an ending without harm, with all norms followed."),
    "turned": mark("here it turned"),
    "colleague": mark("Beside the road of an experienced colleague"),
    "colleague_note": mark("This is one good road; there are more. Where you came by the same place, you share a row."),
    "you": mark("You"),
    "experienced": mark("Experienced colleague"),
    "you_both": mark("You both"),
    "end": mark("The end"),
    "whatif": mark("What if you had chosen differently?"),
    "whatif_note": mark("Press another choice. Your later choices stay where they fit. Your own road does not change."),
    "rules": mark("What the Meldcode says about it"),
    "signals_acted": mark("noticed and acted on"),
    "signals_noted": mark("noticed"),
    "signals_missed": mark("missed"),
    "signals_away": mark("one choice away"),
    "signals_harmless": mark("kept; no signal of trafficking in this story"),
    "signals_cards": mark("Cards of these signals"),
    "signals_note": mark("One signal proves nothing. It is about the whole, and about what changes."),
    "talk": mark("To talk about"),
    "version": mark("version"),
    "cases_title": mark("Practise difficult conversations"),
    "cases_intro": mark(
        "You play a fictional story. You choose what you do, see what that does to someone, and read what "
        "the Meldcode says about it. You may make mistakes here. You may stop, too."
    ),
    "cases": mark("Cases"),
    "cases_fiction": mark("All stories and names are fiction."),
    "cases_none": mark("There are no cases here yet."),
    "more": mark("Tools and overviews"),
    "cases_footer": mark("No name, no account, no ranking. What you choose is kept under a random number."),
    "case_about": mark("About"),
    "begin_with": mark("Begin with"),
    "resume": mark("Continue"),
    "resume_title": mark("Continue where you were"),
    "resume_with": mark("Continue with"),
    "resume_place": mark("at"),
    "resume_note": mark("This device remembers your place."),
    "resume_forget": mark("Forget"),
    "forget_case": mark("Forget:"),
    "excuse_title": mark("This page cannot be shown now"),
    "excuse_text": mark("It is not your fault. Go back and try again, or choose a case."),
    "excuse_author": mark("For who runs this server"),
    "sorry_title": mark("This case cannot be played now"),
    "sorry_text": mark(
        "Something in the story is not right. It is not your fault. The author can mend it. Choose "
        "another case for now."
    ),
    "sorry_start": mark("The story could not start. It is not your fault. Try again in a minute."),
    "sorry_author": mark("For the author of this case"),
    "retry": mark("Try again"),
    "the_source": mark("The source"),
}

# The neutral page is the organisation's to set; until then it is the weather, which anybody may be reading about.
EXIT = "https://www.knmi.nl/"


def vocabulary(language: str, exit_address: str = "") -> dict[str, Any]:
    """Return the sentences in a language by key, with the help lines and the address behind the way out."""
    say = words(language)
    lines = [{"tel": tel, "number": number, "text": say(text)} for tel, number, text in LINES]
    return {**{key: say(sentence) for key, sentence in WORDS.items()}, "lines": lines, "exit": exit_address or EXIT}
