// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace quintet::ui {

/// Large figures side by side, each with what it is and a fact below; they go on in a new line where there is no room.
class FactsRow final : public QWidget {
    Q_OBJECT

public:
    explicit FactsRow(const QString &name);

    /// Adds a figure, which show() fills by its place.
    void add(const QString &name, const QString &title);

    void show(int place, const QString &figure, const QString &fact);

private:
    struct Fact {
        QString title;
        QWidget *tile;
        QLabel *figure;
        QLabel *fact;
    };
    std::vector<Fact> m_facts;
};

} // namespace quintet::ui
