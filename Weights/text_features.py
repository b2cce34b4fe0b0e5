"""The features of a sentence, exactly as Sources/MoodText/TextFeatures.swift makes them.

Text is looked at scalar by scalar. Words are runs of letters, digits and apostrophes; an emoji is a
word of its own; a run of other signs is one sign. Everything is hashed by FNV-1a.
"""

BUCKETS = 1 << 19
NEGATORS = frozenset(
    "not no never none nobody nothing neither nor cannot cant wont dont doesnt didnt isnt arent "
    "wasnt werent wouldnt shouldnt couldnt havent hasnt hadnt aint without hardly".split())
NEGATION_REACH = 3
WORD_LIMIT = 24


def is_emoji(code):
    return 0x2600 <= code <= 0x27BF or 0x1F000 <= code <= 0x1FAFF


def is_dropped(code):
    """Joiners, variation selectors and skin tones."""
    return code in (0x200D, 0xFE0E, 0xFE0F) or 0x1F3FB <= code <= 0x1F3FF


def is_word(code):
    if code < 0x80:
        return (0x30 <= code <= 0x39 or 0x41 <= code <= 0x5A or 0x61 <= code <= 0x7A or code == 0x27)
    return not (code < 0xC0 or 0x2000 <= code <= 0x206F or 0x3000 <= code <= 0x303F)


def lowered(code):
    if 0x41 <= code <= 0x5A or (0xC0 <= code <= 0xDE and code != 0xD7):
        return code + 32
    return code


def tokens(text):
    """Pairs of kind ('w' word, 'e' emoji, 's' sign) and text, with marks for shouting and length."""
    found, marks = [], []
    codes = [0x27 if c in (0x2018, 0x2019) else c for c in map(ord, text)]
    codes = [c for c in codes if not is_dropped(c)]
    at = 0
    while at < len(codes):
        code = codes[at]
        if is_emoji(code):
            found.append(("e", chr(code)))
            at += 1
        elif is_word(code):
            end = at
            while end < len(codes) and is_word(codes[end]) and not is_emoji(codes[end]):
                end += 1
            word = codes[at:end]
            if len(word) > 2 and all(0x41 <= c <= 0x5A or c == 0x27 for c in word):
                marks.append("caps")
            kept, run, long = [], 0, False
            for c in map(lowered, word):
                run = run + 1 if kept and kept[-1] == c else 1
                if run <= 2:
                    kept.append(c)
                elif c > 0x39:
                    long = True
            if long:
                marks.append("long")
            # Apostrophes go: "don't" is "dont" however it is typed.
            kept = [c for c in kept if c != 0x27][:WORD_LIMIT]
            if kept:
                found.append(("w", "".join(map(chr, kept))))
            at = end
        elif code <= 0x20 or code == 0xA0:
            at += 1
        else:
            end = at
            while (end < len(codes) and codes[end] > 0x20 and codes[end] != 0xA0
                   and not is_word(codes[end]) and not is_emoji(codes[end])):
                end += 1
            found.append(("s", "".join(map(chr, codes[at:min(end, at + 4)]))))
            at = end
    return found, marks


def fnv(kind, text):
    value = 0x811C9DC5
    for byte in bytes([kind]) + text.encode("utf-8", "surrogatepass"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    value ^= value >> 16
    value = (value * 0x7FEB352D) & 0xFFFFFFFF
    value ^= value >> 15
    return value & (BUCKETS - 1)


_cache = {}


def bucket(kind, text):
    key = (kind, text)
    if key not in _cache:
        _cache[key] = fnv(kind, text)
    return _cache[key]


_grams = {}


def grams(word):
    """The buckets of a word's letters: every run of 2 to 5 in the word between two spaces."""
    if word not in _grams:
        padded = " " + word + " "
        _grams[word] = [
            bucket(5, padded[start:start + size])
            for size in (2, 3, 4, 5) for start in range(len(padded) - size + 1)]
    return _grams[word]


def features(text):
    """The two groups of buckets, words and letters, each without repeats."""
    found, marks = tokens(text)
    words, letters = set(), set()
    reach, before, before2 = 0, "^", None
    for kind, token in found:
        words.add(bucket(1, token))
        words.add(bucket(2, before + " " + token))
        if before2 is not None:
            words.add(bucket(3, before2 + " " + before + " " + token))
        before2, before = before, token
        if kind == "w":
            letters.update(grams(token))
            if token in NEGATORS:
                reach = NEGATION_REACH
            elif reach > 0:
                words.add(bucket(4, token))
                reach -= 1
        elif kind == "s":
            reach = 0
    words.add(bucket(2, before + " $"))
    for mark in marks:
        words.add(bucket(6, mark))
    return words, letters
