// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/partrows.h"

#include "text/leafreader.h"
#include "ui/transcript/rows/codehighlighter.h"

#include <QCoreApplication>
#include <QLocale>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("quintet::ui::Transcript", text);
}

QString seconds(std::chrono::milliseconds time)
{
    const double value = static_cast<double>(time.count()) / 1000;
    return tr("%1 s").arg(QLocale().toString(value, 'f', value < 10 ? 1 : 0));
}

Row cardRow(Card card, size_t part, bool isInset = false)
{
    return {std::move(card), part, isInset, 0};
}

void append(std::vector<Row> &rows, std::vector<Row> more)
{
    std::ranges::move(more, std::back_inserter(rows));
}

/// A text in its format: Markdown, or code of that language.
std::vector<Row> formatted(const QString &text, const QString &format, size_t part)
{
    const auto leaves = format == u"markdown" ? text::readLeaves(text) : text::codeLeaves(text, format, {});
    return rowsOf(leaves, 0, leaves.size(), part, true, nullptr);
}

std::vector<Card::Button> buttonsOf(const std::vector<Choice> &choices)
{
    std::vector<Card::Button> buttons;
    for (const Choice &choice : choices)
        buttons.push_back({choice.id, choice.text, choice.isPrimary, choice.isDestructive});
    return buttons;
}

class CardMaker final {
public:
    CardMaker(size_t part, bool isUnfolded) : m_part(part), m_isUnfolded(isUnfolded) { }

    std::vector<Row> operator()(const TextPart &) const { return {}; }

    std::vector<Row> operator()(const ReasoningPart &part) const
    {
        const QString text = part.duration ? tr("Thought for %1").arg(seconds(*part.duration)) : tr("Thinking …");
        return {cardRow({.fold = fold(), .pieces = {{.text = text, .tone = Card::Second}}}, m_part)};
    }

    std::vector<Row> operator()(const ToolPart &part) const
    {
        Card card{.fold = fold()};
        card.pieces.push_back({.text = part.name, .isStrong = true, .isCode = true});
        if (!part.summary.isEmpty())
            card.pieces.push_back({.text = u"  "_s + part.summary.simplified().left(200), .tone = Card::Second});
        switch (part.state) {
        case ToolPart::Running: card.pieces.push_back({.text = u"  "_s + tr("running …"), .tone = Card::Second}); break;
        case ToolPart::Failed: card.pieces.push_back({.text = u"  "_s + tr("failed"), .tone = Card::Bad}); break;
        case ToolPart::Refused: card.pieces.push_back({.text = u"  "_s + tr("refused"), .tone = Card::Bad}); break;
        case ToolPart::Done: break;
        }
        if (part.duration)
            card.pieces.push_back({.text = u"  "_s + seconds(*part.duration), .tone = Card::Second});
        std::vector<Row> rows{cardRow(std::move(card), m_part)};
        if (!m_isUnfolded)
            return rows;
        if (!part.arguments.isEmpty())
            append(rows, formatted(part.arguments, QStringLiteral("json"), m_part));
        if (!part.result.isEmpty())
            append(rows, formatted(part.result, part.resultFormat, m_part));
        return rows;
    }

    std::vector<Row> operator()(const ApprovalPart &part) const
    {
        std::vector<Row> rows;
        Card card{.frame = Card::Plain, .icon = QStringLiteral("warning"), .isSmall = false};
        card.pieces.push_back({.text = part.question, .isStrong = !part.choices.empty()});
        if (part.choices.empty() && !part.answer.isEmpty())
            card.pieces.push_back({.text = u"  "_s + part.answer, .tone = Card::Second});
        card.buttons = buttonsOf(part.choices);
        if (!part.detail.isEmpty())
            append(rows, formatted(part.detail, part.detailFormat, m_part));
        rows.push_back(cardRow(std::move(card), m_part));
        return rows;
    }

    std::vector<Row> operator()(const AttachmentsPart &part) const
    {
        std::vector<Row> rows;
        for (const Attachment &attachment : part.attachments) {
            Card card{.icon = QStringLiteral("file")};
            card.pieces.push_back({.text = attachment.name,
                                   .tone = Card::Second,
                                   .target = Target::Attachment,
                                   .value = attachment.name});
            if (!attachment.facts.isEmpty())
                card.pieces.push_back({.text = u" · "_s + attachment.facts, .tone = Card::Second});
            rows.push_back(cardRow(std::move(card), m_part));
        }
        return rows;
    }

    std::vector<Row> operator()(const SourcesPart &part) const
    {
        std::vector<Row> rows;
        for (const SourceCard &source : part.sources) {
            Card card{.frame = Card::Plain};
            card.pieces.push_back({.text = source.label + u"  "_s, .tone = Card::Accent, .isStrong = true});
            card.pieces.push_back(
                {.text = source.title, .isStrong = true, .target = Target::Source, .value = source.label});
            if (!source.place.isEmpty())
                card.pieces.push_back({.text = u" · "_s + source.place, .tone = Card::Second});
            if (!source.excerpt.isEmpty())
                card.pieces.push_back({.text = QChar(QChar::LineSeparator) + source.excerpt.simplified().left(280),
                                       .tone = Card::Second});
            rows.push_back(cardRow(std::move(card), m_part));
        }
        return rows;
    }

    std::vector<Row> operator()(const ErrorPart &part) const
    {
        Card card{.frame = Card::Error, .icon = QStringLiteral("warning"), .isSmall = false};
        card.pieces.push_back({.text = part.message});
        if (!part.action.isEmpty())
            card.buttons.push_back({QStringLiteral("error"), part.action});
        return {cardRow(std::move(card), m_part)};
    }

    std::vector<Row> operator()(const FactsPart &part) const
    {
        Card card;
        const QString gap = QStringLiteral("    ");
        if (!part.facts.isEmpty())
            card.pieces.push_back({.text = part.facts.join(gap), .tone = Card::Second});
        for (const Choice &action : part.actions) {
            if (!card.pieces.empty())
                card.pieces.push_back({.text = gap, .tone = Card::Second});
            Card::Piece piece{.text = action.text, .tone = action.isDestructive ? Card::Bad : Card::Second};
            if (!action.id.isEmpty()) {
                piece.target = Target::Action;
                piece.value = action.id;
                piece.isStrong = true;
            }
            card.pieces.push_back(std::move(piece));
        }
        return {cardRow(std::move(card), m_part)};
    }

private:
    Card::Fold fold() const { return m_isUnfolded ? Card::Unfolded : Card::Folded; }

    size_t m_part;
    bool m_isUnfolded;
};

} // namespace

std::vector<Row> cardsOf(const Part &part, size_t number, bool isUnfolded)
{
    return std::visit(CardMaker(number, isUnfolded), part);
}

const QString *markdownOf(const Part &part, bool isUnfolded)
{
    if (const auto *text = std::get_if<TextPart>(&part))
        return &text->markdown;
    const auto *reasoning = std::get_if<ReasoningPart>(&part);
    return reasoning && isUnfolded ? &reasoning->markdown : nullptr;
}

QString *markdownOf(Part &part)
{
    if (auto *text = std::get_if<TextPart>(&part))
        return &text->markdown;
    auto *reasoning = std::get_if<ReasoningPart>(&part);
    return reasoning ? &reasoning->markdown : nullptr;
}

bool isFoldable(const Part &part)
{
    return std::holds_alternative<ReasoningPart>(part) || std::holds_alternative<ToolPart>(part);
}

std::vector<Row> rowsOf(const std::vector<text::LeafBlock> &leaves, size_t first, size_t count, size_t part,
                        bool isInset, const Row *before)
{
    std::vector<Row> rows;
    rows.reserve(count);
    for (size_t i = first; i < first + count; ++i) {
        const text::LeafBlock &leaf = leaves[i];
        Row row{leaf, part, isInset, 0};
        const Row *previous = rows.empty() ? before : &rows.back();
        if (leaf.kind == text::LeafKind::Code)
            row.chain =
                CodeHighlighter::chain(leaf.isFirst || !previous ? 0 : previous->chain, leaf.language, leaf.text);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace quintet::ui
