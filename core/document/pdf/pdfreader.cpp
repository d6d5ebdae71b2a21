// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/pdfreader.h"

#include "base/log.h"
#include "document/pdf/pagecleaner.h"
#include "document/pdf/pageheadings.h"
#include "document/pdf/pagetables.h"
#include "document/pdf/tornwords.h"
#include "text/codepoints.h"
#include "text/normalize.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <poppler-document.h>
#include <poppler-page.h>
#include <poppler-toc.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace quintet::document {

namespace {

constexpr int mostPages = 100'000;
constexpr qint64 mostText = 96LL << 20; ///< UTF-16 units
constexpr int mostBrokenPages = 200;
constexpr size_t mostOutline = 20'000;
constexpr int deepestOutline = 9;

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

std::vector<CutWord> wordsOf(const poppler::page &page)
{
    std::vector<CutWord> words;
    for (const poppler::text_box &box : page.text_list()) {
        const poppler::rectf place = box.bbox();
        words.push_back({text::normalized(toQString(box.text())), place.left(), place.right(),
                         place.y() + place.height() / 2, place.height()});
    }
    return words;
}

/// Without marks of writing direction, which only say in what order to draw. The space before a stretch that runs the
/// other way is drawn, and given, behind it.
QString withoutMarks(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool isMark = (c >= 0x202A && c <= 0x202E) || c == 0x200E || c == 0x200F || (c >= 0x2066 && c <= 0x2069);
        const bool endsStretch = c == 0x202C && i + 1 < text.size() && text[i + 1].isLetterOrNumber();
        if (!isMark)
            out += text[i] == u' ' && out.endsWith(u' ') ? QString() : QString(text[i]);
        else if (endsStretch && !out.endsWith(u' '))
            out += u' ';
    }
    return out;
}

/// Bullets of another size than their items come as lines of their own, before them.
QString withBullets(const QString &text)
{
    static constexpr QStringView bullets = u"•◦▪";
    if (std::ranges::none_of(text, [](QChar c) { return bullets.contains(c); }))
        return text;
    QStringList out;
    QString bullet;
    for (const QString &line : text.split(u'\n')) {
        const QString words = line.trimmed();
        if (words.size() == 1 && bullets.contains(words[0])) {
            bullet = words + u' ';
            continue;
        }
        const bool isItem = !words.isEmpty() && !bullets.contains(words[0]);
        out << (isItem ? bullet + line : line);
        bullet.clear();
    }
    return out.join(u'\n');
}

/// Without the page's own number where that stands alone at its end.
QString withoutNumber(const QString &page, const QString &label)
{
    const qsizetype lineEnd = page.lastIndexOf(u'\n');
    const bool isNumber = lineEnd > 0 && page[lineEnd - 1] == u'\n' && QStringView(page).sliced(lineEnd + 1) == label;
    return isNumber ? page.first(lineEnd).trimmed() : page;
}

std::vector<OutlineEntry> outlineOf(const poppler::document &pdf)
{
    std::vector<OutlineEntry> entries;
    const std::unique_ptr<poppler::toc> toc(pdf.create_toc());
    if (!toc)
        return entries;
    std::vector<std::pair<const poppler::toc_item *, int>> open{{toc->root(), 0}};
    while (!open.empty() && entries.size() < mostOutline) {
        const auto [item, level] = open.back();
        open.pop_back();
        if (level > 0)
            entries.push_back({level, text::normalized(toQString(item->title())).simplified()});
        const auto children = item->children();
        for (auto child = children.rbegin(); child != children.rend() && level < deepestOutline; ++child)
            open.emplace_back(*child, level + 1);
    }
    return entries;
}

/// The text of a page in reading order, `label` being its number. `isTorn`: its words were found torn, on a page
/// before.
QString textOf(const poppler::page &page, const QString &label, bool &isTorn)
{
    // Neither by place on paper (columns would run into each other) nor as the file happens to hold it.
    QString text = text::normalized(toQString(page.text(poppler::rectf(), poppler::page::non_raw_non_physical_layout)));
    isTorn = isTorn || mayBeTorn(text);
    if (isTorn)
        text = withoutGaps(text, wordsOf(page));
    text = withoutNumber(withBullets(withoutMarks(text)).trimmed(), label);
    return withTableRows(text, [&page] { return mended(wordsOf(page)); });
}

Result<Pages> readPages(const poppler::document &pdf, const Reading &reading)
{
    Pages pages;
    qint64 size = 0;
    bool isTorn = false;
    for (int i = 0; i < pdf.pages() && pages.broken < mostBrokenPages; ++i) {
        if (reading.stops())
            return std::unexpected(cancelledError());
        const std::unique_ptr<poppler::page> page(pdf.create_page(i));
        pages.broken += page ? 0 : 1;
        const QString label = page ? toQString(page->label()).trimmed() : QString();
        pages.labels.push_back(label.isEmpty() ? QString::number(i + 1) : label);
        pages.texts.push_back(page ? textOf(*page, pages.labels.back(), isTorn) : QString());
        size += pages.texts.back().size();
        if (size > mostText)
            break;
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
        return needsRecognition(
            tr("“%1” holds only images: its pages have no text to read. Where the program Tesseract "
               "is installed (tesseract-ocr), Quintet reads them with it."),
            content.name, int(pages->texts.size()));
    }
    cleanPages(pages->texts);
    Document document;
    document.format = QStringLiteral("pdf");
    readInformation(document, **pdf);
    join(document, *pages);
    document.headings = headingsOf(document.text, outlineOf(**pdf));
    return document;
}

} // namespace quintet::document
