// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QStringList>

#include <vector>

namespace quintet::knowledge {

/// Patterns as .gitignore has them: a name, or a path where a slash is in it; * ? [abc] and ** for any folders; a slash
/// at the end for folders only; ! takes back what a pattern before it said. Immutable: any thread.
class FileRules final {
public:
    FileRules() = default;
    explicit FileRules(const QStringList &patterns);

    /// The rules in an ignore file; none if it cannot be read.
    static FileRules fromFile(const QString &path);

    bool isEmpty() const { return m_rules.empty(); }

    enum class Verdict { None, Match, TakenBack };

    /// What the last pattern that speaks of `path` says; relative to the folder of the rules.
    Verdict verdict(const QString &path, bool isFolder) const;
    bool matches(const QString &path, bool isFolder = false) const { return verdict(path, isFolder) == Verdict::Match; }

private:
    struct Rule {
        QRegularExpression pattern;
        bool takesBack = false;
        bool isForFolders = false;
    };
    std::vector<Rule> m_rules;
};

} // namespace quintet::knowledge
