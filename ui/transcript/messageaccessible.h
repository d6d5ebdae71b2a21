// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/transcriptlayout.h"

#include <QAccessible>
#include <QPointer>

namespace quintet::ui {

class Transcript;

/// A message of a transcript as a text. Its characters are those of its rows, a line end between them.
class MessageAccessible final : public QAccessibleInterface, public QAccessibleTextInterface {
public:
    MessageAccessible(Transcript *transcript, const QString &id);

    const QString &id() const { return m_id; }

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int *start, int *end) const override;

private:
    std::optional<size_t> index() const;
    QString whole() const;
    TextPlace placeOf(int offset) const;
    int offsetOf(TextPlace place) const;

    QPointer<Transcript> m_transcript;
    QString m_id;
};

} // namespace quintet::ui
