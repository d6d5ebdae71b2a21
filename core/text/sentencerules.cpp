// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/sentencerules.h"

#include <QHash>

#include <algorithm>

namespace quintet::text {

namespace {

/// Not words of any language we know: counted however they are written.
constexpr QStringView neverEnding =
    u"mr mrs ms messrs dr drs prof hr hrn capt cmdr col gov lt sgt cpl maj rep sen rev hon vs viz cf approx dept est "
    u"fig figs eq eqs ref refs "
    u"vol vols pp nos ca bzw evtl ggf ggfs inkl exkl zzgl abzgl vgl sog insb bes allg mio mrd tsd nr hrsg abb abs "
    u"abschn anm bd bde "
    u"dipl ing geb gest verh hl jh jhd jhdt kap tab tel str südl nördl östl westl ehem engl frz lat griech ital urspr "
    u"wg zz zzt mind "
    u"ebd betr bspw dergl einschl entspr resp u d z "
    u"mme mlle mgr env av chap éd sra srta dra ud uds núm pág págs cap prof profa sig dott avv geom pag exmo exma "
    u"dhr mevr bijv blz drs ir jl art np tzn tzw ul prof red św tj cd tzv např obr str č kl dvs osv ev bl "
    u"г гг ул пр просп пл пер им тыс млн млрд руб коп акад проф доц обл пос табл гл ср напр англ нем фр лат греч см "
    u"рис стр т п д н э в вв ок чел кв корп "
    u"др ред изд вып рр тов гр";

/// Words of some language without the capital: "He sat.", "state of the art.", "no sun."
constexpr QStringView neverEndingCapital =
    u"Sat Sun Mon Tue Tues Wed Thu Thur Thurs Fri Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Okt Nov Dec Dez Gen Pres "
    u"Art Sec Sect Fa Fam Fr Kap "
    u"Mt Ft Pt Ph St Ste Ch Eq Ex Supt Sgt Ald Brig Messrs Op Pfc Adm Amb Atty Sn Sr";

constexpr QStringView mayEnd =
    u"inc ltd corp co bros plc jr sr esq etc al usw ecc enz osv approx min max ave blvd rd sq ed eds "
    u"std sek stk ph.d u.s u.k u.n e.u d.c a.m p.m b.c a.d u.s.a ee.uu v.chr n.chr";

constexpr QStringView neverDotted =
    u"e.g i.e z.b d.h u.a o.ä s.o s.u i.d.r p.ex p.ej t.ex bl.a o.a m.a.w d.w.z n.b c.f t.d и.о q.v";

using Table = QHash<QString, Abbreviation>;

void addTo(Table &table, QStringView words, Abbreviation kind)
{
    for (const QStringView word : words.tokenize(u' '))
        table.insert(word.toString(), kind);
}

const Table &table()
{
    static const Table made = [] {
        Table all;
        addTo(all, neverEnding, Abbreviation::NeverEnds);
        addTo(all, neverEndingCapital, Abbreviation::NeverEnds);
        addTo(all, neverDotted, Abbreviation::NeverEnds);
        addTo(all, mayEnd, Abbreviation::MayEnd);
        return all;
    }();
    return made;
}

/// "U.S", "p.m", "z.B", "Ph.D": pieces of one or two letters between stops.
bool isDotted(QStringView word)
{
    int pieces = 0;
    qsizetype length = 0;
    for (const QChar c : word) {
        if (c == u'.') {
            if (length == 0)
                return false;
            ++pieces;
            length = 0;
        } else if (!c.isLetter() || ++length > 2) {
            return false;
        }
    }
    return pieces > 0 && length > 0;
}

} // namespace

Abbreviation abbreviation(QStringView word)
{
    if (word.isEmpty() || word.size() > 12)
        return Abbreviation::None;
    const auto exact = table().constFind(word.toString());
    if (exact != table().constEnd())
        return *exact;
    const auto lowered = table().constFind(word.toString().toLower());
    if (lowered != table().constEnd())
        return *lowered;
    return isDotted(word) ? Abbreviation::MayEnd : Abbreviation::None;
}

bool isEndMark(char16_t c)
{
    switch (c) {
    case u'.':
    case u'!':
    case u'?':
    case u'…':
    case 0x061F: // Arabic ؟
    case 0x06D4: // Urdu ۔
    case 0x0964: // Devanagari ।
    case 0x0965: // ॥
    case 0x203C: // ‼
    case 0x2047:
    case 0x2048:
    case 0x2049: return true;
    default: return isWideMark(c);
    }
}

bool isWideMark(char16_t c)
{
    return c == u'。' || c == u'！' || c == u'？' || c == u'｡';
}

bool isCloser(char16_t c)
{
    switch (c) {
    case u'"':
    case u'\'':
    case u')':
    case u']':
    case u'}':
    case u'”':
    case u'“': // closes what „ opened
    case u'’':
    case u'‘':
    case u'»':
    case u'«':
    case u'›':
    case u'‹':
    case u'」':
    case u'』':
    case u'）':
    case u'】':
    case u'》':
    case u'*':
    case u'_':
    case u'`': return true;
    default: return false;
    }
}

bool isOpener(char16_t c)
{
    switch (c) {
    case u'(':
    case u'[':
    case u'{':
    case u'„':
    case u'‚':
    case u'¿':
    case u'¡':
    case u'「':
    case u'『':
    case u'（':
    case u'【':
    case u'《':
    case u'-':
    case u'–':
    case u'—':
    case u'>': return true;
    default: return isCloser(c) && c != u')' && c != u']' && c != u'}';
    }
}

bool writesOrdinalsWithStop(QStringView language)
{
    static constexpr QStringView languages[] = {u"de", u"da", u"no", u"fi", u"cs", u"hu", u"tr", u"sk", u"sl", u"hr"};
    return std::ranges::find(languages, language) != std::end(languages);
}

bool startsWithSaying(QStringView rest)
{
    if (rest.startsWith(u'と') || rest.startsWith(u"って"))
        return true;
    static constexpr QStringView saying = u"说說道问問喊叫答嚷";
    static constexpr QStringView stops = u"，,。！？!?；;：:、\n";
    for (const QChar c : rest.first(std::min<qsizetype>(rest.size(), 10))) {
        if (stops.contains(c))
            return false;
        if (saying.contains(c))
            return true;
    }
    return false;
}

} // namespace quintet::text
