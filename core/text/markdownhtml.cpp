// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdownhtml.h"

#include <QRegularExpression>

#include <md4c-html.h>

namespace quintet::text {

namespace {

using namespace Qt::StringLiterals;

void take(const MD_CHAR *bytes, MD_SIZE size, void *html)
{
    static_cast<QByteArray *>(html)->append(bytes, size);
}

/// What md4c makes of links and pictures leads anywhere.
QString harmless(QString html)
{
    static const QRegularExpression strangeLink(u"<a href=\"(?!https?://|mailto:|#)[^\"]*\""_s,
                                                QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression picture(u"<img src=\"(https?://[^\"]*)\" alt=\"([^\"]*)\"[^>]*>"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression strangePicture(u"<img [^>]*alt=\"([^\"]*)\"[^>]*>"_s);
    html.replace(strangeLink, u"<a"_s);
    html.replace(picture, u"<a href=\"\\1\">[\\2]</a>"_s);
    return html.replace(strangePicture, u"[\\1]"_s);
}

} // namespace

QString markdownToHtml(const QString &markdown)
{
    constexpr unsigned flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML;
    const QByteArray bytes = markdown.toUtf8();
    QByteArray html;
    if (md_html(bytes.constData(), MD_SIZE(bytes.size()), take, &html, flags, 0) != 0)
        return u"<pre>"_s + markdown.toHtmlEscaped() + u"</pre>"_s;
    return harmless(QString::fromUtf8(html));
}

} // namespace quintet::text
