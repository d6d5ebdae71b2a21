// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <vector>

namespace quintet::ui {

class Button;
class FlowLayout;
class SummarizeSession;
struct Source;

/// A chip for each source, what can be done with all of them, and a menu where they are many. Hidden while there is
/// only what the user writes.
class SourceChips final : public QWidget {
    Q_OBJECT

public:
    explicit SourceChips(SummarizeSession &session);

Q_SIGNALS:
    void addAsked();

private:
    bool isEmpty(const Source &source) const;
    std::vector<const Source *> sourcesWithChips() const;
    QString stateOf(const Source &source) const;
    void showSources();
    void addChip(const Source &source);
    Button *addButton(const QString &name, const QString &text, void (SourceChips::*press)());
    void summarizeEach();
    void summarizeTogether();
    void openAllSources();

    SummarizeSession &m_session;
    FlowLayout *m_row;
    QTimer m_soon;
};

} // namespace quintet::ui
