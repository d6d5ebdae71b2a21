// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/modelchoice.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QStandardItemModel;

namespace quintet::ui {

class ModelSession;

/// All models with a field to search them: the arrow keys choose from within the field, Enter takes, Ctrl+D makes a
/// favourite of one.
class ModelList final : public QWidget {
    Q_OBJECT

public:
    /// `session` outlives the list.
    explicit ModelList(ModelSession &session);

    /// Clears the field, goes to the choice in use, and asks for news.
    void start(const QString &endpoint, const QString &model);

Q_SIGNALS:
    void chosen(const quintet::ui::ModelChoice &choice);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void select(const QString &endpoint, const QString &model);
    void choose();
    void toggleFavourite(const QModelIndex &index);
    ModelChoice current() const;

    ModelSession &m_session;
    QLineEdit *m_search;
    QListView *m_view;
    QStandardItemModel *m_rows;
    QLabel *m_nothing;
};

} // namespace quintet::ui
