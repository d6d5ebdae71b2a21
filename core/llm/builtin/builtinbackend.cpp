// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/builtinbackend.h"

#include "base/onpool.h"
#include "llm/builtin/answering.h"
#include "llm/builtin/extractive.h"
#include "llm/builtin/hashedembedding.h"
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
               "I summarize a text by quoting its key sentences (quintet summarize FILE), and answer questions "
               "about files and collections by quoting them. For answers in new words, connect a model: \"quintet "
               "endpoints discover\" finds servers on this computer, "
               "\"quintet endpoints add NAME --base-url URL\" adds one, and a key in OPENAI_API_KEY is used "
               "as it is.");
}

QString nothingFound()
{
    return QCoreApplication::translate("llm", "Nothing was found that answers this.");
}

Markup markupOf(const QuoteWish &wish)
{
    if (!wish.isMarkdown)
        return Markup::Guess;
    return *wish.isMarkdown ? Markup::Markdown : Markup::Plain;
}

/// Takes sentences out of texts on the pool, then says them.
template<typename Taken>
class QuotingStream : public Stream {
public:
    explicit QuotingStream(std::function<Result<Taken>(CancelToken)> take)
    {
        answer().model = builtinEndpoint().model;
        connect(&m_watcher, &QFutureWatcherBase::finished, this, &QuotingStream::deliver);
        m_watcher.setFuture(QtConcurrent::run(std::move(take), m_cancel.get_token()));
    }

    ~QuotingStream() override { m_cancel.request_stop(); }

    void cancel() override { m_cancel.request_stop(); }

protected:
    virtual void say(const Taken &taken) = 0;

private:
    void deliver()
    {
        const Result<Taken> taken = m_watcher.result();
        if (!taken || m_cancel.stop_requested()) {
            finish(std::unexpected(taken ? cancelledError() : taken.error()));
            return;
        }
        say(*taken);
        finish({});
    }

    CancelSource m_cancel;
    QFutureWatcher<Result<Taken>> m_watcher;
};

/// The key sentences of one text.
class SummaryStream final : public QuotingStream<Quotation> {
public:
    explicit SummaryStream(const QuoteWish &wish)
        : QuotingStream([wish](CancelToken token) {
              return quoteKeySentences(wish.text, {.words = wish.words, .markup = markupOf(wish), .title = wish.title},
                                       token);
          }),
          m_asList(wish.asList)
    {
    }

private:
    void say(const Quotation &quotation) override
    {
        bool isFirst = true;
        for (const KeySentence &sentence : quotation.sentences) {
            const QString border = isFirst ? QString() : m_asList ? QStringLiteral("\n") : QStringLiteral("\n\n");
            receive(Quoted{sentence.start, sentence.end, sentence.text});
            receive(TextDelta{border + (m_asList ? QStringLiteral("- ") : QString()) + sentence.text});
            isFirst = false;
        }
    }

    bool m_asList = false;
};

/// The sentences of some passages that answer a question.
class AnswerStream final : public QuotingStream<std::vector<AnswerSentence>> {
public:
    explicit AnswerStream(const AnswerWish &wish)
        : QuotingStream([wish](CancelToken token) { return answerFrom(wish, token); }),
          m_cite(wish.cite)
    {
    }

private:
    void say(const std::vector<AnswerSentence> &sentences) override
    {
        if (sentences.empty())
            receive(TextDelta{nothingFound()});
        int before = -1;
        for (const AnswerSentence &sentence : sentences) {
            const QString border = before < 0                   ? QString()
                                   : before == sentence.passage ? QStringLiteral(" ")
                                                                : QStringLiteral("\n\n");
            before = sentence.passage;
            receive(Quoted{sentence.start, sentence.end, sentence.text, sentence.passage});
            const QString marker = m_cite ? QStringLiteral(" [%1]").arg(sentence.passage + 1) : QString();
            receive(TextDelta{border + sentence.text + marker});
        }
    }

    bool m_cite = true;
};

/// Says what the built-in engine is, to whoever takes it for a language model.
class IntroductionStream final : public Stream {
public:
    IntroductionStream()
    {
        answer().model = builtinEndpoint().model;
        QMetaObject::invokeMethod(this, &IntroductionStream::say, Qt::QueuedConnection);
    }

    void cancel() override
    {
        if (!isFinished())
            finish(std::unexpected(cancelledError()));
    }

private:
    void say()
    {
        if (isFinished())
            return;
        receive(TextDelta{capabilities()});
        finish({});
    }
};

} // namespace

std::unique_ptr<Stream> BuiltinBackend::start(const Request &request, HeadSink)
{
    if (request.quote)
        return std::make_unique<SummaryStream>(*request.quote);
    if (request.answer)
        return std::make_unique<AnswerStream>(*request.answer);
    return std::make_unique<IntroductionStream>();
}

Task<Result<Embeddings>> BuiltinBackend::embed(EmbeddingRequest request, Watch, CancelToken token)
{
    const auto vectors = co_await onPool([request, token] {
        std::vector<std::vector<float>> all;
        for (const QString &text : request.texts) {
            if (token.stop_requested())
                break;
            all.push_back(hashedEmbedding(text, request.dimensions > 0 ? request.dimensions : usualDimensions));
        }
        return all;
    });
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    co_return Embeddings{.vectors = vectors, .model = builtinEndpoint().model, .usage = {}};
}

} // namespace quintet::llm::builtin
