// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/rtfreader.h"

#include "document/readers/documentbuilder.h"

#include <QCoreApplication>
#include <QHash>
#include <QStringDecoder>

namespace quintet::document {

namespace {

constexpr size_t deepest = 1'000; ///< groups within groups that are told apart

/// The Windows code page of a font's character set (the \fcharset of RTF 1.9, section on the font table).
int codePageOfCharset(int charset)
{
    switch (charset) {
    case 128: return 932;
    case 129: return 949;
    case 134: return 936;
    case 136: return 950;
    case 161: return 1253;
    case 162: return 1254;
    case 163: return 1258;
    case 177: return 1255;
    case 178: return 1256;
    case 186: return 1257;
    case 204: return 1251;
    case 222: return 874;
    case 238: return 1250;
    default: return 0; // as the document
    }
}

QByteArray encodingName(int codePage)
{
    switch (codePage) {
    case 932: return "Shift_JIS";
    case 936: return "GB18030";
    case 949: return "EUC-KR";
    case 950: return "Big5";
    case 10000: return "macintosh";
    case 65001: return "UTF-8";
    case 437:
    case 850:
    case 852:
    case 866: return "IBM" + QByteArray::number(codePage);
    default: return "windows-" + QByteArray::number(codePage);
    }
}

/// What holds until the group ends.
struct State {
    enum Target { Text, Skipped, Fonts, Styles, Title, Author };

    Target target = Text;
    int unicodeSkip = 1; ///< characters behind a \u that stand for it in old readers
    int font = 0;
    bool isHidden = false;
    bool isNote = false; ///< the group of a footnote, or inside of one
    bool isMark = false; ///< the bullet or number of a list item
};

class RtfText final {
public:
    RtfText(QByteArrayView bytes, DocumentBuilder &builder) : m_bytes(bytes), m_builder(builder) { }

    /// False if it was stopped.
    bool read(const Reading &reading)
    {
        for (qsizetype steps = 0; m_at < m_bytes.size() && !m_builder.isFull(); ++steps) {
            if (steps % 65536 == 0 && reading.stops())
                return false;
            readNext();
        }
        endParagraph();
        return true;
    }

private:
    State &state() { return m_states.back(); }

    void readNext()
    {
        const char c = m_bytes[m_at++];
        switch (c) {
        case '{':
            flushBytes();
            if (m_states.size() < deepest)
                m_states.push_back(state());
            else
                ++m_ignoredGroups;
            break;
        case '}': endGroup(); break;
        case '\\': readControl(); break;
        case '\r':
        case '\n': break;
        default: addByte(c); break;
        }
    }

    void endGroup()
    {
        flushBytes();
        if (m_ignoredGroups > 0)
            --m_ignoredGroups;
        else if (m_states.size() > 1) {
            const bool wasNote = state().isNote;
            m_states.pop_back();
            if (wasNote && !state().isNote)
                m_paragraph = m_paragraph.trimmed() + u')';
        }
    }

    void readControl()
    {
        if (m_at >= m_bytes.size())
            return;
        const char c = m_bytes[m_at];
        if (!isLetter(c)) {
            ++m_at;
            readSymbol(c);
            return;
        }
        const qsizetype start = m_at;
        while (m_at < m_bytes.size() && isLetter(m_bytes[m_at]))
            ++m_at;
        const QByteArrayView word = m_bytes.sliced(start, m_at - start);
        const qsizetype digits = m_at;
        if (m_at < m_bytes.size() && m_bytes[m_at] == '-')
            ++m_at;
        while (m_at < m_bytes.size() && m_bytes[m_at] >= '0' && m_bytes[m_at] <= '9' && m_at - digits < 11)
            ++m_at;
        const bool hasNumber = m_at > digits;
        const int number = m_bytes.sliced(digits, m_at - digits).toInt();
        if (m_at < m_bytes.size() && m_bytes[m_at] == ' ')
            ++m_at;
        applyWord(word, hasNumber, number);
    }

    static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

    void readSymbol(char c)
    {
        switch (c) {
        case '\'': {
            bool ok = false;
            const int byte = m_bytes.sliced(m_at, std::min<qsizetype>(2, m_bytes.size() - m_at)).toInt(&ok, 16);
            m_at = std::min(m_at + 2, m_bytes.size());
            if (ok)
                addByte(char(byte));
            break;
        }
        case '*': state().target = State::Skipped; break; // known ones set their target right after
        case '~': addText(QStringLiteral("\u00A0")); break;
        case '_': addText(QStringLiteral("-")); break;
        case '-': break;
        case '\r':
        case '\n': endParagraph(); break;
        default: addByte(c); break;
        }
    }

    void applyWord(QByteArrayView word, bool hasNumber, int number)
    {
        if (applyDestination(word) || applyCharacter(word, number))
            return;
        if (word == "par" || word == "sect" || word == "page") {
            endParagraph();
        } else if (word == "pard" && (state().isNote || state().isMark)) {
            return; // what they say of themselves is not about the paragraph that they stand in
        } else if (word == "pard") {
            m_level = 0;
            m_isInTable = false;
        } else if (word == "intbl") {
            m_isInTable = true;
        } else if (word == "cell" || word == "nestcell") {
            endCell();
        } else if (word == "row" || word == "nestrow") {
            endRow();
        } else if (word == "outlinelevel") {
            const int level = number >= 0 && number < 9 ? number + 1 : 0;
            if (state().target == State::Styles)
                m_headingOfStyle.insert(m_style, level);
            else
                m_level = level;
        } else if (word == "s" && state().target == State::Styles) {
            m_style = number;
        } else if (word == "s") {
            m_level = m_headingOfStyle.value(number);
        } else if (word == "f" && state().target == State::Fonts) {
            m_font = number;
        } else if (word == "f") {
            flushBytes();
            state().font = number;
        } else if (word == "fcharset") {
            m_codePageOfFont.insert(m_font, codePageOfCharset(number));
        } else if (word == "ansicpg" || word == "cpg") {
            m_codePage = number;
        } else if (word == "mac") {
            m_codePage = 10000;
        } else if (word == "uc") {
            state().unicodeSkip = std::clamp(number, 0, 16);
        } else if (word == "v" || word == "deleted") {
            flushBytes();
            state().isHidden = !hasNumber || number != 0;
        } else if (word == "plain") {
            flushBytes();
            state().isHidden = false;
        } else if (word == "bin") {
            m_at = std::min(m_at + std::max(0, number), m_bytes.size());
        }
    }

    bool applyDestination(QByteArrayView word)
    {
        static const QHash<QByteArray, State::Target> destinations{
            {"fonttbl", State::Fonts},      {"stylesheet", State::Styles}, {"title", State::Title},
            {"author", State::Author},      {"colortbl", State::Skipped},  {"pict", State::Skipped},
            {"object", State::Skipped},     {"header", State::Skipped},    {"headerl", State::Skipped},
            {"headerr", State::Skipped},    {"headerf", State::Skipped},   {"footer", State::Skipped},
            {"footerl", State::Skipped},    {"footerr", State::Skipped},   {"footerf", State::Skipped},
            {"fldinst", State::Skipped},    {"info", State::Skipped},      {"listtable", State::Skipped},
            {"revtbl", State::Skipped},     {"xe", State::Skipped},        {"tc", State::Skipped},
            {"filetbl", State::Skipped},    {"bkmkstart", State::Skipped}, {"bkmkend", State::Skipped},
            {"nonshppict", State::Skipped}, {"themedata", State::Skipped}, {"annotation", State::Skipped},
            {"atnid", State::Skipped},      {"atnauthor", State::Skipped}, {"listtext", State::Text},
            {"shptxt", State::Text},        {"result", State::Text}};
        const auto found = destinations.constFind(word.toByteArray());
        if (word == "footnote" && !state().isNote) {
            // Where it stands, in the middle of its paragraph.
            state().target = State::Text;
            state().isNote = true;
            m_paragraph = m_paragraph.trimmed() + QStringLiteral(" (");
            return true;
        }
        if (found == destinations.cend())
            return false;
        // Text inside of what is skipped stays skipped, but for the information's own parts.
        const bool isFact = *found == State::Title || *found == State::Author;
        if (state().target != State::Skipped || isFact)
            state().target = *found;
        if (word == "listtext")
            state().isMark = m_hasItemMark = true;
        const bool isKnown = (isFact && word == "title" && !m_builder.facts().title.isEmpty())
                             || (isFact && word == "author" && !m_builder.facts().author.isEmpty());
        if (isKnown)
            state().target = State::Skipped;
        return true;
    }

    bool applyCharacter(QByteArrayView word, int number)
    {
        static const QHash<QByteArray, QString> characters{
            {"tab", QStringLiteral("\t")},    {"line", QStringLiteral("\n")},     {"emdash", QStringLiteral("—")},
            {"endash", QStringLiteral("–")},  {"bullet", QStringLiteral("•")},    {"lquote", QStringLiteral("‘")},
            {"rquote", QStringLiteral("’")},  {"ldblquote", QStringLiteral("“")}, {"rdblquote", QStringLiteral("”")},
            {"emspace", QStringLiteral(" ")}, {"enspace", QStringLiteral(" ")}};
        if (word == "u") {
            flushBytes();
            // Numbers past 32767 are written as negative ones.
            addText(QString(QChar(char16_t(number & 0xFFFF))));
            m_skip = state().unicodeSkip;
            return true;
        }
        const auto found = characters.constFind(word.toByteArray());
        if (found == characters.cend())
            return false;
        flushBytes();
        addText(*found);
        return true;
    }

    void addByte(char c)
    {
        if (m_skip > 0) {
            --m_skip;
            return;
        }
        m_pending += c;
    }

    /// Bytes are gathered, since a character may take two.
    void flushBytes()
    {
        m_skip = 0;
        if (m_pending.isEmpty())
            return;
        const QByteArray bytes = std::exchange(m_pending, {});
        if (std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
            addText(QString::fromLatin1(bytes));
            return;
        }
        const int fontPage = m_codePageOfFont.value(state().font);
        QStringDecoder decoder(encodingName(fontPage ? fontPage : m_codePage).constData());
        addText(decoder.isValid() ? decoder.decode(bytes) : QString::fromLatin1(bytes));
    }

    void addText(const QString &text)
    {
        if (!m_pending.isEmpty())
            flushBytes();
        switch (state().target) {
        case State::Text:
            if (!state().isHidden && !(text.trimmed().isEmpty() && m_paragraph.endsWith(u'(')))
                m_paragraph += text;
            break;
        case State::Title: m_builder.facts().title += text; break;
        case State::Author: m_builder.facts().author += text; break;
        case State::Styles: takeStyleName(text); break;
        case State::Fonts:
        case State::Skipped: break;
        }
    }

    /// "heading 1;" is how every program calls it in the file, whatever its own language.
    void takeStyleName(const QString &text)
    {
        const QString name = text.trimmed().toLower();
        if (name.startsWith(u"heading ") && name.size() > 8 && name[8].isDigit())
            m_headingOfStyle.insert(m_style, name[8].digitValue());
    }

    void endParagraph()
    {
        flushBytes();
        if (state().target != State::Text)
            return;
        if (state().isNote) {
            m_paragraph += u' ';
            return;
        }
        const QString text = std::exchange(m_paragraph, {});
        if (m_isInTable && !text.trimmed().isEmpty())
            m_cell += text + u' ';
        else if (m_level > 0)
            m_builder.addHeading(text.simplified(), m_level);
        else if (const qsizetype tab = text.indexOf(u'\t'); m_hasItemMark && tab > 0)
            addItem(text.first(tab).trimmed(), text.sliced(tab).trimmed());
        else
            m_builder.addParagraph(text);
        m_hasItemMark = false;
    }

    void addItem(const QString &mark, const QString &text)
    {
        const bool isNumber = !mark.isEmpty() && mark[0].isLetterOrNumber();
        m_builder.addItem((isNumber ? mark : QStringLiteral("-")) + u' ' + text, 0);
    }

    void endCell()
    {
        flushBytes();
        m_cells << m_cell + std::exchange(m_paragraph, {});
        m_cell.clear();
    }

    void endRow() { m_builder.addRow(std::exchange(m_cells, {})); }

    QByteArrayView m_bytes;
    DocumentBuilder &m_builder;
    std::vector<State> m_states{State()};
    size_t m_ignoredGroups = 0;
    QByteArray m_pending;
    QString m_paragraph;
    QString m_cell;
    QStringList m_cells;
    QHash<int, int> m_headingOfStyle;
    QHash<int, int> m_codePageOfFont;
    qsizetype m_at = 0;
    int m_skip = 0;
    int m_codePage = 1252;
    int m_style = 0;
    int m_font = 0;
    int m_level = 0;
    bool m_isInTable = false;
    bool m_hasItemMark = false; ///< the paragraph begins with a bullet or number and a tab
};

} // namespace

Result<Document> readRtf(const Content &content, const Reading &reading)
{
    DocumentBuilder builder(QStringLiteral("rtf"));
    if (!RtfText(content.bytes, builder).read(reading))
        return std::unexpected(cancelledError());
    return builder.finish(content.name);
}

} // namespace quintet::document
