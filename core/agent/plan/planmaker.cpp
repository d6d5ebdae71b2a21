// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/plan/planmaker.h"

#include "agent/loop/owntools.h"
#include "agent/plan/computeddates.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <utility>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostValues = 20'000; // of one result that are looked at

/// A number that a former call gave, and where it stands.
struct KnownNumber {
    QString path; ///< "c2.rows.0.total"
    QString call;
    double value = 0;
};

/// Adds the numbers in `value`, or those that stand in strings.
void collect(const QJsonValue &value, bool inStrings, const QString &path, const QString &call,
             std::vector<KnownNumber> &numbers)
{
    if (qsizetype(numbers.size()) > mostValues)
        return;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            collect(array[i], inStrings, path + u'.' + QString::number(i), call, numbers);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto each = object.begin(); each != object.end(); ++each)
            collect(each.value(), inStrings, path + u'.' + each.key(), call, numbers);
    } else if (value.isDouble() && !inStrings) {
        numbers.push_back({path, call, value.toDouble()});
    } else if (value.isString() && inStrings) {
        bool isNumber = false;
        const double number = value.toString().toDouble(&isNumber);
        if (isNumber)
            numbers.push_back({path, call, number});
    }
}

/// A number as it stands in a text.
struct WrittenNumber {
    double value = 0;
    int decimals = 0;
    bool isGrouped = false;
    bool isTelling = false; ///< long enough not to be the same by chance
};

std::optional<WrittenNumber> numberFrom(QString text)
{
    WrittenNumber number;
    number.isGrouped = text.contains(u',');
    text.remove(u',');
    const qsizetype point = text.indexOf(u'.');
    number.decimals = point < 0 ? 0 : int(text.size() - point - 1);
    number.isTelling = text.size() >= 3;
    bool isNumber = false;
    number.value = text.toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

/// Puts templates in the place of what follows from today and from former results.
class Templating final {
public:
    explicit Templating(const QDate &day) : m_dates(namesOfDates(day)) { }

    void know(const QString &call, const QJsonObject &value)
    {
        // What is known last is found first: numbers rather than strings that are some.
        collect(value, true, call, call, m_numbers);
        collect(value, false, call, call, m_numbers);
    }

    /// Calls whose results were found in what was templated since this was asked last.
    QSet<QString> takeUsed() { return std::exchange(m_used, {}); }

    QString inAnswer(const QString &text) { return withNumbers(withDates(text), true); }

    QJsonValue inArgument(const QJsonValue &value)
    {
        if (value.isString())
            return withNumbers(withDates(value.toString()), false);
        if (value.isDouble())
            return number(value);
        if (value.isArray()) {
            QJsonArray array;
            for (const QJsonValue each : value.toArray())
                array.append(inArgument(each));
            return array;
        }
        if (!value.isObject())
            return value;
        QJsonObject object = value.toObject();
        for (auto each = object.begin(); each != object.end(); ++each)
            each.value() = inArgument(QJsonValue(each.value()));
        return object;
    }

private:
    QString withDates(const QString &text) const
    {
        static const QRegularExpression dates(
            u"\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{4}-\\d{2}\\b(?!-)|"
            "\\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \\d{4}\\b"_s);
        return replaced(text, dates, [this](const QString &date) -> std::optional<QString> {
            const QString name = m_dates.value(date);
            return name.isEmpty() ? std::nullopt : std::optional(u"{{%1}}"_s.arg(name));
        });
    }

    QString withNumbers(const QString &text, bool isAnswer)
    {
        // Not inside of templates, words, dates and other numbers.
        static const QRegularExpression numbers(
            u"\\{\\{.*?\\}\\}|(?<![\\w.,-])\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?![\\w-]|\\.\\d)|"
            "(?<![\\w.,-])\\d+(?:\\.\\d+)?(?![\\w-]|[.,]\\d)"_s);
        return replaced(text, numbers, [&](const QString &written) -> std::optional<QString> {
            const auto number = written.startsWith(u'{') ? std::nullopt : numberFrom(written);
            if (!number)
                return std::nullopt;
            const KnownNumber *const known = find(*number, isAnswer);
            if (!known)
                return std::nullopt;
            m_used.insert(known->call);
            if (!isAnswer)
                return u"{{%1}}"_s.arg(known->path);
            return u"{{%1|%2:%3}}"_s.arg(known->path, number->isGrouped ? u"grouped"_s : u"number"_s)
                .arg(number->decimals);
        });
    }

    QJsonValue number(const QJsonValue &value)
    {
        const auto written = numberFrom(QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest));
        const KnownNumber *const known = written ? find(*written, false) : nullptr;
        if (!known)
            return value;
        m_used.insert(known->call);
        return u"{{%1}}"_s.arg(known->path);
    }

    /// The newest result that is this number; in an answer, once it is rounded as there. A short one, which may be the
    /// same by chance, counts only where a call gave it alone.
    const KnownNumber *find(const WrittenNumber &number, bool isRounded) const
    {
        const double tolerance = isRounded ? 0.5000001 * std::pow(10, -number.decimals) : 1e-9;
        const auto found = std::find_if(m_numbers.rbegin(), m_numbers.rend(), [&](const KnownNumber &known) {
            const bool isAlone = known.path.count(u'.') == 1;
            return (number.isTelling || isAlone) && std::abs(known.value - number.value) <= tolerance;
        });
        return found == m_numbers.rend() ? nullptr : &*found;
    }

    template<typename Replace>
    static QString replaced(const QString &text, const QRegularExpression &what, Replace replace)
    {
        QString result;
        qsizetype from = 0;
        for (const auto &match : what.globalMatch(text)) {
            const auto instead = replace(match.captured());
            result += text.sliced(from, match.capturedStart() - from);
            result += instead.value_or(match.captured());
            from = match.capturedEnd();
        }
        return result + text.sliced(from);
    }

    QHash<QString, QString> m_dates;
    std::vector<KnownNumber> m_numbers;
    QSet<QString> m_used;
};

bool isDoneAgain(const Call &call)
{
    return call.state == CallState::Done && call.result && !isOwnTool(call.wish.name);
}

QString resultsOf(const Plan &plan)
{
    QString text;
    for (const PlannedCall &call : plan.calls)
        text += u"**%1**\n\n{{%2.text}}\n\n"_s.arg(call.thought.isEmpty() ? call.tool : call.thought, call.id);
    return text.trimmed();
}

} // namespace

Result<Plan> planFrom(const AgentRun &run, const QDate &day)
{
    Plan plan{.title = run.title(), .task = run.spec().task, .note = {}, .workplace = run.spec().workplace};
    Templating templating(day);
    QSet<QString> writing;
    for (const Step &step : run.steps()) {
        for (const Call &call : step.calls) {
            if (!isDoneAgain(call))
                continue;
            const QString id = u"c"_s + QString(call.id).replace(u'.', u'_');
            PlannedCall planned{id, step.text.section(u'\n', 0, 0), call.wish.name,
                                templating.inArgument(call.arguments).toObject()};
            plan.calls.push_back(std::move(planned));
            if (call.effect != Effect::Reads)
                writing.insert(id);
            templating.know(id, call.result->value);
        }
    }
    if (plan.calls.empty()) {
        return failure(ErrorKind::BadInput,
                       QCoreApplication::translate("agent", "Nothing was done in this run that could be done again."));
    }
    QSet<QString> used = templating.takeUsed();
    plan.answer = templating.inAnswer(run.answer());
    const QSet<QString> usedByAnswer = templating.takeUsed();
    if (usedByAnswer.isEmpty()) {
        plan.answer = resultsOf(plan);
        return plan;
    }
    used.unite(usedByAnswer).unite(writing);
    std::erase_if(plan.calls, [&used](const PlannedCall &call) { return !used.contains(call.id); });
    return plan;
}

} // namespace quintet::agent
