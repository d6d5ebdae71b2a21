// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/phrases.h"

#include "text/charclass.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <algorithm>
#include <bitset>
#include <vector>

namespace quintet::llm::builtin {

namespace {

struct NamedRole {
    Role role;
    QStringView names; ///< beginnings of headings in lower case, "|" between them
};

constexpr NamedRole roles[] = {
    {Role::Abstract, u"abstract|zusammenfassung|kurzfassung|résumé|resumen|riassunto|sommario|resumo|samenvatting|"
                     u"аннотация|реферат|摘要|要旨|概要|초록|ملخص|tl;dr|executive summary|management summary"},
    {Role::Introduction, u"introduction|einleitung|einführung|introducción|introduzione|introdução|inleiding|введение|"
                         u"引言|绪论|前言|はじめに|序論|서론|مقدمة|overview|überblick"},
    {Role::Methods,
     u"method|materials and method|related work|prior work|background|experimental setup|methodik|methoden|verwandte "
     u"arbeiten|stand der technik|méthode|matériels et méthodes|métodos|metodología|metodi|методы|материалы и "
     u"методы|方法|相关工作|関連研究|installation|installing|building|build from|requirements"},
    {Role::Conclusion, u"conclusion|concluding|discussion and conclusion|summary "
                       u"and|fazit|schluss|schlussfolgerung|ausblick|conclusión|conclusiones|conclusioni|conclusão|"
                       u"conclusie|заключение|выводы|结论|總結|总结|結論|おわりに|まとめ|결론|خاتمة"},
    {Role::References,
     u"references|bibliography|literature cited|works "
     u"cited|literatur|literaturverzeichnis|quellen|bibliographie|références|bibliografía|referencias|bibliografia|"
     u"riferimenti|литература|список литературы|参考文献|參考文獻|참고문헌|المراجع"},
    {Role::LeftOut,
     u"acknowledg|funding|author contribution|conflict of interest|competing interest|data "
     u"availability|supplementary|danksagung|förderung|remerciements|agradecimientos|ringraziamenti|благодарности|致谢|"
     u"謝辞|"
     u"table of contents|contents|inhalt|inhaltsverzeichnis|index|license|licence|the mit license|gnu general "
     u"public|lizenz|copyright|reporting bugs|see "
     u"also|further reading|external links|weblinks|einzelnachweise|siehe "
     u"auch|changelog|sponsors|backers|footnotes|notes"},
};

constexpr QStringView boilerplate[] = {u"all rights reserved",
                                       u"alle rechte vorbehalten",
                                       u"tous droits réservés",
                                       u"copyright (c)",
                                       u"copyright ©",
                                       u"©",
                                       u"click here",
                                       u"cookie",
                                       u"subscribe to",
                                       u"newsletter",
                                       u"terms of use",
                                       u"privacy policy",
                                       u"permission is hereby granted",
                                       u"permission notice",
                                       u"copyright notice",
                                       u"permitted in any medium",
                                       u"liable for any",
                                       u"without warranty",
                                       u"creative commons",
                                       u"free software foundation",
                                       u"redistribute it and/or modify",
                                       u"downloaded from",
                                       u"preprint",
                                       u"corresponding author",
                                       u"doi:",
                                       u"doi.org/",
                                       u"isbn ",
                                       u"issn ",
                                       u"arxiv:",
                                       u"press release",
                                       u"keywords:",
                                       u"key words:",
                                       u"schlagwörter:",
                                       u"schlüsselwörter:",
                                       u"mots-clés",
                                       u"palabras clave",
                                       u"ключевые слова",
                                       u"关键词",
                                       u"originally published as",
                                       u"版权所有",
                                       u"все права защищены"};

constexpr QStringView cues[] = {u"in summary",
                                u"in conclusion",
                                u"to summarize",
                                u"to sum up",
                                u"in short",
                                u"overall,",
                                u"we propose",
                                u"we present",
                                u"we show",
                                u"we find",
                                u"we found",
                                u"we introduce",
                                u"we conclude",
                                u"this paper",
                                u"this study",
                                u"this article",
                                u"this report",
                                u"results show",
                                u"results suggest",
                                u"results indicate",
                                u"most important",
                                u"the main",
                                u"the key",
                                u"the aim",
                                u"the goal",
                                u"the purpose",
                                u"decided",
                                u"significant",
                                u"zusammenfassend",
                                u"insgesamt",
                                u"das wichtigste",
                                u"ergebnisse zeigen",
                                u"ziel ist",
                                u"entscheidend",
                                u"beschlossen",
                                u"en résumé",
                                u"en conclusion",
                                u"nous proposons",
                                u"nous montrons",
                                u"en resumen",
                                u"en conclusión",
                                u"los resultados",
                                u"in sintesi",
                                u"em resumo",
                                u"таким образом",
                                u"в заключение",
                                u"результаты показ",
                                u"итак",
                                u"总之",
                                u"综上",
                                u"本文",
                                u"结果表明",
                                u"最重要",
                                u"本研究",
                                u"要するに",
                                u"本稿",
                                u"결론적으로",
                                u"في الختام"};

constexpr QStringView pointers[] = {u"for more information",
                                    u"for information",
                                    u"for details",
                                    u"for more details",
                                    u"see also",
                                    u"see the",
                                    u"please see",
                                    u"please refer",
                                    u"refer to",
                                    u"the following",
                                    u"as follows",
                                    u"below are",
                                    u"described below",
                                    u"listed below",
                                    u"shown below",
                                    u"read the",
                                    u"weitere informationen",
                                    u"im folgenden",
                                    u"siehe auch",
                                    u"wie folgt",
                                    u"pour plus d",
                                    u"ci-dessous",
                                    u"para más información",
                                    u"a continuación",
                                    u"подробнее",
                                    u"следующ",
                                    u"详见",
                                    u"请参阅",
                                    u"如下"};

// Words that need a sentence before them; where the language has more than one reading, the usual one counts.
constexpr QStringView dangling =
    u"however this that these those it its they their them he his him she her but and so thus therefore hence also "
    u"such moreover furthermore then otherwise nevertheless nonetheless consequently "
    u"meanwhile instead similarly likewise additionally besides yet or here there both another others finally still "
    u"again accordingly conversely "
    u"dies diese dieser dieses dessen deren er sie es ihr ihre sein seine jedoch aber und oder dann danach deshalb "
    u"daher darum dabei dadurch damit dazu außerdem ferner zudem allerdings dennoch trotzdem somit so auch sondern "
    u"denn stattdessen hierbei solche jene "
    u"cela ceci ce cette ces il elle ils elles mais et donc cependant toutefois ainsi puis ensuite alors pourtant "
    u"aussi "
    u"esto este esta estos estas eso ese esa él ella ellos ellas pero y sin además también entonces así luego "
    u"questo questa questi queste esso essa ma e quindi inoltre tuttavia anche poi così "
    u"isto isso esse essa ele ela eles mas então também além "
    u"он она они оно это этот эта эти но и однако поэтому также затем потом тогда кроме его её их такой";

constexpr QStringView danglingCjk[] = {u"这",     u"那",     u"但",     u"因此",   u"所以", u"他",   u"她",
                                       u"它",     u"然而",   u"此外",   u"而且",   u"其",   u"同时", u"另外",
                                       u"しかし", u"これ",   u"それ",   u"その",   u"この", u"また", u"そして",
                                       u"だから", u"그러나", u"그리고", u"따라서", u"이는", u"그는"};

constexpr QStringView firstPersons =
    u"i me my mine we us our ours i'm ich mich mir mein meine wir uns unser unsere je me "
    u"moi mon ma nous notre yo mí mi nosotros nuestro io noi nostro eu nós я мне меня "
    u"мы нас нам ik wij";
constexpr QStringView secondPersons = u"you your yours du dich dir dein deine euch vous votre tu usted ustedes tú voi "
                                      u"você вы вас вам ты тебя jij jullie";

/// Looks for any of some phrases, where a word starts, in one pass: most words start like none of them.
class PhraseFinder final {
public:
    template<size_t N>
    explicit PhraseFinder(const QStringView (&phrases)[N])
    {
        for (const QStringView phrase : phrases) {
            m_starts.set(phrase[0].unicode());
            m_phrases[phrase[0].unicode()].push_back(phrase);
        }
    }

    bool foundIn(QStringView text) const
    {
        bool inWord = false;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const char16_t unit = text[i].unicode();
            const bool ascii = unit < 0x80;
            const char16_t lower =
                ascii ? (unit >= u'A' && unit <= u'Z' ? char16_t(unit | 0x20) : unit) : QChar::toLower(unit);
            if (!inWord && m_starts.test(lower) && startsAt(text.sliced(i), lower))
                return true;
            // Chinese and Japanese words start anywhere.
            inWord = ascii ? text::isAsciiAlnum(unit) : text[i].isLetter() && !text::isWide(unit);
        }
        return false;
    }

private:
    bool startsAt(QStringView rest, char16_t lower) const
    {
        const auto found = m_phrases.constFind(lower);
        return found != m_phrases.constEnd() && std::ranges::any_of(*found, [rest](QStringView phrase) {
                   return rest.startsWith(phrase, Qt::CaseInsensitive);
               });
    }

    std::bitset<0x10000> m_starts;
    QHash<char16_t, std::vector<QStringView>> m_phrases;
};

QSet<QString> setOf(QStringView words)
{
    QSet<QString> set;
    for (const QStringView word : words.tokenize(u' '))
        set.insert(word.toString());
    return set;
}

QString firstWord(QStringView sentence)
{
    qsizetype from = 0;
    while (from < sentence.size() && !sentence[from].isLetterOrNumber())
        ++from;
    qsizetype to = from;
    while (to < sentence.size() && sentence[to].isLetter() && to - from < 20)
        ++to;
    return sentence.sliced(from, to - from).toString().toLower();
}

/// Behind "2.1 ", "IV. ", "第一章 ".
QStringView withoutNumber(QStringView heading)
{
    qsizetype from = 0;
    while (from < heading.size()
           && (heading[from].isDigit() || QStringView(u".)# *:、一二三四五六七八九十第章节節").contains(heading[from])))
        ++from;
    heading = heading.sliced(from);
    const qsizetype stop = heading.indexOf(u". ");
    if (stop > 0 && stop < 6
        && std::ranges::all_of(heading.first(stop), [](QChar c) { return QStringView(u"IVX").contains(c); }))
        heading = heading.sliced(stop + 2);
    return heading.trimmed();
}

} // namespace

Role roleOf(QStringView heading)
{
    const QString name = withoutNumber(heading).toString().toLower();
    if (name.isEmpty() || name.size() > 60)
        return Role::Body;
    for (const NamedRole &named : roles) {
        for (const QStringView start : named.names.tokenize(u'|')) {
            if (!name.startsWith(start))
                continue;
            // "contents" must not claim "contentsecurity", nor "index" "indexes for search".
            const qsizetype rest = name.size() - start.size();
            const bool whole = rest == 0 || !name[start.size()].isLetter() || start.size() >= 6;
            if (whole && rest <= 25)
                return named.role;
        }
    }
    return Role::Body;
}

bool isCaption(QStringView sentence)
{
    static constexpr QStringView names[] = {
        u"figure",  u"fig.", u"table",   u"abbildung", u"abb.",    u"tabelle", u"tab.", u"tableau", u"figura", u"tabla",
        u"tabella", u"рис.", u"рисунок", u"таблица",   u"listing", u"图",      u"圖",   u"図",      u"表"};
    static constexpr QStringView starts = u"fFtTaAрРтТlL图圖図表";
    if (sentence.isEmpty() || !starts.contains(sentence[0]))
        return false;
    for (const QStringView name : names) {
        if (!sentence.startsWith(name, Qt::CaseInsensitive))
            continue;
        const QStringView rest = sentence.sliced(name.size()).trimmed();
        // A caption gives its number and a stop; "Figure 3 shows" is prose.
        qsizetype digits = 0;
        while (digits < rest.size() && (rest[digits].isDigit() || rest[digits] == u'-'))
            ++digits;
        if (digits > 0
            && (digits == rest.size() || QStringView(u".:|—–-)").contains(rest[digits])
                || rest.sliced(digits).trimmed().startsWith(u'.') || rest[digits] == u' '))
            return digits == rest.size() || !rest.sliced(digits).trimmed()[0].isLower();
    }
    return false;
}

bool isBoilerplate(QStringView sentence)
{
    // An entry of a bibliography: "[12] A. Author", "(2004), pp. 3-7".
    if (sentence.size() > 3 && sentence[0] == u'[' && sentence[1].isDigit()
        && sentence.first(std::min<qsizetype>(6, sentence.size())).contains(u']'))
        return true;
    static const PhraseFinder finder(boilerplate);
    return finder.foundIn(sentence);
}

bool hasCue(QStringView sentence)
{
    static const PhraseFinder finder(cues);
    return finder.foundIn(sentence);
}

bool pointsElsewhere(QStringView sentence)
{
    if (sentence.startsWith(u"See ") || sentence.startsWith(u"Siehe ") || sentence.startsWith(u"Voir "))
        return true;
    static const PhraseFinder finder(pointers);
    return finder.foundIn(sentence);
}

bool startsDangling(QStringView sentence)
{
    static const QSet<QString> words = setOf(dangling);
    if (words.contains(firstWord(sentence)))
        return true;
    return std::ranges::any_of(danglingCjk, [sentence](QStringView start) { return sentence.startsWith(start); });
}

Person personOf(QStringView word)
{
    static const QSet<QString> first = setOf(firstPersons);
    static const QSet<QString> second = setOf(secondPersons);
    const QString sought = word.toString();
    return first.contains(sought) ? Person::First : second.contains(sought) ? Person::Second : Person::Other;
}

} // namespace quintet::llm::builtin
