// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTranslator>

namespace quintet {

/// The program's words in one language, out of `:/translations`. A text has one translation wherever it stands: rooms
/// name their context after themselves and lupdate after the class around it, so the context is not looked at. Where
/// the same English means two things, a disambiguation tells them apart.
class Translation final : public QTranslator {
public:
    /// The languages that there are besides English, as ISO 639 codes.
    static QStringList languages();

    /// Loads `language`; isEmpty() where there is none of it.
    explicit Translation(const QString &language, QObject *parent = nullptr);

    QString translate(const char *context, const char *source, const char *disambiguation, int count) const override;
};

/// From now on the application speaks `language` (an ISO 639 code; empty: that of the system, as far as it is known),
/// with its numbers and dates, and so do Qt's own dialogs where Qt's translations are installed. Before the first
/// widget is made; once in a program.
void speak(const QString &language);

} // namespace quintet
