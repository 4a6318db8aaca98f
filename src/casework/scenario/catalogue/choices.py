"""Remarks about choices, their links and their consequences."""

from casework.scenario.diagnostics import Both, Row, Severity

REPAIRED = Both("We lezen: `{repaired}`", "We read: `{repaired}`")

ROWS = (
    Row(
        "CW201",
        "broken-link",
        Severity.ERROR,
        Both(
            'De keuze "{text}" leidt naar `{target}`, en die scène bestaat niet.',
            'The choice "{text}" leads to `{target}`, and there is no such scene.',
        ),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW202",
        "malformed-link",
        Severity.WARNING,
        Both("De link van deze keuze is niet goed geschreven.", "The link of this choice is not written well."),
        REPAIRED,
    ),
    Row(
        "CW203",
        "choice-as-bullet",
        Severity.WARNING,
        Both("Deze keuze begint met een streepje of sterretje.", "This choice begins with a dash or an asterisk."),
        REPAIRED,
    ),
    Row(
        "CW204",
        "choice-number",
        Severity.WARNING,
        Both("Het nummer van deze keuze is niet goed geschreven.", "The number of this choice is not written well."),
        REPAIRED,
    ),
    Row(
        "CW205",
        "unindented-consequence",
        Severity.WARNING,
        Both(
            "Dit gevolg staat niet onder zijn keuze: er horen spaties voor.",
            "This consequence does not stand under its choice: it needs spaces before it.",
        ),
        REPAIRED,
    ),
    Row(
        "CW206",
        "missing-consequence",
        Severity.WARNING,
        Both('De keuze "{text}" heeft geen gevolg.', 'The choice "{text}" has no consequence.'),
        Both(
            "Zet eronder, met drie spaties ervoor: `   > Wat er dan gebeurt.`",
            "Put below it, with three spaces before it: `   > What happens then.`",
        ),
    ),
    Row(
        "CW207",
        "choice-without-link",
        Severity.ERROR,
        Both(
            'Tussen de keuzes staat een regel zonder link: "{text}"',
            'Among the choices is a line without a link: "{text}"',
        ),
        Both(
            "Schrijf een keuze zo: `1. [Wat de speler doet](#naam-van-de-scene)`",
            "Write a choice like this: `1. [What the trainee does](#name-of-the-scene)`",
        ),
    ),
    Row(
        "CW208",
        "empty-choice",
        Severity.ERROR,
        Both("Deze keuze heeft geen tekst.", "This choice has no text."),
        Both(
            "Zet tussen de rechte haken wat de speler doet: `1. [U wacht even](#...)`",
            "Put between the square brackets what the trainee does: `1. [You wait](#...)`",
        ),
    ),
    Row(
        "CW209",
        "duplicate-choice",
        Severity.ERROR,
        Both('De keuze "{text}" staat er twee keer.', 'The choice "{text}" stands here twice.'),
        Both("Haal er een weg, of verander de tekst.", "Take one out, or change its text."),
    ),
    Row(
        "CW210",
        "text-behind-choice",
        Severity.WARNING,
        Both(
            'Achter of onder deze keuze staat tekst die niemand te zien krijgt: "{text}"',
            'Behind or under this choice is text that nobody gets to see: "{text}"',
        ),
        Both(
            "Zet de tekst in de rechte haken, of maak er een gevolg van met `   > ...`",
            "Put the text into the square brackets, or make it a consequence with `   > ...`",
        ),
    ),
    Row(
        "CW211",
        "text-after-choices",
        Severity.WARNING,
        Both(
            'Na de keuzes staat nog tekst. De speler leest die vóór de keuzes: "{text}"',
            'There is text after the choices. The trainee reads it before them: "{text}"',
        ),
        Both(
            "Zet de keuzes onderaan. Is het voor de begeleider? Begin dan met `> **Begeleider:**`",
            "Put the choices at the end. Is it for the facilitator? Then begin with `> **Facilitator:**`",
        ),
    ),
    Row(
        "CW212",
        "choice-outside-scene",
        Severity.ERROR,
        Both("In de eerste cel staat een keuze.", "There is a choice in the first cell."),
        Both("Zet haar in een scène, dus in een cel met `## ...`", "Put it into a scene: a cell with `## ...`"),
    ),
    Row(
        "CW213",
        "unknown-note",
        Severity.ERROR,
        Both(
            'Van dit citaat weten we niet voor wie het is: "{text}"',
            'We cannot tell for whom this quote is: "{text}"',
        ),
        Both(
            "Voor de begeleider: begin met `> **Begeleider:**`. Is het een gevolg? "
            "Zet er drie spaties voor, onder de keuze.",
            "For the facilitator: begin with `> **Facilitator:**`. A consequence? "
            "Put three spaces before it, under its choice.",
        ),
    ),
)
