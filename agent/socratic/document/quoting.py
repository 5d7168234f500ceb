"""The smallest pieces of a discussion document: quotations with their references, glosses, places, links."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from agent.notes.quotations import reference
from agent.socratic.aims.topic import short_form
from agent.socratic.document.account import Account
from agent.socratic.document.choices import Gloss, Pointer
from agent.socratic.document.compile import Compiled
from agent.socratic.values import Result, Target, Turn
from agent.words import Language, say


def quoted(label: str, pointer: Pointer, compiled: Compiled, **facts: str) -> Iterator[str]:
    """Give a label with the turn's reference, then the words, verbatim; the learner's stand in quotation marks."""
    yield from (sentence(compiled, label, ref=reference(pointer.turn), **facts), "")
    own = not any(turn.seq == pointer.turn and turn.role == "tutor" for turn in compiled.turns)
    one_line = own and "\n" not in pointer.span
    yield from (*block(f"“{pointer.span}”" if one_line else pointer.span), "")


def glossed(name: str, compiled: Compiled) -> Iterator[str]:
    """Give the generated sentences on a block, marked as such."""
    for gloss in compiled.choices.glosses:
        if gloss.block == name:
            yield from (sentence(compiled, "gloss", text=with_references(gloss)), "")


def with_references(gloss: Gloss) -> str:
    """Return a generated sentence with what it rests on."""
    refs = (reference(int(ref[1:])) if ref[1:].isdecimal() else code(ref) for ref in gloss.refs)
    return f"{inline(gloss.text)} {' '.join(refs)}"


def block(text: str) -> list[str]:
    """Return a text as the lines of a block quotation."""
    return [f"> {line}" if line else ">" for line in text.split("\n")]


def code(*places: str) -> str:
    """Return places (`path:line`) as code."""
    return ", ".join(f"`{inline(place)}`" for place in places if place)


def inline(text: str) -> str:
    """Return a text on one line, unable to pass for a reference or an anchor of ours."""
    return " ".join(text.split()).replace("](#", "] (#").replace("<a id=", "< a id=")


def link_to(cite: str, folder: str, *, label: str) -> str:
    """Return a link from a document in `folder` to `path#t12` or `path:line`; what is no note is named only."""
    target = link_target(cite, folder)
    return f"[{label}]({target})" if target else f"{label} {code(cite)}"


def link_target(cite: str, folder: str) -> str:
    """Return the address of a note from `folder`, "" for a place that is no note."""
    path, mark, anchor = cite.partition("#")
    path = path if mark else cite.rpartition(":")[0]
    if not path.endswith(".md"):
        return ""
    parts, base = PurePosixPath(path).parts, PurePosixPath(folder).parts
    shared = next((n for n, (one, other) in enumerate(zip(parts, base, strict=False)) if one != other), None)
    shared = min(len(parts), len(base)) if shared is None else shared
    address = "/".join([*[".."] * (len(base) - shared), *parts[shared:]])
    for character in "% ()<>[]":
        address = address.replace(character, f"%{ord(character):02X}")
    return f"{address}{mark}{anchor}"


def measured(turns: Sequence[Turn], language: Language) -> str:
    """Return in one line how many tutor turns of an imported conversation broke which rule."""
    tutor = [turn for turn in turns if turn.role == "tutor"]
    counted = Counter(rule for turn in tutor for rule in turn.checks)
    rows = (
        say(language, "discussion.measured.rule", rule=say(language, f"discussion.measured.{rule}"), count=count)
        for rule, count in counted.most_common()
    )
    broken = say(language, "discussion.measured.and").join(rows) or say(language, "discussion.measured.none")
    return say(language, "discussion.measured", count=len(tutor), broken=broken)


def short_name(account: Account) -> str:
    """Return the short name of a target."""
    return inline(short_form(account.target.headline or account.target.title))


def ended(target: Target, result: Result, compiled: Compiled) -> str:
    """Return how a target ended, in words; who had answered it rightly left it half-way."""
    own = next((account for account in compiled.accounts if account.target.id == target.id), None)
    midway = own and result == "unresolved" and own.now
    return sentence(compiled, f"result.{'left' if midway else result}")


def sentence(compiled: Compiled, key: str, **facts: object) -> str:
    """Return a sentence of the document in its language."""
    return say(compiled.language, f"discussion.{key}", **facts)
