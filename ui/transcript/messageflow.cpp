// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/messageflow.h"

#include "ui/transcript/partrows.h"
#include "ui/transcript/rows/rowsources.h"

#include <algorithm>
#include <cmath>

namespace quintet::ui {

namespace {

constexpr double bubbleWidth = 560;
constexpr size_t fewRows = 12;

bool hasCitations(const Message &message)
{
    return message.author == Author::Assistant && std::ranges::any_of(message.parts, [](const Part &part) {
               return std::holds_alternative<SourcesPart>(part);
           });
}

} // namespace

MessageFlow::MessageFlow(Message message, const Face &face, RowSources &sources)
    : m_message(std::move(message)),
      m_face(face),
      m_sources(sources)
{
}

MessageFlow::~MessageFlow() = default;

// --- what is said ---

Part &MessageFlow::openPart(bool wantsText)
{
    const bool fits = !m_message.parts.empty()
                      && (wantsText ? std::holds_alternative<TextPart>(m_message.parts.back())
                                    : std::holds_alternative<ReasoningPart>(m_message.parts.back()));
    if (!fits) {
        if (wantsText)
            setPart(m_message.parts.size(), TextPart{});
        else
            setPart(m_message.parts.size(), ReasoningPart{});
    }
    return m_message.parts.back();
}

void MessageFlow::appendText(QStringView markdown)
{
    *markdownOf(openPart(true)) += markdown;
    if (m_stream)
        m_stream->append(markdown);
}

void MessageFlow::appendReasoning(QStringView markdown)
{
    *markdownOf(openPart(false)) += markdown;
    if (m_stream)
        m_stream->append(markdown);
}

void MessageFlow::setPart(size_t number, Part part)
{
    if (number + 1 >= m_message.parts.size())
        m_stream.reset();
    const size_t last = m_message.parts.size();
    if (number < last)
        m_message.parts[number] = std::move(part);
    else
        m_message.parts.push_back(std::move(part));
    if (!m_isRead)
        return;
    if (std::holds_alternative<SourcesPart>(m_message.parts[std::min(number, last)])) {
        // The marks in the text before it get their meaning.
        for (size_t i = 0; i < m_message.parts.size(); ++i)
            readPart(i);
        return;
    }
    if (number > 0 && number >= last)
        readPart(number - 1); // it is no longer the one that is written
    readPart(std::min(number, last));
}

void MessageFlow::setMessage(Message message)
{
    const bool wasRead = m_isRead;
    m_message = std::move(message);
    m_stream.reset();
    m_isRead = false;
    if (wasRead)
        read();
    else
        estimateWhole();
}

void MessageFlow::finish()
{
    m_message.isOpen = false;
    if (!m_stream)
        return;
    const text::MarkdownStream::Change change = m_stream->finish();
    const size_t start = rowsBefore(m_message.parts.size() - 1) + m_streamCards;
    const bool isInset = std::holds_alternative<ReasoningPart>(m_message.parts.back());
    const Row *before = start + change.first > 0 ? &m_rows[start + change.first - 1].row : nullptr;
    replaceRows(start + change.first, change.removed,
                rowsOf(m_stream->leaves(), change.first, change.added, m_message.parts.size() - 1, isInset, before));
    m_stream.reset();
}

size_t MessageFlow::update()
{
    if (!m_stream)
        return m_rows.size();
    const text::MarkdownStream::Change change = m_stream->update();
    if (change.isEmpty())
        return m_rows.size();
    const size_t start = rowsBefore(m_message.parts.size() - 1) + m_streamCards;
    const bool isInset = std::holds_alternative<ReasoningPart>(m_message.parts.back());
    const size_t first = start + change.first;
    const Row *before = first > 0 ? &m_rows[first - 1].row : nullptr;
    replaceRows(first, change.removed,
                rowsOf(m_stream->leaves(), change.first, change.added, m_message.parts.size() - 1, isInset, before));
    return first;
}

void MessageFlow::setFolded(size_t part, bool folded)
{
    m_unfolded.resize(std::max(m_unfolded.size(), part + 1));
    m_unfolded[part] = !folded;
    if (m_isRead)
        readPart(part);
}

// --- rows ---

void MessageFlow::read()
{
    if (m_isRead)
        return;
    m_isRead = true;
    m_rows.clear();
    m_live.clear();
    m_heights.clear();
    for (size_t i = 0; i < m_message.parts.size(); ++i)
        readPart(i);
}

void MessageFlow::readPart(size_t number)
{
    const Part &part = m_message.parts[number];
    const size_t first = rowsBefore(number);
    const size_t end = rowsBefore(number + 1);
    std::vector<Row> rows = cardsOf(part, number, isUnfolded(number));
    const bool isLast = number + 1 == m_message.parts.size();
    if (isLast)
        m_stream.reset();
    if (const QString *markdown = markdownOf(part, isUnfolded(number))) {
        const bool isInset = std::holds_alternative<ReasoningPart>(part);
        const text::LeafOptions options{.citations = hasCitations(m_message),
                                        .keepsLines = m_message.author == Author::User};
        std::vector<text::LeafBlock> leaves;
        if (isLast && m_message.isOpen) {
            m_stream = std::make_unique<text::MarkdownStream>(options);
            m_stream->append(*markdown);
            m_stream->update();
            m_streamCards = rows.size();
            leaves = m_stream->leaves();
        } else {
            leaves = text::readLeaves(*markdown, options);
        }
        std::ranges::move(rowsOf(leaves, 0, leaves.size(), number, isInset, nullptr), std::back_inserter(rows));
    }
    replaceRows(first, end - first, std::move(rows));
}

void MessageFlow::replaceRows(size_t first, size_t removed, std::vector<Row> rows)
{
    const size_t kept = std::min(removed, rows.size());
    for (size_t i = 0; i < kept; ++i) {
        Slot &slot = m_rows[first + i];
        slot.row = std::move(rows[i]);
        slot.laidOutFor = -1;
        if (slot.view && !slot.view->update(slot.row))
            slot.view.reset();
    }
    const auto at = m_rows.begin() + static_cast<std::ptrdiff_t>(first + kept);
    if (removed > kept)
        m_rows.erase(at, at + static_cast<std::ptrdiff_t>(removed - kept));
    std::vector<Slot> more;
    for (size_t i = kept; i < rows.size(); ++i)
        more.push_back({.row = std::move(rows[i])});
    if (removed != kept || !more.empty()) {
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(first + kept), std::make_move_iterator(more.begin()),
                      std::make_move_iterator(more.end()));
        std::vector<int> heights;
        for (size_t i = first + kept; i < first + rows.size(); ++i)
            heights.push_back(gap(i) + estimate(m_rows[i].row));
        m_heights.replace(first + kept, removed - kept, heights);
        if (first + rows.size() < m_rows.size()) { // those behind moved
            m_live.clear();
            for (size_t i = 0; i < m_rows.size(); ++i) {
                if (m_rows[i].view)
                    m_live.push_back(i);
            }
        } else {
            std::erase_if(m_live, [this](size_t i) { return i >= m_rows.size(); });
        }
    }
    for (size_t i = first; i < std::min(first + rows.size() + 1, m_rows.size()); ++i) {
        // A height stays as an estimate until it is laid out; the gap is known.
        if (m_rows[i].laidOutFor < 0 && !m_rows[i].view)
            m_heights.set(i, gap(i) + estimate(m_rows[i].row));
        else
            m_rows[i].laidOutFor = -1;
    }
}

size_t MessageFlow::rowsBefore(size_t part) const
{
    const auto found = std::ranges::lower_bound(m_rows, part, {}, [](const Slot &slot) { return slot.row.part; });
    return static_cast<size_t>(found - m_rows.begin());
}

void MessageFlow::forget()
{
    if (m_message.isOpen || !m_isRead)
        return;
    m_estimate = height();
    m_rows.clear();
    m_live.clear();
    m_heights.clear();
    m_isRead = false;
}

void MessageFlow::forgetViews(size_t keptFirst, size_t keptEnd)
{
    std::erase_if(m_live, [&](size_t i) {
        if (i >= keptFirst && i < keptEnd)
            return false;
        m_rows[i].view.reset();
        return true;
    });
}

RowView &MessageFlow::view(size_t index)
{
    Slot &slot = m_rows[index];
    if (!slot.view) {
        slot.view = makeRowView(slot.row, m_face, m_sources);
        slot.laidOutFor = -1;
        m_live.push_back(index);
        if (slot.wraps)
            slot.view->setWraps(true);
        colourCode(index);
    }
    if (slot.laidOutFor != rowWidth()) {
        slot.laidOutFor = rowWidth();
        m_heights.set(index, gap(index) + static_cast<int>(std::ceil(slot.view->layOut(slot.laidOutFor))));
    }
    return *slot.view;
}

bool MessageFlow::isLaidOut(size_t index) const
{
    return m_rows[index].view && m_rows[index].laidOutFor == rowWidth();
}

void MessageFlow::colourCode(size_t index)
{
    const text::LeafBlock *leaf = m_rows[index].row.leaf();
    if (!leaf || leaf->kind != text::LeafKind::Code || leaf->language.isEmpty())
        return;
    if (m_sources.highlighter.spans(m_rows[index].row.chain)) {
        if (m_rows[index].view)
            m_rows[index].view->update(m_rows[index].row);
        m_rows[index].laidOutFor = -1;
        return;
    }
    // What comes before it in the block has its say.
    size_t first = index;
    while (first > 0 && !m_rows[first].row.leaf()->isFirst && m_rows[first - 1].row.leaf()
           && !m_sources.highlighter.spans(m_rows[first - 1].row.chain))
        --first;
    for (size_t i = first; i <= index; ++i) {
        const text::LeafBlock &code = *m_rows[i].row.leaf();
        const quint64 before = code.isFirst || i == 0 ? 0 : m_rows[i - 1].row.chain;
        m_sources.highlighter.ask(before, m_rows[i].row.chain, code.language, code.text);
    }
}

void MessageFlow::renewView(size_t index)
{
    m_rows[index].laidOutFor = -1;
}

text::Span MessageFlow::codeBlock(size_t row) const
{
    const auto goesOn = [this](size_t i) {
        const text::LeafBlock *leaf = m_rows[i].row.leaf();
        return leaf && leaf->kind == text::LeafKind::Code && !leaf->isFirst;
    };
    size_t first = row;
    while (first > 0 && goesOn(first))
        --first;
    size_t end = row + 1;
    while (end < m_rows.size() && goesOn(end))
        ++end;
    return {static_cast<qsizetype>(first), static_cast<qsizetype>(end)};
}

QString MessageFlow::codeOf(size_t row) const
{
    const text::Span block = codeBlock(row);
    QStringList pieces;
    for (auto i = block.start; i < block.end; ++i)
        pieces << m_rows[static_cast<size_t>(i)].row.text();
    return pieces.join(u'\n');
}

void MessageFlow::toggleWraps(size_t row)
{
    const text::Span block = codeBlock(row);
    const bool wraps = !m_rows[static_cast<size_t>(block.start)].wraps;
    for (auto i = static_cast<size_t>(block.start); i < static_cast<size_t>(block.end); ++i) {
        m_rows[i].wraps = wraps;
        m_rows[i].laidOutFor = -1;
        if (m_rows[i].view)
            m_rows[i].view->setWraps(wraps);
    }
}

bool MessageFlow::scrollSideways(size_t row, double by)
{
    const text::Span block = codeBlock(row);
    bool hasRoom = false;
    for (auto i = static_cast<size_t>(block.start); i < static_cast<size_t>(block.end); ++i)
        hasRoom |= m_rows[i].view && m_rows[i].view->scrollSideways(by);
    return hasRoom;
}

// --- geometry ---

void MessageFlow::setWidth(double width)
{
    m_width = width;
    if (!m_isRead)
        estimateWhole();
}

int MessageFlow::padding() const
{
    return m_message.author == Author::User ? static_cast<int>(m_face.px(9)) : 0;
}

double MessageFlow::rowWidth() const
{
    if (m_message.author != Author::User)
        return m_width;
    return std::min(m_width, m_face.px(bubbleWidth)) - 2 * m_face.px(14);
}

int MessageFlow::gap(size_t index) const
{
    return static_cast<int>(gapBefore(m_rows[index].row, index > 0 ? &m_rows[index - 1].row : nullptr, m_face));
}

int MessageFlow::estimate(const Row &row) const
{
    return static_cast<int>(std::ceil(estimatedHeight(row, m_face, rowWidth())));
}

void MessageFlow::estimateWhole()
{
    double height = 2 * padding();
    const double columns = std::max(8.0, rowWidth() / m_face.px(7.2));
    for (size_t i = 0; i < m_message.parts.size(); ++i) {
        if (const QString *markdown = markdownOf(m_message.parts[i], isUnfolded(i)))
            height += m_face.px(26) * std::ceil(1 + static_cast<double>(markdown->size()) / columns);
        else
            height += m_face.px(26);
    }
    m_estimate = static_cast<int>(height);
}

int MessageFlow::height() const
{
    const bool isWaiting = m_message.isOpen && m_rows.empty();
    const auto least = isWaiting ? static_cast<int>(m_face.px(23)) : 0; // for the caret
    return m_isRead ? std::max(least, static_cast<int>(m_heights.total()) + 2 * padding()) : m_estimate;
}

int MessageFlow::rowTop(size_t index) const
{
    return static_cast<int>(m_heights.yOf(index)) + padding() + gap(index);
}

size_t MessageFlow::rowAt(int y) const
{
    return m_rows.empty() ? noRow : m_heights.indexAt(std::max(0, y - padding()));
}

QRectF MessageFlow::rowRect(size_t index) const
{
    const QRectF behind = bubble();
    const double x = behind.isEmpty() ? 0 : behind.left() + m_face.px(14);
    const int top = rowTop(index);
    const int bottom = static_cast<int>(m_heights.yOf(index + 1)) + padding();
    return {x, static_cast<double>(top), rowWidth(), static_cast<double>(bottom - top)};
}

QRectF MessageFlow::bubble() const
{
    if (m_message.author != Author::User)
        return {};
    double inner = rowWidth();
    if (m_rows.size() <= fewRows) {
        double natural = 0;
        for (const Slot &slot : m_rows)
            natural = std::max(natural, slot.view ? slot.view->naturalWidth() : rowWidth());
        inner = std::min(inner, std::ceil(natural));
    }
    const double width = inner + 2 * m_face.px(14);
    return {m_width - width, 0, width, static_cast<double>(height())};
}

// --- text ---

QString MessageFlow::plainText()
{
    read();
    QString text;
    for (const Slot &slot : m_rows)
        text += slot.row.text() + u'\n';
    text.chop(1);
    return text;
}

} // namespace quintet::ui
