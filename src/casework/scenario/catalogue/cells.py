"""Remarks about cells, headings and plain text."""

from casework.scenario.diagnostics import Both, Row, Severity

ROWS = (
    Row(
        "CW101",
        "missing-title",
        Severity.ERROR,
        Both("De eerste cel heeft geen titel.", "The first cell has no title."),
        Both("Begin haar met één hekje: `# Kim op vrijdag`", "Begin it with one hash: `# Kim on Friday`"),
    ),
    Row(
        "CW102",
        "title-not-first",
        Severity.ERROR,
        Both(
            "Hier staat een titel met één hekje, maar die hoort alleen in de eerste cel.",
            "Here is a title with one hash, but that belongs only in the first cell.",
        ),
        Both("Is dit een scène? Gebruik dan twee hekjes: `## ...`", "Is this a scene? Then use two hashes: `## ...`"),
    ),
    Row(
        "CW103",
        "text-without-scene",
        Severity.WARNING,
        Both(
            "Deze cel heeft geen kop, dus niemand krijgt de tekst te lezen.",
            "This cell has no heading, so nobody gets to read its text.",
        ),
        Both(
            "Zet er `## Naam van de scène` boven, of plak de tekst in de cel erboven.",
            "Put `## Name of the scene` above it, or paste the text into the cell above.",
        ),
    ),
    Row(
        "CW104",
        "two-scenes-in-one-cell",
        Severity.ERROR,
        Both('In deze cel staat nog een kop: "{title}".', 'There is another heading in this cell: "{title}".'),
        Both(
            "Elke scène heeft een eigen cel. Zet de cursor voor de kop en kies in JupyterLab: Edit, Split Cell.",
            "Each scene has its own cell. Put the cursor before the heading and choose Edit, Split Cell in JupyterLab.",
        ),
    ),
    Row(
        "CW105",
        "no-scenes",
        Severity.ERROR,
        Both("Er is nog geen scène.", "There is no scene yet."),
        Both(
            "Maak onder de eerste cel een Markdown-cel die begint met `## Naam van de scène`.",
            "Below the first cell, make a Markdown cell that begins with `## Name of the scene`.",
        ),
    ),
    Row(
        "CW106",
        "empty-title",
        Severity.ERROR,
        Both("Deze scène heeft geen naam.", "This scene has no name."),
        Both(
            "Zet een naam achter de hekjes: `## De wachtkamer`", "Put a name behind the hashes: `## The waiting room`"
        ),
    ),
    Row(
        "CW107",
        "duplicate-title",
        Severity.ERROR,
        Both(
            'Twee scènes heten "{title}": deze, en die in cel {other}.',
            'Two scenes are called "{title}": this one, and the one in cell {other}.',
        ),
        Both(
            "Geef een van de twee een andere naam, en pas de links ernaartoe aan.",
            "Give one of them another name, and change the links to it.",
        ),
    ),
    Row(
        "CW108",
        "deep-heading",
        Severity.ADVICE,
        Both(
            '"{text}" is een kleine kop. De speler ziet gewone tekst.',
            '"{text}" is a small heading. The trainee sees plain text.',
        ),
        Both(
            "Wilt u een nieuwe scène? Maak dan een nieuwe cel met `## ...`. Anders kunnen de hekjes weg.",
            "Do you want a new scene? Then make a new cell with `## ...`. Otherwise the hashes can go.",
        ),
    ),
    Row(
        "CW109",
        "unsafe-text",
        Severity.ADVICE,
        Both(
            "Hier staat HTML. De speler ziet die als gewone tekst, met de haken erbij.",
            "Here is HTML. The trainee sees it as plain text, brackets included.",
        ),
        Both(
            "Gebruik `*schuin*` of `**vet**`, of haal de HTML weg.",
            "Use `*italic*` or `**bold**`, or take the HTML out.",
        ),
    ),
    Row(
        "CW110",
        "link-in-text",
        Severity.ADVICE,
        Both(
            'In de tekst staat een link naar "{text}". De speler ziet alleen de woorden.',
            'The text holds a link to "{text}". The trainee sees the words alone.',
        ),
        Both(
            "Is het een keuze? Begin de regel dan met `1. [` en zet er een witregel boven.",
            "Is it a choice? Then begin the line with `1. [` and put an empty line above it.",
        ),
    ),
    Row(
        "CW111",
        "picture-in-text",
        Severity.ADVICE,
        Both(
            "In de tekst staat een afbeelding. De speler ziet alleen de beschrijving.",
            "The text holds a picture. The trainee sees its description alone.",
        ),
        Both(
            'Maak er een feit van, boven de tekst: `- **Beeld:** keuken.svg "Wat er te zien is"`',
            'Make it a fact, above the text: `- **Picture:** kitchen.svg "What can be seen"`',
        ),
    ),
)
