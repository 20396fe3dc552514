"""Words in the names of militant groups: how they are spelt, what they mean, which tell groups apart.

Every line of a list holds words of one kind, folded (no capitals, diacritics or apostrophes). What is not
listed is compared by its letters alone, so a list need not be complete.
"""

from __future__ import annotations

from collections.abc import Iterator

_ARTICLES = "al el il ul"
# Before a letter of the sun the article takes its sound: an-Nusra, ash-Sham, Ansar ud-Din.
_SUN_ARTICLES = "ad adh an ar as ash at ath az ech ed en er es esh et ez ud un ur us ush ut uz"
_SMALL = """
a an and at by for from in of on or the to with
d da das de del dem den der des di do dos du e et i l la las le les los o pour para por s und y fur von
bi fi fil fis li lil u va ve w wa wal wel wad ee
na v vo
"""

# Spellings of one word, one word a line; the first stands for all.
_SPELLINGS = """
abd abdul abdel abdal abdur abder abdoul
abu abou abo aboo
ahrar ahraar
allah ullah ollah
ansar anssar ansaar
ansaru
ahmad ahmed ahmet achmed
bayt beit bait beyt
daesh daish daash daech daeesh daeish
dawa dawah daawa daawah dawat
dawla dawlah dawlat daula daulah daulat dowla dowlat dawlatul
din dine deen eddine eddin uddin addin aldin eldin
emirate emirat imarat imara imarah emirates
fatah fateh fath fatih
hadith hadis
hamas
haraka harakat harakah harkat harka harekat hareket
hayat hayaat haiat heyat hayet hayah
hizb hezb hisb hizbi hezbe
hizbullah hizballah hizbollah hezbollah hezballah hezbullah hisbollah hisbullah
hurras huras horras
hussein husayn hussain husain hossein hosein husein
ibn bin ben
islami eslami
islamiya islamiyah islamiyya islamiyyah islamia islamiyat islamiyye
isis isil
jabhat jabha jabhah jabhet jebhat jebha djabhat djebha dzhebkhat dzhabkhat
jaish jaysh jeish jeysh gaish gaysh djaich djeich jaich jaishul
jamaat jamaa jamaah jemaah jemaa jemaat jamaatu jemaatu gamaa gamaah gamaat djamaa djamaat djamaah djemaa
 dzhamaat zhamaat jammaat jamat cemaat
jamiat jamiah jamiyat jamiyyat
jihad jehad djihad gihad cihad dzhikhad
jund jond djound djund
kataib kataeb kateeb kitaeb katayib qataib
katiba katibat katibah qatiba katiibat
khalifa khalifah khaleefa
khilafa khilafah khilafat khelafa khelafat hilafet hilafah hilafat
khorasan khurasan khorassan khurassan
lashkar laskar lashgar lashkari
liwa liwaa lewa liwah
maqdis maqdes makdis makdes
muhammad mohammed mohammad muhammed mohamed mohamad muhamad muhamed mohammod mahomed mukhammad
mujahidin mujahideen mujahedin mujahedeen mujaheddin mujahiddin mujaheedin mujahidun mojahedin mojahideen
 mojahedeen moudjahidine moudjahidin moujahidin moujahidine mudjahideen mudschahedin mojaheddin mudzhakhedin
 modzhakhed
mulla mullah
nusra nusrah nusrat nosra nousra
osama usama oussama ousama
qaeda qaida qaidah qaedah kaida kaeda kaidah qaidat quaida quaeda queda qaede
qassam kassam qasam izzadin
quds qods kuds
said saeed saeid sayeed
salafi salafiya salafiyya salafiyyah salafia
shabaab shabab chabab chabaab shebab shabbab shababb schabab
sham shaam cham esham
sharia shariah shariat charia shariaa scharia
sheikh shaikh shaykh cheikh sheik shayk scheich
sunna sunnah sunnat sounna
tahrir tahreer tehrir takhrir
taiba tayyiba tayyaba taibah tayba tayiba toiba toyba taibeh tayyibah tayyebah
taliban taleban talibaan taalibaan
tanzim tandhim tanzeem tandim
tawhid tawheed tauhid tauheed touhid towhid
tehrik tehreek tahrik tahreek tehrike tehriki
umar omar oumar
uthman othman osman usman outhman
wilaya wilayat wilayah vilayat velayat wilayet
yusuf yousef youssef yousuf yosef yusef
zarqawi zarkawi
defence defense
organization organisation
"""

# What words of other languages mean: the first is the English word.
_MEANINGS = """
action azione aktion
armed armado armada armadas arme armee armees musallah musallaha silahli
army jaish lashkar ejercito armee armada ordu ordusu armata armija armiya armia exercito
autonomy autonomie
battalion katiba batallon bataillon
battalions kataib
brigade liwa brigada brigata brigade tugay
brigades kataib brigadas brigate brigaden
call dawa preaching predication
caliphate khilafa khalifa califat califato kalifat
caucasus kavkaz kavkazskiy kavkazskii kavkazskij kaukasus caucasian qoqaz
combat qital fighting
congregation jamaat
democratic democratico democratique demokratik demokratische
direct directe
emirate emirato
faction fraktion fraccion
fighters mujahidin
forces fuerzas forces fronte
freedom libertad liberte askatasuna azadi hurriya ozgurluk
front jabhat frente cephe cephesi
god allah
group jamaat gruppe grupo groupe gruppa
helpers ansar
holy mujahidin
homeland vatan patria
house bayt
islamic islami islamiya islamico islamica islamique islamicas islamistische islamskoe islamskii islamskiy
 islamskaya islamskoye
jerusalem quds maqdis
liberation liberacion tahrir kurtulus befreiung
martyrs shuhada
men rijal
monotheism tawhid
movement haraka tehrik movimiento mouvement hareketi dvizhenie dvizheniye bewegung movimento
national nacional wataniya watani milli
new nueva nouveau nuevo yeni
nusantara archipelago
office maktab
organization tanzim organizacion organizatsiya orgutu
party hizb partido parti partisi partiya partei partito
path sendero tariq
popular peoples shaabiya shaabi shabiya popolare populaire halk
protection himaya
province wilaya
red rojo roja rouge rosse rote
religion din
resistance muqawama resistencia
revolutionary revolucionario revolucionaria revolucionarias revolutionnaire revolutionaire devrimci
 thawriya enqelab
saints awliya
salvation inqadh
shining luminoso
socialist socialista sosyalist
society jamiat jamaat
soldiers jund junud
state dawla estado etat gosudarstvo devlet devleti staat
students taliban
supporters ansar
partisans ansar
support nusra
victory nasr fatah
vanguard talaa talaia
war harb
workers karkeren karkaran isci iscileri
youth shabaab
council shura majlis
guardians hurras
"""

# Words that say little: many groups have them in their names.
_GENERIC = """
armed army battalion battalions brigade brigades committee council force forces fighters front group groups
network alliance league union united organization party movement militia militias resistance islamic
liberation national nationalist people peoples popular revolutionary state jund soldiers ansar supporters
partisans helpers jabhat jamaat haraka jaish lashkar hizb kataib katiba liwa mujahidin tanzim tehrik
dawla islami islamiya abu ibn sheikh mulla hayat society
frente ejercito movimiento fuerzas armadas revolucionarias revolucionario liberacion nacional popular
partido mouvement armee groupe
"""

# Words that a group's name has or lacks at the pleasure of the writer: the Abu Sayyaf (Group).
_OPTIONAL = """
group groups organization movement front party network tanzim haraka jabhat jamaat mujahidin gruppe hayat
"""

# Words that make another body of the same name: branches, wings, splinters, directions.
_QUALIFIERS = """
non ex anti former commandos rivals allies affiliates partners remnants defectors prisoners members
real provisional official continuity original true reformed renewed new old interim dissident splinter core
command general gc central high supreme military political armed wing faction branch office section cell
youth women student students internal external international
north south east west northern southern eastern western central upper lower
democratic maoist marxist leninist communist trotskyist socialist
province wilaya council unified junior senior
first second third fourth fifth
ii iii iv
"""

# Countries, peoples and provinces, each with its adjectives.
_PLACES = """
abyan
afghanistan afghan afghani
africa african
albania albanian
aleppo halab
algeria algerian algerie aljazair dzayer
angola angolan
arabia arabian arabie
arab arabs
arakan rakhine rohingya
argentina argentine argentinian
armenia armenian
asia asian
assam asom assamese
azerbaijan azeri azerbaijani
azawad
bahrain bahraini
balochistan baluchistan baloch baluch balochi
bangladesh bangladeshi
bangsamoro
barqa cyrenaica
basque euskadi euskal
benghazi
bodoland bodo
bolivia bolivian
bosnia bosnian
brazil brazilian
britain british
burma burmese myanmar
burundi burundian
cabinda
cambodia cambodian khmer
cameroon
casamance
caucasus kavkaz
chad chadian
chechnya chechen ichkeria nokhchi
chile chilean
china chinese
colombia colombian
congo congolese
corsica corsican
croatia croatian
cuba cuban
cyprus cypriot
dagestan dagestani
damascus dimashq
darfur
deraa daraa
derna darna
egypt egyptian misr masr
england english
eritrea eritrean
ethiopia ethiopian
europe european
fezzan
france french
gaza gazan
georgia georgian
germany german
ghana
greece greek
guatemala guatemalan
guinea guinean
haiti haitian
hijaz hejaz
honduras
homs hims
idlib
india indian hind
indonesia indonesian
ingushetia ingush
iran iranian
iraq iraqi irak iraki
ireland irish
israel israeli
italy italian
japan japanese
jordan jordanian
kachin
karen kayin
kashmir kashmiri
kazakhstan kazakh
kenya kenyan
khorasan
kosovo kosovar
kurdistan kurdish kurd kurds
kuwait kuwaiti
kyrgyzstan kyrgyz
lebanon lebanese liban lubnan
liberia liberian
libya libyan libia libye
macedonia macedonian
maghreb maghrib magreb
malaysia malaysian
mali malian
manipur
mauritania mauritanian
mexico mexican
mindanao
mizo mizoram
morocco moroccan maroc
mosul
mozambique
naga nagaland
namibia namibian
nepal nepalese
netherlands dutch
nicaragua nicaraguan
niger nigerien
nigeria nigerian
oromo oromia
ogaden
oman omani
pakistan pakistani
palestine palestinian palestinians filastin falastin
peninsula jazira
peru peruvian
philippines philippine filipino
punjab punjabi
qatar qatari
raqqa
russia russian
rwanda rwandan
sahara saharan
sahel
saudi
senegal
serbia serbian
shan
sierra
sikh
sinai sina
sindh sindhi
somalia somali
spain spanish
sri
subcontinent
sudan sudanese
sweden swedish
syria syrian suria suriya levant sham
tajikistan tajik
tamil
tanzania
thailand thai
tigray tigrayan tigrean
tripoli tripolitania tarabulus
tripura
tunisia tunisian tunis tunisie
turkestan turkistan
turkey turkish turkiye
turkmenistan turkmen
uganda ugandan
ukraine ukrainian
ulster
uruguay
uyghur uighur
uzbekistan uzbek
venezuela venezuelan
vietnam vietnamese
waziristan waziri
yemen yemeni yaman
yugoslavia
zimbabwe zimbabwean
"""

# Of the places above those that lie in one country, behind it.
_WITHIN = """
angola cabinda
britain england
burma arakan kachin karen shan
china uyghur
egypt sinai
ethiopia ogaden oromo
france corsica
india assam bodoland manipur mizo naga tripura
iraq mosul
libya barqa benghazi derna fezzan
mali azawad
pakistan sindh waziristan
palestine gaza
philippines bangsamoro mindanao
russia chechnya dagestan ingushetia
saudi hijaz
senegal casamance
sudan darfur
syria aleppo damascus deraa homs idlib raqqa
yemen abyan
"""

# Of the places above those that are no country and lie in several, or in one that the word does not say.
_WIDE = """
africa arab arabia asia balochistan basque caucasus europe kashmir khorasan kurdistan maghreb peninsula
punjab sahara sahel sikh subcontinent tamil tigray tripoli turkestan ulster
"""


def _lines(text: str) -> Iterator[list[str]]:
    """The words of each line; a line that begins with a blank goes on with the one above."""
    for line in text.replace("\n ", " ").strip().splitlines():
        yield line.split()


ARTICLES = frozenset(_ARTICLES.split())
SUN_ARTICLES = frozenset(_SUN_ARTICLES.split())
SMALL = frozenset(_SMALL.split())
SPELLINGS = {word: line[0] for line in _lines(_SPELLINGS) for word in line}
PLACES = {SPELLINGS.get(word, word): line[0] for line in _lines(_PLACES) for word in line}
COUNTRY_OF = {place: line[0] for line in _lines(_WITHIN) for place in line[1:]}
WIDE = frozenset(_WIDE.split())
GENERIC = frozenset(SPELLINGS.get(word, word) for word in _GENERIC.split())
OPTIONAL = frozenset(_OPTIONAL.split())
QUALIFIERS = frozenset(SPELLINGS.get(word, word) for word in _QUALIFIERS.split()) - GENERIC


def _meanings() -> dict[str, frozenset[str]]:
    meant: dict[str, set[str]] = {}
    for english, *words in _lines(_MEANINGS):
        for word in words:
            meant.setdefault(SPELLINGS.get(word, word), set()).add(english)
    return {word: frozenset(english) for word, english in meant.items()}


MEANINGS = _meanings()
ENGLISH = frozenset(line[0] for line in _lines(_MEANINGS))
KNOWN = frozenset(SPELLINGS.values()) | PLACES.keys() | GENERIC | QUALIFIERS | MEANINGS.keys() | ENGLISH
