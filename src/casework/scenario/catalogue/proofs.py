"""Remarks about what holds for all who play: each comes with the shortest road that shows it, where one can."""

from casework.scenario.diagnostics import Both, Row, Severity

ROWS = (
    Row(
        "CW801",
        "choice-out-of-reach",
        Severity.WARNING,
        Both(
            'De keuze "{text}" wordt aan niemand aangeboden, welke weg iemand ook neemt.',
            'The choice "{text}" is offered to nobody, whatever road one takes.',
        ),
        Both(
            "Kijk naar de voorwaarden achter de keuze: samen kunnen ze nooit waar zijn. Haal er een weg.",
            "Look at the conditions behind the choice: together they can never be true. Take one out.",
        ),
    ),
    Row(
        "CW802",
        "scene-out-of-reach",
        Severity.WARNING,
        Both(
            'In de scène "{scene}" komt niemand. Er leiden wel keuzes naartoe, maar die krijgt niemand te zien.',
            'Nobody comes to the scene "{scene}". Choices do lead there, but nobody gets to see them.',
        ),
        Both(
            "Maak de voorwaarden van die keuzes ruimer, of haal de scène weg.",
            "Widen the conditions of those choices, or take the scene out.",
        ),
    ),
    Row(
        "CW803",
        "stuck",
        Severity.ERROR,
        Both(
            'In "{scene}" kan iemand vastlopen: op deze weg is er geen enkele keuze meer.',
            'In "{scene}" someone can get stuck: on this road no choice is left.',
        ),
        Both(
            "Geef minstens één keuze zonder voorwaarde en zonder `eenmalig`.",
            "Give at least one choice without a condition and without `once`.",
        ),
    ),
    Row(
        "CW804",
        "no-end-ahead",
        Severity.ERROR,
        Both(
            'Wie zo in "{scene}" komt, blijft rondlopen en bereikt geen einde meer.',
            'Whoever comes to "{scene}" this way keeps going round and reaches no ending any more.',
        ),
        Both(
            "Geef op deze ronde een keuze zonder voorwaarde die naar een einde leidt.",
            "Give a choice without a condition on this round that leads to an ending.",
        ),
    ),
    Row(
        "CW805",
        "condition-never-holds",
        Severity.WARNING,
        Both(
            'Aan `{condition}` voldoet hier nooit iemand, dus de keuze "{text}" verschijnt niet.',
            'Nobody ever meets `{condition}` here, so the choice "{text}" does not appear.',
        ),
        Both(
            "Zorg dat het op een weg hierheen kan gebeuren, of haal de voorwaarde weg.",
            "Make sure that it can happen on a road to this scene, or take the condition out.",
        ),
    ),
    Row(
        "CW806",
        "condition-never-fails",
        Severity.WARNING,
        Both(
            'Aan `{condition}` voldoet hier iedereen. De voorwaarde bij "{text}" doet dus niets.',
            'Everybody meets `{condition}` here. So the condition of "{text}" does nothing.',
        ),
        Both(
            "Haal de voorwaarde weg, of maak een weg hierheen waarop het anders is.",
            "Take the condition out, or make a road to this scene on which it is otherwise.",
        ),
    ),
    Row(
        "CW807",
        "signal-out-of-reach",
        Severity.WARNING,
        Both(
            'Het signaal `{signal}` kan niemand opmerken: het staat alleen in "{scene}", en daar komt niemand.',
            'Nobody can notice the signal `{signal}`: it stands only in "{scene}", and nobody comes there.',
        ),
        Both(
            "Laat een keuze naar die scène leiden, of zet het signaal in een andere scène.",
            "Let a choice lead to that scene, or put the signal into another scene.",
        ),
    ),
    Row(
        "CW808",
        "norm-never-kept",
        Severity.WARNING,
        Both(
            'Deze norm volgt niemand, welke weg iemand ook neemt: "{rule}" ({id}).',
            'Nobody follows this norm, whatever road one takes: "{rule}" ({id}).',
        ),
        Both(
            "Geef een keuze die doet wat de norm vraagt, of laat weg wat niet mag. Het gaat om: {acts}.",
            "Give a choice that does what the norm asks, or leave out what may not be. It is about: {acts}.",
        ),
    ),
    Row(
        "CW809",
        "advice-never-kept",
        Severity.ADVICE,
        Both(
            'Dit advies volgt niemand, welke weg iemand ook neemt: "{rule}" ({id}).',
            'Nobody follows this advice, whatever road one takes: "{rule}" ({id}).',
        ),
        Both(
            "Geef een keuze die doet wat het advies vraagt, of laat weg wat niet mag. Het gaat om: {acts}.",
            "Give a choice that does what the advice asks, or leave out what may not be. It is about: {acts}.",
        ),
    ),
    Row(
        "CW810",
        "rule-never-broken",
        Severity.ADVICE,
        Both(
            'Deze regel volgt hier iedereen vanzelf: "{rule}" ({id}). Er valt dus niets mee te oefenen.',
            'Everybody follows this rule here without trying: "{rule}" ({id}). So there is nothing to practise.',
        ),
        Both(
            "Geef ook een keuze die een moe en aardig mens zou maken, en waarbij het misgaat. Het gaat om: {acts}.",
            "Give a choice too that a tired, kind person would make, and that goes wrong. It is about: {acts}.",
        ),
    ),
    Row(
        "CW811",
        "no-good-ending",
        Severity.WARNING,
        Both(
            "Geen enkele weg leidt naar een einde dat goed of verdedigbaar is.",
            "No road leads to an ending that is good or defensible.",
        ),
        Both(
            "Laat een keuze leiden naar een scène met `- **Einde:** goed` of `verdedigbaar`.",
            "Let a choice lead to a scene with `- **Ending:** good` or `defensible`.",
        ),
    ),
    Row(
        "CW812",
        "no-sound-road",
        Severity.WARNING,
        Both(
            "Geen enkele weg loopt goed af en volgt alle normen. Dit zit in de weg: {rules}.",
            "No road ends well and follows all norms. This stands in the way: {rules}.",
        ),
        Both(
            'Geef op een weg naar een goed einde (zoals "{scene}") de keuzes die ontbreken.',
            'Give the choices that are missing on a road to a good ending (such as "{scene}").',
        ),
    ),
    Row(
        "CW813",
        "good-breaks-norm",
        Severity.WARNING,
        Both(
            '"{scene}" heet een goed einde, maar op deze weg is een norm niet gevolgd: "{rule}".',
            '"{scene}" is called a good ending, but on this road a norm was not followed: "{rule}".',
        ),
        Both(
            "Noem het einde `hersteld` of `verdedigbaar`, of leid deze weg naar een ander einde.",
            "Call the ending `repaired` or `defensible`, or lead this road to another ending.",
        ),
    ),
)
