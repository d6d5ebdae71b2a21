// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "chat/prompts/prompt.h"

#include <QDialog>

class QLineEdit;
class QListWidget;
class QPlainTextEdit;

namespace quintet::ui {

class ErrorStrip;

/// The user's prompts: to add, change, remove, import. Tells what is to be kept; setPrompts() shows what is.
class PromptLibrary final : public QDialog {
    Q_OBJECT

public:
    explicit PromptLibrary(QWidget *parent = nullptr);

    void setPrompts(const std::vector<chat::Prompt> &prompts);

Q_SIGNALS:
    void keepAsked(const std::vector<quintet::chat::Prompt> &prompts);
    void removeAsked(const QString &name);

private:
    void choose(int row);
    void keep();
    void import();

    std::vector<chat::Prompt> m_prompts;
    QListWidget *m_list;
    QLineEdit *m_name;
    QPlainTextEdit *m_text;
    ErrorStrip *m_error;
    ErrorStrip *m_undo;
    chat::Prompt m_removed; ///< the last
};

} // namespace quintet::ui
