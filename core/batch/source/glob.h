// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QStringList>

#include <vector>

namespace quintet::batch {

/// Chooses files by globs: * and ? within a name, ** over folders, [a-z], {a,b}. A glob without a slash is for names,
/// one with a slash for whole paths inside of the folder. Letters match in either case. Any thread.
class Glob final {
public:
    /// No `include` takes all; `exclude` goes before it.
    Glob(const QStringList &include, const QStringList &exclude);

    /// `path`: inside of the source folder.
    bool takes(const QString &path) const;

private:
    struct Pattern {
        QRegularExpression expression;
        bool isForPath = false;
    };
    static std::vector<Pattern> compiled(const QStringList &globs);
    static bool anyMatches(const std::vector<Pattern> &patterns, const QString &path);

    std::vector<Pattern> m_include;
    std::vector<Pattern> m_exclude;
};

} // namespace quintet::batch
