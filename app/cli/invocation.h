// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/services.h"

#include <QHash>

namespace quintet::cli {

/// The names of the five patterns, as options take them.
const QStringList &patternNames();

/// One run of a subcommand: what was said, where the result goes, and the services, which are made when first needed.
class Invocation final {
public:
    /// Parses `arguments` (without program and subcommand). BadInput, for exit status 2, if they do not fit.
    static Result<std::unique_ptr<Invocation>> parse(const Command &command, const QStringList &arguments,
                                                     CancelToken token);

    const QStringList &arguments() const { return m_arguments; }
    bool isSet(const QString &option) const { return m_values.contains(option); }

    /// The last value given for an option, or an empty string.
    QString value(const QString &option) const
    {
        const QStringList all = m_values.value(option);
        return all.isEmpty() ? QString() : all.last();
    }

    /// All values given for an option, in order.
    QStringList values(const QString &option) const { return m_values.value(option); }

    Output &output() { return m_output; }
    /// Cancelled by Ctrl-C, and when nobody reads the output any more.
    CancelToken token() const { return m_cancel.get_token(); }

    /// The services on the data folder that was named; opened at the first call. Storage or Corrupt if that fails.
    Result<Services *> services();

    /// The endpoint that was named, or that stands in for it, for this command's pattern.
    Result<llm::Endpoint> endpoint();

    /// Says so where `endpoint` is asked without encryption.
    void noteClearText(const llm::Endpoint &endpoint);

    /// Says how far the budgets are used up, if it is half or more. For commands that asked a model.
    void noteBudget();

    /// --temperature and --max-tokens, checked by parse().
    llm::Parameters parameters() const;

    /// --budget and --budget-tokens, checked by parse().
    usage::Limit budget() const;

    /// Reports `error`; the exit status that goes with it.
    int fail(const Error &error);

    /// The same for what was wrong with the user's own input, where a network error is no endpoint's.
    int failInput(const Error &error);

    /// Reports that the command was called wrongly: exit status 2.
    int failUsage(const QString &message);

private:
    Invocation(const Command &command, QStringList arguments, QHash<QString, QStringList> values, CancelToken token);
    Result<void> checkNumbers() const;

    const Command &m_command;
    QStringList m_arguments;
    QHash<QString, QStringList> m_values;
    CancelSource m_cancel;
    Output m_output;
    std::stop_callback<std::function<void()>> m_onInterrupt;
    std::unique_ptr<Services> m_services;
};

} // namespace quintet::cli
