// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/endpoint.h"

#include <QHostAddress>
#include <QRegularExpression>

namespace quintet::llm {

Endpoint builtinEndpoint()
{
    return {QStringLiteral("builtin"), EndpointKind::Builtin, {}, QStringLiteral("built-in"), {}};
}

QString nameOf(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::Builtin: return QStringLiteral("builtin");
    case EndpointKind::OpenAi: return QStringLiteral("openai");
    case EndpointKind::Anthropic: return QStringLiteral("anthropic");
    }
    Q_UNREACHABLE();
}

EndpointKind kindFrom(const QString &name)
{
    if (name == u"builtin")
        return EndpointKind::Builtin;
    return name == u"anthropic" ? EndpointKind::Anthropic : EndpointKind::OpenAi;
}

/// Azure's servers of OpenAI's models have their door behind "/openai"; its other servers do not.
bool isAzureOpenAi(const QString &host)
{
    static const QStringList endings{QStringLiteral(".openai.azure.com"),
                                     QStringLiteral(".cognitiveservices.azure.com"),
                                     QStringLiteral(".services.ai.azure.com")};
    return std::ranges::any_of(endings, [&host](const QString &ending) { return host.endsWith(ending); });
}

QUrl doorUrl(const QUrl &base, const QString &path)
{
    static const QRegularExpression door(
        QStringLiteral("/(chat/completions|completions|embeddings|models|messages|responses|rerank)/*$"));
    static const QRegularExpression version(QStringLiteral("/v\\d+[a-z]*(/|$)|/deployments/[^/]+$"));
    QUrl url = base;
    if (url.hasFragment() && url.fragment().isEmpty()) {
        url.setFragment({});
        return url;
    }
    QString stem = url.path();
    stem.remove(door);
    while (stem.endsWith(u'/'))
        stem.chop(1);
    if (!version.match(stem).hasMatch()) {
        if (stem.isEmpty() && isAzureOpenAi(url.host()))
            stem = QStringLiteral("/openai");
        stem += QStringLiteral("/v1");
    }
    url.setPath(stem + QLatin1Char('/') + path);
    url.setFragment({});
    return url;
}

bool isLocal(const Endpoint &endpoint)
{
    const QString host = endpoint.baseUrl.host();
    return endpoint.kind == EndpointKind::Builtin || host == u"localhost" || host.endsWith(u".localhost")
           || QHostAddress(host).isLoopback();
}

} // namespace quintet::llm
