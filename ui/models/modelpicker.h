// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/modelchoice.h"
#include "ui/widgets/button.h"

namespace quintet::ui {

class ModelList;
class ModelSession;

/// The button that says which model a tab asks, and opens the list of all of them. The same in every tab.
class ModelPicker final : public QWidget {
    Q_OBJECT

public:
    /// `session` outlives the picker.
    explicit ModelPicker(ModelSession &session);

    /// Shows what is in use.
    void setCurrent(const llm::Endpoint &endpoint);

    /// Opens the list.
    void open();

Q_SIGNALS:
    void chosen(const quintet::ui::ModelChoice &choice);
    void failed(const quintet::Error &error);

private:
    QWidget *makePopup();

    ModelSession &m_session;
    llm::Endpoint m_endpoint;
    Button *m_button;
    QWidget *m_popup = nullptr; ///< made when it is first opened
    ModelList *m_list = nullptr;
};

} // namespace quintet::ui
