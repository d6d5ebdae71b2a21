// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/language.h"

#include "text/charclass.h"
#include "text/stopwords.h"
#include "text/words.h"

#include <QHash>

#include <algorithm>

namespace quintet::text {

namespace {

constexpr qsizetype sampleSize = 4000;
constexpr int samples = 6;

using Evidence = QHash<QString, double>;

/// Which languages a stop word belongs to; a word of many says less for each.
const QHash<QString, QStringList> &owners()
{
    static const auto made = [] {
        QHash<QString, QStringList> all;
        for (const QString &language : StopWords::languages()) {
            for (const QStringView word : StopWords::of(language))
                all[word.toString()] << language;
        }
        return all;
    }();
    return made;
}

void countWord(QStringView word, Evidence &evidence)
{
    const auto found = owners().constFind(word.toString().toLower());
    if (found == owners().constEnd())
        return;
    // Long function words are rarely anything else; single letters often are.
    const double weight = (word.size() == 1 ? 0.3 : word.size() == 2 ? 0.8 : 1.0) / double(found->size());
    for (const QString &language : *found)
        evidence[language] += weight;
}

QString languageOfArabicScript(QStringView text)
{
    int urdu = 0;
    int persian = 0;
    for (const QChar c : text) {
        urdu += QStringView(u"ٹڈڑےںہھ").contains(c) ? 1 : 0;
        persian += QStringView(u"گچپژ").contains(c) ? 1 : 0;
    }
    return urdu > 1 ? QStringLiteral("ur") : persian > 1 ? QStringLiteral("fa") : QStringLiteral("ar");
}

/// Letters of scripts that name their language, or a small family that letters tell apart.
void countScripts(QStringView text, Evidence &evidence)
{
    QHash<int, int> counts;
    int kana = 0;
    int han = 0;
    for (const QChar c : text) {
        if (c.unicode() < 0x250 || !c.isLetter())
            continue;
        const auto script = c.script();
        kana += script == QChar::Script_Hiragana || script == QChar::Script_Katakana ? 1 : 0;
        han += script == QChar::Script_Han ? 1 : 0;
        ++counts[int(script)];
    }
    // About the share of stop words among the words of a text, so that scripts and words can be compared.
    const auto add = [&evidence](const QString &language, int letters, double lettersPerStopWord) {
        if (letters > 0)
            evidence[language] += letters / lettersPerStopWord;
    };
    if (kana * 12 > han)
        add(QStringLiteral("ja"), kana + han, 4);
    else
        add(QStringLiteral("zh"), han, 4);
    add(QStringLiteral("ko"), counts.value(QChar::Script_Hangul), 8);
    add(QStringLiteral("th"), counts.value(QChar::Script_Thai), 12);
    add(QStringLiteral("he"), counts.value(QChar::Script_Hebrew), 12);
    add(QStringLiteral("hi"), counts.value(QChar::Script_Devanagari), 10);
    add(QStringLiteral("el"), counts.value(QChar::Script_Greek), 30);
    add(QStringLiteral("ru"), counts.value(QChar::Script_Cyrillic), 40);
    const int arabic = counts.value(QChar::Script_Arabic);
    if (arabic > 0)
        add(languageOfArabicScript(text), arabic, 12);
}

std::vector<std::pair<double, QString>> ranked(QStringView text)
{
    Evidence evidence;
    const qsizetype step = std::max(sampleSize, text.size() / samples);
    for (qsizetype from = 0; from < text.size(); from += step) {
        const QStringView sample = text.sliced(from, std::min(sampleSize, text.size() - from));
        countScripts(sample, evidence);
        forEachWord(sample, [&](Span span, WordKind kind) {
            if (kind == WordKind::Letters)
                countWord(span.of(sample), evidence);
        });
    }
    std::vector<std::pair<double, QString>> order;
    for (const auto &[language, weight] : evidence.asKeyValueRange())
        order.emplace_back(weight, language);
    // Equal evidence: by code, so that the answer never depends on the order of a hash.
    std::ranges::sort(order, [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    return order;
}

} // namespace

QString guessLanguage(QStringView text)
{
    const auto order = ranked(text);
    return order.empty() ? QString() : order.front().second;
}

QStringList guessLanguages(QStringView text)
{
    const auto order = ranked(text);
    double sum = 0;
    for (const auto &[weight, language] : order)
        sum += weight;
    QStringList languages;
    for (const auto &[weight, language] : order) {
        if (languages.isEmpty() || weight > 0.25 * sum)
            languages << language;
    }
    return languages;
}

} // namespace quintet::text
