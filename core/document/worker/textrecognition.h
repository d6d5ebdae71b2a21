// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"
#include "document/worker/confinedprogram.h"

namespace quintet::document {

/// Reads pictures of text with Tesseract, where that is installed. One thread with an event loop.
class TextRecognition final {
public:
    /// `launcher` as in ConfinedProgram; `tesseract`: the program's path, empty if there is none.
    TextRecognition(QString launcher, QString tesseract);

    bool isAvailable() const { return !m_tesseract.isEmpty(); }

    /// The text in the picture that the open file `picture` holds.
    Task<Result<QString>> textOf(int picture, QString name, CancelToken token);

private:
    Task<QStringList> languages(CancelToken token);

    QString m_launcher;
    QString m_tesseract;
    std::optional<QStringList> m_languages; ///< that it was installed with, once asked
};

/// A document of pages that were recognised, in order; empty ones keep their place.
Document documentOfPages(const QStringList &pages, const QString &format);

} // namespace quintet::document
