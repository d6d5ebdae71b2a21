// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extraction/input.h"

namespace quintet::document {

/// The files that did harm to their readers, so that nobody tries them again unasked: a small file for each in one
/// folder, which any number of processes may share. Does file work; any thread.
class Quarantine final {
public:
    /// Kept in `folder`, which is made when it is needed; empty: nothing is kept.
    explicit Quarantine(QString folder) : m_folder(std::move(folder)) { }

    /// Why the file at `path` was set aside, if it has not changed since; "its reader crashed over it".
    std::optional<QString> reasonFor(const QString &path, const Input &input) const;

    void add(const QString &path, const Input &input, const QString &reason) const;

    void remove(const QString &path) const;

private:
    QString recordOf(const QString &path) const;

    QString m_folder;
};

} // namespace quintet::document
