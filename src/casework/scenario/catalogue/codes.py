"""Remarks about codes and signals."""

from casework.scenario.diagnostics import Both, Row, Severity

ROWS = (
    Row(
        "CW401",
        "unknown-code",
        Severity.ERROR,
        Both("De code `{text}` kennen we niet.", "We do not know the code `{text}`."),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW402",
        "unknown-activity",
        Severity.ERROR,
        Both(
            "De activiteit `{activity}` staat niet in het protocol {protocol}.",
            "The activity `{activity}` is not in the protocol {protocol}.",
        ),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW403",
        "bad-number",
        Severity.ERROR,
        Both("Het getal in `{text}` kunnen we niet gebruiken.", "We cannot use the number in `{text}`."),
        Both("Schrijf bijvoorbeeld: `{right}`", "Write, for example: `{right}`"),
    ),
    Row(
        "CW404",
        "code-spelling",
        Severity.WARNING,
        Both(
            "Een code is net anders geschreven: let op spaties en hoofdletters.",
            "A code is written a little differently: mind spaces and capitals.",
        ),
        Both("We lezen: `{repaired}`", "We read: `{repaired}`"),
    ),
    Row(
        "CW405",
        "missing-signal-id",
        Severity.ERROR,
        Both('Het signaal "{text}" heeft geen bruikbare code.', 'The signal "{text}" has no usable code.'),
        Both(
            "Zet er één korte code achter, tussen accenten (`), met kleine letters en streepjes: `oude-wond`",
            "Put one short code behind it, between backticks (`), in small letters and hyphens: `old-wound`",
        ),
    ),
    Row(
        "CW406",
        "duplicate-signal",
        Severity.ERROR,
        Both(
            "Het signaal `{signal}` staat twee keer in deze scène.", "The signal `{signal}` stands twice in this scene."
        ),
        Both("Geef een van de twee een andere code.", "Give one of them another code."),
    ),
    Row(
        "CW407",
        "unknown-signal",
        Severity.ERROR,
        Both("Het signaal `{signal}` bestaat hier niet.", "There is no signal `{signal}` here."),
        Both("{near}", "{near}"),
    ),
    Row(
        "CW408",
        "signal-without-sentence",
        Severity.WARNING,
        Both(
            "Geen zin in deze scène draagt het signaal `{signal}`, dus niemand kan het opmerken.",
            "No sentence of this scene carries the signal `{signal}`, so nobody can note it.",
        ),
        Both(
            "Zet de code achter de zin waarin het te zien of te horen is, tussen accenten. "
            "De speler ziet de code niet.",
            "Put the code between backticks behind the sentence that shows it. The trainee does not see the code.",
        ),
    ),
    Row(
        "CW409",
        "signal-never-offered",
        Severity.WARNING,
        Both(
            "Niemand kan het signaal `{signal}` al gezien hebben: geen weg hierheen komt erlangs.",
            "Nobody can have seen the signal `{signal}` yet: no road to this place passes it.",
        ),
        Both(
            "Noem het signaal in deze scène of in een eerdere, of haal de code weg.",
            "Put the signal in this scene or an earlier one, or take the code out.",
        ),
    ),
    Row(
        "CW410",
        "activity-never-done",
        Severity.WARNING,
        Both(
            "Geen enkele keuze doet `{activity}`, dus deze voorwaarde maakt nooit verschil.",
            "No choice performs `{activity}`, so this condition never makes a difference.",
        ),
        Both(
            "Zet de activiteit achter de keuze die haar uitvoert, of haal de voorwaarde weg.",
            "Put the activity behind the choice that performs it, or take the condition out.",
        ),
    ),
)
