// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace quintet::ui {

/// The first item as it will be sent; after a trial, what came of the first three.
class PreviewPane final : public QWidget {
    Q_OBJECT

public:
    explicit PreviewPane(BatchSession &session);

private:
    void showEstimate();
    void showTried(const Result<std::vector<batch::TriedItem>> &items);

    BatchSession &m_session;
    QLabel *m_title;
    QLabel *m_facts;
    QPlainTextEdit *m_text;
};

} // namespace quintet::ui
