// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/normalize.h"

namespace quintet::text {

namespace {

struct Range {
    char16_t first;
    char16_t last;
};

/// Characters that form KC leaves as they are and that never join with the one before: the bulk of what people
/// write. What is not listed is handed to Qt, which is right for everything and slow.
constexpr Range settledRanges[] = {
    {u' ', u'~'},     {0x00A1, 0x00A7}, {0x00A9, 0x00A9}, {0x00AB, 0x00AC}, {0x00AE, 0x00AE}, {0x00B0, 0x00B1},
    {0x00B6, 0x00B7}, {0x00BB, 0x00BB}, {0x00BF, 0x0131}, {0x0134, 0x013E}, {0x0141, 0x0148}, {0x014A, 0x017E},
    {0x0391, 0x03A1}, {0x03A3, 0x03CE}, {0x0400, 0x0482}, {0x05D0, 0x05EA}, {0x0620, 0x063A}, {0x0641, 0x064A},
    {0x0904, 0x0928}, {0x0E01, 0x0E30}, {0x2010, 0x2010}, {0x2012, 0x2016}, {0x2018, 0x2023}, {0x2030, 0x2032},
    {0x2039, 0x203A}, {0x20AC, 0x20AC}, {0x3001, 0x3029}, {0x3041, 0x3096}, {0x30A1, 0x30FE}, {0x4E00, 0x9FFF},
    {0xAC00, 0xD7A3},
};

bool settled(char16_t c)
{
    if (c < 0x7F)
        return c >= u' ' || c == u'\n' || c == u'\t';
    for (const Range range : settledRanges) {
        if (c <= range.last)
            return c >= range.first;
    }
    return false;
}

bool isLineEnd(char16_t c)
{
    return c == u'\r' || c == u'\f' || c == u'\v' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool isDropped(char16_t c)
{
    return c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF
           || (c < 0x20 && c != u'\n' && c != u'\t') || (c >= 0x7F && c <= 0x9F);
}

/// Line ends made one, controls dropped, torn pairs replaced; no normalisation yet.
QString cleaned(QStringView raw)
{
    QString out;
    out.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const char16_t c = raw[i].unicode();
        if (isLineEnd(c)) {
            if (c == u'\r' && i + 1 < raw.size() && raw[i + 1] == u'\n')
                ++i;
            out += u'\n';
        } else if (raw[i].isHighSurrogate() && i + 1 < raw.size() && raw[i + 1].isLowSurrogate()) {
            out += raw[i];
            out += raw[++i];
        } else if (raw[i].isSurrogate()) {
            out += QChar(QChar::ReplacementCharacter);
        } else if (!isDropped(c)) {
            out += raw[i];
        }
    }
    return out;
}

qsizetype firstUnsettled(QStringView text, qsizetype from)
{
    while (from < text.size() && settled(text[from].unicode()))
        ++from;
    return from;
}

} // namespace

QString normalized(const QString &raw)
{
    if (firstUnsettled(raw, 0) == raw.size())
        return raw;
    // A dropped character must not come back between two that then join: clean first, normalise after.
    const QString text = cleaned(raw);
    QString out;
    out.reserve(text.size());
    qsizetype done = 0;
    for (;;) {
        qsizetype from = firstUnsettled(text, done);
        if (from == text.size())
            break;
        qsizetype to = from;
        while (to < text.size() && !settled(text[to].unicode()))
            ++to;
        // The character before may be the base that the run's first mark joins with.
        if (from > done)
            --from;
        out += QStringView(text).sliced(done, from - done);
        out += QStringView(text).sliced(from, to - from).toString().normalized(QString::NormalizationForm_KC);
        done = to;
    }
    out += QStringView(text).sliced(done);
    return out;
}

} // namespace quintet::text
