"""Remarks about a file as a whole, and about the code cells at its end."""

from casework.scenario.diagnostics import Both, Row, Severity

ROWS = (
    Row(
        "CW001",
        "not-a-notebook",
        Severity.ERROR,
        Both("Dit bestand is geen notebook: {reason}.", "This file is not a notebook: {reason}."),
        Both(
            "Open het in JupyterLab en bewaar het opnieuw, of neem een kopie die wel opengaat.",
            "Open it in JupyterLab and save it again, or take a copy that does open.",
        ),
    ),
    Row(
        "CW002",
        "old-notebook",
        Severity.ERROR,
        Both(
            "Dit notebook is in een oude vorm bewaard (nbformat {found}).",
            "This notebook was saved in an old form (nbformat {found}).",
        ),
        Both(
            "Zet het om met: `jupyter nbconvert --to notebook --nbformat 4 --inplace {file}`",
            "Convert it with: `jupyter nbconvert --to notebook --nbformat 4 --inplace {file}`",
        ),
    ),
    Row(
        "CW003",
        "too-large",
        Severity.ERROR,
        Both(
            "Dit bestand is {size} MB. Meer dan {limit} MB lezen we niet.",
            "This file is {size} MB. We do not read more than {limit} MB.",
        ),
        Both(
            "Meestal zijn het uitkomsten van code. Kies in JupyterLab: Edit, Clear Outputs of All Cells. "
            "Bewaar daarna.",
            "Usually these are outputs of code. In JupyterLab choose Edit, Clear Outputs of All Cells. Then save.",
        ),
    ),
    Row(
        "CW004",
        "not-utf8",
        Severity.ERROR,
        Both(
            "Dit bestand bevat tekens die we niet kunnen lezen (bij teken {position}).",
            "This file holds characters that we cannot read (at byte {position}).",
        ),
        Both("Bewaar het opnieuw vanuit JupyterLab, als UTF-8.", "Save it again from JupyterLab, as UTF-8."),
    ),
    Row(
        "CW005",
        "empty-file",
        Severity.ERROR,
        Both("Dit bestand is leeg.", "This file is empty."),
        Both(
            "Misschien ging het bewaren mis. Kijk in de map .ipynb_checkpoints of daar nog een versie staat.",
            "Perhaps saving went wrong. See whether the folder .ipynb_checkpoints still has a version.",
        ),
    ),
    Row(
        "CW006",
        "half-saved",
        Severity.ERROR,
        Both(
            "Dit bestand is beschadigd of maar half bewaard: het gaat mis op regel {line}, bij teken {column}.",
            "This file is damaged or only half saved: it breaks on line {line}, at character {column}.",
        ),
        Both(
            "Kijk in de map .ipynb_checkpoints of daar een hele versie staat. De laatste tekens zijn: {near}",
            "See whether the folder .ipynb_checkpoints has a whole version. The last characters are: {near}",
        ),
    ),
    Row(
        "CW007",
        "missing-cell-id",
        Severity.WARNING,
        Both("Deze cel heeft geen vast id.", "This cell has no lasting id."),
        Both(
            'We noemen haar voorlopig "{id}". '
            "Bewaar het notebook in JupyterLab, of laat `casework check --fix` het doen.",
            'For now we call it "{id}". Save the notebook in JupyterLab, or let `casework check --fix` do it.',
        ),
    ),
    Row(
        "CW008",
        "duplicate-cell-id",
        Severity.WARNING,
        Both(
            'Deze cel heeft hetzelfde id als een cel erboven: "{old}".',
            'This cell has the same id as a cell above it: "{old}".',
        ),
        Both(
            'We noemen haar voorlopig "{id}". Laat `casework check --fix` dit vastleggen.',
            'For now we call it "{id}". Let `casework check --fix` write that down.',
        ),
    ),
    Row(
        "CW009",
        "missing-parameters-cell",
        Severity.WARNING,
        Both(
            "Er is geen codecel met het label `parameters`.",
            "There is no code cell with the tag `parameters`.",
        ),
        Both(
            "Zet onderaan een codecel met `decisions = []` en geef haar het label `parameters`. "
            "`casework check --fix` doet dit voor u.",
            "Put a code cell with `decisions = []` at the end and tag it `parameters`. "
            "`casework check --fix` does it for you.",
        ),
    ),
    Row(
        "CW010",
        "missing-play-cell",
        Severity.ERROR,
        Both("Er is geen cel die de casus start.", "There is no cell that starts the case."),
        Both(
            'Zet als laatste een codecel: `casework.play("{file}", decisions=decisions)`. '
            "`casework check --fix` doet dit voor u.",
            'Put a code cell last: `casework.play("{file}", decisions=decisions)`. '
            "`casework check --fix` does it for you.",
        ),
    ),
    Row(
        "CW011",
        "wrong-play-name",
        Severity.ERROR,
        Both(
            'De laatste cel start "{name}", maar dit bestand heet "{file}".',
            'The last cell starts "{name}", but this file is called "{file}".',
        ),
        Both(
            'Maak ervan: `casework.play("{file}", decisions=decisions)`',
            'Make it: `casework.play("{file}", decisions=decisions)`',
        ),
    ),
    Row(
        "CW012",
        "extra-code",
        Severity.WARNING,
        Both("In deze cel staat andere code.", "This cell holds other code."),
        Both(
            "Een casus heeft genoeg aan twee codecellen: `decisions = []` en `casework.play(...)`. De rest kan weg.",
            "A case needs two code cells: `decisions = []` and `casework.play(...)`. The rest can go.",
        ),
    ),
    Row(
        "CW013",
        "cell-too-large",
        Severity.ERROR,
        Both("Deze cel heeft meer dan {limit} tekens.", "This cell has more than {limit} characters."),
        Both("Verdeel de tekst over meer scènes.", "Spread the text over more scenes."),
    ),
    Row(
        "CW014",
        "cannot-read",
        Severity.ERROR,
        Both("We kunnen dit bestand niet openen.", "We cannot open this file."),
        Both("Bestaat het nog, en mag u het lezen? ({reason})", "Does it still exist, and may you read it? ({reason})"),
    ),
    Row(
        "CW015",
        "cannot-write",
        Severity.ERROR,
        Both(
            "We kunnen dit bestand niet bewaren. Er is niets veranderd.",
            "We cannot save this file. Nothing was changed.",
        ),
        Both("Mag u in deze map schrijven? ({reason})", "May you write in this folder? ({reason})"),
    ),
    Row(
        "CW016",
        "changed-on-disk",
        Severity.ERROR,
        Both(
            "Dit bestand is ondertussen door iemand anders bewaard. Daarom hebben we niets veranderd.",
            "Someone else saved this file in the meantime. So we changed nothing.",
        ),
        Both("Sluit het in JupyterLab en probeer het nog een keer.", "Close it in JupyterLab and try again."),
    ),
    Row(
        "CW017",
        "needs-full-page",
        Severity.ADVICE,
        Both(
            "Deze cel gebruikt `{name}`. Wat dat laat zien, past meestal niet op de lichte pagina.",
            "This cell uses `{name}`. What that shows does not usually fit on the light page.",
        ),
        Both(
            "Deelnemers krijgen dan vanzelf de volledige pagina. Die is veel zwaarder voor een telefoon. "
            "Tekst, tabellen, plaatjes en anywidgets passen wel.",
            "Participants then get the full page by themselves. It is much heavier for a phone. "
            "Text, tables, pictures and anywidgets do fit.",
        ),
    ),
)
