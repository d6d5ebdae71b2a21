// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "ui/settings/servecontrol.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace quintet::ui {

class Button;
class ErrorStrip;
class FlowLayout;

/// Serving other programs: the switch, address and token, and the collections that clients may see.
class ServeCard final : public QFrame {
    Q_OBJECT

public:
    /// `control` lives on the engine thread; both outlive the card.
    ServeCard(EngineThread &engine, ServeControl &control);

    /// Reads how things stand; from now on the card follows what is done in it.
    void refresh();

private:
    using Work = std::function<Task<Result<ServeState>>(ServeControl &)>;

    QWidget *makeSwitch();
    QWidget *makeAccess();
    QWidget *makeCollections();
    void run(const Work &work);
    void showState();
    void showCollections();
    void submitCollections();

    EngineThread &m_engine;
    ServeControl &m_control;
    EngineCall<ServeState> m_call;
    ServeState m_state;
    ErrorStrip *m_error;
    QCheckBox *m_on;
    QSpinBox *m_port;
    QWidget *m_access;
    QLabel *m_address;
    QLineEdit *m_token;
    QWidget *m_collections;
    FlowLayout *m_names;
    QStringList m_shown;        ///< collections
    QList<QCheckBox *> m_boxes; ///< one for each of them
};

} // namespace quintet::ui
