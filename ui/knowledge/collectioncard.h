// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/knowledge/knowledgesession.h"

#include <QAbstractButton>

class QCheckBox;
class QMenu;

namespace quintet::ui {

/// A collection in the list: its name, size and state, how far it is being read, and whether it is watched. A click
/// shows it; its context menu, or the Menu key, holds the rest.
class CollectionCard final : public QAbstractButton {
    Q_OBJECT

public:
    explicit CollectionCard(const ShownCollection &collection);

    void setCollection(const ShownCollection &collection);
    QString id() const { return m_collection.info.id; }

    QSize sizeHint() const override;

Q_SIGNALS:
    void watchChosen(bool watched);
    void pauseChosen(bool paused);
    void failuresAsked();
    void exportAsked();
    void removeAsked();
    void menuOpened(QMenu *menu); ///< others may add to it

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    bool isReading() const { return m_collection.reading || m_collection.placing; }
    QString sizeText() const;
    QString stateText() const;
    double share() const;
    void paintState(QPainter *painter, const QRect &rect) const;

    ShownCollection m_collection;
    QCheckBox *m_watch;
};

} // namespace quintet::ui
