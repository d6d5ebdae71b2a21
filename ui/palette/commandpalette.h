// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/advice/advicesession.h"
#include "ui/drop/given.h"
#include "ui/palette/paletteentry.h"
#include "ui/palette/recentkeys.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QListView;

namespace quintet::ui {

class Button;
class PaletteModel;

/// A box that floats over the window and finds every action by a few letters of its name, and places such as
/// conversations; and offers the tabs for whatever else was typed or dropped on it, the one that fits first. Enter runs
/// the chosen row, Esc closes and gives the keyboard back.
class CommandPalette final : public QWidget {
    Q_OBJECT

public:
    /// Rows for what is typed, best first.
    using Places = std::function<std::vector<PaletteEntry>(const QString &typed)>;

    /// `window` and `advice` outlive the palette.
    CommandPalette(QWidget *window, AdviceSession &advice, const QString &settingsFile);

    void setPlaces(Places places) { m_places = std::move(places); }

    /// Shows it, with `given` to find a tab for.
    void open(const Given &given = {});
    void close();

Q_SIGNALS:
    void actionChosen(QAction *action);
    void wishChosen(const QString &tab, const quintet::ui::Given &given);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    bool takePasted();
    void take(const Given &given);
    Given given() const;
    void refresh();
    std::vector<PaletteEntry> actionEntries(const QString &typed);
    std::vector<PaletteEntry> wishEntries();
    void run(int row);
    void place();
    void tellChosen();

    QWidget *m_window;
    AdviceSession &m_advice;
    RecentKeys m_recent;
    Places m_places;
    QFrame *m_box;
    QLineEdit *m_line;
    QWidget *m_thingsRow;
    QLabel *m_things;
    QListView *m_list;
    QLabel *m_nothing;
    PaletteModel *m_model;
    Given m_given;              ///< dropped or pasted, beside what stands in the line
    QPointer<QWidget> m_before; ///< had the keyboard
};

} // namespace quintet::ui
