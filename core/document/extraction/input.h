// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/content.h"

namespace quintet::document {

/// An open file, closed when this goes. Moved, never copied; any one thread.
class Descriptor final {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : m_number(number) { }
    Descriptor(Descriptor &&other) noexcept : m_number(std::exchange(other.m_number, -1)) { }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor();

    int number() const { return m_number; }

private:
    int m_number = -1;
};

/// A source that was opened, so that another process can read it without the right to open anything.
struct Input {
    Descriptor file;
    QString name; ///< for messages, and for its ending
    QString encoding;
    QString password;
    QDateTime changed; ///< UTC; invalid for bytes
    qint64 size = 0;
    int page = -1; ///< from 0 on: not its text is wanted but a picture of this page
};

inline constexpr qint64 maximumText = 256LL << 20;   ///< bytes of a file that is read whole
inline constexpr qint64 maximumDocument = 1LL << 30; ///< bytes of a PDF, an archive, an office document

/// Opens a source: it must be an ordinary file (or a link to one) that may be read. Never waits for a pipe or a device;
/// may wait for a disk, so it has no place on a thread that must go on. Fails with BadInput and why.
Result<Input> openInput(const Source &source);

/// The content of an opened source. Large files are mapped, which takes no memory of this process. Fails with BadInput
/// where it is empty or too large.
Result<Content> contentOf(const Input &input, CancelToken token);

} // namespace quintet::document
