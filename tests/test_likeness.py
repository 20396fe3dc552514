"""How alike names are: pairs that everybody who reads about militant groups knows to be one or two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.likeness import LONGEST, compare
from kb.spelling import fold

# Case, diacritics, ligatures, apostrophes and punctuation: the same name.
SAME = [
    ("Partiya Karkerên Kurdistanê", "Partiya Karkeren Kurdistane"),
    ("Devrimci Halk Kurtuluş Partisi", "Devrimci Halk Kurtulus Partisi"),
    ("Sendero Luminoso", "Sendero luminoso"),
    ("Großdeutsche Front", "Grossdeutsche Front"),
    ("IŞIK", "ışık"),
    ("ﬁrst Østerbro Ædelsten", "First Osterbro Aedelsten"),
    ("حـزب الله", "حزب الله"),
    ("لشکر طیبہ", "لشكر طيبہ"),
    ("Da‘ish", "Daʿish"),
    ("Æthelred Æsir", "Aethelred Aesir"),
    ("Eelam People’s Revolutionary Liberation Front", "Eelam Peoples' Revolutionary Liberation Front"),
    ("Lord’s Resistance Army", "Lords Resistance Army"),
]

# One name in two spellings: 90 and more.
SPELT = [
    ("Jabhat al-Nusra", "Jabha al-Nusra"),
    ("Jabhat al-Nusra", "Jabhat an-Nusrah"),
    ("Jabhat al-Nusra", "Джебхат ан-Нусра"),
    ("al-Qaeda", "Al Qaida"),
    ("al-Qaeda", "alqaeda"),
    ("al-Qaeda", "El Kaida"),
    ("al-Qaeda", "Аль-Каида"),
    ("Jemaah Islamiyah", "Jama'ah Islamiyya"),
    ("al-Gama'a al-Islamiyya", "Jamaa Islamiya"),
    ("al-Gama'a al-Islamiyya", "Gamaa Islamiya"),
    ("Ansar Beit al-Maqdis", "Ansar Bayt al-Maqdis"),
    ("Ansar Bayt al-Maqdis", "Ansar Bait ul-Makdis"),
    ("Daesh", "Da'ish"),
    ("al-Shabaab", "Shabab"),
    ("al-Shabaab", "Al-Chabab"),
    ("Jaish-e-Mohammed", "Jaysh-i-Muhammad"),
    ("Jaish-e-Mohammed", "Jaish e Mohammad"),
    ("Lashkar-e-Taiba", "Lashkar-i-Tayyiba"),
    ("Lashkar-e-Taiba", "Laskar e Toiba"),
    ("Hezbollah", "Hizballah"),
    ("Hezbollah", "Hizb Allah"),
    ("Hizbul Mujahideen", "Hizb-ul-Mujahidin"),
    ("Harkat-ul-Mujahideen", "Harakat al-Mujahidin"),
    ("Tehrik-i-Taliban Pakistan", "Tehreek-e-Taliban Pakistan"),
    ("Taliban", "Талибан"),
    ("Taleban", "Taliban"),
    ("Osama bin Laden", "Usama ibn Ladin"),
    ("Abu Musab al-Zarqawi", "Abou Moussab al-Zarkaoui"),
    ("Abu Bakr al-Baghdadi", "Abou Bakr al-Bagdadi"),
    ("Ansar al-Din", "Ansar Dine"),
    ("Ansar al-Din", "Ansar Eddine"),
    ("Ansar al-Islam", "Ansarul Islam"),
    ("Ansar al-Sunna", "Ansar as-Sunnah"),
    ("Ansar al-Sharia", "Ansar al-Shari'ah"),
    ("Hay'at Tahrir al-Sham", "Hayat Tahrir ash-Sham"),
    ("Ahrar al-Sham", "Ahrar ash-Sham"),
    ("Jundallah", "Jund Allah"),
    ("Jundallah", "Jundullah"),
    ("Hizb ut-Tahrir", "Хизб ут-Тахрир"),
    ("Kata'ib Hezbollah", "Kataib Hizbullah"),
    ("Mujahedin-e Khalq", "Mojahedin-e-Khalq"),
    ("Al-Mourabitoun", "al-Murabitun"),
    ("Izz ad-Din al-Qassam Brigades", "Izz al-Din al-Kassam Brigades"),
    ("Fatah al-Islam", "Fath al-Islam"),
    ("Abu Sayyaf", "Abu Sayaf"),
    ("Boko Haram", "Bokoharam"),
    ("E.T.A.", "ETA"),
    ("The Real IRA", "Real IRA"),
    ("Jamaat-ul-Ahrar", "Jamaatul Ahrar"),
    ("Jama'at-ud-Da'wah", "Jamaat ud Dawa"),
    ("Liberation Tigers of Tamil Eelam", "The Liberation Tigers of Tamil Ealam"),
    ("Wilayat Sinai", "Wilayah Sina"),
    ("Имарат Кавказ", "Caucasus Emirate"),
    ("Popular Front for the Liberation of Palestine", "Palestine Popular Liberation Front"),
    ("Moro Islamic Liberation Front (MILF)", "Moro Islamic Liberation Front"),
    ("17th November", "November 17"),
    ("Haqqani Network", "Haqani network"),
    ("Palestinian Islamic Jihad", "Islamic Jihad of Palestine"),
    ("Tehrik-i-Taliban Pakistan", "Tehrik-e-Taliban, Pakistan"),
    ("Moqtada al-Sadr", "Muqtada as-Sadr"),
    ("Abdel Rahman", "Abd al-Rahman"),
    ("Qadhafi", "Kaddafi"),
    ("Saraya al-Quds", "Saraya al-Kuds"),
    ("Al-Ittihad al-Islamiya", "al-Itihaad al-Islamiyya"),
    ("Ramadan Shallah", "Ramadan Shalah"),
    ("Jaljalat", "Jaljallat"),
    ("Hizb-e Islami Gulbuddin", "Hezb-i-Islami Gulbudin"),
    ("Sipah-e-Sahaba Pakistan", "Sipah-i-Sahaba Pakistan"),
    ("Jamiat Ulema-e-Islam", "Jamiat-ul-Ulema-e-Islam"),
    ("Armata Corsa", "Armatta Corsa"),
    ("Islamic Revolutionary Guard Corps", "Islamic Revolutionary Guards Corps"),
    ("Jaish ul-Adl", "Jaish Aladl"),
    ("Islamic State of Iraq and al-Sham", "Islamic State of Iraq and Syria"),
    ("Red Fornt", "Red Front"),
]

# One name as an acronym, in another language or script, or with a word that says little: 75 and more.
LIKELY = [
    ("PFLP", "Popular Front for the Liberation of Palestine"),
    ("MILF", "Moro Islamic Liberation Front"),
    ("M.I.L.F.", "Moro Islamic Liberation Front"),
    ("AQAP", "al-Qaeda in the Arabian Peninsula"),
    ("AQIM", "al-Qaida in the Islamic Maghreb"),
    ("ISIS", "Islamic State of Iraq and al-Sham"),
    ("ISIL", "Islamic State of Iraq and the Levant"),
    ("HTS", "Hay'at Tahrir al-Sham"),
    ("TTP", "Tehrik-i-Taliban Pakistan"),
    ("LeT", "Lashkar-e-Taiba"),
    ("JeM", "Jaish-e-Mohammed"),
    ("LTTE", "Liberation Tigers of Tamil Eelam"),
    ("PKK", "Partiya Karkerên Kurdistanê"),
    ("ETA", "Euskadi Ta Askatasuna"),
    ("FARC", "Fuerzas Armadas Revolucionarias de Colombia"),
    ("ABM", "Ansar Bayt al-Maqdis"),
    ("JNIM", "Jama'at Nusrat al-Islam wal-Muslimin"),
    ("AQ", "al-Qaeda"),
    ("IS", "Islamic State"),
    ("PFLP-GC", "Popular Front for the Liberation of Palestine - General Command"),
    ("17N", "17 November"),
    ("Real IRA", "Real Irish Republican Army"),
    ("Abu Sayyaf", "Abu Sayyaf Group"),
    ("Al-Shabaab", "Harakat al-Shabaab al-Mujahideen"),
    ("Jund al-Khilafah", "Soldiers of the Caliphate"),
    ("Jabhat al-Nusra", "al-Nusra Front"),
    ("Sendero Luminoso", "Shining Path"),
    ("Revolutionary Armed Forces of Colombia", "Fuerzas Armadas Revolucionarias de Colombia"),
    ("Ejército de Liberación Nacional", "National Liberation Army"),
    ("Salafist Group for Preaching and Combat", "Salafist Group for Call and Combat"),
    ("Kurdistan Workers' Party", "Partiya Karkerên Kurdistanê"),
    ("Harakat al-Muqawama al-Islamiyya", "Islamic Resistance Movement"),
    ("Kavkazskiy Emirat", "Caucasus Emirate"),
    ("Исламское государство", "Islamic State"),
    ("Jabhat al-Nusra", "جبهة النصرة"),
    ("al-Qaeda", "القاعدة"),
    ("Daesh", "داعش"),
    ("Lashkar-e-Taiba", "لشکر طیبہ"),
    ("Hezbollah", "حزب الله"),
    ("Taliban", "طالبان"),
    ("Boko Haram", "بوكو حرام"),
    ("الدولة الإسلامية", "al-Dawla al-Islamiyya"),
    ("ISIS", "Islamic State in Iraq and Syria"),
    ("Haqqani", "Haqqani Network"),
]

# Two bodies, or a body and its part: under 75, whatever they share.
OTHERS = [
    ("Real IRA", "IRA"),
    ("Real IRA", "Provisional IRA"),
    ("Official IRA", "Provisional IRA"),
    ("Continuity IRA", "Real IRA"),
    ("Irish Republican Army", "Irish National Liberation Army"),
    ("Provisional Irish Republican Army", "Irish Republican Army"),
    ("PFLP", "PFLP-GC"),
    ("PFLP", "DFLP"),
    ("MILF", "MNLF"),
    ("Moro Islamic Liberation Front", "Moro National Liberation Front"),
    (
        "Popular Front for the Liberation of Palestine",
        "Popular Front for the Liberation of Palestine - General Command",
    ),
    ("Popular Front for the Liberation of Palestine", "Democratic Front for the Liberation of Palestine"),
    ("Popular Front for the Liberation of Palestine", "Palestine Liberation Front"),
    ("Ansar al-Sharia in Libya", "Ansar al-Sharia in Tunisia"),
    ("Ansar al-Sharia", "Ansar al-Sharia in Libya"),
    ("Ansar al-Sharia", "Ansar al-Islam"),
    ("Ansar al-Islam", "Ansar al-Sunna"),
    ("Ansar Dine", "Ansar al-Islam"),
    ("Jund al-Khilafah in Egypt", "Jund al-Khilafah in Algeria"),
    ("Jund al-Khilafah", "Jund al-Sham"),
    ("Jund al-Sham", "Ahrar al-Sham"),
    ("al-Qaeda in Iraq", "al-Qaeda in the Arabian Peninsula"),
    ("al-Qaeda", "al-Qaeda in Iraq"),
    ("Islamic State", "Islamic State Khorasan Province"),
    ("Islamic State", "Islamic Front"),
    ("Islamic State in Iraq", "Islamic State in Libya"),
    ("Wilayat Sinai", "Wilayat Khorasan"),
    ("Taliban", "Tehrik-i-Taliban Pakistan"),
    ("Afghan Taliban", "Pakistani Taliban"),
    ("Lashkar-e-Taiba", "Lashkar-e-Jhangvi"),
    ("Lashkar-e-Taiba", "Lashkar-e-Islam"),
    ("Jaish-e-Mohammed", "Jaish al-Adl"),
    ("Jaish al-Islam", "Jaish al-Fatah"),
    ("Egyptian Islamic Jihad", "Palestinian Islamic Jihad"),
    ("Jamaat-e Islami", "Jemaah Islamiyah"),
    ("Jamaat-e Islami", "Jamiat-e Islami"),
    ("Armed Islamic Group", "Islamic Armed Movement"),
    ("National Liberation Army", "National Liberation Front"),
    ("National Liberation Army", "People's Liberation Army"),
    ("Kurdistan Workers' Party", "Kurdistan Democratic Party"),
    ("Kurdistan Democratic Party", "Democratic Party of Iranian Kurdistan"),
    ("Communist Party of India (Maoist)", "Communist Party of Nepal (Maoist)"),
    ("Communist Party of India (Maoist)", "Communist Party of India"),
    ("NSCN-IM", "NSCN-K"),
    ("Hezbollah", "Kata'ib Hezbollah"),
    ("Kata'ib Hezbollah", "Saudi Hezbollah"),
    ("Hezbollah", "Hizb ut-Tahrir"),
    ("Hizbul Islam", "Hizbul Mujahideen"),
    ("Harakat ul-Mujahidin", "Harkat-ul-Jihad-al-Islami"),
    ("Abu Bakr al-Baghdadi", "Abu Omar al-Baghdadi"),
    ("Abu Musab al-Zarqawi", "Abu Musab al-Suri"),
    ("Ayman al-Zawahiri", "Muhammad al-Zawahiri"),
    ("Fatah", "Fatah al-Islam"),
    ("Fatah", "Fatah Revolutionary Council"),
    ("Al-Aqsa Martyrs' Brigades", "al-Quds Brigades"),
    ("Hamas", "Harakat"),
    ("Red Army Faction", "Japanese Red Army"),
    ("Red Brigades", "Red Army Faction"),
    ("Ulster Volunteer Force", "Ulster Defence Association"),
    ("17 November", "1 May"),
    ("June 2 Movement", "19 April Movement"),
    ("Islamic Movement of Uzbekistan", "Islamic Movement of Kurdistan"),
    ("Islamic Jihad Union", "Islamic Jihad"),
    ("Somali National Movement", "Somali National Alliance"),
    ("Sudan Liberation Movement", "Sudan People's Liberation Movement"),
    ("Lord's Resistance Army", "National Resistance Army"),
    ("Ogaden National Liberation Front", "Oromo Liberation Front"),
    ("ISIS", "ISI"),
    ("AQAP", "AQIM"),
    ("Iran", "Iraq"),
    ("Niger", "Nigeria"),
    ("Mali", "Somali"),
    ("Chad", "Chile"),
    ("Boko Haram", "Ansaru"),
    ("Ansaru", "Ansar"),
    ("جبهة النصرة", "جبهة التحرير"),
    ("القاعدة", "طالبان"),
    ("Brigade 313", "Brigade 55"),
    ("1st Infantry Brigade", "2nd Infantry Brigade"),
    ("Jund al-Khilafah", "Ansar al-Khilafah"),
    ("Hezbollah", "Lebanese Hezbollah Youth"),
    ("Islamic State of Iraq and the Levant", "Islamic State of Iraq and the Levant in Libya"),
    ("Abu Sayyaf", "Abu Nidal"),
    ("Second Infantry", "First Infantry"),
    ("Patani United Liberation Organization", "New Patani United Liberation Organization"),
    ("Free Aceh Movement", "Free Papua Movement"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_name_has_100(one: str, other: str) -> None:
    """What folding takes away makes no other name."""
    assert compare(one, other) == (100, "same name")


@pytest.mark.parametrize(("one", "other"), SPELT)
def test_spellings_of_one_name_have_90_and_more(one: str, other: str) -> None:
    """Never 100: a spelling that is not known is no certainty."""
    assert 90 <= compare(one, other).score < 100, compare(one, other)


@pytest.mark.parametrize(("one", "other"), LIKELY)
def test_acronyms_translations_and_scripts_have_75_and_more(one: str, other: str) -> None:
    """They are likely, and less so than a spelling."""
    assert 75 <= compare(one, other).score < 90, compare(one, other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_bodies_have_less_than_75(one: str, other: str) -> None:
    """Real, Provisional, General Command, numbers, countries, and words that only look alike."""
    assert compare(one, other).score < 75, compare(one, other)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Jabhat al-Nusra", "Jabha al-Nusra", "spelling (Jabha/Jabhat)"),
        ("The Red Front", "Red Front", "article dropped"),
        ("Ahrar al-Sham", "Ahrar ash-Sham", "other article or small word"),
        ("Boko Haram", "Bokoharam", "written together or apart"),
        ("Талибан", "Taliban", "same after transliteration"),
        ("طالبان", "Taliban", "same consonants after transliteration"),
        ("MILF", "Moro Islamic Liberation Front", "acronym"),
        ("Real IRA", "Real Irish Republican Army", "acronym (IRA)"),
        ("Moro Front (MF)", "Moro Front", "without its acronym (MF)"),
        ("Red Army", "Ejército Rojo", "translation (Ejército/Army, Rojo/Red), other order of words"),
        ("Palestinian Front", "Palestine Front", "form (Palestine/Palestinian)"),
        ("Red Lanterm", "Red Lantern", "near spelling (Lanterm/Lantern)"),
        ("Real IRA", "IRA", "1 of 2 words shared, only one has 'Real'"),
        ("Real IRA", "Provisional IRA", "1 of 2 words shared, 'Provisional' against 'Real'"),
        ("Green Front of Harran", "Green Front of Bekaa", "2 of 3 words shared"),
        ("Red Front", "Blue Army", "no word shared"),
        ("x" * (LONGEST + 1), "x", "too long to compare"),
    ],
)
def test_the_reason_is_said_in_words(one: str, other: str, reason: str) -> None:
    """Each kind of likeness has its words."""
    assert compare(one, other).reason == reason


WORDS = sorted(
    {word for pairs in (SPELT, LIKELY, OTHERS) for pair in pairs for name in pair for word in name.split()}
)
NAMES = st.one_of(
    st.text(max_size=30), st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
)


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    """Between 0 and 100, with a reason, and 100 only after folding."""
    found = compare(one, other)
    assert found == compare(other, one)
    assert 0 <= found.score <= 100
    assert found.reason
    assert (found.score == 100) == (fold(one) == fold(other))


@given(NAMES)
def test_a_name_is_the_same_as_itself(name: str) -> None:
    """Whatever letters it has."""
    assert compare(name, name).score == 100


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    """What is folded is its own key."""
    assert fold(fold(name)) == fold(name)
