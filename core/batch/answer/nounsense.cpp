// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/nounsense.h"

#include <algorithm>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr double verbLike = 0.3;
constexpr double unknown = 1;
constexpr double nounLike = 1.2;
constexpr double nameLike = 1.4;
constexpr double halfway = 0.6; ///< what an ending alone says

/// Words of a language beside which nouns and verbs stand, parted by spaces.
struct Signs {
    QString language;
    QString beforeNouns;
    QString beforeVerbs;
    QString behindVerbs;
    QString endings;
};

const Signs &signsOf(const QString &language)
{
    static const Signs none;
    static const Signs all[] = {
        {u"en"_s,
         u"the a an this these those its their your our his her my of in on with from by into at no any each every as"_s,
         u"to can could will would must may might shall should cannot i it they you we he she please which that who "
         u"not also is "
         "are was were be been being has have had do does did"_s,
         u"the a an this these those its their your our all it you them"_s, u"ed ly"_s},
        {u"fr"_s,
         u"le la les l un une des du de d au aux ce cet cette ces son sa ses leur leurs votre vos notre nos en sur "
         u"avec "
         "dans par"_s,
         u"se s ne n qui il elle ils elles on vous nous je à pour peut peuvent est sont être a ont"_s,
         u"le la les l un une des son sa ses leur leurs votre vos ce cette ces"_s, u"é ée és ées"_s},
        {u"es"_s, u"el la los las un una unos unas de del en con por su sus este esta estos estas al"_s,
         u"se no que puede pueden es son para a le lo ser ha han"_s, u"el la los las un una su sus"_s,
         u"ado ada ados adas ido ida idos idas mente"_s},
        {u"it"_s, u"il lo la i gli le l un uno una di del dello della dei delle in con da dal su suo sua al alla"_s,
         u"si non che può possono è sono per a ha hanno essere"_s, u"il lo la i gli le l un uno una"_s,
         u"ato ata ati ate uto uta uti ute mente"_s},
        {u"pt"_s, u"o a os as um uma de do da dos das em no na nos nas com por seu sua ao"_s,
         u"se não que pode podem é são para ser foi"_s, u"o os as um uma seu sua"_s,
         u"ado ada ados adas ido ida idos idas mente"_s},
        {u"nl"_s,
         u"de het een van in op met voor aan dit deze zijn haar"_s,
         u"kan kunnen wordt worden te die dat niet zal moet ook"_s,
         u"de het een"_s,
         {}}};
    const auto found = std::ranges::find(all, language, &Signs::language);
    return found == std::end(all) ? none : *found;
}

QSet<QString> setOf(const QString &words)
{
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    return QSet<QString>(list.begin(), list.end());
}

bool isCapital(QStringView word)
{
    return !word.isEmpty() && word.front().isUpper();
}

/// "VNC", "GParted": a name wherever it stands.
bool hasInnerCapitals(QStringView word)
{
    return std::ranges::any_of(word.sliced(1), [](QChar c) { return c.isUpper(); });
}

} // namespace

NounSense::NounSense(const QString &language) : m_isGerman(language == u"de")
{
    const Signs &signs = signsOf(language);
    m_beforeNouns = setOf(signs.beforeNouns);
    m_beforeVerbs = setOf(signs.beforeVerbs);
    m_behindVerbs = setOf(signs.behindVerbs);
    m_endings = signs.endings.split(u' ', Qt::SkipEmptyParts);
}

double NounSense::weight(const PlacedWord &placed) const
{
    if (isName(placed))
        return nameLike;
    if (m_isGerman)
        return !isCapital(placed.word) ? verbLike : placed.isSentenceStart ? unknown : nounLike;
    if (m_beforeVerbs.contains(placed.before.toString().toLower())
        || m_behindVerbs.contains(placed.after.toString().toLower()))
        return verbLike;
    const bool hasEnding = std::ranges::any_of(m_endings, [&placed](const QString &ending) {
        return placed.word.size() > ending.size() + 2 && placed.word.endsWith(ending);
    });
    if (hasEnding)
        return halfway;
    return m_beforeNouns.contains(placed.before.toString().toLower()) ? nounLike : unknown;
}

bool NounSense::isName(const PlacedWord &placed) const
{
    // In German, every noun has a capital.
    return hasInnerCapitals(placed.word) || (!m_isGerman && isCapital(placed.word) && !placed.isSentenceStart);
}

bool NounSense::isPhrase(const PlacedWord &first, const PlacedWord &second, bool isHyphenated) const
{
    if (weight(second) < unknown)
        return false;
    // In German, what stands in front of a noun may be an adjective; elsewhere a verb is none of a phrase.
    return isHyphenated || m_isGerman || weight(first) >= unknown;
}

} // namespace quintet::batch
