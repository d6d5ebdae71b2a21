// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <QRegularExpression>

namespace quintet {

namespace {

constexpr qsizetype longestMessage = 1'000;
constexpr qsizetype longestDetail = 4'000;

/// What came from a server may hold secrets, control sequences for the terminal, and no end.
QString presentable(const QString &text, qsizetype longest)
{
    QString clean = redacted(text.size() > longest ? text.first(longest) + u'…' : text);
    clean.removeIf([](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t'; });
    return clean;
}

} // namespace

Error::Error(ErrorKind kind, const QString &message, const QString &detail)
    : kind(kind),
      message(presentable(message, longestMessage)),
      detail(presentable(detail, longestDetail))
{
}

QString nameOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unauthorized: return QStringLiteral("unauthorized");
    case ErrorKind::RateLimited: return QStringLiteral("rateLimited");
    case ErrorKind::Quota: return QStringLiteral("quota");
    case ErrorKind::ContextTooLong: return QStringLiteral("contextTooLong");
    case ErrorKind::Refused: return QStringLiteral("refused");
    case ErrorKind::Network: return QStringLiteral("network");
    case ErrorKind::Timeout: return QStringLiteral("timeout");
    case ErrorKind::BadInput: return QStringLiteral("badInput");
    case ErrorKind::NeedsModel: return QStringLiteral("needsModel");
    case ErrorKind::Budget: return QStringLiteral("budget");
    case ErrorKind::Storage: return QStringLiteral("storage");
    case ErrorKind::Corrupt: return QStringLiteral("corrupt");
    case ErrorKind::Protocol: return QStringLiteral("protocol");
    case ErrorKind::Unavailable: return QStringLiteral("unavailable");
    case ErrorKind::Cancelled: return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

ErrorKind kindNamed(const QString &name)
{
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Cancelled); ++kind) {
        if (nameOf(static_cast<ErrorKind>(kind)) == name)
            return static_cast<ErrorKind>(kind);
    }
    return ErrorKind::Protocol;
}

QString redacted(const QString &text)
{
    // Each pattern keeps its first group, which names the secret, and drops what follows.
    static const QRegularExpression patterns[] = {
        QRegularExpression(
            QStringLiteral(R"re((\bbearer\s+|\bauthorization["']?\s*[:=]\s*["']?(?:\w+\s+)?)[A-Za-z0-9._~+/=-]{4,})re"),
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(
            QStringLiteral(
                R"re(((?:api[-_]?key|access[-_]?token|auth[-_]?token|secret|password|passwd)["']?\s*[:=]\s*["']?)[^\s"'&,;]{3,})re"),
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(QStringLiteral(R"re(([?&](?:key|token|sig|signature)=)[^\s&#"']+)re"),
                           QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(QStringLiteral(R"re((//)[^\s/]*(?=@))re")),
        QRegularExpression(
            QStringLiteral(R"re((\b)(?:sk|pk|rk|gsk|xai|hf|ghp|gho|github_pat|glpat|pplx|r8)[-_][A-Za-z0-9_-]{4,})re")),
        QRegularExpression(QStringLiteral(R"re((\b)AIza[A-Za-z0-9_-]{20,})re")),
        QRegularExpression(QStringLiteral(R"re((\b)eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)re")),
    };
    QString result = text;
    for (const QRegularExpression &pattern : patterns)
        result.replace(pattern, QStringLiteral("\\1[redacted]"));
    return result;
}

void hideSecret(Error &error, const QString &secret)
{
    if (secret.size() < 4)
        return;
    error.message.replace(secret, QStringLiteral("[redacted]"));
    error.detail.replace(secret, QStringLiteral("[redacted]"));
}

} // namespace quintet
