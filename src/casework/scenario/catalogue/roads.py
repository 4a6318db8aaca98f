"""Remarks about the roads between scenes, and about two editions of one case."""

from casework.scenario.diagnostics import Both, Row, Severity

ROWS = (
    Row(
        "CW501",
        "unreachable-scene",
        Severity.WARNING,
        Both('Geen weg leidt naar de scène "{scene}".', 'No road leads to the scene "{scene}".'),
        Both(
            "Laat een keuze ernaartoe leiden met `({anchor})`, of haal de scène weg.",
            "Let a choice lead there with `({anchor})`, or take the scene out.",
        ),
    ),
    Row(
        "CW502",
        "dead-end",
        Severity.ERROR,
        Both(
            'In "{scene}" houdt het verhaal op: er zijn geen keuzes, en het is geen einde.',
            'The story stops in "{scene}": there are no choices, and it is no ending.',
        ),
        Both(
            "Is dit een einde? Zet dan bovenaan: `- **Einde:** goed` (of verdedigbaar, hersteld, schade). "
            "Zo niet, voeg keuzes toe.",
            "Is this an ending? Then put at the top: `- **Ending:** good` (or defensible, repaired, harm). "
            "If not, add choices.",
        ),
    ),
    Row(
        "CW503",
        "trap",
        Severity.ERROR,
        Both(
            'Wie in "{scene}" komt, bereikt nooit meer een einde.',
            'Whoever comes to "{scene}" never reaches an ending any more.',
        ),
        Both(
            "Geef minstens één keuze die verder leidt, naar een scène met een einde.",
            "Give at least one choice that leads on, to a scene with an ending.",
        ),
    ),
    Row(
        "CW504",
        "no-ending",
        Severity.ERROR,
        Both("Dit verhaal heeft geen einde.", "This story has no ending."),
        Both(
            "Maak een scène zonder keuzes, met bovenaan: `- **Einde:** goed`",
            "Make a scene without choices, with at the top: `- **Ending:** good`",
        ),
    ),
    Row(
        "CW505",
        "ending-with-choices",
        Severity.ERROR,
        Both(
            '"{scene}" is een einde, maar er staan keuzes onder.',
            '"{scene}" is an ending, but there are choices below it.',
        ),
        Both("Haal de keuzes weg, of haal `Einde` weg.", "Take the choices out, or take `Ending` out."),
    ),
    Row(
        "CW601",
        "edition-lacks-scene",
        Severity.WARNING,
        Both('De scène "{scene}" uit {file} ontbreekt hier.', 'The scene "{scene}" of {file} is missing here.'),
        Both(
            "Kopieer de cel met id `{id}` uit {file} en vertaal haar. Het id moet hetzelfde blijven.",
            "Copy the cell with id `{id}` from {file} and translate it. The id must stay the same.",
        ),
    ),
    Row(
        "CW602",
        "edition-extra-scene",
        Severity.WARNING,
        Both('De scène "{scene}" staat niet in {file}.', 'The scene "{scene}" is not in {file}.'),
        Both(
            "Is het een vertaling? Geef de cel dan hetzelfde id als in {file}.",
            "Is it a translation? Then give the cell the same id as in {file}.",
        ),
    ),
    Row(
        "CW603",
        "edition-differs",
        Severity.WARNING,
        Both('"{scene}" wijkt af van {file}: kijk naar {part}.', '"{scene}" differs from {file}: look at {part}.'),
        Both(
            "Vergelijk de twee cellen: dezelfde volgorde, dezelfde links en dezelfde codes.",
            "Compare the two cells: the same order, the same links and the same codes.",
        ),
    ),
    Row(
        "CW604",
        "edition-stale",
        Severity.WARNING,
        Both(
            '"{title}" is in {file} veranderd sinds u deze vertaling ernaast hield.',
            '"{title}" has changed in {file} since you held this translation against it.',
        ),
        Both(
            "Lees de twee cellen naast elkaar. Klopt het weer? Typ dan: casework translate {edition} --cell {id}",
            "Read the two cells side by side. Does it fit again? Then type: casework translate {edition} --cell {id}",
        ),
    ),
    Row(
        "CW605",
        "edition-unmarked",
        Severity.ADVICE,
        Both(
            'Van "{title}" is niet bekend of de vertaling nog past bij {file}.',
            'Of "{title}" it is not known whether the translation still fits {file}.',
        ),
        Both(
            "Lees de twee cellen naast elkaar, en typ dan: casework translate {edition} --cell {id}",
            "Read the two cells side by side, and then type: casework translate {edition} --cell {id}",
        ),
    ),
)
