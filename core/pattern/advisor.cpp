// SPDX-License-Identifier: GPL-3.0-or-later
#include "pattern/advisor.h"

#include "text/tokenestimate.h"
#include "text/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace quintet::pattern {

namespace {

constexpr double charactersPerToken = 4;
constexpr double answerTokens = 300;
constexpr double agentSteps = 6; ///< each sends the whole trace again
constexpr double knowledgeContext = 2'000;
constexpr double chatTurns = 4;       ///< each sends the whole conversation again
constexpr double outputWeight = 4;    ///< a token written in tokens read, where no price is known
constexpr double batchDiscount = 0.5; ///< what providers take off a queued batch

QString tr(const char *sentence)
{
    return QCoreApplication::translate("pattern", sentence);
}

/// Words and phrases that speak for a pattern; "*" at the end stands for any ending.
struct Cue {
    Pattern pattern;
    int weight;
    QStringView phrases; ///< "|" between them, lower case
    const char *reason;
};

constexpr Cue cues[] = {
    {Pattern::Batch, 6,
     u"classif*|categori*|label them|label all|tag all|translate all|all my|all our|all these|all the|each file|every "
     u"file|all files|each of the|each of these|for each|for every|every document|each document|each row|every "
     u"row|each line|thousand*|hundreds of|hundred*|in bulk|bulk|batch|"
     u"klassifizier*|jede datei|alle dateien|alle|jedes dokument|jede zeile|für "
     u"jede*|hunderte*|tausend*|massenhaft|stapel*",
     QT_TRANSLATE_NOOP(
         "pattern",
         "The same is to be done to many items: a queue does it at half the price and survives an interruption.")},
    {Pattern::Agent, 5,
     u"step by step|and then|multi-step|several steps|calculat*|compute|total|totals|growth|revenue|sales|last "
     u"month|last quarter|how many|database|sql|query the|run the|spreadsheet|search the web|look up|compare the "
     u"prices|plan and|agent|tool|tools|call the api|forecast|average of|sum of|total of|percentage|"
     u"berechne*|umsatz|wachstum|summe|wie viele|rechne*|datenbank|schritt für schritt|mehrere "
     u"schritte|werkzeug*|durchschnitt*|und dann|recherchier*",
     QT_TRANSLATE_NOOP(
         "pattern",
         "It takes several steps with search, calculation or data: an agent chooses its tools and shows each step.")},
    {Pattern::Knowledge, 4,
     u"my documents|our documents|my files|our files|our wiki|our handbook|the handbook|the manual|our "
     u"policy|policies|our contracts|in the documents|in my notes|my notes|according to|knowledge "
     u"base|collection|which page|where does it say|cite|citation*|sources|"
     u"meine dokumente|unsere dokumente|unseren dokumenten|meinen dokumenten|handbuch|unsere "
     u"verträge|wissensdatenbank|sammlung|welche seite|wo steht|laut|quellen",
     QT_TRANSLATE_NOOP("pattern",
                       "It asks your own documents: Knowledge finds the passages and answers with the page.")},
    {Pattern::Chat, 4,
     u"hello|hi|hallo|chat|talk|discuss*|conversation|brainstorm*|help me think|let's|interview me|teach me|explain to "
     u"me|role play|ask me|advice|feedback on|"
     u"unterhalt*|gespräch|diskutier*|erklär mir|hilf mir|lass uns|rat geben|plaudern",
     QT_TRANSLATE_NOOP("pattern", "It is a conversation: Chat answers at once and you read it as it is written.")},
    {Pattern::Summarize, 4,
     u"summar*|shorten|tl;dr|key points|main points|gist|abstract|translate this|rewrite this|in a "
     u"nutshell|condense|action items|"
     u"zusammenfass*|fasse|kürze*|hauptpunkte|kernaussagen|übersetze diesen",
     QT_TRANSLATE_NOOP("pattern", "One text in, one answer out: the simplest pattern does it.")},
};

struct Case {
    int score = 0;
    QStringList reasons;

    void add(int weight, const QString &reason)
    {
        score += weight;
        if (!reasons.contains(reason))
            reasons << reason;
    }
};

using Cases = std::array<Case, 5>;

/// `text` in lower case as words with one space around each, so that phrases match whole words.
QString asWords(const QString &text)
{
    QString words = QStringLiteral(" ");
    for (const QChar c : text.toLower()) {
        const bool part = c.isLetterOrNumber() || c == u'\'' || c == u';' || c == u'-';
        if (part)
            words += c;
        else if (!words.endsWith(u' '))
            words += u' ';
    }
    return words.endsWith(u' ') ? words : words + u' ';
}

bool says(const QString &words, QStringView phrase)
{
    const bool open = phrase.endsWith(u'*');
    const QString sought =
        u' ' + (open ? phrase.chopped(1) : phrase).toString() + (open ? QString() : QStringLiteral(" "));
    return words.contains(sought);
}

bool speaksFor(Pattern pattern, const QString &text)
{
    const QString words = asWords(text);
    return std::ranges::any_of(cues, [&](const Cue &cue) {
        const auto phrases = cue.phrases.split(u'|');
        return cue.pattern == pattern
               && std::ranges::any_of(phrases, [&words](QStringView phrase) { return says(words, phrase); });
    });
}

/// "4000 reviews", but not "200 words" or "the 2026 report".
bool namesManyItems(const QString &text)
{
    static const QRegularExpression count(
        QStringLiteral("\\b(\\d{2,3}|\\d{1,3}(?:[.,]\\d{3})+|(?!19\\d\\d\\b|20\\d\\d\\b)\\d{4,})\\s+(?!words?\\b|pages?"
                       "\\b|characters?\\b|percent\\b|"
                       "euros?\\b|dollars?\\b|years?\\b|days?\\b|hours?\\b|minutes?\\b|sentences?\\b|lines?\\b|wörter|"
                       "seiten|zeichen|prozent|jahre|"
                       "tage|stunden|minuten|sätze|zeilen)\\p{L}{3,}"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return count.match(text).hasMatch();
}

/// "my contract", "our handbook", "the minutes".
bool namesOwnDocuments(const QString &text)
{
    static const QRegularExpression own(
        QStringLiteral("\\b(?:my|our|the|these|mein\\w*|unser\\w*|d(?:er|ie|as|em|en))\\s+(?:\\p{L}+\\s+)?(?:contracts?"
                       "|leases?|agreements?|polic(?:y|ies)|manuals?|"
                       "handbooks?|reports?|thesis|notes|papers|files|documents?|e?-?mails?|minutes|invoices?|statutes|"
                       "guidelines|rules|"
                       "vertr\\w+|mietvertrag|handbuch|bericht\\w*|notizen|dokument\\w*|protokoll\\w*|rechnung\\w*|"
                       "satzung|richtlinie\\w*)\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return own.match(text).hasMatch();
}

bool isQuestion(const QString &text, const QString &words)
{
    static constexpr QStringView starts[] = {u" what ", u" was ",  u" wessen ", u" who ",   u" when ", u" where ",
                                             u" why ",  u" how ",  u" which ",  u" does ",  u" is ",   u" can ",
                                             u" wer ",  u" wann ", u" wo ",     u" warum ", u" wie ",  u" welche"};
    return text.trimmed().endsWith(u'?')
           || std::ranges::any_of(starts, [&words](QStringView start) { return words.startsWith(start); });
}

Cases weigh(const Wish &wish)
{
    Cases cases;
    const auto of = [&cases](Pattern pattern) -> Case & { return cases[size_t(pattern)]; };
    const QString words = asWords(wish.text);
    for (const Cue &cue : cues) {
        for (const QStringView phrase : cue.phrases.tokenize(u'|')) {
            if (says(words, phrase))
                of(cue.pattern).add(cue.weight, tr(cue.reason));
        }
    }
    const bool question = isQuestion(wish.text, words);
    const bool many = wish.folders > 0 || wish.files >= 4;
    const bool documents = wish.ownDocuments || wish.folders > 0 || wish.files > 1;
    if (namesManyItems(wish.text))
        of(Pattern::Batch).add(6, tr("It names many items."));
    if (question && namesOwnDocuments(wish.text))
        of(Pattern::Knowledge)
            .add(5, tr("It asks your own documents: Knowledge finds the passages and answers with the page."));
    if (question && documents)
        of(Pattern::Knowledge)
            .add(wish.ownDocuments || many ? 9 : 5,
                 tr("A question and documents of your own: Knowledge finds the passages and answers with the page."));
    else if (many)
        of(Pattern::Batch)
            .add(6, wish.folders > 0
                        ? tr("A whole folder is a job for a queue: it does the same to each file, and survives an "
                             "interruption.")
                        : tr("%1 files are a job for a queue: it does the same to each, and survives an interruption.")
                              .arg(wish.files));
    if (wish.ownDocuments)
        of(Pattern::Knowledge).add(2, tr("There is a collection of your own documents to ask."));
    if (wish.files == 1 && wish.folders == 0)
        of(Pattern::Summarize).add(3, tr("One text in, one answer out: the simplest pattern does it."));
    if (wish.pictures > 0 && wish.pictures >= wish.files)
        of(Pattern::Chat).add(8, tr("A picture: Chat shows it to the model, and you can ask about it."));
    if (question && !documents && wish.files == 0)
        of(Pattern::Chat)
            .add(3, tr("A question without documents is the start of a conversation: Chat answers at once."));
    // Where nothing speaks for anything: start simple.
    of(Pattern::Summarize).score += 1;
    return cases;
}

/// Equal scores go to the simpler pattern.
Pattern bestOf(const Cases &cases, std::optional<Pattern> without = {})
{
    static constexpr Pattern simplestFirst[] = {Pattern::Summarize, Pattern::Chat, Pattern::Batch, Pattern::Knowledge,
                                                Pattern::Agent};
    std::optional<Pattern> best;
    for (const Pattern pattern : simplestFirst) {
        if (without != pattern && (!best || cases[size_t(pattern)].score > cases[size_t(*best)].score))
            best = pattern;
    }
    return *best;
}

QString whyNot(Pattern alternative, const Cases &cases)
{
    const bool spokenFor = cases[size_t(alternative)].score > 1;
    switch (alternative) {
    case Pattern::Summarize:
        return tr(
            "Summarize gives one answer to one text; it would do if that is all you need, and it is the simplest.");
    case Pattern::Chat:
        return tr("Chat would let you ask further, but each answer costs the whole conversation again.");
    case Pattern::Batch:
        return spokenFor ? tr("Batch would do the same to each item, but gives one result an item and not one answer.")
                         : tr("Batch pays only when the same is to be done to many items.");
    case Pattern::Knowledge:
        return tr("Knowledge would answer with the page, but the documents must be read into a collection first.");
    case Pattern::Agent:
        return spokenFor
                   ? tr("An agent could do it in steps, but costs several times as much and needs watching.")
                   : tr("An agent is needed only for tasks of several steps; it costs the most and takes the longest.");
    }
    return {};
}

struct Tokens {
    double input = 0;
    double output = answerTokens;
};

Tokens tokensOf(Pattern pattern, const Wish &wish)
{
    const double question = double(text::estimateTokens(wish.text));
    const double files = double(wish.characters) / charactersPerToken;
    const double items = std::max(1, wish.files + wish.folderFiles);
    switch (pattern) {
    case Pattern::Summarize:
    case Pattern::Chat: return {question + files, answerTokens};
    case Pattern::Batch: return {question * items + files, answerTokens * items};
    case Pattern::Knowledge: return {question + knowledgeContext, answerTokens};
    case Pattern::Agent:
        return {(question + files + answerTokens * agentSteps / 2) * agentSteps, answerTokens * agentSteps};
    }
    return {};
}

/// "a half", "a tenth": what `factor` times less is called.
QString share(double factor)
{
    if (factor < 2.5)
        return tr("half");
    if (factor < 3.5)
        return tr("a third");
    if (factor < 4.5)
        return tr("a quarter");
    if (factor < 7)
        return tr("a fifth");
    if (factor < 15)
        return tr("a tenth");
    if (factor < 35)
        return tr("a twentieth");
    return tr("a fiftieth");
}

/// What one use comes to in the end: a conversation seldom stays at one answer.
Expectation inTheEnd(Pattern pattern, Expectation one)
{
    if (pattern != Pattern::Chat)
        return one;
    one.inputTokens = one.inputTokens * chatTurns + answerTokens * chatTurns * (chatTurns - 1) / 2;
    one.outputTokens *= chatTurns;
    return one;
}

double weightOf(const Expectation &one, const ModelFacts &facts)
{
    return facts.usdPerMillionInput && facts.usdPerMillionOutput
               ? one.inputTokens * *facts.usdPerMillionInput + one.outputTokens * *facts.usdPerMillionOutput
               : one.inputTokens + one.outputTokens * outputWeight;
}

} // namespace

Recommendation recommend(const Wish &wish, const ModelFacts &facts)
{
    const Cases cases = weigh(wish);
    Recommendation found;
    found.pattern = bestOf(cases);
    found.traits = traitsOf(found.pattern);
    found.reasons = cases[size_t(found.pattern)].reasons;
    if (found.reasons.isEmpty())
        found.reasons << tr("Nothing in it asks for more than one answer to one text: start simple.");
    found.alternative = bestOf(cases, found.pattern);
    found.whyNotAlternative = whyNot(found.alternative, cases);
    if (const auto expected = expectationOf(found.pattern, wish, facts)) {
        found.expectedSeconds = expected->seconds;
        found.expectedCostUsd = expected->costUsd;
    }
    return found;
}

std::optional<Expectation> expectationOf(Pattern pattern, const Wish &wish, const ModelFacts &facts)
{
    // Without the size of what is to be read, nothing is claimed.
    const bool sizeUnknown =
        (wish.folders > 0 && wish.folderFiles == 0) || (wish.files + wish.folderFiles > 0 && wish.characters == 0);
    if (sizeUnknown && pattern != Pattern::Knowledge)
        return std::nullopt;
    const Tokens tokens = tokensOf(pattern, wish);
    Expectation expected{tokens.input, tokens.output, {}, {}};
    if (facts.tokensPerSecond && *facts.tokensPerSecond > 0)
        expected.seconds = tokens.output / *facts.tokensPerSecond;
    if (facts.usdPerMillionInput && facts.usdPerMillionOutput) {
        const double usd =
            (tokens.input * *facts.usdPerMillionInput + tokens.output * *facts.usdPerMillionOutput) / 1e6;
        expected.costUsd = pattern == Pattern::Batch ? usd * batchDiscount : usd;
    }
    return expected;
}

std::optional<Hint> cheaperThan(Pattern used, const Wish &wish, const ModelFacts &facts)
{
    const bool isOneText = wish.folders == 0 && wish.files <= 1 && wish.pictures == 0 && !wish.ownDocuments;
    if (!isOneText || wish.text.trimmed().isEmpty())
        return std::nullopt;
    const Cases cases = weigh(wish);
    const bool fitsChat =
        used == Pattern::Chat && bestOf(cases) == Pattern::Summarize && speaksFor(Pattern::Summarize, wish.text);
    const bool fitsAgent =
        used == Pattern::Agent && cases[size_t(Pattern::Agent)].score == 0 && bestOf(cases) == Pattern::Summarize;
    const auto now = expectationOf(used, wish, facts);
    const auto then = expectationOf(Pattern::Summarize, wish, facts);
    if (!(fitsChat || fitsAgent) || !now || !then)
        return std::nullopt;
    const double factor = weightOf(inTheEnd(used, *now), facts) / weightOf(*then, facts);
    if (factor < 2)
        return std::nullopt;
    return Hint{Pattern::Summarize, factor,
                used == Pattern::Chat
                    ? tr("One answer is enough here: Summarize costs %1 of a conversation.").arg(share(factor))
                    : tr("One answer is enough here: Summarize costs about %1.").arg(share(factor))};
}

} // namespace quintet::pattern
