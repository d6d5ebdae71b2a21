// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/extractworker.h"

#include "document/extraction/readdocument.h"
#include "document/pdf/pagepicture.h"
#include "document/worker/confinement.h"
#include "document/worker/protocol.h"

#include <QElapsedTimer>

#include <cerrno>
#include <cstring>
#include <malloc.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quintet::document {

namespace {

constexpr qsizetype largestRequest = 256 << 10;
constexpr qsizetype textPiece = 256 << 10; ///< UTF-16 units

/// A parent that has gone makes all else pointless.
void send(Frame kind, const QByteArray &content)
{
    const QByteArray bytes = frameBytes(kind, content);
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t count = ::write(STDOUT_FILENO, bytes.constData() + done, size_t(bytes.size() - done));
        if (count < 0 && errno != EINTR)
            ::_exit(0);
        done += std::max<ssize_t>(count, 0);
    }
}

void sendDocument(const Document &document)
{
    const QStringView text = document.text;
    for (qsizetype from = 0; from < text.size();) {
        qsizetype to = std::min(from + textPiece, text.size());
        if (to < text.size() && text[to].isLowSurrogate())
            --to;
        send(Frame::Text, text.sliced(from, to - from).toUtf8());
        from = to;
    }
    send(Frame::Document, factsBytes(document));
}

/// The next request; none where the parent has closed its end.
std::optional<Input> nextRequest()
{
    QByteArray packet(largestRequest, Qt::Uninitialized);
    iovec part{packet.data(), size_t(packet.size())};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t size = ::recvmsg(requestDescriptor, &message, MSG_CMSG_CLOEXEC);
    const cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (size <= 0 || !header || header->cmsg_type != SCM_RIGHTS)
        return std::nullopt;
    int file = -1;
    std::memcpy(&file, CMSG_DATA(header), sizeof file);
    packet.truncate(size);
    return requestFrom(packet, Descriptor(file));
}

void answerWithPicture(const Input &input)
{
    const auto picture =
        contentOf(input, {}).and_then([&input](const Content &content) { return pictureOfPage(content, input.page); });
    if (picture)
        send(Frame::Picture, *picture);
    else
        send(Frame::Failure, errorBytes(picture.error()));
}

void answer(const Input &input)
{
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    Reading reading;
    reading.progress = [&sinceProgress] {
        if (sinceProgress.hasExpired(200)) {
            send(Frame::Progress, {});
            sinceProgress.restart();
        }
    };
    const auto document =
        contentOf(input, {}).and_then([&reading](const Content &content) { return readDocument(content, reading); });
    if (document)
        sendDocument(*document);
    else
        send(Frame::Failure, errorBytes(document.error()));
}

} // namespace

int runExtractWorker()
{
    if (!confineThisProcess())
        return 1;
    send(Frame::Progress, {}); // it is there
    while (const auto input = nextRequest()) {
        try {
            if (input->page < 0)
                answer(*input);
            else
                answerWithPicture(*input);
        } catch (const std::exception &exception) {
            // What was sent of a document before its end is dropped by the parent.
            send(Frame::Failure,
                 errorBytes(badInput(QStringLiteral("“%1” could not be read: it needs more memory than there is."),
                                     input->name, QString::fromUtf8(exception.what()))
                                .error()));
        }
        ::malloc_trim(0);
    }
    // Nothing is to be put in order, and leaving at once cannot fail.
    ::_exit(0);
}

} // namespace quintet::document
