// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/extraction/input.h"

#include <QDateTime>

#include <vector>

namespace quintet::agent {

/// A folder that is worked in and never left: it is opened once, and all below it is reached from that descriptor,
/// through no link of any kind and no "..", so that nothing that is swapped in meanwhile leads out. Names are relative,
/// with slashes; "" is the folder itself. All calls may block; thread-safe, and copies share the folder.
///
/// All fail with BadInput where a name leads out, holds control characters, or names something else than was meant, and
/// with Storage where the system refuses.
class Folder final {
public:
    /// How names are followed: by the kernel (openat2), or part by part where it can't or may not.
    enum class Way { Kernel, PartByPart };

    static Result<Folder> open(const QString &path, Way way = Way::Kernel);

    /// Absolute.
    const QString &path() const { return m_path; }

    enum class Kind { File, Folder, Link, Other };

    struct Entry {
        QString name; ///< within the listed folder
        Kind kind = Kind::Other;
        qint64 size = 0;
        QDateTime changed; ///< UTC

        bool operator==(const Entry &) const = default;
    };

    /// What is directly in the folder `name`, by name. Names that are no UTF-8 are left out.
    Result<std::vector<Entry>> list(const QString &name) const;

    /// An ordinary file, open for reading. Never waits for a pipe or a device.
    Result<document::Descriptor> openFile(const QString &name) const;

    /// The content of an ordinary file; BadInput where it is larger than `largest` bytes.
    Result<QByteArray> read(const QString &name, qint64 largest) const;

    /// Whether there is anything of that name.
    bool exists(const QString &name) const;

    /// Puts `content` in the file's place in one step, so that it is never half there; folders on the way are made.
    /// Keeps the file's rights. BadInput where the name is something else than a file, or may not be written.
    Result<void> write(const QString &name, const QByteArray &content) const;

    /// Removes an ordinary file.
    Result<void> remove(const QString &name) const;

    /// The name as all calls take it: without "." and doubled slashes. BadInput where it leads out or is odd.
    static Result<QString> cleaned(const QString &name);

private:
    Folder(QString path, document::Descriptor top, Way way);
    Result<document::Descriptor> openBeneath(const QString &name, int flags) const;
    Result<document::Descriptor> openParent(const QString &name, bool mayMake) const;

    QString m_path;
    std::shared_ptr<const document::Descriptor> m_top;
    Way m_way;
};

} // namespace quintet::agent
