"""Remarks about facts: the bullets that open with a bold word."""

from casework.scenario.diagnostics import Both, Row, Severity

ROWS = (
    Row(
        "CW301",
        "unknown-fact",
        Severity.ERROR,
        Both('We kennen het woord "{word}" niet.', 'We do not know the word "{word}".'),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW302",
        "misplaced-fact",
        Severity.WARNING,
        Both(
            '"{word}" hoort in een andere cel. Hier doet het niets.',
            '"{word}" belongs in another cell. Here it does nothing.',
        ),
        Both(
            "Taal, Protocol, Rol, Persoon, Duur, Inhoud, Bronnen en Terugkoppeling staan in de eerste cel. "
            "Signaal, Plaats, Beeld, Einde en Oefening staan in een scène.",
            "Language, Protocol, Role, Person, Duration, Content, Sources and Feedback stand in the first cell. "
            "Signal, Place, Picture, Ending and Exercise stand in a scene.",
        ),
    ),
    Row(
        "CW303",
        "duplicate-fact",
        Severity.WARNING,
        Both(
            '"{word}" staat er twee keer. We lezen alleen de eerste.',
            '"{word}" stands here twice. We read only the first.',
        ),
        Both("Haal er een weg.", "Take one out."),
    ),
    Row(
        "CW304",
        "empty-fact",
        Severity.ERROR,
        Both('Achter "{word}" staat niets.', 'There is nothing behind "{word}".'),
        Both("Vul het in, of haal de regel weg.", "Fill it in, or take the line out."),
    ),
    Row(
        "CW305",
        "missing-fact",
        Severity.ERROR,
        Both('In de eerste cel ontbreekt "{word}".', 'The first cell lacks "{word}".'),
        Both("Zet er bijvoorbeeld bij: `{example}`", "Add, for example: `{example}`"),
    ),
    Row(
        "CW306",
        "keyword-spelling",
        Severity.WARNING,
        Both("Dit woord schrijven we met andere hoofdletters.", "We write this word with other capitals."),
        Both("We lezen: `{repaired}`", "We read: `{repaired}`"),
    ),
    Row(
        "CW307",
        "unknown-language",
        Severity.ERROR,
        Both(
            'Een casus in de taal "{text}" kunnen we nog niet spelen.',
            'We cannot play a case in the language "{text}" yet.',
        ),
        Both("Kies `nl` of `en`.", "Choose `nl` or `en`."),
    ),
    Row(
        "CW308",
        "unknown-feedback",
        Severity.ERROR,
        Both(
            'Wanneer komt de terugkoppeling? "{text}" kennen we niet.',
            'When does the feedback come? We do not know "{text}".',
        ),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW309",
        "unknown-ending",
        Severity.ERROR,
        Both('Het einde "{text}" kennen we niet.', 'We do not know the ending "{text}".'),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW310",
        "missing-alt-text",
        Severity.WARNING,
        Both(
            "Bij {file} staat niet wat er te zien is. Wie de afbeelding niet ziet, mist dat.",
            "{file} does not say what can be seen. Whoever does not see the picture misses it.",
        ),
        Both(
            'Zet het erachter: `- **Beeld:** {file} "Een lege kruk naast een wastafel"`',
            'Put it behind: `- **Picture:** {file} "An empty stool beside a sink"`',
        ),
    ),
    Row(
        "CW311",
        "bad-picture",
        Severity.WARNING,
        Both('"{text}" kunnen we niet als afbeelding tonen.', 'We cannot show "{text}" as a picture.'),
        Both(
            "Gebruik een .svg, .png of .jpg uit dezelfde map als het notebook.",
            "Use a .svg, .png or .jpg from the same folder as the notebook.",
        ),
    ),
    Row(
        "CW312",
        "missing-picture",
        Severity.WARNING,
        Both("De afbeelding {file} kunnen we niet tonen: {reason}.", "We cannot show the picture {file}: {reason}."),
        Both(
            "Zet het bestand in dezelfde map als het notebook. Tot dan ziet de speler de beschrijving.",
            "Put the file into the same folder as the notebook. Until then the trainee sees its description.",
        ),
    ),
    Row(
        "CW313",
        "no-fiction-notice",
        Severity.WARNING,
        Both("Er staat niet bij dat dit verhaal verzonnen is.", "It does not say that this story is fiction."),
        Both(
            "Zet in de eerste cel: `Dit verhaal is verzonnen.`",
            "Put into the first cell: `This story is fiction.`",
        ),
    ),
    Row(
        "CW314",
        "unknown-source",
        Severity.WARNING,
        Both('De bron "{source}" kennen we niet.', 'We do not know the source "{source}".'),
        Both(
            "Gebruik nummers zoals S6, met komma's ertussen. Nieuwe bronnen horen in de lijst met bronnen.",
            "Use numbers such as S6, with commas between them. New sources belong in the list of sources.",
        ),
    ),
    Row(
        "CW315",
        "unknown-protocol",
        Severity.ERROR,
        Both('Het protocol "{protocol}" bestaat niet.', 'There is no protocol "{protocol}".'),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW316",
        "protocol-invalid",
        Severity.ERROR,
        Both(
            'Het protocol "{protocol}" is niet te gebruiken: {reason}.',
            'The protocol "{protocol}" cannot be used: {reason}.',
        ),
        Both(
            "Verbeter het bestand van het protocol, of kies een ander.",
            "Mend the protocol's file, or choose another one.",
        ),
    ),
    Row(
        "CW317",
        "unused-source",
        Severity.ADVICE,
        Both(
            "{source} staat bij Bronnen, maar geen notitie noemt die bron.",
            "{source} stands among the sources, but no note names it.",
        ),
        Both(
            "Noem de bron achter de zin die erop rust: `({source})`. Of haal het nummer weg.",
            "Name the source behind the sentence that rests on it: `({source})`. Or take the number out.",
        ),
    ),
    Row(
        "CW318",
        "uncited-source",
        Severity.WARNING,
        Both(
            "Hier staat {source}. In de eerste cel staat die bron niet bij Bronnen.",
            "{source} stands here. The sources in the first cell do not list it.",
        ),
        Both(
            "Zet {source} erbij in de eerste cel, achter `- **Bronnen:**`. Of haal het nummer hier weg.",
            "Add {source} in the first cell, behind `- **Sources:**`. Or take the number out here.",
        ),
    ),
    Row(
        "CW319",
        "old-source",
        Severity.ADVICE,
        Both("Bron {source} is van {dated}: {title}.", "Source {source} is of {dated}: {title}."),
        Both(
            "Kijk of er een nieuwere tekst is, en of wat u schreef dan nog klopt.",
            "See whether there is a newer text, and whether what you wrote still holds.",
        ),
    ),
    Row(
        "CW320",
        "open-point",
        Severity.ADVICE,
        Both("Voor een deskundige: {question}", "For an expert: {question}"),
        Both(
            "Geen bron beslist dit. Leg het voor aan een deskundige voordat u met deze casus werkt.",
            "No source settles this. Ask an expert before you work with this case.",
        ),
    ),
    Row(
        "CW321",
        "unknown-exercise",
        Severity.ERROR,
        Both('De oefening "{text}" kennen we niet.', 'We do not know the exercise "{text}".'),
        Both("{near}", "{near}"),
    ),
)
