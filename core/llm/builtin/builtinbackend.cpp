// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/builtinbackend.h"

#include "llm/builtin/extractive.h"
#include "llm/endpoint.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace quintet::llm::builtin {

namespace {

QString capabilities()
{
    return QCoreApplication::translate(
        "llm", "I am Quintet's built-in engine, not a language model: I cannot hold a conversation. "
               "I summarize a text by quoting its key sentences (quintet summarize FILE). For answers in "
               "new words, connect a model: \"quintet endpoints discover\" finds servers on this computer, "
               "\"quintet endpoints add NAME --base-url URL\" adds one, and a key in OPENAI_API_KEY is used "
               "as it is.");
}

Markup markupOf(const QuoteWish &wish)
{
    if (!wish.isMarkdown)
        return Markup::Guess;
    return *wish.isMarkdown ? Markup::Markdown : Markup::Plain;
}

class BuiltinStream final : public Stream {
public:
    explicit BuiltinStream(const Request &request)
    {
        answer().model = builtinEndpoint().model;
        if (!request.quote) {
            QMetaObject::invokeMethod(this, [this] { converse(); }, Qt::QueuedConnection);
            return;
        }
        m_asList = request.quote->asList;
        connect(&m_watcher, &QFutureWatcherBase::finished, this, &BuiltinStream::deliver);
        m_watcher.setFuture(QtConcurrent::run([quote = *request.quote, token = m_cancel.get_token()] {
            return quoteKeySentences(quote.text,
                                     {.words = quote.words, .markup = markupOf(quote), .title = quote.title}, token);
        }));
    }

    ~BuiltinStream() override { m_cancel.request_stop(); }

    void cancel() override { m_cancel.request_stop(); }

private:
    void converse()
    {
        receive(TextDelta{capabilities()});
        finish({});
    }

    void deliver()
    {
        const Result<Quotation> quotation = m_watcher.result();
        if (!quotation || m_cancel.stop_requested()) {
            finish(std::unexpected(quotation ? cancelledError() : quotation.error()));
            return;
        }
        bool isFirst = true;
        for (const KeySentence &sentence : quotation->sentences) {
            const QString border = isFirst ? QString() : m_asList ? QStringLiteral("\n") : QStringLiteral("\n\n");
            receive(Quoted{sentence.start, sentence.end, sentence.text});
            receive(TextDelta{border + (m_asList ? QStringLiteral("- ") : QString()) + sentence.text});
            isFirst = false;
        }
        finish({});
    }

    CancelSource m_cancel;
    QFutureWatcher<Result<Quotation>> m_watcher;
    bool m_asList = false;
};

} // namespace

std::unique_ptr<Stream> BuiltinBackend::start(const Request &request, HeadSink)
{
    return std::make_unique<BuiltinStream>(request);
}

} // namespace quintet::llm::builtin
