// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/pagetables.h"

#include <QMultiHash>
#include <QStringList>

#include <cmath>

namespace quintet::document {

namespace {

constexpr qsizetype longestCell = 40;
constexpr qsizetype mostRows = 200;
constexpr double sameLine = 4; ///< points

/// Lines that stand together without a blank one.
using Block = QStringList;

std::vector<Block> blocksOf(const QString &page)
{
    std::vector<Block> blocks(1);
    for (const QStringView line : QStringView(page).tokenize(u'\n')) {
        if (!line.trimmed().isEmpty())
            blocks.back() << line.toString();
        else if (!blocks.back().isEmpty())
            blocks.emplace_back();
    }
    if (blocks.back().isEmpty())
        blocks.pop_back();
    return blocks;
}

bool mayBeColumn(const Block &block)
{
    return block.size() >= 2 && block.size() <= mostRows
           && std::ranges::all_of(block, [](const QString &line) { return line.size() <= longestCell; });
}

/// Where the first words of lines stand.
class Heights final {
public:
    explicit Heights(const std::vector<PlacedWord> &words)
    {
        for (const PlacedWord &word : words)
            m_of.insert(word.text, word.y);
    }

    QList<double> of(const QString &line) const { return m_of.values(line.trimmed().section(u' ', 0, 0)); }

private:
    QMultiHash<QString, double> m_of;
};

/// Whether the lines of the blocks from `first` to before `last` stand side by side, each row below the one before.
bool standSideBySide(const std::vector<Block> &blocks, size_t first, size_t last, const Heights &heights)
{
    double above = -1;
    for (qsizetype row = 0; row < blocks[first].size(); ++row) {
        double found = -1;
        for (const double y : heights.of(blocks[first][row])) {
            bool isRow = y > above;
            for (size_t column = first + 1; column < last && isRow; ++column) {
                const auto candidates = heights.of(blocks[column][row]);
                isRow = std::ranges::any_of(candidates, [y](double other) { return std::abs(other - y) < sameLine; });
            }
            if (isRow && (found < 0 || y < found))
                found = y;
        }
        if (found < 0)
            return false;
        above = found;
    }
    return true;
}

QStringList rowsOf(const std::vector<Block> &blocks, size_t first, size_t last)
{
    QStringList rows;
    for (qsizetype row = 0; row < blocks[first].size(); ++row) {
        QStringList cells;
        for (size_t column = first; column < last; ++column)
            cells << blocks[column][row].trimmed();
        rows << cells.join(QStringLiteral(" | "));
    }
    return rows;
}

/// The end of a run of blocks that may be the columns of one table.
size_t runEnd(const std::vector<Block> &blocks, size_t first)
{
    size_t last = first;
    while (last < blocks.size() && mayBeColumn(blocks[last]) && blocks[last].size() == blocks[first].size())
        ++last;
    return last;
}

/// A heading over a table comes in one block with its first column: parts them.
std::vector<Block> withoutHeadings(std::vector<Block> blocks)
{
    for (size_t i = 0; i + 1 < blocks.size(); ++i) {
        const qsizetype more = blocks[i].size() - blocks[i + 1].size();
        if (more < 1 || more > 2 || !mayBeColumn(blocks[i + 1]) || !mayBeColumn(blocks[i]))
            continue;
        const Block column = blocks[i].sliced(more);
        blocks[i] = blocks[i].first(more);
        blocks.insert(blocks.begin() + qsizetype(i) + 1, column);
        ++i;
    }
    return blocks;
}

} // namespace

QString withTableRows(const QString &page, const std::function<std::vector<PlacedWord>()> &words)
{
    const std::vector<Block> whole = blocksOf(page);
    std::optional<Heights> heights;
    for (const auto &blocks : {withoutHeadings(whole), whole}) {
        QStringList out;
        bool isTurned = false;
        for (size_t i = 0; i < blocks.size();) {
            const size_t last = runEnd(blocks, i);
            const bool isRun = last >= i + 2;
            if (isRun && !heights)
                heights.emplace(words());
            const bool isTable = isRun && standSideBySide(blocks, i, last, *heights);
            out << (isTable ? rowsOf(blocks, i, last) : blocks[i]).join(u'\n');
            isTurned = isTurned || isTable;
            i = isTable ? last : i + 1;
        }
        if (isTurned)
            return out.join(QStringLiteral("\n\n"));
    }
    return page;
}

} // namespace quintet::document
