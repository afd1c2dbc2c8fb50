#!/usr/bin/env python3
"""Writes benchmarks/suites/everyday.jsonl: simple questions of our own with answers of five simulated models.

    python3 eng/suites/everyday.py > benchmarks/suites/everyday.jsonl

Only the standard library; equal seeds give equal files. 160 questions of arithmetic in words and 80 of multiple choice. Each model has a skill of its own and a
manner of its own; wrong models often make the same mistake (a forgotten step, the neighbouring option), as real ones do, and some responses say nothing usable.
"""
import json
import random

SEED = 20240607
MODELS = [("ash", 0.92, "bare"), ("birch", 0.86, "sentence"), ("cedar", 0.80, "json"), ("elm", 0.74, "steps"), ("fir", 0.66, "bold")]
SHARED_MISTAKE = 0.55   # of wrong answers, how many are the question's usual mistake
NO_ANSWER = 0.02
NAMES = ["Ada", "Ben", "Chi", "Dana", "Emre", "Fatima", "Goran", "Hana", "Ivo", "June"]
THINGS = ["apples", "stamps", "marbles", "tickets", "books", "coins", "eggs", "pencils"]
FACTS = [
    ("Which of these is a prime number?", lambda r: (str(r.choice([11, 13, 17, 19, 23, 29, 31, 37, 41, 43])), [str(n) for n in (9, 15, 21, 25, 27, 33, 35, 39, 45, 49)])),
    ("Which of these can be divided by 7 without a remainder?", lambda r: (str(7 * r.randint(3, 14)), [str(7 * r.randint(3, 14) + d) for d in (1, 2, 3, 4, 5, 6)])),
    ("Which of these is the largest?", lambda r: ("0.9", ["0.85", "0.809", "0.098", "0.89", "0.7", "0.0999"])),
    ("Which of these equals one quarter?", lambda r: (r.choice(["25 %", "0.25", "3/12", "5/20"]), ["0.4", "4 %", "2/6", "0.14", "40 %"])),
    ("Which of these is a square number?", lambda r: (str(r.randint(5, 15) ** 2), [str(n) for n in (24, 35, 48, 50, 63, 80, 99, 120, 143, 168)])),
    ("Which of these is the smallest?", lambda r: ("1/9", ["1/8", "1/7", "2/9", "1/3", "3/8"])),
]


def arithmetic(rng):
    a, b, c = rng.randint(6, 60), rng.randint(3, 20), rng.randint(2, 9)
    name, thing = rng.choice(NAMES), rng.choice(THINGS)
    return rng.choice([
        (f"{name} has {a} {thing} and buys {c} bags of {b} {thing} each. How many {thing} does {name} have now?", a + b * c, (a + b) * c),
        (f"{name} shares {a * c} {thing} equally among {c} friends, then each friend finds {b} more. How many {thing} does each friend have?", a + b, a * c + b),
        (f"{name} collects {a} {thing} a day for {c} days and gives away {b}. How many {thing} are left?", a * c - b, a * c + b),
        (f"A box holds {a + b} {thing}. {name} takes out {b}, then doubles what is left in the box. How many {thing} are in the box?", 2 * a, 2 * (a + b) - b),
        (f"{name} reads {a} pages on Monday and {b} pages on each of the next {c} days. How many pages is that altogether?", a + b * c, a + b),
    ])


def number_text(rng, manner, value):
    shown = f"{value:,}" if value >= 1000 and rng.random() < 0.5 else str(value)
    return {
        "bare": shown,
        "sentence": f"The answer is {shown}.",
        "json": json.dumps({"reasoning": "I add up what is there.", "answer": rng.choice([shown, value])}),
        "steps": f"Let me go step by step.\nFirst I take what is given.\nThen I work it out.\n\nSo the answer is {shown}",
        "bold": f"After some thought, the result is **{shown}**.\n\nFinal answer: {shown}",
    }[manner]


def choice_text(rng, manner, letter, option):
    return {
        "bare": letter,
        "sentence": f"The answer is ({letter}).",
        "json": json.dumps({"reasoning": "I compare the options.", "answer": letter}),
        "steps": f"I look at every option in turn.\nOnly one of them fits.\n\nThe answer is ({letter}) {option}",
        "bold": f"It must be **{letter}**.\n\nFinal answer: {letter}",
    }[manner]


def responses(rng, difficulty, right, usual, other, text):
    written = []
    for model, skill, manner in MODELS:
        if rng.random() < NO_ANSWER:
            answer = rng.choice(["I am not able to answer that.", ""])
        elif rng.random() < skill * difficulty:
            answer = text(rng, manner, right)
        else:
            answer = text(rng, manner, usual if rng.random() < SHARED_MISTAKE else other(rng))
        written.append({"model": model, "text": answer})
    return written


def main():
    rng = random.Random(SEED)
    for i in range(160):
        question, right, usual = arithmetic(rng)
        near = lambda r, right=right: right + r.choice([-10, -3, -2, -1, 1, 2, 3, 10])
        row = {"id": f"sum-{i:03}", "kind": "number", "category": "arithmetic", "question": question, "gold": str(right),
               "responses": responses(rng, rng.choice([1, 1, 0.9, 0.6]), right, usual, near, number_text)}
        print(json.dumps(row, ensure_ascii=False))
    for i in range(80):
        question, make = rng.choice(FACTS)
        right, wrong = make(rng)
        options = rng.sample([w for w in dict.fromkeys(wrong) if w != right], 3) + [right]
        rng.shuffle(options)
        letters = {option: "ABCD"[k] for k, option in enumerate(options)}
        usual = options[(options.index(right) + 1) % 4]
        pick = lambda r, options=options, right=right: r.choice([o for o in options if o != right])
        row = {"id": f"pick-{i:03}", "kind": "choice", "category": "comparing", "question": question, "choices": options, "gold": letters[right],
               "responses": responses(rng, rng.choice([1, 0.9, 0.7]), right, usual, pick, lambda r, m, o, letters=letters: choice_text(r, m, letters[o], o))}
        print(json.dumps(row, ensure_ascii=False))


main()
