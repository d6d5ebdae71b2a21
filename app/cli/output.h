// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>

#include <functional>

namespace quintet::cli {

/// The two ways out of the command line: the result alone on standard output, everything else on standard error.
class Output final {
public:
    /// `onBroken` is called once, when what is written no longer arrives: nobody reads any more, or the disk is full.
    Output(bool json, bool quiet, std::function<void()> onBroken = {})
        : m_json(json),
          m_quiet(quiet),
          m_onBroken(std::move(onBroken))
    {
    }

    bool isJson() const { return m_json; }

    /// The result, as it stands; nothing is added.
    void text(const QString &text);
    void line(const QString &text) { this->text(text + QLatin1Char('\n')); }

    /// One JSON object on a line of its own.
    void object(const QJsonObject &object);

    /// For the person: on standard error, unless quiet.
    void note(const QString &text);

    /// Work under way, as one line that is written over, on a terminal only. An empty text removes it.
    void progress(const QString &text);

    /// What went wrong, on standard error also when quiet, and as a JSON line where JSON is asked for.
    void error(const Error &error);

    /// Whether all that was written has arrived; a full disk is a Storage error.
    Result<void> flush();

    /// Whether whoever read the result went away, as `head` does.
    bool isAbandoned() const { return m_abandoned; }

private:
    void clearProgress();

    bool m_json;
    bool m_quiet;
    std::function<void()> m_onBroken;
    bool m_hasProgress = false;
    bool m_failed = false;
    bool m_abandoned = false;
};

} // namespace quintet::cli
