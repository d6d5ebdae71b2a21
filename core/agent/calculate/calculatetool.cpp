// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/calculate/calculatetool.h"

#include "agent/argumentschema.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <csignal>
#include <qcorosignal.h>
#include <sys/prctl.h>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostAtATime = 2;
constexpr qsizetype longestExpression = 4'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

ToolResult resultFrom(const QJsonObject &answer)
{
    QString text = answer[u"value"].toString();
    if (const QString exact = answer[u"exact"].toString(); !exact.isEmpty())
        text += u"\nexactly: "_s + exact;
    return {.text = text, .value = answer};
}

void prepare(QProcess &process, const QString &program)
{
    QProcessEnvironment environment;
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    environment.insert(u"HOME"_s, u"/nonexistent"_s); // where libqalculate would look for the user's own definitions
    for (const char *name : {"TZ", "ASAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(name))
            environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
    }
    process.setProgram(program);
    process.setProcessEnvironment(environment);
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

} // namespace

QString calculateProgram()
{
    const QString own = QCoreApplication::applicationDirPath();
    for (const QString &folder : {own, own + u"/../bin"_s, own + u"/../libexec/quintet"_s}) {
        if (QFileInfo(folder + u"/quintet-calculate"_s).isExecutable())
            return folder + u"/quintet-calculate"_s;
    }
    return QStandardPaths::findExecutable(u"quintet-calculate"_s);
}

ToolFacts CalculateTool::facts() const
{
    const QString description =
        u"Calculates an expression exactly; use it for every arithmetic step rather than calculating yourself. Knows "
        "+ - * / ^, percentages (\"12% of 250\", \"(new-old)/old to %\"), units (\"50 mph * 3 h to km\"), dates "
        "(\"2026-11-21 + 30 days\", \"days(2026-01-01, 2026-11-21)\"), functions such as sqrt, round(x, 2), mean, sum, "
        "solve, integrate. Write numbers without thousands separators. No exchange rates; nothing is kept between "
        "calls. Returns the value, its number without the unit, and the exact form where the value is rounded."_s;
    const QJsonObject expression{{u"type"_s, u"string"_s},
                                 {u"minLength"_s, 1},
                                 {u"maxLength"_s, longestExpression},
                                 {u"description"_s, u"for example \"(new - old) / old to %\""_s}};
    const QJsonObject variables{
        {u"type"_s, u"object"_s},
        {u"description"_s,
         u"values for the names in the expression, for example {\"new\": 48210.4, \"old\": 43044.1}"_s},
        {u"additionalProperties"_s, QJsonObject{{u"type"_s, QJsonArray{u"number"_s, u"string"_s}}}}};
    return {.name = u"calculate"_s,
            .title = tr("Calculate"),
            .group = u"calculate"_s,
            .description = description,
            .schema = argumentSchema({{u"expression"_s, expression}, {u"variables"_s, variables}}, {u"expression"_s})};
}

Task<Result<ToolResult>> CalculateTool::call(QJsonObject arguments, CancelToken token)
{
    const OnCancel onCancel(token, &m_freed, [this] { m_freed.wakeLater(); });
    while (m_running >= mostAtATime && !token.stop_requested())
        co_await qCoro(&m_freed, &Wake::woken);
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    ++m_running;
    auto result = co_await calculate(std::move(arguments), token);
    --m_running;
    m_freed.wakeLater();
    co_return result;
}

Task<Result<ToolResult>> CalculateTool::calculate(QJsonObject arguments, CancelToken token) const
{
    QProcess process;
    Wake ended;
    prepare(process, m_program);
    QObject::connect(&process, &QProcess::finished, &ended, &Wake::wakeLater);
    QObject::connect(&process, &QProcess::errorOccurred, &ended, [&](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended.wakeLater();
    });
    const OnCancel onCancel(token, &ended, [&process] { process.kill(); });
    bool isLate = false;
    QTimer::singleShot(m_limit, &ended, [&] {
        isLate = true;
        process.kill();
    });
    process.start();
    process.write(QJsonDocument(arguments).toJson(QJsonDocument::Compact));
    process.closeWriteChannel();
    co_await qCoro(&ended, &Wake::woken);
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (process.error() == QProcess::FailedToStart)
        co_return failure(ErrorKind::Storage,
                          tr("The calculator %1 could not be started. Install Quintet again.").arg(m_program));
    const QJsonObject answer = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    if (const QString error = answer[u"error"].toString(); !error.isEmpty())
        co_return failure(ErrorKind::BadInput, error);
    if (isLate)
        co_return failure(ErrorKind::BadInput,
                          tr("That was not calculated within %1 s. Ask for less.").arg(m_limit.count() / 1000));
    if (!answer.contains(u"value"))
        co_return failure(ErrorKind::BadInput, tr("That is too much for the calculator: it gave up. Ask for less."));
    co_return resultFrom(answer);
}

} // namespace quintet::agent
