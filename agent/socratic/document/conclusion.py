"""The end of a session: what is quoted is chosen, looked through by the learner, verified, and proposed."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256

from agent.bookkeeping.counts import question_facts
from agent.bookkeeping.documents import Documents, note_head, parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.known import Known
from agent.bookkeeping.moved_on import Step, moved_on
from agent.bookkeeping.postponed import postpone
from agent.bookkeeping.proposals import Proposal
from agent.bookkeeping.reading import Notes, read_notes
from agent.bookkeeping.texts import Texts
from agent.errors import ModelError, NotUtf8, UnknownSession, Unreadable
from agent.model.messages import Model
from agent.settings import Settings
from agent.socratic.asking import NOTHING, Asked
from agent.socratic.document.choices import Choices, choices_content
from agent.socratic.document.compile import Compiled, compile_journal, compiled
from agent.socratic.document.entries import Surroundings
from agent.socratic.document.gloss import written
from agent.socratic.document.outcome import changes, parked, proposals
from agent.socratic.document.render import render
from agent.socratic.document.select import by_code, by_model
from agent.socratic.document.todos import todo_text
from agent.socratic.document.verify import verify
from agent.socratic.person import Interlocutor, Item
from agent.socratic.replay import replay
from agent.socratic.values import SessionState
from agent.text.edits import Edit
from agent.workspace.journal import read_journal
from agent.workspace.listing import survey
from agent.workspace.store import Document, Store

Write = Callable[[Mapping[str, object]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What a finished session leaves: its document, the other proposals, or what does not hold in the document."""

    compiled: Compiled | None = None
    document: Proposal | None = None
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[str, ...] = ()


def conclude(
    sid: str, write: Write, *, store: Store, model: Model | None, settings: Settings, person: Interlocutor | None
) -> Concluded:
    """Make the document of the journal as it stands on disk; propose nothing when anything in it does not hold.

    All that is proposed is kept for `wenqu apply` before the journal says that the session is concluded: a kill leaves
    a session to be resumed, or proposals to be applied. A model that fails leaves the choice of words to code. Where
    nothing was said there is no document; what was parked is proposed all the same. Raises UnknownSession and
    Unreadable.
    """
    journal = read_journal(store, sid).records
    state = replay(journal)
    if state is None:
        raise UnknownSession(sid=sid)
    around = _surroundings(store, settings)
    choices = Choices(selection=by_code(state), folder=settings.layout.discussions)
    if compile_journal(journal, choices) is None:
        others = _kept(store, *parked(state, around))
        write({"kind": "compiled", "path": "", "sha256": sha256(b"").hexdigest()})
        return Concluded(proposals=others)
    asked = NOTHING
    if model and not state.offline:
        with person.working("document") if person else nullcontext():
            choices, asked = _chosen(state, choices, model, settings)
    if person and state.ending != "learner":
        choices = _ratified(compiled(state, choices), person)
    made = compiled(state, choices)
    text = render(made)
    problems = verify(text, journal, choices)
    if problems:
        return Concluded(problems=problems)
    document, others = proposals(made, text, around)
    _kept(store, *filter(None, (document, *others)))
    write(_record(made, asked, path=document.path if document else "", text=text))
    return Concluded(compiled=made, document=document, proposals=others)


def made_anew(proposal: Proposal, *, store: Store, settings: Settings) -> Proposal | None:
    """Return what the session of an outdated proposal proposes for that file as it is now, None for nothing.

    Raises UnknownSession and Unreadable.
    """
    journal = read_journal(store, proposal.session).records
    state, made = replay(journal), compile_journal(journal)
    if state is None:
        raise UnknownSession(sid=proposal.session)
    around = _surroundings(store, settings)
    paths = [str(one.content["path"]) for one in journal if one.kind == "compiled" and one.content.get("path")]
    found = changes(made, render(made), paths[-1], around) if made and paths else parked(state, around)
    return next((one for one in found if one.path == proposal.path), None)


def _kept(store: Store, *found: Proposal) -> tuple[Proposal, ...]:
    for proposal in found:
        postpone(store, proposal)
    return found


def _record(made: Compiled, asked: Asked, *, path: str, text: str) -> Mapping[str, object]:
    """Return the journal's last record: everything that cannot be computed again, and the cards for their schedule."""
    return {
        "kind": "compiled",
        "path": path,
        "sha256": sha256(text.encode()).hexdigest(),
        "choices": choices_content(made.choices),
        "cards": [asdict(card) for card in made.cards],
        "prompt_hash": asked.prompt_hash,
        **({"usage": asdict(asked.usage)} if asked.usage.output_tokens else {}),
    }


def _chosen(state: SessionState, choices: Choices, model: Model, settings: Settings) -> tuple[Choices, Asked]:
    """Return what models choose, as far as they answer: the selection, then glosses and a reference explanation."""
    asked = NOTHING
    with suppress(ModelError):
        selection, asked = by_model(model, settings.model.cheap, state)
        choices = replace(choices, selection=selection)
        glosses, reference, more = written(model, settings.model.main, state, selection)
        choices = replace(choices, glosses=glosses, reference=reference)
        asked = replace(more, usage=asked.usage + more.usage)
    return choices, asked


def _ratified(made: Compiled, person: Interlocutor) -> Choices:
    """Return the choices with what the learner dropped on the closing screen; unratified where nobody was asked."""
    found: list[Item] = []
    for number, pointer in enumerate(made.insights, start=1):
        found.append(Item(id=f"insight.{number}", kind="insight", text=pointer.span))
    for number, todo in enumerate(made.todos, start=1):
        found.append(Item(id=f"todo.{number}", kind="todo", text=todo_text(todo, made.language)))
    for number, card in enumerate(made.cards, start=1):
        found.append(Item(id=f"card.{number}", kind="card", text=card.question))
    kept = person.ratify(found) if found else frozenset[str]()
    if kept is None:
        return made.choices
    dropped = tuple(item.id for item in found if item.id not in kept)
    return replace(made.choices, ratified=True, dropped=dropped)


def _surroundings(store: Store, settings: Settings) -> Surroundings:
    layout = settings.layout
    folder = store.inside(layout.discussions)
    taken = tuple(place.name for place in folder.iterdir()) if folder.is_dir() else ()

    def read(path: str) -> Document | None:
        # A document that cannot be read has no proposal; the session's own document must not suffer for it.
        with suppress(NotUtf8, Unreadable):
            return store.read(path) if store.inside(path).is_file() else None
        return None

    @cache
    def notes() -> Notes:
        return read_notes(store, Known(store, settings))

    def documents(new: Mapping[str, str]) -> Documents:
        texts = Texts(store, {**dict.fromkeys(notes().texts), **new})
        heads = {**notes().heads, **{path: note_head(path, text, layout) for path, text in new.items()}}
        return parse_documents(texts, layout, notes().index_texts, heads=heads)

    def unrecorded(path: str) -> tuple[str, ...]:
        found = documents({})
        return question_facts(found, found.lists[path]).open if path in found.lists else ()

    def behind(path: str, text: str, step: Step) -> Mapping[str, tuple[Edit, ...]]:
        found = documents({path: text})
        return moved_on(found, gather(found, notes()), step)

    paths = tuple(note.path for note in survey(store.root).notes)
    return Surroundings(layout=layout, notes=paths, taken=taken, read=read, unrecorded=unrecorded, moved_on=behind)
