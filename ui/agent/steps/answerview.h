// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace quintet::ui {

/// Markdown to be read, as high as it is. Shows no HTML, loads no pictures, and opens web links alone, in the browser.
class AnswerView final : public QTextBrowser {
    Q_OBJECT

public:
    explicit AnswerView(const QString &name);

    void setText(const QString &markdown);

    QVariant loadResource(int type, const QUrl &name) override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();

    QString m_markdown;
};

} // namespace quintet::ui
