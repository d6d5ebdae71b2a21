// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/search/fetchpage.h"

#include "agent/argumentschema.h"
#include "agent/piece.h"
#include "document/webpage.h"

#include <QCoreApplication>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

ToolFacts FetchPage::facts() const
{
    const QJsonObject url{{u"type"_s, u"string"_s}, {u"description"_s, u"http or https, of the public web"_s}};
    const QJsonObject offset{{u"type"_s, u"integer"_s},
                             {u"minimum"_s, 0},
                             {u"description"_s, u"characters to leave out first, to read on"_s}};
    return {.name = u"fetch_page"_s,
            .title = tr("Fetch page"),
            .group = u"web"_s,
            .description =
                u"Gets a page or document from the web and returns its text, in pieces of %1 characters; the "
                "result says how to read on."_s.arg(Piece::length),
            .schema = argumentSchema({{u"url"_s, url}, {u"offset"_s, offset}}, {u"url"_s}),
            .effect = Effect::Sends,
            .isUntrusted = true};
}

Task<Result<ToolResult>> FetchPage::call(QJsonObject arguments, CancelToken token)
{
    const QUrl url(arguments[u"url"].toString().trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("Give a whole address, as https://example.org/page."));
    const auto document =
        co_await document::readWebPage(m_pages, m_extractor, url, token, net::PageFetcher::Origin::Other);
    if (!document)
        co_return std::unexpected(document.error());
    const Piece piece(document->text, arguments[u"offset"].toInteger());
    QJsonObject value = piece.toJson();
    value[u"url"] = document->path;
    value[u"title"] = document->title;
    const QString title = document->title.isEmpty() ? QString() : document->title + u"\n\n"_s;
    co_return ToolResult{.text = title + piece.words(), .value = value};
}

} // namespace quintet::agent
