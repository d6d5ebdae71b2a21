// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answering/preparation.h"

#include "base/onpool.h"
#include "text/tokenestimate.h"
#include "text/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 answerTokens = 4096; // kept free for the answer where nothing else is said
constexpr int answerShare = 4;        // but no more than this part of what the model reads
constexpr int passagesOfCollections = 6;
constexpr size_t passagesOfFiles = 12;
constexpr size_t passagesQuoted = 12; // that the built-in engine looks through
constexpr qsizetype wordsToStandAlone = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("chat", text);
}

std::vector<Attachment> attachmentsOn(const std::vector<const Message *> &path)
{
    std::vector<Attachment> attachments;
    for (const Message *message : path) {
        for (const Attachment &attachment : message->attachments) {
            if (!std::ranges::contains(attachments, attachment.hash, &Attachment::hash))
                attachments.push_back(attachment);
        }
    }
    return attachments;
}

struct Searched {
    std::vector<Passage> best;
    qint64 total = 0;
};

Searched searchIn(const std::vector<std::pair<Attachment, document::Document>> &documents, const QString &question,
                  size_t count)
{
    std::vector<Passage> passages;
    for (const auto &[attachment, document] : documents) {
        const std::vector<Passage> more = passagesOf(document, attachment);
        passages.insert(passages.end(), more.begin(), more.end());
    }
    Searched searched{bestPassages(passages, question, count), qint64(passages.size())};
    // A question such as "what is this about?" shares no word with the text: its beginning is better than nothing.
    if (searched.best.empty())
        searched.best.assign(passages.begin(), passages.begin() + qsizetype(std::min(passages.size(), count / 2)));
    return searched;
}

} // namespace

/// The files of a branch, read.
struct Preparation::Files {
    std::vector<std::pair<Attachment, document::Document>> documents;
    QHash<QString, llm::Image> images;
    QStringList notes;

    /// Takes the largest out, to be searched rather than told whole.
    std::pair<Attachment, document::Document> takeLargest()
    {
        const auto largest =
            std::ranges::max_element(documents, {}, [](const auto &each) { return each.first.tokens; });
        auto taken = std::move(*largest);
        documents.erase(largest);
        return taken;
    }

    Materials materials() const
    {
        Materials materials;
        materials.images = images;
        for (const auto &[attachment, document] : documents)
            materials.texts.insert(attachment.hash, document.text);
        return materials;
    }
};

Task<Preparation::Files> Preparation::filesOf(std::vector<Attachment> attachments)
{
    Files files;
    for (const Attachment &attachment : attachments) {
        Result<AttachmentContent> content = co_await m_parts.attachments.content(attachment);
        if (!content)
            files.notes << content.error().message;
        else if (attachment.isImage())
            files.images.insert(attachment.hash, {content->image, attachment.mimeType});
        else
            files.documents.emplace_back(attachment, std::move(content->document));
    }
    co_return files;
}

Task<qint64> Preparation::roomOf(llm::Endpoint endpoint, std::optional<int> wanted, CancelToken token)
{
    const qint64 context = co_await m_parts.catalog.contextTokens(endpoint, token);
    const qint64 answer = wanted ? qint64(*wanted) : std::min(answerTokens, context / answerShare);
    co_return std::max<qint64>(context / answerShare, context - answer);
}

Task<Result<Prepared>> Preparation::prepareBuiltin(Message question, Files files, QStringList collections,
                                                   CancelToken token)
{
    Prepared prepared;
    prepared.notes = files.notes;
    const QString text = question.text;
    if (!collections.isEmpty()) {
        auto found = co_await m_parts.collections.find(text, collections, int(passagesQuoted), token);
        if (!found)
            co_return std::unexpected(found.error());
        prepared.passages = std::move(*found);
    }
    if (!files.documents.empty()) {
        const Searched searched =
            co_await onPool([documents = files.documents, text] { return searchIn(documents, text, passagesQuoted); });
        prepared.passages.insert(prepared.passages.end(), searched.best.begin(), searched.best.end());
    }
    prepared.request.pattern = u"chat"_s;
    if (!collections.isEmpty() || !files.documents.empty()) {
        llm::AnswerWish wish{.question = text, .passages = {}};
        for (const Passage &passage : prepared.passages)
            wish.passages.push_back({passage.text, passage.source.title});
        prepared.request.answer = std::move(wish);
    }
    prepared.request.messages = {{llm::Role::User, text}};
    prepared.room = 1;
    co_return prepared;
}

Task<Result<Prepared>> Preparation::prepare(Conversation conversation, MessageId question, llm::Endpoint endpoint,
                                            CancelToken token)
{
    if (!conversation.message(question))
        co_return failure(ErrorKind::BadInput, tr("There is no question that this answers."));
    const bool isBuiltin = endpoint.kind == llm::EndpointKind::Builtin;
    const auto path = isBuiltin ? conversation.pathTo(question) : toldPath(conversation, question);
    Files files = co_await filesOf(attachmentsOn(path));
    const QStringList collections = conversation.settings().collections;
    if (isBuiltin)
        co_return co_await prepareBuiltin(*conversation.message(question), std::move(files), collections, token);
    Prepared prepared;
    prepared.notes = files.notes;
    prepared.room = co_await roomOf(endpoint, conversation.settings().parameters.maxTokens, token);
    const QString searchText = searchTextFor(conversation, question);
    if (!collections.isEmpty()) {
        auto found = co_await m_parts.collections.find(searchText, collections, passagesOfCollections, token);
        if (!found)
            co_return std::unexpected(found.error());
        prepared.passages = std::move(*found);
    }
    const auto build = [&] {
        Materials materials = files.materials();
        materials.passages = prepared.passages;
        prepared.request = requestFor(conversation, question, materials);
        prepared.request.model = endpoint.model;
        prepared.tokens = m_parts.gateway.estimatedTokens(endpoint, prepared.request);
    };
    build();
    std::vector<std::pair<Attachment, document::Document>> searched;
    while (!prepared.fits() && !files.documents.empty()) {
        searched.push_back(files.takeLargest());
        build();
    }
    if (!searched.empty()) {
        const Searched found =
            co_await onPool([searched, searchText] { return searchIn(searched, searchText, passagesOfFiles); });
        size_t taken = 0;
        for (const Passage &passage : found.best) {
            prepared.passages.push_back(passage);
            build();
            if (!prepared.fits()) {
                prepared.passages.pop_back();
                build();
                break;
            }
            ++taken;
        }
        for (const auto &[attachment, document] : searched) {
            prepared.notes << tr("%1 is longer than the model can read: it was searched instead.").arg(attachment.name);
        }
        prepared.notes << tr("%1 of %2 passages were given to the model.").arg(taken).arg(found.total);
    }
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    co_return prepared;
}

Task<Result<Prepared>> Preparation::prepareContinuation(Conversation conversation, MessageId answer,
                                                        llm::Endpoint endpoint, CancelToken token)
{
    Files files = co_await filesOf(attachmentsOn(toldPath(conversation, answer)));
    Prepared prepared;
    prepared.notes = files.notes;
    prepared.room = co_await roomOf(endpoint, conversation.settings().parameters.maxTokens, token);
    const auto build = [&] {
        prepared.request = continuationFor(conversation, answer, files.materials());
        prepared.request.model = endpoint.model;
        prepared.tokens = m_parts.gateway.estimatedTokens(endpoint, prepared.request);
    };
    build();
    while (!prepared.fits() && !files.documents.empty()) {
        prepared.notes
            << tr("%1 is longer than the model can read: it was left out.").arg(files.takeLargest().first.name);
        build();
    }
    co_return prepared;
}

Task<ContextUse> Preparation::measure(Conversation conversation, QString text, std::vector<Attachment> attachments,
                                      llm::Endpoint endpoint, CancelToken token)
{
    ContextUse use;
    if (endpoint.kind == llm::EndpointKind::Builtin)
        co_return use;
    const MessageId last = MessageId::make();
    Message draft;
    draft.id = last;
    draft.parent = conversation.head();
    draft.text = std::move(text);
    draft.attachments = std::move(attachments);
    conversation.apply(MessageAdded{draft});
    llm::Request request = requestFor(conversation, last, {});
    request.model = endpoint.model;
    use.limit = co_await m_parts.catalog.contextTokens(endpoint, token);
    use.tokens = m_parts.gateway.estimatedTokens(endpoint, request);
    for (const Attachment &attachment : attachmentsOn(toldPath(conversation, last)))
        use.tokens += attachment.tokens;
    if (llm::isLocal(endpoint)) {
        use.cost = usage::Money();
    } else if (const auto price = m_parts.prices.find(endpoint.model, QDate::currentDate(), use.tokens)) {
        use.cost = price->costOf({.prompt = std::min(use.tokens, use.limit)});
    }
    co_return use;
}

QString searchTextFor(const Conversation &conversation, const MessageId &question)
{
    const std::vector<const Message *> path = conversation.pathTo(question);
    QString text = path.empty() ? QString() : path.back()->text;
    if (text::countWords(text) >= wordsToStandAlone)
        return text;
    for (auto message = path.rbegin(); message != path.rend(); ++message) {
        if ((*message)->role == llm::Role::User && (*message)->id != question)
            return (*message)->text + u'\n' + text;
    }
    return text;
}

} // namespace quintet::chat
