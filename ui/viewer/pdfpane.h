// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QWidget>

#include <optional>

class QLabel;
class QListView;
class QSpinBox;

namespace quintet::ui {

class PdfView;

/// A PDF with a passage marked: its pages, a list of them, zoom, and a way to open it in its own program. Says so where
/// the passage was found only in part.
class PdfPane final : public QWidget {
    Q_OBJECT

public:
    explicit PdfPane(QWidget *parent = nullptr);

    /// Opens a file; the error says why it cannot be shown.
    std::optional<Error> load(const QString &path, const QString &password = {});

    /// Marks `passage`, which should start on `page` (from 0), and shows it; whether it was found whole.
    bool mark(const QString &passage, int page);

    PdfView *view() const { return m_view; }

Q_SIGNALS:
    /// The user wants the document in its own program.
    void openAsked(const QString &path);

private:
    QWidget *makeBar();

    PdfView *m_view;
    QListView *m_pages;
    QSpinBox *m_page;
    QLabel *m_count;
    QLabel *m_notice;
    QString m_path;
};

} // namespace quintet::ui
