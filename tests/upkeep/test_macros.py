from agent.standard.findings import Finding
from agent.upkeep.macros import find_macros, undeclared


def broken(problem: str, rule: str = "formula-broken") -> Finding:
    return Finding(rule=rule, severity="note", line=1, found="x", wanted=problem)


def test_unknown_commands_are_counted_by_the_formulas_they_break_and_single_ones_are_left_out() -> None:
    unknown = 'Unknown command "\\{}".'
    findings = [broken(unknown.format(name)) for name in ("msign", "msign", "tr", "tr", "msign", "tpyo")]
    findings += [broken("Expected closing token"), broken(unknown.format("tr"), rule="field-missing")]
    assert undeclared(findings).most_common() == [("\\msign", 3), ("\\tr", 2)]
    assert undeclared([]) == {}


def test_what_nobody_declares_becomes_an_operator() -> None:
    texts = ["$\\msign(x)$ 与 $\\msign(y)+\\tr(z)$", "$$\n\\tr(w)\n$$\n\n$\\once$", "$\\sin x$"]
    assert find_macros(texts) == {"\\msign": "\\operatorname{msign}", "\\tr": "\\operatorname{tr}"}


def test_commands_behind_others_in_one_formula_are_found_too() -> None:
    assert set(find_macros(["$\\one_1\\two_2\\three_3$ $\\one\\two\\three$"])) == {"\\one", "\\two", "\\three"}


def test_what_an_article_defines_or_gives_an_argument_is_not_declared_for_it() -> None:
    defined = "$\\newcommand{\\own}{o}\\own$ $\\own$ $\\own$"
    assert find_macros([defined, "$\\vect{a}$ $\\vect {b}$ $\\vect c$"]) == {}
