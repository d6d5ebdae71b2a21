// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"

#include "app/cli/terminal.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <limits>

namespace quintet::cli {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

constexpr qint64 mostOfAny = std::numeric_limits<int>::max();
constexpr qint64 mostTokens = 1'000'000'000'000;

bool isCount(const QString &text, qint64 most)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber && number >= 1 && number <= most;
}

/// Asks whoever sits there whether a model may be asked though its price is not known.
Task<void> askUnpriced(Output &output, QString model, CancelToken token, std::shared_ptr<QPromise<bool>> answer)
{
    output.note(tr("The price of %1 is not known, so your budget cannot be kept while it is asked. Ask it all the "
                   "same, from now on? y: yes · n: no")
                    .arg(printable(model)));
    answer->addResult(co_await readYes(token));
    answer->finish();
}

} // namespace

Result<std::unique_ptr<Invocation>> Invocation::parse(const Command &command, const QStringList &arguments,
                                                      CancelToken token)
{
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    const QList<Option> options = command.options + commonOptions();
    for (const Option &option : options)
        parser.addOption(QCommandLineOption(option.name, option.description, option.value));
    parser.addOption(QCommandLineOption(QStringLiteral("h")));
    if (!parser.parse(QStringList{command.name} + arguments))
        return failure(ErrorKind::BadInput, parser.errorText());
    QHash<QString, QStringList> values;
    for (const Option &option : options) {
        if (parser.isSet(option.name))
            values.insert(option.name, option.value.isEmpty() ? QStringList{QString()} : parser.values(option.name));
    }
    if (parser.isSet(QStringLiteral("h")))
        values.insert(QStringLiteral("help"), {QString()});
    auto invocation = std::unique_ptr<Invocation>(new Invocation(command, parser.positionalArguments(), values, token));
    return invocation->checkNumbers().transform([&invocation] { return std::move(invocation); });
}

Invocation::Invocation(const Command &command, QStringList arguments, QHash<QString, QStringList> values,
                       CancelToken token)
    : m_command(command),
      m_arguments(std::move(arguments)),
      m_values(std::move(values)),
      m_output(isSet(QStringLiteral("json")), isSet(QStringLiteral("quiet")), [this] { m_cancel.request_stop(); }),
      m_onInterrupt(std::move(token), [this] { m_cancel.request_stop(); })
{
}

Result<void> Invocation::checkNumbers() const
{
    bool isNumber = true;
    if (isSet(QStringLiteral("data-dir")) && value(QStringLiteral("data-dir")).isEmpty())
        return failure(ErrorKind::BadInput, tr("--data-dir takes the name of a folder."));
    if (isSet(QStringLiteral("temperature"))) {
        const double temperature = value(QStringLiteral("temperature")).toDouble(&isNumber);
        if (!isNumber || !(temperature >= 0 && temperature <= 2))
            return failure(
                ErrorKind::BadInput,
                tr("--temperature takes a number from 0 to 2, not %1.").arg(value(QStringLiteral("temperature"))));
    }
    if (isSet(QStringLiteral("budget"))) {
        const double dollars = value(QStringLiteral("budget")).toDouble(&isNumber);
        if (!isNumber || !(dollars >= 0 && dollars <= 1e9))
            return failure(ErrorKind::BadInput,
                           tr("--budget takes an amount of dollars, not %1.").arg(value(QStringLiteral("budget"))));
    }
    // Whatever the name, an option whose value is shown as N counts something.
    for (const Option &option : m_command.options + commonOptions()) {
        if (option.value == u"N" && value(option.name).startsWith(u"--"))
            return failure(ErrorKind::BadInput, tr("--%1 needs a number.").arg(option.name));
        if (option.value == u"N" && isSet(option.name)
            && !isCount(value(option.name), option.name == u"budget-tokens" ? mostTokens : mostOfAny))
            return failure(ErrorKind::BadInput,
                           tr("--%1 takes a whole number from 1 on, not %2.").arg(option.name, value(option.name)));
    }
    return {};
}

Result<Services *> Invocation::services()
{
    if (!m_services) {
        auto opened = preparePaths(value(QStringLiteral("data-dir"))).and_then(Services::open);
        if (!opened)
            return std::unexpected(opened.error());
        m_services = std::move(*opened);
        if (const usage::Limit limit = budget(); limit.isSet())
            m_services->limitCollections(limit);
        if (isAtTerminal() && !m_output.isJson() && !isSet(QStringLiteral("quiet")))
            m_services->consent().setAsker([this](const QString &model) {
                const auto answer = std::make_shared<QPromise<bool>>();
                answer->start();
                askUnpriced(m_output, model, token(), answer);
                return answer->future();
            });
    }
    return m_services.get();
}

Result<llm::Endpoint> Invocation::endpoint()
{
    return services().and_then([this](Services *services) {
        const auto endpoint = services->endpoints().resolve(
            {value(QStringLiteral("endpoint")), value(QStringLiteral("base-url")), value(QStringLiteral("model"))},
            m_command.name);
        // Who set it up was told then.
        if (endpoint && !services->endpoints().find(endpoint->name))
            noteClearText(*endpoint);
        return endpoint;
    });
}

void Invocation::noteClearText(const llm::Endpoint &endpoint)
{
    if (isInTheClear(endpoint))
        m_output.note(tr("Mind: %1 is asked without encryption, so that anybody on the way can read the texts and the "
                         "key. Use https if the server has it.")
                          .arg(endpoint.baseUrl.host()));
}

void Invocation::noteBudget()
{
    const usage::Budgets budgets = m_services ? m_services->gatewaySettings().budgets() : usage::Budgets();
    if (!budgets.isSet())
        return;
    if (const auto spent = m_services->spending().spentSoFar()) {
        if (const QString warning = usage::warning(budgets, *spent); !warning.isEmpty())
            m_output.note(warning);
    }
}

llm::Parameters Invocation::parameters() const
{
    llm::Parameters parameters;
    if (isSet(QStringLiteral("temperature")))
        parameters.temperature = value(QStringLiteral("temperature")).toDouble();
    if (isSet(QStringLiteral("max-tokens")))
        parameters.maxTokens = value(QStringLiteral("max-tokens")).toInt();
    return parameters;
}

usage::Limit Invocation::budget() const
{
    usage::Limit budget;
    if (isSet(QStringLiteral("budget")))
        budget.money = usage::Money::fromDollars(value(QStringLiteral("budget")).toDouble());
    if (isSet(QStringLiteral("budget-tokens")))
        budget.tokens = value(QStringLiteral("budget-tokens")).toLongLong();
    return budget;
}

int Invocation::fail(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        m_output.note(error.message);
    else
        m_output.error(error);
    if (error.kind == ErrorKind::Budget)
        m_output.note(tr("Budgets and models without a price are set with: quintet usage budget (--month, "
                         "--allow-unpriced; see quintet usage --help)"));
    return exitStatusFor(error);
}

int Invocation::failInput(const Error &error)
{
    return fail(error) == exitStatus::interrupted ? exitStatus::interrupted : exitStatus::failed;
}

int Invocation::failUsage(const QString &message)
{
    m_output.error(Error(ErrorKind::BadInput, message));
    m_output.note(tr("See: quintet %1 --help").arg(m_command.name));
    return exitStatus::usage;
}

const QStringList &patternNames()
{
    static const QStringList names{QStringLiteral("summarize"), QStringLiteral("chat"), QStringLiteral("batch"),
                                   QStringLiteral("knowledge"), QStringLiteral("agent")};
    return names;
}

} // namespace quintet::cli
