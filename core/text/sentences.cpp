// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/sentences.h"

#include "text/charclass.h"
#include "text/language.h"
#include "text/sentencerules.h"
#include "text/stopwords.h"

namespace quintet::text {

namespace {

constexpr qsizetype bracketReach = 200;

/// True for a text written without capitals (chat, captions): there the case of the next letter says nothing.
bool isCaseless(QStringView text)
{
    qsizetype lower = 0;
    qsizetype upper = 0;
    for (const QChar c : text.first(std::min<qsizetype>(text.size(), 20'000))) {
        lower += c.isLower() ? 1 : 0;
        upper += c.isUpper() ? 1 : 0;
    }
    return lower > 2000 && upper * 1000 < lower;
}

/// Cuts one block after another.
class Splitter final {
public:
    Splitter(QStringView text, const SplitOptions &options)
        : m_text(text),
          m_language(options.language.isEmpty() ? guessLanguage(text) : options.language),
          m_functionWords({m_language, QStringLiteral("en")}),
          m_ordinals(writesOrdinalsWithStop(m_language)),
          m_caseless(isCaseless(text)),
          m_markdown(options.markdown)
    {
    }

    void split(const Block &block, int index)
    {
        m_block = block.span;
        m_start = block.span.start;
        findBrackets();
        size_t bracket = 0;
        for (qsizetype i = m_start; i < m_block.end;) {
            if (!isEndMark(at(i))) {
                ++i;
                continue;
            }
            while (bracket < m_brackets.size() && m_brackets[bracket].end <= i)
                ++bracket;
            const qsizetype marks = endOfMarks(i);
            // A bracket that its own last mark closes ends with it.
            const bool bracketed = bracket < m_brackets.size() && m_brackets[bracket].start < i
                                   && afterClosers(marks) <= m_brackets[bracket].end;
            const qsizetype end = bracketed ? 0 : endOfSentence(i, marks);
            i = marks;
            if (end > 0) {
                add(end, index);
                i = std::max(i, end);
            }
        }
        add(m_block.end, index);
    }

    std::vector<Sentence> take() { return std::move(m_sentences); }

private:
    char16_t at(qsizetype i) const { return m_text[i].unicode(); }
    bool inBlock(qsizetype i) const { return i < m_block.end; }
    bool isSpaceAt(qsizetype i) const { return m_text[i].isSpace(); }

    void add(qsizetype end, int index)
    {
        const Span span = trimmed(m_text, Span{m_start, end});
        if (!span.isEmpty())
            m_sentences.push_back({span, index});
        m_start = end;
    }

    qsizetype endOfMarks(qsizetype i) const
    {
        while (inBlock(i) && isEndMark(at(i)))
            ++i;
        return i;
    }

    /// Brackets that close within reach, outermost only; in Markdown also code between back-ticks.
    void findBrackets()
    {
        m_brackets.clear();
        m_open.clear();
        qsizetype tick = -1;
        for (qsizetype i = m_block.start; i < m_block.end; ++i) {
            const char16_t c = at(i);
            if (c == u'(' || c == u'[' || c == u'（') {
                m_open.push_back(i);
            } else if ((c == u')' || c == u']' || c == u'）') && !m_open.empty()) {
                close(m_open.back(), i);
                m_open.pop_back();
            } else if (m_markdown && c == u'`') {
                if (tick >= 0 && i > tick + 1)
                    close(tick, i);
                tick = tick >= 0 && i > tick + 1 ? -1 : i;
            }
        }
    }

    void close(qsizetype from, qsizetype to)
    {
        if (to - from > bracketReach)
            return;
        while (!m_brackets.empty() && m_brackets.back().start > from)
            m_brackets.pop_back();
        if (m_brackets.empty() || m_brackets.back().end <= from)
            m_brackets.push_back({from, to});
    }

    /// Closing quotes, brackets and notes like [12] behind the marks; French sets a space before its ».
    /// Where no white space is needed, “ can only open what comes next; after „ it closes.
    qsizetype afterClosers(qsizetype i, bool wide = false) const
    {
        for (;;) {
            if (const qsizetype note = afterNote(i); note > i) {
                i = note;
            } else if (inBlock(i) && isCloser(at(i)) && !(wide && (at(i) == u'“' || at(i) == u'‘'))) {
                ++i;
            } else if (i + 1 < m_block.end && isSpaceAt(i) && (at(i + 1) == u'»' || at(i + 1) == u'›')
                       && (i + 2 == m_block.end || !m_text[i + 2].isLetterOrNumber())) {
                i += 2;
            } else {
                return i;
            }
        }
    }

    qsizetype afterNote(qsizetype i) const
    {
        if (!inBlock(i) || at(i) != u'[')
            return i;
        qsizetype end = i + 1;
        while (inBlock(end) && end - i < 12 && (m_text[end].isDigit() || QStringView(u",-– ^").contains(m_text[end])))
            ++end;
        return inBlock(end) && end > i + 1 && at(end) == u']' ? end + 1 : i;
    }

    /// Where the sentence with its marks in [from, marks) ends, closers included; 0 if it goes on.
    qsizetype endOfSentence(qsizetype from, qsizetype marks) const
    {
        const bool wide = isWideEnd(from, marks);
        const qsizetype end = afterClosers(marks, wide);
        if (!inBlock(end))
            return end;
        if (wide)
            return quotationGoesOn(marks, end) ? 0 : end;
        if (!isSpaceAt(end))
            return 0;
        const qsizetype next = nextWord(end);
        if (!inBlock(next))
            return end;
        if (m_text[next].isLower() && !m_caseless)
            return 0;
        const bool plainStop = marks == from + 1 && at(from) == u'.' && onlyMarkup(marks, end);
        return plainStop && stopBelongsToWord(from, next) ? 0 : end;
    }

    bool isWideEnd(qsizetype from, qsizetype marks) const
    {
        if (isWideMark(at(from)) || isWideMark(at(marks - 1)))
            return true;
        // Normalisation makes ！ and ？ into ! and ?: what stands before tells what they were.
        const bool exclaims = at(marks - 1) == u'!' || at(marks - 1) == u'?';
        return exclaims && from > m_start && isWide(at(from - 1));
    }

    /// “好的。”他说。: a quotation that opens the sentence, and who said it.
    bool quotationGoesOn(qsizetype marks, qsizetype end) const
    {
        if (marks == end || !isOpener(at(trimmed(m_text, {m_start, end}).start)))
            return false;
        return startsWithSaying(m_text.sliced(end, m_block.end - end));
    }

    bool onlyMarkup(qsizetype from, qsizetype to) const
    {
        for (qsizetype i = from; i < to; ++i) {
            if (at(i) != u'*' && at(i) != u'_')
                return false;
        }
        return true;
    }

    qsizetype nextWord(qsizetype i) const
    {
        while (inBlock(i) && (isSpaceAt(i) || isOpener(at(i))))
            ++i;
        return i;
    }

    bool stopBelongsToWord(qsizetype stop, qsizetype next) const
    {
        qsizetype from = stop;
        while (from > m_start && !isSpaceAt(from - 1) && stop - from < 40)
            --from;
        while (from < stop && (isOpener(at(from)) || at(from) == u'/'))
            ++from;
        const QStringView word = m_text.sliced(from, stop - from);
        if (word.isEmpty())
            return QStringView(u".,;").contains(m_text[next]); // ". . . ,"
        const bool digitNext = m_text[next].isDigit();
        if (isNumber(word))
            return from == m_block.start || (m_ordinals && word.size() <= 2 && !digitNext && !functionWordAt(next));
        if (word.size() == 1 && word[0].isLetter())
            return letterGoesOn(from, next);
        if (digitNext && word.compare(u"no", Qt::CaseInsensitive) == 0)
            return true;
        if (m_ordinals && isRoman(word))
            return !functionWordAt(next);
        switch (abbreviation(word.sliced(word.lastIndexOf(u'-') + 1))) {
        case Abbreviation::NeverEnds: return true;
        case Abbreviation::MayEnd: return !functionWordAt(next) && !endsQuietly(next);
        case Abbreviation::None: return false;
        }
        return false;
    }

    /// Text in a script without case says nothing by its first letter: "etc." then ends.
    bool endsQuietly(qsizetype next) const { return isWide(at(next)); }

    /// A single letter and a stop: an initial, a piece of "z. B.", a title in a script without case.
    bool letterGoesOn(qsizetype from, qsizetype next) const
    {
        const QChar letter = m_text[from];
        if (letter.isUpper())
            return !(letter == u'I' && functionWordAt(next));
        if (!letter.isLower())
            return !isWide(letter.unicode()) && letter.script() != QChar::Script_Hangul;
        const bool afterAnother = from >= m_start + 3 && isSpaceAt(from - 1) && at(from - 2) == u'.'
                                  && m_text[from - 3].isLetter()
                                  && (from == m_start + 3 || !m_text[from - 4].isLetter());
        return afterAnother || from == m_block.start || m_text[next].isDigit()
               || abbreviation(m_text.sliced(from, 1)) == Abbreviation::NeverEnds;
    }

    static bool isNumber(QStringView word)
    {
        return std::ranges::all_of(word, [](QChar c) { return c.isDigit() || c == u'.'; });
    }

    static bool isRoman(QStringView word)
    {
        return word.size() <= 6
               && std::ranges::all_of(word, [](QChar c) { return QStringView(u"IVXLCDM").contains(c); });
    }

    bool functionWordAt(qsizetype next) const
    {
        qsizetype end = next;
        while (inBlock(end) && end - next < 24 && m_text[end].isLetter())
            ++end;
        return m_functionWords.contains(m_text.sliced(next, end - next).toString().toLower());
    }

    QStringView m_text;
    QString m_language;
    StopWords m_functionWords;
    bool m_ordinals;
    bool m_caseless;
    bool m_markdown;
    Span m_block;
    qsizetype m_start = 0;
    std::vector<Span> m_brackets;
    std::vector<qsizetype> m_open;
    std::vector<Sentence> m_sentences;
};

bool holdsSentences(BlockKind kind)
{
    return kind != BlockKind::Code && kind != BlockKind::Table && kind != BlockKind::Markup;
}

} // namespace

std::vector<Sentence> splitSentences(QStringView text, const std::vector<Block> &blocks, const SplitOptions &options)
{
    Splitter splitter(text, options);
    for (size_t i = 0; i < blocks.size(); ++i) {
        if (holdsSentences(blocks[i].kind))
            splitter.split(blocks[i], int(i));
    }
    return splitter.take();
}

QStringList sentencesOf(QStringView text, const QString &language)
{
    QStringList lines;
    for (const Sentence &sentence : splitSentences(text, splitBlocks(text), {language}))
        lines << flowed(sentence.span.of(text));
    return lines;
}

QString flowed(QStringView stretch)
{
    QString line;
    line.reserve(stretch.size());
    for (qsizetype i = 0; i < stretch.size(); ++i) {
        if (!stretch[i].isSpace()) {
            line += stretch[i];
            continue;
        }
        bool lineEnd = false;
        qsizetype next = i;
        while (next < stretch.size() && stretch[next].isSpace())
            lineEnd |= stretch[next++] == u'\n';
        i = next - 1;
        if (line.isEmpty() || next == stretch.size())
            continue;
        const bool torn = lineEnd && line.size() > 1 && (line.back() == u'-' || line.back() == u'‐')
                          && line[line.size() - 2].isLetter() && stretch[next].isLower();
        // "Linux-" and "Distribution": the hyphen is the word's own.
        const bool isCompound = lineEnd && line.size() > 1 && line.back() == u'-'
                                && line[line.size() - 2].isLetterOrNumber() && stretch[next].isLetterOrNumber();
        if (torn)
            line.chop(1);
        else if (isCompound)
            continue;
        else if (!(lineEnd && isWide(line.back().unicode()) && isWide(stretch[next].unicode())))
            line += u' ';
    }
    return line;
}

} // namespace quintet::text
