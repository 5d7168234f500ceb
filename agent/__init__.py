"""问渠 wenqu: a note-writing agent for people who learn by asking.

The layers, top to bottom; imports run only downwards:

    cli                                              parse, call one function, print
    context socratic expansion research site upkeep  one package per thing the user does
    bookkeeping                                      facts, claims, proposals, estimates
    workspace  model                                 the user's files and git; the language model
    notes                                            what each kind of note means
    standard                                         measuring and judging by a standard
    text                                             Markdown, front matter, formulas, edits
    errors  settings  words  assets                  imported by all

`notes`, `standard` and `text` are pure: no disk, no network, no clock.
"""

__version__ = "0.1.0"
