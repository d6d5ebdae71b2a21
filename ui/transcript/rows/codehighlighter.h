// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QColor>
#include <QObject>
#include <QSet>
#include <QThread>

#include <vector>

namespace quintet::ui {

struct Colors;

/// What a stretch of code is, in the words of the theme.
struct CodeSpan {
    enum Role { Keyword, Function, String, Comment, Number, Added, Removed, Problem };
    int start = 0;
    int size = 0;
    Role role = Keyword;

    bool operator==(const CodeSpan &) const = default;
};

/// The colour that such a stretch has.
QColor colourOf(CodeSpan::Role role, const Colors &colors);

/// Tells what is what in code, on a thread of its own: reading a language's rules takes longer than a frame.
///
/// Code comes in pieces that follow each other; a piece is named by a number that stands for it and all before it.
/// Use from the GUI thread.
class CodeHighlighter final : public QObject {
    Q_OBJECT

public:
    explicit CodeHighlighter(QObject *parent = nullptr);
    ~CodeHighlighter() override;

    /// The name of `text` that follows the piece named `before` (0: it is the first).
    static quint64 chain(quint64 before, const QString &language, const QString &text);

    /// The spans of the piece `chain`; null until they are known.
    const std::vector<CodeSpan> *spans(quint64 chain) const;

    /// Asks for them, once; done() will tell. Pieces of one text are asked for in their order.
    void ask(quint64 before, quint64 chain, const QString &language, const QString &text);

    bool isIdle() const { return m_asked.isEmpty(); }

Q_SIGNALS:
    void done(quint64 chain);

private:
    class Worker;

    QThread m_thread;
    Worker *m_worker;
    QSet<quint64> m_asked;
    QCache<quint64, std::vector<CodeSpan>> m_spans;
};

} // namespace quintet::ui
