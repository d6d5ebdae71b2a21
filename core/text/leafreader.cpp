// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/leafreader.h"

#include "text/leafmarks.h"
#include "text/leafsource.h"
#include "text/markdown.h"

#include <md4c.h>

#include <algorithm>

namespace quintet::text {

namespace {

constexpr qsizetype longestParagraph = 8'000;
constexpr int measuredRows = 8;
constexpr int widestColumn = 48;

/// Folds md4c's events into leaves.
class LeafReader final {
public:
    LeafReader(const LeafSource &source, const LeafOptions &options, const PieceContext &context)
        : m_source(source),
          m_options(options),
          m_context(context)
    {
    }

    std::vector<LeafBlock> read()
    {
        MD_PARSER parser{};
        parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML | MD_FLAG_LATEXMATHSPANS;
        parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *self) { return of(self).enter(type, detail); };
        parser.leave_block = [](MD_BLOCKTYPE type, void *detail, void *self) { return of(self).leave(type, detail); };
        parser.enter_span = [](MD_SPANTYPE type, void *detail, void *self) {
            return of(self).span(type, detail, true);
        };
        parser.leave_span = [](MD_SPANTYPE type, void *detail, void *self) {
            return of(self).span(type, detail, false);
        };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *self) {
            return of(self).text(type, at, size);
        };
        md_parse(m_source.bytes().constData(), static_cast<MD_SIZE>(m_source.bytes().size()), &parser, this);
        return std::move(m_leaves);
    }

private:
    struct List {
        bool isOrdered = false;
        qsizetype number = 1;
    };

    static LeafReader &of(void *self) { return *static_cast<LeafReader *>(self); }

    int enter(MD_BLOCKTYPE type, void *detail)
    {
        if (type != MD_BLOCK_TH && type != MD_BLOCK_TD)
            closeLeaf();
        switch (type) {
        case MD_BLOCK_QUOTE: push({Container::Quote, {}}); break;
        case MD_BLOCK_UL: m_lists.push_back({}); break;
        case MD_BLOCK_OL: {
            const qsizetype start = static_cast<MD_BLOCK_OL_DETAIL *>(detail)->start;
            const bool goesOn = m_context.ordinal >= 0 && m_leaves.empty() && m_depth == 0;
            m_lists.push_back({true, goesOn ? m_context.ordinal : start});
            break;
        }
        case MD_BLOCK_LI: push({Container::Item, itemMarker(*static_cast<MD_BLOCK_LI_DETAIL *>(detail))}); break;
        case MD_BLOCK_HR:
            open(LeafKind::Rule);
            closeLeaf();
            break;
        case MD_BLOCK_H:
            open(LeafKind::Heading);
            m_leaf.level = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level);
            break;
        case MD_BLOCK_CODE: {
            const auto &code = *static_cast<MD_BLOCK_CODE_DETAIL *>(detail);
            open(LeafKind::Code);
            m_leaf.language = attribute(code.lang);
            break;
        }
        case MD_BLOCK_P: open(LeafKind::Paragraph); break;
        case MD_BLOCK_TABLE: m_tableStart = m_leaves.size(); break;
        case MD_BLOCK_TR: open(LeafKind::TableRow); break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD: openCell(static_cast<MD_BLOCK_TD_DETAIL *>(detail)->align); break;
        default: break;
        }
        return 0;
    }

    int leave(MD_BLOCKTYPE type, void *)
    {
        if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
            if (m_isOpen && !m_leaf.cells.empty())
                m_leaf.cells.back().span.end = m_leaf.text.size();
            return 0;
        }
        if (type == MD_BLOCK_LI && !m_isOpen && m_containers.size() == m_depth && !m_containers.empty()
            && !m_containers.back().marker.isEmpty())
            open(LeafKind::Paragraph); // an empty item has its bullet
        closeLeaf();
        switch (type) {
        case MD_BLOCK_QUOTE:
        case MD_BLOCK_LI: pop(); break;
        case MD_BLOCK_UL:
        case MD_BLOCK_OL: m_lists.pop_back(); break;
        case MD_BLOCK_TABLE: closeTable(); break;
        default: break;
        }
        return 0;
    }

    int span(MD_SPANTYPE type, void *detail, bool enters)
    {
        const auto toggle = [&](quint16 style) {
            m_styles = static_cast<quint16>(enters ? m_styles | style : m_styles & ~style);
        };
        switch (type) {
        case MD_SPAN_EM: toggle(EmphasisStyle); break;
        case MD_SPAN_STRONG: toggle(StrongStyle); break;
        case MD_SPAN_DEL: toggle(StrikeStyle); break;
        case MD_SPAN_CODE: toggle(CodeStyle); break;
        case MD_SPAN_LATEXMATH: toggle(FormulaStyle); break;
        case MD_SPAN_LATEXMATH_DISPLAY:
            toggle(FormulaStyle);
            m_hasDisplayFormula = true;
            break;
        case MD_SPAN_A:
            toggle(LinkStyle);
            m_target = enters ? attribute(static_cast<MD_SPAN_A_DETAIL *>(detail)->href) : QString();
            break;
        case MD_SPAN_IMG:
            toggle(LinkStyle);
            m_target = enters ? attribute(static_cast<MD_SPAN_IMG_DETAIL *>(detail)->src) : QString();
            m_hasImage = true;
            break;
        default: break;
        }
        return 0;
    }

    int text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size)
    {
        if (m_source.isDefinition(at))
            return 0;
        if (!m_isOpen) // in a tight list's item
            open(LeafKind::Paragraph);
        const Span source = m_source.spanOf(at, size);
        switch (type) {
        case MD_TEXT_NULLCHAR: append(QString(QChar::ReplacementCharacter), source); break;
        case MD_TEXT_BR: append(QString(QChar::LineSeparator), {}); break;
        case MD_TEXT_SOFTBR:
            append(m_options.keepsLines ? QString(QChar::LineSeparator) : QStringLiteral(" "), {});
            break;
        case MD_TEXT_ENTITY: append(plainInline(source.of(m_source.text())), source); break;
        default:
            if (!source.isEmpty())
                append(m_source.text().sliced(source.start, source.size()), source);
            else
                append(QString::fromUtf8(at, static_cast<qsizetype>(size)), {});
        }
        return 0;
    }

    void append(const QString &text, Span source)
    {
        if (text.isEmpty())
            return;
        // Breaks come without a place: they stand right behind what was last.
        const bool hasPlace = !source.isEmpty();
        if (!hasPlace) {
            const qsizetype after = m_leaf.runs.empty() ? m_last : m_leaf.runs.back().source.end;
            const bool isThere = !m_leaf.runs.empty() && QStringView(m_source.text()).sliced(after).startsWith(text);
            source = {after, after + (isThere ? text.size() : 0)};
        } else {
            if (m_leaf.source.isEmpty())
                m_leaf.source.start = source.start;
            m_leaf.source.end = source.end;
        }
        const Span span{m_leaf.text.size(), m_leaf.text.size() + text.size()};
        m_leaf.text += text;
        if (!m_leaf.runs.empty()) {
            Run &last = m_leaf.runs.back();
            const bool isVerbatim = last.span.size() == last.source.size() && span.size() == source.size();
            if (last.styles == m_styles && last.target == m_target && last.source.end == source.start && isVerbatim) {
                last.span.end = span.end;
                last.source.end = source.end;
                return;
            }
        }
        m_leaf.runs.push_back({span, m_styles, m_target, source});
    }

    void open(LeafKind kind)
    {
        m_isOpen = true;
        m_leaf = {};
        m_leaf.kind = kind;
        m_leaf.containers = m_containers;
        m_hasImage = m_hasDisplayFormula = false;
        for (Container &container : m_containers)
            container.marker.clear();
    }

    void openCell(MD_ALIGN alignment)
    {
        if (!m_leaf.cells.empty())
            append(QStringLiteral("\t"), {});
        static constexpr Alignment alignments[] = {Alignment::Start, Alignment::Left, Alignment::Center,
                                                   Alignment::Right};
        m_leaf.cells.push_back({{m_leaf.text.size(), m_leaf.text.size()}, alignments[alignment]});
    }

    void closeLeaf()
    {
        if (!m_isOpen)
            return;
        m_isOpen = false;
        m_last = std::max(m_last, m_leaf.source.end);
        if (m_leaf.kind == LeafKind::Code) {
            for (LeafBlock &leaf : closeCode(std::move(m_leaf)))
                m_leaves.push_back(std::move(leaf));
            return;
        }
        if (m_leaf.kind == LeafKind::Paragraph)
            trim(m_leaf);
        breakLines(m_leaf);
        markReferences(m_leaf, m_options.citations);
        if (m_leaf.kind == LeafKind::Paragraph) {
            if (m_leaf.runs.size() == 1 && m_hasImage)
                m_leaf.kind = LeafKind::Image;
            else if (m_hasDisplayFormula
                     && std::ranges::all_of(m_leaf.runs, [](const Run &run) { return run.styles & FormulaStyle; }))
                m_leaf.kind = LeafKind::Formula;
        }
        for (LeafBlock &note : splitFootnotes(std::move(m_leaf))) {
            for (LeafBlock &piece : splitLong(std::move(note), longestParagraph))
                m_leaves.push_back(std::move(piece));
        }
    }

    void closeTable()
    {
        if (m_tableStart >= m_leaves.size())
            return;
        QList<int> columns(static_cast<qsizetype>(m_leaves[m_tableStart].cells.size()), 3);
        for (size_t i = m_tableStart; i < m_leaves.size(); ++i) {
            LeafBlock &row = m_leaves[i];
            row.isFirst = i == m_tableStart;
            row.isLast = i + 1 == m_leaves.size();
            if (i > m_tableStart + measuredRows)
                continue;
            for (size_t column = 0; column < std::min(row.cells.size(), size_t(columns.size())); ++column) {
                int &width = columns[static_cast<qsizetype>(column)];
                width = std::max(width, std::min(static_cast<int>(row.cells[column].span.size()), widestColumn));
            }
        }
        for (size_t i = m_tableStart; i < m_leaves.size(); ++i)
            m_leaves[i].columns = columns;
    }

    static std::vector<LeafBlock> closeCode(LeafBlock &&code)
    {
        // Blank lines at its start stand right before the first that is not.
        const auto placed = std::ranges::find_if(code.runs, [](const Run &run) { return !run.source.isEmpty(); });
        if (placed != code.runs.end() && placed->source.start >= placed->span.start) {
            placed->source.start -= placed->span.start;
            placed->span.start = 0;
            code.source.start = placed->source.start;
            code.runs.erase(code.runs.begin(), placed);
        }
        if (code.text.endsWith(u'\n')) {
            code.text.chop(1);
            Run &last = code.runs.back();
            --last.span.end;
            last.source.end = std::max(last.source.start, last.source.end - 1);
            if (last.span.isEmpty())
                code.runs.pop_back();
        }
        return splitCode(std::move(code));
    }

    /// Without white space at the ends, which a formula between lines of its own has.
    static void trim(LeafBlock &leaf)
    {
        const Span words = trimmed(leaf.text, {0, leaf.text.size()});
        if (words.size() != leaf.text.size() && !words.isEmpty())
            leaf = partOf(leaf, words);
    }

    QString itemMarker(const MD_BLOCK_LI_DETAIL &item)
    {
        List &list = m_lists.back();
        const qsizetype number = list.number++;
        if (item.is_task)
            return item.task_mark == ' ' ? QStringLiteral("☐") : QStringLiteral("☑");
        return list.isOrdered ? QString::number(number) + u'.' : QStringLiteral("•");
    }

    static QString attribute(const MD_ATTRIBUTE &value)
    {
        QString text;
        for (int i = 0; value.text && value.substr_offsets[i] < value.size; ++i) {
            const auto from = value.substr_offsets[i];
            const QString part = QString::fromUtf8(value.text + from, value.substr_offsets[i + 1] - from);
            text += value.substr_types[i] == MD_TEXT_ENTITY ? plainInline(part) : part;
        }
        return text;
    }

    void push(const Container &container)
    {
        if (m_depth++ < LeafBlock::deepest)
            m_containers.push_back(container);
        else if (!container.marker.isEmpty())
            m_containers.back().marker = container.marker;
    }

    void pop()
    {
        if (--m_depth < LeafBlock::deepest)
            m_containers.pop_back();
    }

    const LeafSource &m_source;
    LeafOptions m_options;
    PieceContext m_context;
    std::vector<LeafBlock> m_leaves;
    LeafBlock m_leaf;
    std::vector<Container> m_containers;
    std::vector<List> m_lists;
    size_t m_depth = 0;
    size_t m_tableStart = 0;
    qsizetype m_last = 0; ///< in the source, what was read last
    quint16 m_styles = PlainStyle;
    QString m_target;
    bool m_isOpen = false;
    bool m_hasImage = false;
    bool m_hasDisplayFormula = false;
};

/// Makes the places of the leaves whole lines that follow each other, and moves all by `offset`.
void placeLeaves(std::vector<LeafBlock> &leaves, const QString &markdown, qsizetype offset)
{
    qsizetype end = markdown.size();
    while (end > 0 && markdown[end - 1] == u'\n')
        --end;
    qsizetype after = 0;
    for (LeafBlock &leaf : leaves) {
        qsizetype start = leaf.source.isEmpty() ? after : leaf.source.start;
        if (leaf.isFirst || leaf.kind == LeafKind::TableRow)
            start = start == 0 ? 0 : markdown.lastIndexOf(u'\n', std::min(start, end) - 1) + 1;
        const bool hasFence = (leaf.kind == LeafKind::Code && leaf.isFirst) || leaf.kind == LeafKind::Formula;
        if (hasFence && start > after)
            start = start < 2 ? 0 : markdown.lastIndexOf(u'\n', start - 2) + 1;
        while (start < end && markdown[start] == u'\n')
            ++start;
        after = std::max(after, std::max(start, leaf.source.end));
        leaf.source.start = std::min(start, end);
        if (const qsizetype line = markdown.indexOf(u'\n', after); line >= 0)
            after = line + 1;
    }
    for (size_t i = leaves.size(); i-- > 0;) {
        leaves[i].source.end = std::max(leaves[i].source.start, end);
        end = leaves[i].source.start;
        while (end > 0 && markdown[end - 1] == u'\n')
            --end;
    }
    for (LeafBlock &leaf : leaves) {
        leaf.source = {leaf.source.start + offset, leaf.source.end + offset};
        for (Run &run : leaf.runs)
            run.source = {run.source.start + offset, run.source.end + offset};
    }
}

} // namespace

std::vector<LeafBlock> readLeaves(const QString &markdown, const LeafOptions &options, const PieceContext &context)
{
    const LeafSource source(markdown, context.definitions);
    std::vector<LeafBlock> leaves = LeafReader(source, options, context).read();
    placeLeaves(leaves, markdown, context.offset);
    if (context.continues && !leaves.empty())
        leaves.front().isFirst = false;
    return leaves;
}

std::vector<LeafBlock> codeLeaves(const QString &code, const QString &language, Span source)
{
    LeafBlock leaf;
    leaf.kind = LeafKind::Code;
    leaf.text = code;
    leaf.language = language;
    leaf.source = source;
    if (!code.isEmpty())
        leaf.runs.push_back({{0, code.size()}, PlainStyle, {}, {source.start, source.start + code.size()}});
    return splitCode(std::move(leaf));
}

} // namespace quintet::text
