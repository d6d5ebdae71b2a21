// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/pdfreader.h"

#include "base/log.h"
#include "document/pdf/pagecleaner.h"
#include "text/codepoints.h"
#include "text/normalize.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <poppler-document.h>
#include <poppler-page.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace quintet::document {

namespace {

constexpr int mostPages = 100'000;
constexpr qint64 mostText = 256LL << 20; ///< UTF-16 units
constexpr int mostBrokenPages = 200;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

QString toQString(const poppler::ustring &text)
{
    return QString::fromUtf16(text.data(), qsizetype(text.size()));
}

/// poppler complains on standard error about every oddity of a file unless it is told where else to.
void silencePoppler()
{
    static std::once_flag once;
    std::call_once(once, [] {
        poppler::set_debug_error_function(
            [](const std::string &message, void *) {
                qCDebug(lcDocument) << "poppler:" << QString::fromUtf8(message.c_str());
            },
            nullptr);
    });
}

std::unique_ptr<poppler::document> load(const Content &content)
{
    const std::string secret = content.password.toStdString();
    return std::unique_ptr<poppler::document>(
        poppler::document::load_from_raw_data(content.bytes.constData(), int(content.bytes.size()), secret, secret));
}

/// Old files keep their passwords in Latin-1, newer ones in UTF-8.
bool opensWith(poppler::document &pdf, const QString &password)
{
    const std::string latin1 = password.toLatin1().toStdString();
    return !pdf.is_locked() || !pdf.unlock(latin1, latin1);
}

Result<std::unique_ptr<poppler::document>> open(const Content &content)
{
    auto pdf = load(content);
    if (!pdf) {
        return badInput(tr("“%1” is a damaged PDF that cannot be opened. Get a new copy, or open it in a PDF viewer "
                           "and save it again."),
                        content.name);
    }
    if (pdf->is_locked() && !opensWith(*pdf, content.password))
        return needsPassword(content.name, content.password);
    if (pdf->pages() <= 0)
        return badInput(tr("“%1” is a PDF without pages, probably damaged. Get a new copy."), content.name);
    if (pdf->pages() > mostPages)
        return badInput(tr("“%1” has more than 100,000 pages, or is damaged. Split it."), content.name);
    return pdf;
}

struct Pages {
    std::vector<QString> texts;
    std::vector<QString> labels;
    int broken = 0;
};

Result<Pages> readPages(const poppler::document &pdf, const Reading &reading)
{
    Pages pages;
    qint64 size = 0;
    for (int i = 0; i < pdf.pages() && pages.broken < mostBrokenPages; ++i) {
        if (reading.stops())
            return std::unexpected(cancelledError());
        const std::unique_ptr<poppler::page> page(pdf.create_page(i));
        QString text;
        QString label;
        if (page) {
            // Neither by place on paper (columns would run into each other) nor as the file happens to hold it.
            text = toQString(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout));
            label = toQString(page->label()).trimmed();
        } else {
            ++pages.broken;
        }
        size += text.size();
        if (size > mostText)
            break;
        pages.texts.push_back(text::normalized(text).trimmed());
        pages.labels.push_back(label.isEmpty() ? QString::number(i + 1) : label);
    }
    return pages;
}

/// A page that ends in the middle of a sentence goes on with the next.
bool goesOn(QStringView before, QStringView after)
{
    return !before.isEmpty() && !after.isEmpty() && after[0].isLower() && !QStringView(u".!?:").contains(before.back());
}

void join(Document &document, const Pages &pages)
{
    qint64 offset = 0;
    for (size_t i = 0; i < pages.texts.size(); ++i) {
        const QString &page = pages.texts[i];
        if (!page.isEmpty() && !document.text.isEmpty()) {
            const QString gap = goesOn(document.text, page) ? QStringLiteral("\n") : QStringLiteral("\n\n");
            document.text += gap;
            offset += gap.size();
        }
        const qint64 start = offset;
        document.text += page;
        offset += text::countCodePoints(page);
        document.places.push_back(
            Place{.kind = Place::Page, .label = pages.labels[i], .start = start, .end = offset, .page = int(i) + 1});
    }
    document.characters = offset;
}

void readInformation(Document &document, const poppler::document &pdf)
{
    document.title = text::normalized(toQString(pdf.get_title())).simplified();
    document.author = text::normalized(toQString(pdf.get_author())).simplified();
    const auto changed = pdf.get_modification_date_t();
    const auto created = pdf.get_creation_date_t();
    const auto date = created > 0 ? created : changed;
    if (date > 0)
        document.date = QDateTime::fromSecsSinceEpoch(qint64(date), QTimeZone::UTC);
}

} // namespace

Result<Document> readPdf(const Content &content, const Reading &reading)
{
    silencePoppler();
    const auto pdf = open(content);
    if (!pdf)
        return std::unexpected(pdf.error());
    auto pages = readPages(**pdf, reading);
    if (!pages)
        return std::unexpected(pages.error());
    if (std::ranges::all_of(pages->texts, &QString::isEmpty)) {
        if (pages->broken > 0)
            return badInput(tr("“%1” is a damaged PDF: none of its pages can be read. Get a new copy."), content.name);
        return badInput(tr("“%1” holds only images: its pages have no text to read. Run it through a text recognition "
                           "program (OCR) first."),
                        content.name);
    }
    cleanPages(pages->texts);
    Document document;
    document.format = QStringLiteral("pdf");
    readInformation(document, **pdf);
    join(document, *pages);
    return document;
}

} // namespace quintet::document
