// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/asked.h"

#include <QRegularExpression>

namespace quintet::llm::builtin {

namespace {

using namespace Qt::StringLiterals;

QRegularExpression pattern(const QString &text)
{
    return QRegularExpression(text, QRegularExpression::CaseInsensitiveOption
                                        | QRegularExpression::UseUnicodePropertiesOption);
}

QString anyOf(const QStringList &parts)
{
    return u"(?:"_s + parts.join(u'|') + u')';
}

/// Singular or plural: of English, German, French, Spanish, Italian, Portuguese, Dutch and Russian.
const QString &timeUnit()
{
    static const QString units =
        anyOf({u"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?"_s,
               u"sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?"_s,
               u"secondes?|heures?|jours?|semaines?|mois|ans?|années?"_s,
               u"segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?"_s,
               u"second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]"_s,
               u"dias?|mês|meses|anos?|dag(?:en)?|uur|uren|we?eken?|maand(?:en)?|ja?ren?"_s,
               u"секунд\\w*|минут\\w*|час(?:а|ов)?|дн(?:я|ей)|день|недел\\w*|месяц\\w*|год(?:а|ы)?|лет"_s});
    return units;
}

/// In digits or in words; "one" is an article as often as a number, and no number here.
const QString &number()
{
    static const QString words = anyOf(
        {u"\\d[\\w.,]*"_s,
         u"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"_s,
         u"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?"_s,
         u"half|quarter|third|fifth|dozen|twice"_s,
         u"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|sechzig"_s,
         u"hundert|tausend|hälfte|drittel|viertel|fünftel"_s,
         u"deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|cent|mille"_s,
         u"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cien|ciento|mil"_s,
         u"due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|venti|trenta|cento"_s,
         u"dois|duas|três|quatro|sete|oito|dez|doze|vinte|trinta|twee|drie|vijf|zes|zeven|negen|tien|twaalf"_s,
         u"два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|двадцать|тридцать|сто"_s});
    return words;
}

/// In Chinese and Japanese. Alone, "one" is as often no number.
const QString &cjkNumber()
{
    static const QString digit = u"[〇二两三四五六七八九十百千万億亿半数]"_s;
    return digit;
}

/// What is between a number and its unit: an adjective, a sign, another number ("five working days", "20 to 30 days").
const QString &gap()
{
    static const QString between = u"[\\s-]+(?:[\\w–-]+\\s+){0,2}?"_s;
    return between;
}

} // namespace

Asked askedFor(const QString &question)
{
    static const QRegularExpression duration = pattern(
        anyOf({u"\\bhow (?:long|soon)\\b"_s, u"\\bhow (?:many|few|much) (?:\\w+ )?"_s + timeUnit() + u"\\b"_s,
               u"\\bwie (?:lange?|schnell)\\b"_s, u"\\bwie ?viele? "_s + timeUnit() + u"\\b"_s,
               u"\\bcombien (?:de temps|d[e’']\\s?"_s + timeUnit() + u"\\b)"_s,
               u"\\bcuánto tiempo\\b|\\bcuánt[oa]s "_s + timeUnit() + u"\\b"_s, u"\\bquanto tempo\\b"_s,
               u"\\bquant[oiae]s? "_s + timeUnit() + u"\\b"_s, u"\\bhoe ?lang\\b|\\bhoeveel "_s + timeUnit() + u"\\b"_s,
               u"\\bкак долго\\b|\\bсколько (?:времени|"_s + timeUnit() + u")"_s,
               u"多久|多长时间|多長時間|几天|几年|何日|何年"_s}));
    static const QRegularExpression moment =
        pattern(anyOf({u"^\\s*(?:(?:until|till|since|by|from|and) )?when\\b"_s,
                       u"\\b(?:what|which) (?:time|year|date|month|day)\\b"_s,
                       u"\\bwann\\b|\\bum wie ?viel uhr\\b|\\bin welchem (?:jahr|monat)\\b|\\ban welchem tag\\b"_s,
                       u"^\\s*(?:depuis |jusqu['’]à )?quand\\b|\\bquelle (?:heure|date|année)\\b"_s,
                       u"^\\W*(?:desde |hasta )?cuándo\\b|\\bqué (?:año|fecha|día)\\b|\\bqué hora\\b"_s,
                       u"^\\s*(?:da |fino a |desde |até )?quando\\b"_s, u"^\\s*wanneer\\b|^\\s*когда\\b"_s,
                       u"什么时候|什麼時候|何时|何時|几点|いつ"_s}));
    static const QRegularExpression amount = pattern(anyOf(
        {u"\\bhow (?:many|much|few|often|far|old|big|large|high|low|deep|wide|tall|heavy|fast|little|small)\\b"_s,
         u"\\bhow \\w+ times\\b|\\bhow little\\b"_s,
         u"\\b(?:what|which) (?:is |are |was |were )?(?:the )?(?:\\w+ "
         u")?(?:percentage|share|number|amount|ratio|price|cost|fee|"
         "age|size|height|length|width|weight|speed|rate|limit|maximum|minimum)\\b"_s,
         u"\\bwie ?viele?\\b|\\bwie (?:hoch|groß|weit|alt|teuer|oft|schwer|tief|breit|häufig)\\b"_s,
         u"\\bcombien\\b|\\bcuánt[oa]s?\\b|\\bquant[oiae]s?\\b|\\bhoeveel\\b|\\bhoe (?:groot|ver|oud|vaak|hoog|duur)\\b"_s,
         u"\\bсколько\\b"_s, u"多少|几个|幾個|いくつ|いくら|何人|何個"_s}));
    if (duration.match(question).hasMatch())
        return Asked::Duration;
    if (moment.match(question).hasMatch())
        return Asked::Moment;
    return amount.match(question).hasMatch() ? Asked::Number : Asked::Anything;
}

QString withoutMeasure(QString question)
{
    static const QRegularExpression measure = pattern(
        u"\\bhow (long|much|many|often|far|soon|old|big|large|high|little|few)\\b|\\bwie (lange?|hoch|groß|weit)\\b"_s);
    return question.remove(measure);
}

int fitness(QStringView sentence, Asked asked)
{
    static const QRegularExpression anyNumber = pattern(u"(?<![\\w.])"_s + number() + u"(?!\\w)|"_s + cjkNumber());
    static const QRegularExpression duration =
        pattern(u"\\b"_s + number() + gap() + timeUnit() + u"\\b|\\bhalf an hour\\b|(?:[\\d一]|"_s + cjkNumber()
                + u")\\s*(?:秒|分钟?|小时|時間|天|日間?|周|週間?|个?月|ヶ月|年)"_s);
    static const QRegularExpression moment = pattern(anyOf(
        {u"\\b\\d{1,2}[:.h]\\d\\d\\b|\\b(?:1[5-9]|20)\\d\\d\\b|\\b\\d{1,2} ?(?:am|pm|a\\.m|p\\.m|uhr|o['’]clock)\\b"_s,
         u"\\b\\d{1,2}[./-]\\d{1,2}[./-]|\\b(?:noon|midnight|mittags?|mitternacht|midi|minuit)\\b"_s,
         u"\\b(?:january|february|march|april|june|july|august|september|october|november|december)\\b|\\bin may\\b"_s,
         u"\\b(?:januar|februar|märz|mai|juni|juli|oktober|dezember)\\b"_s,
         u"\\b(?:janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)\\b"_s,
         u"\\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\\b"_s,
         u"\\b(?:gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)\\b"_s,
         u"\\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?)\\b"_s,
         u"\\d+\\s*(?:年|月|日|时|時|点)"_s}));
    const auto has = [&sentence](const QRegularExpression &what) { return what.matchView(sentence).hasMatch(); };
    switch (asked) {
    case Asked::Anything: return 0;
    case Asked::Number: return has(anyNumber) ? 2 : 0;
    case Asked::Duration: return has(duration) ? 2 : has(anyNumber) ? 1 : 0;
    case Asked::Moment: return has(moment) ? 2 : has(duration) ? 1 : 0;
    }
    Q_UNREACHABLE();
}

} // namespace quintet::llm::builtin
