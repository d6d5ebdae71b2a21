// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/textrecognition.h"

#include "text/codepoints.h"
#include "text/language.h"
#include "text/normalize.h"

namespace quintet::document {

namespace {

constexpr qsizetype mostLanguages = 6; ///< each makes it slower

} // namespace

TextRecognition::TextRecognition(QString launcher, QString tesseract)
    : m_launcher(std::move(launcher)),
      m_tesseract(std::move(tesseract))
{
}

Task<Result<QString>> TextRecognition::textOf(int picture, QString name, CancelToken token)
{
    QStringList command{m_tesseract, QStringLiteral("stdin"), QStringLiteral("stdout")};
    if (const QStringList known = co_await languages(token); !known.isEmpty())
        command << QStringLiteral("-l") << known.join(u'+');
    const auto output = co_await runConfined({m_launcher, command}, picture, std::move(name), token);
    if (!output)
        co_return std::unexpected(output.error());
    co_return text::normalized(QString::fromUtf8(*output)).trimmed();
}

Task<QStringList> TextRecognition::languages(CancelToken token)
{
    if (m_languages)
        co_return *m_languages;
    const auto output =
        co_await runConfined({m_launcher, {m_tesseract, QStringLiteral("--list-langs")}}, 0, m_tesseract, token);
    QStringList known;
    // The first line is a sentence about the others.
    for (const QString &line : QString::fromUtf8(output.value_or(QByteArray())).split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.contains(u' ') && line != u"osd" && known.size() < mostLanguages)
            known << line.trimmed();
    }
    m_languages = known;
    co_return known;
}

Document documentOfPages(const QStringList &pages, const QString &format)
{
    Document document;
    document.format = format;
    for (qsizetype i = 0; i < pages.size(); ++i) {
        if (!pages[i].isEmpty() && !document.text.isEmpty()) {
            document.text += QStringLiteral("\n\n");
            document.characters += 2;
        }
        const qint64 start = document.characters;
        document.text += pages[i];
        document.characters += text::countCodePoints(pages[i]);
        document.places.push_back({.kind = Place::Page,
                                   .label = QString::number(i + 1),
                                   .start = start,
                                   .end = document.characters,
                                   .page = int(i) + 1});
    }
    document.language = text::guessLanguage(document.text);
    return document;
}

} // namespace quintet::document
