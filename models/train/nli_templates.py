"""Generate training pairs for what the public sets lack: degrees of likelihood, denial, positions, conditions and more.

Most are invented: a family fills its sentence patterns with names, events and numbers from the lists here. Some frame
or mix short pairs of the training set ("It is unlikely that ..."). For every contradiction there are pairs of the same
shape that only look so: other parties, another year, a condition.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

Pair = tuple[str, str, str]  # premise, hypothesis, and e, n or c
Family = Callable[[random.Random], Pair]

STATES = [
    "Brazil", "Kenya", "Portugal", "Canada", "Vietnam", "Peru", "Norway", "Ghana", "Indonesia", "Chile",
    "Poland", "Morocco", "Japan", "Mexico", "Sweden", "Nigeria", "Thailand", "Colombia", "Denmark",
    "Senegal", "Malaysia", "Finland", "Bolivia", "Ethiopia", "Croatia", "Jordan", "Uruguay", "Hungary",
    "Zambia", "Ireland", "Egypt", "Sudan", "Taiwan", "Pakistan", "India", "Germany", "France", "Italy",
    "Spain", "Greece",
]  # fmt: skip
FIRMS = [
    "Northwind", "Halvorsen", "Tessaly", "Brightmoor", "Ostrava-Chem", "Corvane", "Lumenix", "Redfern",
    "Kestrel", "Aldane", "Voltara", "Pinecrest", "Marrow&Sons", "Zephyrine", "Daintree", "Quillon",
    "Ferrobank", "Solmar", "Hexley", "Bluewater",
]  # fmt: skip
CLUBS = [
    "Rovers", "Athletic", "Wanderers", "Olympic", "Rangers", "Harriers", "Albion", "Corinthians", "Sporting",
    "Dynamo",
]  # fmt: skip
PEOPLE = [
    "Okafor", "Lindqvist", "Marchetti", "Tanaka", "Herrera", "Novak", "Abebe", "Whitfield", "Dubois",
    "Castellanos", "Petersen", "Nakamura", "Oyelaran", "Kowalski", "Fitzgerald", "Moreau", "Santos",
    "Ibrahim", "Larsen", "Chaudhry",
]  # fmt: skip
BODIES = [
    "the government", "the opposition", "the ministry", "the central bank", "the union", "the regulator",
    "the council",
    "the army", "the health agency", "the football association", "the mayor", "the prime minister",
    "the court",
]  # fmt: skip

# base | past | participle | gerund, then what follows; {b} is a second party
EVENTS = {
    "state": """go|went|gone|going to war with {b}
sign|signed|signed|signing a trade deal with {b}
close|closed|closed|closing its border with {b}
recall|recalled|recalled|recalling its ambassador from {b}
sell|sold|sold|selling fighter jets to {b}
impose|imposed|imposed|imposing tariffs on goods from {b}
invade|invaded|invaded|invading {b}
attack|attacked|attacked|attacking {b}
supply|supplied|supplied|supplying weapons to {b}
restore|restored|restored|restoring diplomatic ties with {b}
build|built|built|building a pipeline to {b}
hold|held|held|holding joint exercises with {b}
break|broke|broken|breaking the ceasefire with {b}
host|hosted|hosted|hosting the summit
leave|left|left|leaving the currency union
join|joined|joined|joining the defence pact
devalue|devalued|devalued|devaluing its currency
default|defaulted|defaulted|defaulting on its debt
test|tested|tested|testing a new missile
ban|banned|banned|banning the export of rice
legalise|legalised|legalised|legalising online gambling
build|built|built|building the northern railway""",
    "firm": """buy|bought|bought|buying {b}
merge|merged|merged|merging with {b}
sue|sued|sued|suing {b} over patents
share|shared|shared|sharing customer data with {b}
close|closed|closed|closing its oldest plant
cut|cut|cut|cutting a thousand jobs
raise|raised|raised|raising its prices
recall|recalled|recalled|recalling the scooter
pay|paid|paid|paying the fine
miss|missed|missed|missing its profit target
launch|launched|launched|launching the new battery
move|moved|moved|moving its headquarters abroad
pollute|polluted|polluted|polluting the river
bribe|bribed|bribed|bribing local officials""",
    "club": """beat|beat|beaten|beating {b}
sign|signed|signed|signing the striker from {b}
win|won|won|winning the league
sell|sold|sold|selling the stadium
sack|sacked|sacked|sacking the coach
lose|lost|lost|losing the final""",
    "body": """raise|raised|raised|raising interest rates
approve|approved|approved|approving the vaccine
call|called|called|calling an early election
resign|resigned|resigned|resigning over the affair
cancel|cancelled|cancelled|cancelling the festival
postpone|postponed|postponed|postponing the reform
extend|extended|extended|extending the strike
lift|lifted|lifted|lifting the curfew
accept|accepted|accepted|accepting the offer
release|released|released|releasing the report
order|ordered|ordered|ordering an inquiry
reject|rejected|rejected|rejecting the budget""",
}
CONDITIONS = [
    "the talks fail", "oil prices keep rising", "the court agrees", "the drought continues",
    "the sanctions are lifted",
    "inflation falls below three percent", "the rebels advance", "the coalition breaks apart",
    "the loan is granted",
    "the new law passes", "the injury heals in time", "demand recovers", "the ceasefire collapses",
    "investors stay calm",
    "parliament votes in favour", "the harvest is poor", "the election is close", "the dam holds",
]  # fmt: skip
TARGETS = [
    "the new dam", "the trade agreement", "the carbon tax", "the airport expansion", "a ban on diesel cars",
    "the merger",
    "the peace plan", "the naval base", "higher tuition fees", "the gas pipeline", "the smoking ban",
    "a four-day week",
    "the border wall", "the pension reform", "the railway corridor", "nuclear power", "the vaccine mandate",
    "the free port", "foreign troops on its soil", "the land reform", "the stadium project", "the canal",
]  # fmt: skip
ADDITIONS = [
    "because of pressure from abroad", "despite the protests", "to please voters", "after a secret meeting",
    "for the third time", "without telling its allies", "on the advice of experts", "at great cost",
]  # fmt: skip
HOLDERS = [
    "Analysts say that", "According to officials,", "Experts believe that", "The report says that",
    "In his view,",
]  # fmt: skip

# Degrees of likelihood; {s} subject, {v} base form, {p} past, {g} gerund.
LIKELIHOOD = {
    "certain": [
        "{s} will {v}.", "{s} is certain to {v}.", "There is no doubt that {s} will {v}.",
        "{s} is going to {v}.",
    ],
    "high": [
        "{s} will almost certainly {v}.", "It is highly likely that {s} will {v}.",
        "{s} is very likely to {v}.",
        "There is little doubt that {s} will {v}.", "{s} is all but certain to {v}.",
        "In all likelihood, {s} will {v}.",
        "The chances that {s} will {v} are very high.", "{s} is bound to {v}.",
        "There is a 90 percent chance that {s} will {v}.",
        "The odds of {s} {g} are rather good.",
    ],
    "likely": [
        "{s} is likely to {v}.", "{s} will probably {v}.", "It is probable that {s} will {v}.",
        "{s} is expected to {v}.",
        "{s} looks set to {v}.", "Chances are that {s} will {v}.", "{s} is more likely than not to {v}.",
        "There is a 70 percent chance that {s} will {v}.", "Most observers expect {s} to {v}.",
    ],
    "plausible": [
        "It is entirely plausible that {s} will {v}.", "It is quite possible that {s} will {v}.",
        "{s} may well {v}.",
        "There is a real chance that {s} will {v}.", "There is a serious prospect of {s} {g}.",
        "It is perfectly conceivable that {s} will {v}.", "That {s} will {v} is quite plausible.",
        "It would come as no surprise if {s} {p}.", "I would not be surprised if {s} {p}.",
    ],
    "possible": [
        "{s} could {v}.", "{s} may {v}.", "It is possible that {s} will {v}.", "{s} might {v}.",
        "Perhaps {s} will {v}.",
        "There is some chance that {s} will {v}.",
    ],
    "open": [
        "It cannot be ruled out that {s} will {v}.", "The possibility of {s} {g} cannot be excluded.",
        "One can't rule out {s} {g}.", "It is not impossible that {s} will {v}.",
    ],
    "unlikely": [
        "{s} is unlikely to {v}.", "It is unlikely that {s} will {v}.", "It is improbable that {s} will {v}.",
        "There is little chance that {s} will {v}.", "{s} probably won't {v}.", "{s} is not expected to {v}.",
        "Few expect {s} to {v}.", "It would be surprising if {s} {p}.", "I would be surprised if {s} {p}.",
        "I'd be astonished if {s} were to {v}.", "I doubt that {s} will {v}.", "I don't think {s} will {v}.",
        "There is only a slim chance of {s} {g}.", "There is a 10 percent chance that {s} will {v}.",
        "The odds are against {s} {g}.", "{s} is hardly likely to {v}.",
        "It seems doubtful that {s} will {v}.",
    ],
    "impossible": [
        "{s} will not {v}.", "{s} will never {v}.", "There is no chance that {s} will {v}.",
        "No one believes {s} will {v}.",
        "{s} will certainly not {v}.", "It is out of the question that {s} will {v}.",
        "We can rule out {s} {g}.",
        "It is inconceivable that {s} will {v}.", "{s} {g} is impossible.",
    ],
}  # fmt: skip
# The same over a whole clause {c}.
FRAMES = {
    "certain": ["It is certain that {c}.", "There is no doubt that {c}.", "Clearly, {c}."],
    "high": ["It is highly likely that {c}.", "Almost certainly, {c}.", "In all likelihood, {c}."],
    "likely": ["It is likely that {c}.", "Probably, {c}.", "Chances are that {c}."],
    "plausible": ["It is entirely plausible that {c}.", "It is quite possible that {c}.", "It may well be that {c}."],
    "possible": ["It is possible that {c}.", "Perhaps {c}.", "It could be that {c}."],
    "open": ["It cannot be ruled out that {c}.", "One can't exclude that {c}."],
    "unlikely": [
        "It is unlikely that {c}.", "I doubt that {c}.", "I would be surprised if {c}.", "I don't think that {c}.",
        "It would be surprising if {c}.", "It is hardly likely that {c}.", "There is little chance that {c}.",
    ],
    "impossible": [
        "It is not true that {c}.", "It is impossible that {c}.", "No one believes that {c}.", "It is false that {c}.",
        "It is out of the question that {c}.",
    ],
}  # fmt: skip
_HOPEFUL = ("certain", "high", "likely", "plausible", "possible", "open")


def likelihood_label(premise: str, hypothesis: str) -> str:
    """Label two degrees of likelihood of one event.

    A higher degree entails a lower one, not the reverse. What cannot be ruled out, or could happen, may still be
    unlikely: a difference of degree, neutral. What is plausible is not unlikely, and clashes with it.
    """
    if premise == hypothesis:
        return "e"
    if {premise, hypothesis} == {"unlikely", "impossible"}:
        return "e" if premise == "impossible" else "n"
    if "impossible" in (premise, hypothesis):
        return "c"
    if "unlikely" in (premise, hypothesis):
        return "n" if {premise, hypothesis} & {"possible", "open"} else "c"
    if {premise, hypothesis} == {"possible", "open"}:
        return "e"
    return "e" if _HOPEFUL.index(premise) < _HOPEFUL.index(hypothesis) else "n"


@dataclass(frozen=True)
class Event:
    """Who does what: a subject and a verb phrase in its four forms."""

    subject: str
    base: str
    past: str
    participle: str
    gerund: str

    def fill(self, pattern: str) -> str:
        """Write the event into a pattern, as a sentence."""
        forms = {"v": self.base, "p": self.past, "d": self.participle, "g": self.gerund}
        return sentence(pattern.format(s=self.subject, its=self.pronoun, **forms))

    @property
    def pronoun(self) -> str:
        """How the subject calls itself."""
        return "he" if self.subject in {"the mayor", "the prime minister"} else "it"


def sentence(text: str) -> str:
    """Start with a capital."""
    return text[0].upper() + text[1:]


def event(dice: random.Random) -> tuple[Event, Event]:
    """Draw an event, and one that differs from it in a party."""
    kind = dice.choice(["state", "state", "state", "firm", "club", "body"])
    names = {"state": STATES, "firm": FIRMS, "club": CLUBS, "body": BODIES}[kind]
    first, second, third = dice.sample(names, 3)
    forms, rest = dice.choice(EVENTS[kind].splitlines()).split(" ", 1)
    one = _event(first, forms, rest.format(b=second))
    if "{b}" in rest and dice.random() < 0.7:
        return one, _event(first, forms, rest.format(b=third))
    return one, _event(third, forms, rest.format(b=second))


def _event(subject: str, forms: str, rest: str) -> Event:
    base, past, participle, gerund = (f"{form} {rest}" for form in forms.split("|"))
    return Event(subject, base, past, participle, gerund)


def held(dice: random.Random, text: str) -> str:
    """Put a view into somebody's mouth, now and then."""
    if dice.random() < 0.75:
        return text
    return f"{dice.choice(HOLDERS)} {text}"  # the model reads lower case only


def likelihood(dice: random.Random) -> Pair:
    """How likely one event is, twice; or the same of two events that share a party."""
    one, other = event(dice)
    degrees = list(LIKELIHOOD)
    premise = dice.choice([*degrees, "unlikely", "unlikely", "plausible"])
    hypothesis = dice.choice([*degrees, premise, "unlikely", "likely"])
    kind = dice.random()
    first, second = dice.choice(LIKELIHOOD[premise]), dice.choice(LIKELIHOOD[hypothesis])
    if kind < 0.75:
        return held(dice, one.fill(first)), held(dice, one.fill(second)), likelihood_label(premise, hypothesis)
    return held(dice, one.fill(first)), other.fill(second), "n"


def framed(dice: random.Random, real: Pair) -> Pair:
    """Put a real pair, or its hypothesis twice, into frames of likelihood."""
    premise, hypothesis, label = (part.rstrip(" .!?") for part in real)
    degrees = list(FRAMES)
    first, second = dice.choice([*degrees, "unlikely", "likely"]), dice.choice([*degrees, "unlikely", "likely"])
    if dice.random() < 0.5:
        premise, label = hypothesis, likelihood_label(first, second)
    elif label == "e":  # what is likely makes likely what it entails
        first = dice.choice(["certain", "high", "likely"])
        second = dice.choice([first, "unlikely", "impossible"])
        label = likelihood_label(first, second)
    elif label == "c":  # that one is unlikely leaves room for its opposite
        first, second, label = dice.choice(["unlikely", "impossible"]), dice.choice(_HOPEFUL), "n"
    return dice.choice(FRAMES[first]).format(c=premise), dice.choice(FRAMES[second]).format(c=hypothesis), label


def reported(dice: random.Random, real: Pair) -> Pair:
    """Have somebody deny, assert or doubt the hypothesis of a real pair."""
    clause, who = real[1].rstrip(" .!?"), dice.choice(PEOPLE + BODIES)
    says = [f"{who} says that {clause}.", f"{who} confirmed that {clause}.", f"{who} insists that {clause}."]
    denies = [
        f"{who} denies that {clause}.",
        f"{who} rejects the claim that {clause}.",
        f"{who} disputes that {clause}.",
    ]
    asks = [f"{who} wonders whether {clause}.", f"{who} hopes that {clause}.", f"{who} fears that {clause}."]
    plain = [f"{clause}."]
    first, second, label = dice.choice([
        (says, denies, "c"), (denies, says, "c"), (denies, plain, "c"), (says, says, "e"), (denies, denies, "e"),
        (asks, plain, "n"), (asks, says, "n"), (asks, denies, "n"),
    ])  # fmt: skip
    return sentence(dice.choice(first)), sentence(dice.choice(second)), label


def unrelated(dice: random.Random, real: Pair, other: Pair) -> Pair:
    """Set a statement beside one about something else: neutral, though of two captions it would be a contradiction."""
    statements = [real[0], real[1], event(dice)[0].fill("{s} {p}."), event(dice)[0].fill("{s} did not {v}.")]
    others = [other[0], other[1], event(dice)[0].fill("{s} {p}."), event(dice)[0].fill("{s} plans to {v}.")]
    return dice.choice(statements), dice.choice(others), "n"


def denial(dice: random.Random) -> Pair:
    """Denying, admitting, refusing, failing, against having done it."""
    one, other = event(dice)
    did = ["{s} has {d}.", "{s} {p}.", "It is true that {s} {p}."]
    says_so = ["{s} says {its} has {d}.", "{s} admits {g}.", "{s} acknowledges having {d}."]
    did_not = ["{s} has not {d}.", "{s} did not {v}.", "{s} never {p}."]
    denies = [
        "{s} denies having {d}.", "{s} denied {g}.", "{s} rejects claims that {its} has {d}.",
        "{s} dismissed reports that {its} had {d}.", "{s} insists that {its} has not {d}.",
    ]  # fmt: skip
    omitted = ["{s} refused to {v}.", "{s} failed to {v}.", "{s} has yet to {v}.", "{s} decided against {g}."]
    accused = ["{s} was accused of {g}.", "Rivals claim that {s} {p}.", "{s} is suspected of having {d}."]
    shapes = [
        (denies, did, "c"), (did, denies, "c"), (denies, says_so, "c"), (says_so, denies, "c"),
        (denies, denies, "e"),
        (omitted, did_not, "e"), (omitted, did, "c"), (did, omitted, "c"), (did, did_not, "c"),
        (did_not, did, "c"),
        (says_so, did, "e"), (accused, did, "n"), (accused, denies, "n"), (did, did, "e"),
        (did_not, did_not, "e"),
    ]  # fmt: skip
    first, second, label = dice.choice(shapes)
    if dice.random() < 0.25:
        return one.fill(dice.choice(first)), other.fill(dice.choice(second)), "n"
    return one.fill(dice.choice(first)), one.fill(dice.choice(second)), label


def intention(dice: random.Random) -> Pair:
    """Plans, promises, threats, hopes and fears, against the act and against each other."""
    one, other = event(dice)
    plans = ["{s} plans to {v}.", "{s} intends to {v}.", "{s} is preparing to {v}."]
    no_plans = ["{s} has no plans to {v}.", "{s} does not intend to {v}.", "{s} has no intention of {g}."]
    promises = ["{s} promised to {v}.", "{s} has pledged to {v}.", "{s} said {its} would {v}."]
    refuses = ["{s} said {its} would not {v}.", "{s} vowed never to {v}.", "{s} ruled out {g}."]
    hopes = ["{s} hopes to {v}.", "{s} wants to {v}.", "{s} would like to {v}."]
    threats = ["{s} threatened to {v}.", "Many fear that {s} will {v}.", "Critics warn that {s} could {v}."]
    acts = ["{s} {p}.", "{s} has {d}.", "{s} has already {d}."]
    shapes = [
        (plans, no_plans, "c"), (no_plans, plans, "c"), (promises, refuses, "c"), (refuses, promises, "c"),
        (plans, plans, "e"), (promises, promises, "e"), (refuses, refuses, "e"), (hopes, hopes, "e"),
        (plans, acts, "n"),
        (promises, acts, "n"), (hopes, acts, "n"), (threats, acts, "n"), (threats, plans, "n"),
        (no_plans, no_plans, "e"),
    ]  # fmt: skip
    first, second, label = dice.choice(shapes)
    if dice.random() < 0.2:
        return one.fill(dice.choice(first)), other.fill(dice.choice(second)), "n"
    return one.fill(dice.choice(first)), one.fill(dice.choice(second)), label


def stance(dice: random.Random) -> Pair:
    """For, against, undecided; about another thing, or held by another, neutral."""
    favor = [
        "supports", "backs", "is in favour of", "has come out for", "welcomes", "endorses",
        "has spoken up for",
    ]  # fmt: skip
    against = [
        "opposes", "is against", "rejects", "has come out against", "objects to", "strongly resists",
        "condemns",
    ]  # fmt: skip
    undecided = ["has taken no position on", "is undecided on", "remains neutral on"]
    holder, other_holder = dice.sample([*STATES, *FIRMS, *PEOPLE, *BODIES], 2)
    target, other_target = dice.sample(TARGETS, 2)
    sides = [favor, against, undecided]
    first, second = dice.choice(sides), dice.choice(sides)
    label = "e" if first is second else "c"
    if dice.random() < 0.35:
        label = "n"
        if dice.random() < 0.5:
            other_holder, target_shown = holder, other_target
        else:
            target_shown = target
    else:
        other_holder, target_shown = holder, target
    return (
        sentence(f"{holder} {dice.choice(first)} {target}."),
        sentence(f"{other_holder} {dice.choice(second)} {target_shown}."),
        label,
    )


def effect(dice: random.Random) -> Pair:
    """What a thing is good for, led to, or what two parties are to each other."""
    target, other = dice.sample(TARGETS, 2)
    a, b, c = dice.sample(STATES, 3)
    contrasts = [
        ([f"{target} will benefit {a}.", f"{a} stands to gain from {target}."],
         [f"{target} will harm {a}.", f"{a} would suffer from {target}."], f"{target} will harm {c}."),
        ([f"Relations between {a} and {b} are good.", f"{a} and {b} are close allies."],
         [f"Relations between {a} and {b} are strained.", f"{a} and {b} are bitter rivals."],
         f"Relations between {a} and {c} are strained."),
        ([f"{target} led to the unrest in {a}.", f"The unrest in {a} was caused by {target}."],
         [
             f"{target} had nothing to do with the unrest in {a}.",
             f"The unrest in {a} was not caused by {target}.",
         ],
         f"{other} had nothing to do with the unrest in {a}."),
        ([f"{target} threatens the security of {a}.", f"{target} is a danger to {a}."],
         [f"{target} poses no threat to {a}.", f"{a} has nothing to fear from {target}."],
         f"{target} poses no threat to {b}."),
        ([f"{a} depends on gas from {b}.", f"{a} cannot do without gas from {b}."],
         [f"{a} does not need gas from {b}.", f"{a} no longer buys gas from {b}."], f"{a} does not need gas from {c}."),
        ([f"{a}'s economy is growing.", f"The economy of {a} is expanding."],
         [f"{a}'s economy is shrinking.", f"The economy of {a} is in recession."], f"{b}'s economy is shrinking."),
        ([f"{a} controls the island.", f"The island is in the hands of {a}."],
         [f"{a} has lost the island.", f"The island is in the hands of {b}."], f"{a} once lost a war over the island."),
    ]  # fmt: skip
    left, right, apart = dice.choice(contrasts)
    if dice.random() < 0.5:
        left, right = right, left
    draw = dice.random()
    if draw < 0.3:
        first, second = dice.sample(left, 2)
        return sentence(first), sentence(second), "e"
    if draw < 0.65:
        return sentence(dice.choice(left)), sentence(dice.choice(right)), "c"
    return sentence(dice.choice(left)), sentence(apart), "n"


def number(dice: random.Random) -> Pair:
    """Amounts: equal, within, outside a bound, or of something else."""
    amount = dice.choice([12, 18, 25, 30, 40, 65, 80, 120, 250, 300, 450, 700])
    a, b = dice.sample(STATES, 2)
    subject, unit, other = dice.choice([
        (f"the flood in {a} killed", "people", f"the flood in {b} killed"),
        (f"{a} sent", "soldiers to the border", f"{b} sent"),
        (f"{a} spent", f"million dollars on {dice.choice(TARGETS)}", f"{b} spent"),
        (f"the factory in {a} employs", "workers", f"the factory in {b} employs"),
        (f"{a} arrested", "protesters", f"{a} released"),
        (f"{a} bought", "tanks", f"{a} sold"),
    ])  # fmt: skip
    exact = ["", "exactly ", "a total of "]
    more, less = amount * 2, max(2, amount // 2)
    text, label = dice.choice([
        (f"{subject} about {amount} {unit}", "e"), (f"{subject} more than {less} {unit}", "e"),
        (f"{subject} fewer than {more} {unit}", "e"), (f"{subject} at least {amount} {unit}", "e"),
        (f"{subject} {more} {unit}", "c"), (f"{subject} only {less} {unit}", "c"),
        (f"{subject} no more than {less} {unit}", "c"),
        (f"{subject} more than {more} {unit}", "c"), (f"{subject} no {unit} at all", "c"),
        (f"{other} {more} {unit}", "n"), (f"{other} {amount} {unit}", "n"),
        (f"{other} only {less} {unit}", "n"),
    ])  # fmt: skip
    return sentence(f"{subject} {dice.choice(exact)}{amount} {unit}."), sentence(f"{text}."), label


def party(dice: random.Random) -> Pair:
    """The same act by or with another party is another act; two equal parties may change places."""
    a, b, c = dice.sample(dice.choice([STATES, FIRMS, CLUBS, PEOPLE]), 3)
    pattern, denied = dice.choice([
        ("{0} and {1} signed an agreement", "{0} and {1} signed no agreement"),
        ("{0} and {1} met in secret", "{0} and {1} never met"),
        ("talks between {0} and {1} have begun", "talks between {0} and {1} have not begun"),
        ("a conflict between {0} and {1} is likely", "a conflict between {0} and {1} is unlikely"),
        ("a deal between {0} and {1} is close", "a deal between {0} and {1} is a long way off"),
        ("{0} and {1} trust each other", "{0} and {1} do not trust each other"),
        ("the dispute between {0} and {1} is settled", "the dispute between {0} and {1} goes on"),
    ])  # fmt: skip
    shown, label = dice.choice([
        (pattern.format(b, a), "e"), (pattern.format(a, c), "n"), (denied.format(a, c), "n"),
        (denied.format(c, b), "n"),
        (denied.format(b, a), "c"), (denied.format(a, b), "c"),
    ])  # fmt: skip
    return sentence(pattern.format(a, b)) + ".", sentence(shown) + ".", label


def date(dice: random.Random) -> Pair:
    """The same act in another year is another act."""
    one, _ = event(dice)
    year, other = dice.sample(range(1995, 2024), 2)
    month = dice.choice(["January", "March", "April", "June", "August", "October", "December"])
    shown, label = dice.choice([
        (f"{{s}} {{p}} in {other}.", "n"), (f"{{s}} did not {{v}} in {other}.", "n"),
        (f"{{s}} did not {{v}} in {year}.", "c"), (f"{{s}} {{p}} in {year}.", "e"), ("{s} {p}.", "e"),
        ("{s} never {p}.", "c"),
        (f"In {other}, {{s}} was unlikely to {{v}}.", "n"),
    ])  # fmt: skip
    if dice.random() < 0.25:
        place, few, many = dice.choice(STATES), *dice.sample(range(3, 90), 2)
        thing = dice.choice(["flood", "storm", "fire", "strike", "attack", "election"])
        return (
            f"The {thing} in {place} in {year} cost {few} lives.",
            f"The {other} {thing} in {place} cost {many} lives.",
            "n",
        )
    return one.fill(f"{{s}} {{p}} in {month} {year}."), one.fill(shown), label


def condition(dice: random.Random) -> Pair:
    """What holds under a condition is not asserted; against its own opposite under the same condition it clashes."""
    one, _ = event(dice)
    when, other = dice.sample(CONDITIONS, 2)
    if_so = [
        f"If {when}, {{s}} will {{v}}.", f"{{s}} will {{v}} if {when}.",
        f"In case {when}, {{s}} is going to {{v}}.",
    ]  # fmt: skip
    if_not = [
        f"Even if {when}, {{s}} will not {{v}}.", f"If {when}, {{s}} will not {{v}}.",
        f"{{s}} won't {{v}} if {when}.",
    ]  # fmt: skip
    elsewhere = [f"If {other}, {{s}} will not {{v}}.", f"{{s}} will {{v}} if {other}."]
    asserted = [
        "{s} will {v}.", "{s} will not {v}.", "{s} is unlikely to {v}.", "{s} is likely to {v}.",
        sentence(f"{when}."),
    ]  # fmt: skip
    targets, label = dice.choice([(if_so, "e"), (if_not, "c"), (elsewhere, "n"), (asserted, "n"), (asserted, "n")])
    first, second = dice.choice(if_so), dice.choice(targets)
    if label == "n" and dice.random() < 0.5:
        first, second = second, first
    return one.fill(first), one.fill(second), label


def addition(dice: random.Random) -> Pair:
    """A detail more is neutral, a detail less is entailed."""
    one, _ = event(dice)
    plain, more = one.fill("{s} {p}."), one.fill(f"{{s}} {{p}} {dice.choice(ADDITIONS)}.")
    return (plain, more, "n") if dice.random() < 0.6 else (more, plain, "e")


FAMILIES: dict[Family, int] = {
    likelihood: 3600, denial: 1000, intention: 900, stance: 1000, effect: 500, number: 700, party: 600, date: 500,
    condition: 700, addition: 300,
}  # fmt: skip
FRAMED, REPORTED, UNRELATED = 3000, 800, 3000


def pairs(seed: int, real: list[Pair]) -> list[Pair]:
    """Generate all pairs, without duplicates, the same for the same seed; `real` are short pairs to frame."""
    dice = random.Random(seed)
    drawn = [family(dice) for family, count in FAMILIES.items() for _ in range(count)]
    if real:
        drawn += [framed(dice, dice.choice(real)) for _ in range(FRAMED)]
        drawn += [reported(dice, dice.choice(real)) for _ in range(REPORTED)]
        drawn += [unrelated(dice, *dice.sample(real, 2)) for _ in range(UNRELATED)]
    return [pair for pair in dict.fromkeys(drawn) if pair[0] != pair[1]]
