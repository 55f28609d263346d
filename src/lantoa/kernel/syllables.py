"""Is this string a possible Vietnamese syllable? Orthography only, no dictionary.

Used to tell Vietnamese read with the wrong encoding from Vietnamese: a misread word is almost
never a possible syllable, a rightly read one always is.
"""

from functools import lru_cache

from lantoa.kernel.text import HEAVY, RISING, split_tone

_CONSONANTS = "ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x"
_RIMES_BY_VOWEL = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ
uy uya uych uyên uyêt uynh uyp uyt uyu uôc uôi uôm uôn uông uôt
ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yên yêm yêng yêt yêu ych ynh yt
"""
_ONSETS = tuple(_CONSONANTS.split())
_RIMES = frozenset(_RIMES_BY_VOWEL.split())
_FRONT = frozenset("eêiy")
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """True for a possible Vietnamese syllable, with or without its tone, in any case."""
    bare, tone = split_tone(word.lower())
    if bare.endswith(_STOPS) and tone not in (RISING, HEAVY):
        return False
    if bare in _RIMES:
        return True
    return any(_fits(onset, bare[len(onset) :]) for onset in _ONSETS if bare.startswith(onset))


def _fits(onset: str, rime: str) -> bool:
    if rime not in _RIMES:
        return False
    front = rime[0] in _FRONT
    if onset in ("gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "qu":
        return rime[0] not in "uưo"
    return True
