"""Advice about the quality of choices and of the text: what makes a case guessable, unkind or hard to read."""

from casework.scenario.diagnostics import Both, Row, Severity

ROWS = (
    Row(
        "CW701",
        "false-choice",
        Severity.ADVICE,
        Both(
            'Wie "{text}" kiest, krijgt precies hetzelfde als wie "{other}" kiest.',
            'Whoever chooses "{text}" gets exactly the same as whoever chooses "{other}".',
        ),
        Both(
            "Laat de keuzes verschillen: in gevolg, in codes of in de scène die volgt. Of haal er een weg.",
            "Let the choices differ: in consequence, in codes or in the scene that follows. Or take one out.",
        ),
    ),
    Row(
        "CW702",
        "dominated-choice",
        Severity.ADVICE,
        Both(
            'De keuze "{text}" levert nooit iets op dat "{other}" niet ook geeft. Alleen de getallen zijn lager.',
            'The choice "{text}" never gives what "{other}" does not give too. Only its numbers are lower.',
        ),
        Both(
            "Geef haar iets eigens: een activiteit, een signaal, minder dagen, of een andere scène. "
            "Waarom zou een goede collega dit doen?",
            "Give it something of its own: an activity, a signal, fewer days, or another scene. "
            "Why would a good colleague do this?",
        ),
    ),
    Row(
        "CW703",
        "give-away-length",
        Severity.ADVICE,
        Both(
            "De beste keuze is te raden: zij is {count} van de {total} keer de langste ({scenes}).",
            "The best choice can be guessed: it is the longest {count} times out of {total} ({scenes}).",
        ),
        Both(
            "Maak de andere keuzes even lang en even precies. Hoogstens een op de drie keer is de beste de langste.",
            "Make the other choices as long and as precise. At most one time in three the best is also the longest.",
        ),
    ),
    Row(
        "CW704",
        "give-away-place",
        Severity.ADVICE,
        Both(
            "De beste keuze is te raden: zij staat {count} van de {total} keer {place} ({scenes}).",
            "The best choice can be guessed: it stands {place} {count} times out of {total} ({scenes}).",
        ),
        Both(
            "Zet de keuzes in sommige scènes in een andere volgorde. De links veranderen daar niet van.",
            "Put the choices of some scenes into another order. The links do not change by that.",
        ),
    ),
    Row(
        "CW705",
        "judging-words",
        Severity.ADVICE,
        Both(
            'In {part} staat "{word}". Dat is een oordeel over wie speelt.',
            'There is "{word}" in {part}. That judges the person who plays.',
        ),
        Both(
            "Laat zien wat er verandert: een gebaar, een lege stoel, een zin. Wat de regels zeggen, staat er al naast.",
            "Show what changes: a gesture, an empty chair, a line. What the rules say stands beside it already.",
        ),
    ),
    Row(
        "CW706",
        "label",
        Severity.ADVICE,
        Both(
            'In {part} staat "{word}". Dat is een etiket, en de verteller kent deze mens bij naam.',
            'There is "{word}" in {part}. That is a label, and the narrator knows this person by name.',
        ),
        Both(
            "Gebruik de naam, of schrijf wat de persoon doet. Wat iemand zegt, mag tussen aanhalingstekens blijven.",
            "Use the name, or write what the person does. What somebody says may stay, in quotation marks.",
        ),
    ),
    Row(
        "CW707",
        "no-advice",
        Severity.ADVICE,
        Both(
            'Met "{text}" begint stap 5. Er is een weg hierheen waarop niemand eerst advies kon vragen.',
            'With "{text}" step 5 begins. There is a road to here on which nobody could ask for advice first.',
        ),
        Both(
            "Bied hier of eerder op die weg een keuze van stap 2 aan, zoals `{activity}`. De weg: {scenes}.",
            "Offer a choice of step 2, here or earlier on that road, such as `{activity}`. The road: {scenes}.",
        ),
    ),
    Row(
        "CW708",
        "wall-of-text",
        Severity.ADVICE,
        Both(
            '"{title}": {part} leest {band}, {score} op {formula}. Wij vragen {floor} of meer.',
            '"{title}": {part} is {band} to read, {score} on {formula}. We ask for {floor} or more.',
        ),
        Both(
            "Knip zinnen in tweeën en kies gewone woorden. Nu telt een zin gemiddeld {mean} woorden, "
            "en een woord {syllables} lettergrepen.",
            "Cut sentences in two and choose everyday words. Now a mean sentence has {mean} words, "
            "and a word {syllables} syllables.",
        ),
    ),
    Row(
        "CW709",
        "long-sentence",
        Severity.ADVICE,
        Both(
            '"{title}": in {part} staat een zin van {count} woorden: "{text}"',
            '"{title}": {part} has a sentence of {count} words: "{text}"',
        ),
        Both(
            "Maak er twee zinnen van. Twintig woorden is het meeste wat iemand hardop in één adem leest.",
            "Make two sentences of it. Twenty words is the most that somebody reads aloud in one breath.",
        ),
    ),
    Row(
        "CW710",
        "sentence-mean",
        Severity.ADVICE,
        Both(
            "Een zin in de scènes telt gemiddeld {mean} woorden. Goed is 7 tot 11.",
            "A sentence in the scenes has {mean} words on average. Good is 7 to 11.",
        ),
        Both("{hint}", "{hint}"),
    ),
    Row(
        "CW711",
        "choice-count",
        Severity.ADVICE,
        Both(
            'In "{title}" kan iemand komen die hier {count} heeft. Goed is 2 tot 5.',
            'Somebody can come to "{title}" who has {count} there. Good is 2 to 5.',
        ),
        Both("{hint}", "{hint}"),
    ),
    Row(
        "CW712",
        "choice-length",
        Severity.ADVICE,
        Both(
            'De keuze "{text}" telt {count} woorden. Goed is 10 tot 16.',
            'The choice "{text}" has {count} words. Good is 10 to 16.',
        ),
        Both("{hint}", "{hint}"),
    ),
    Row(
        "CW713",
        "choice-stands-out",
        Severity.ADVICE,
        Both(
            'De keuze "{text}" valt op: zij telt {count} woorden, en de rest {others}.',
            'The choice "{text}" stands out: it has {count} words, and the rest {others}.',
        ),
        Both(
            "Maak de keuzes van een scène ongeveer even lang: hoogstens drie woorden verschil.",
            "Make the choices of a scene about as long as each other: at most three words of difference.",
        ),
    ),
    Row(
        "CW714",
        "signal-never-used",
        Severity.ADVICE,
        Both(
            'Met het signaal `{signal}` in "{title}" kan niemand iets doen.',
            'Nobody can do anything with the signal `{signal}` in "{title}".',
        ),
        Both(
            "Zet `signaal {signal}` achter een keuze die erop ingaat, of laat een keuze ervan afhangen met "
            "`als gezien {signal}`.",
            "Put `signal {signal}` behind a choice that acts on it, or let a choice depend on it with "
            "`if seen {signal}`.",
        ),
    ),
)
