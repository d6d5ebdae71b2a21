// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/provider/requestwriter.h"

#include "batch/provider/batchline.h"
#include "text/tokenestimate.h"

namespace quintet::batch {

namespace {

constexpr size_t mostRequests = 50'000;     // a file, as OpenAI has it
constexpr qsizetype mostBytes = 64LL << 20; // of the 200 MB that OpenAI takes
constexpr int pageSize = 128;

} // namespace

Task<Result<RequestLines>> RequestWriter::next(qint64 after, CancelToken token)
{
    RequestLines written;
    written.last = after;
    while (!written.isEnd) {
        const auto page = m_items.inState(m_run, ItemState::Queued, written.last, pageSize);
        if (!page)
            co_return std::unexpected(page.error());
        written.isEnd = page->empty();
        for (const Item &item : *page) {
            if (token.stop_requested())
                co_return std::unexpected(cancelledError());
            const auto material = co_await m_reader.read(item, m_run.spec.source.kind, token);
            const auto request = material.and_then([this](const Material &read) { return m_answerer.request(read); });
            if (!request && request.error().kind == ErrorKind::Cancelled)
                co_return std::unexpected(request.error());
            if (!request) {
                if (auto failed = co_await m_items.fail(item.id, request.error()); !failed)
                    co_return std::unexpected(failed.error());
            } else if (m_answerer.fits(*material)) {
                const QByteArray line = requestLine(item.position(), m_answerer.asking().endpoint, *request);
                const bool isFull =
                    written.items.size() == mostRequests || written.lines.size() + line.size() > mostBytes;
                if (isFull && !written.items.empty())
                    co_return written;
                written.lines += line;
                written.items.push_back(item.id);
                if (material->hasChanged) {
                    if (auto marked = co_await m_items.markChanged(item.id); !marked)
                        co_return std::unexpected(marked.error());
                }
                written.promptTokens += m_answerer.estimatedTokens(*request);
                written.answerTokens += expectedAnswer(m_run.spec, text::estimateTokens(material->values.text));
            }
            written.last = item.id;
        }
    }
    co_return written;
}

} // namespace quintet::batch
