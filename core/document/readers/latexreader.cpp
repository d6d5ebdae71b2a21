// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/latexreader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/latexcommands.h"
#include "document/readers/writtentext.h"

namespace quintet::document {

namespace {

constexpr int deepest = 200; ///< groups within groups

using namespace latex;

class LatexText final {
public:
    LatexText(QStringView text, DocumentBuilder &builder) : m_text(text), m_builder(builder) { }

    void read()
    {
        // Of what stands before the document only its facts are for readers.
        const qsizetype begin = m_text.indexOf(u"\\begin{document}");
        for (const QStringView fact : {u"title", u"author"}) {
            const qsizetype at = m_text.first(std::max<qsizetype>(begin, 0)).indexOf(u'\\' + fact.toString() + u'{');
            m_at = at + 1 + fact.size();
            if (at >= 0)
                readFact(fact, 0);
        }
        m_paragraph.clear();
        m_at = std::max<qsizetype>(begin, 0);
        readInto(m_paragraph, false, 0);
        flush();
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }

    /// Up to the end of the group, or of the text.
    void readInto(QString &out, bool isGroup, int depth)
    {
        while (!atEnd()) {
            const QChar c = m_text[m_at++];
            switch (c.unicode()) {
            case u'\\': readCommand(out, depth); break;
            case u'%': skipComment(); break;
            case u'{':
                if (depth < deepest)
                    readInto(out, true, depth + 1);
                break;
            case u'}':
                if (isGroup)
                    return;
                break;
            case u'~': out += u' '; break;
            case u'&': out += QStringLiteral(" | "); break;
            case u'$': readMath(out); break;
            case u'\n': readLineEnd(out, depth); break;
            case u'`':
            case u'\'': readQuote(out, c); break;
            default: out += c; break;
            }
        }
    }

    void readQuote(QString &out, QChar c)
    {
        if (!atEnd() && m_text[m_at] == c) {
            ++m_at;
            out += c == u'`' ? u'“' : u'”';
        } else {
            out += c == u'`' ? u'‘' : u'’';
        }
    }

    /// A blank line ends a paragraph.
    void readLineEnd(QString &out, int depth)
    {
        qsizetype next = m_at;
        while (next < m_text.size() && (m_text[next] == u' ' || m_text[next] == u'\t'))
            ++next;
        if (next < m_text.size() && m_text[next] == u'\n' && depth == 0)
            flush();
        else
            out += u' ';
    }

    void skipComment()
    {
        const qsizetype end = m_text.indexOf(u'\n', m_at);
        m_at = end < 0 ? m_text.size() : end + 1;
    }

    /// Formulas stay as they are written, since nothing reads better.
    void readMath(QString &out)
    {
        const bool isDisplay = !atEnd() && m_text[m_at] == u'$';
        const QString fence = isDisplay ? QStringLiteral("$$") : QStringLiteral("$");
        const qsizetype start = m_at + (isDisplay ? 1 : 0);
        qsizetype end = m_text.indexOf(fence, start);
        while (end > 0 && m_text[end - 1] == u'\\')
            end = m_text.indexOf(fence, end + 1);
        if (end < 0 || end - start > 5000) {
            out += u'$';
            return;
        }
        out += fence + m_text.sliced(start, end - start).toString() + fence;
        m_at = end + fence.size();
    }

    QStringView commandName()
    {
        const qsizetype start = m_at;
        while (!atEnd() && m_text[m_at].unicode() < 0x80 && m_text[m_at].isLetter())
            ++m_at;
        if (m_at == start && !atEnd())
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    void skipSpace()
    {
        while (!atEnd() && (m_text[m_at] == u' ' || m_text[m_at] == u'\t'))
            ++m_at;
    }

    void skipOptional()
    {
        while (!atEnd() && (m_text[m_at] == u'[' || m_text[m_at] == u'*')) {
            const qsizetype end = m_text[m_at] == u'*' ? m_at : m_text.indexOf(u']', m_at);
            if (end < 0 || end - m_at > 2000)
                return;
            m_at = end + 1;
        }
    }

    bool hasGroup() const { return !atEnd() && m_text[m_at] == u'{'; }

    QString group(int depth)
    {
        QString text;
        if (hasGroup() && depth < deepest) {
            ++m_at;
            readInto(text, true, depth + 1);
        }
        return text;
    }

    void readCommand(QString &out, int depth)
    {
        const QStringView name = commandName();
        if (name.isEmpty())
            return;
        const bool isWord = name[0].isLetter();
        if (const char16_t mark = accent(name); mark && (!isWord || hasGroup())) {
            readAccented(out, mark, depth);
        } else if (!isWord) {
            readSign(out, name[0]);
        } else if (name == u"begin" || name == u"end") {
            readEnvironment(name == u"begin", depth);
        } else if (const int level = sectionLevel(name)) {
            skipOptional();
            const QString title = group(depth);
            flush();
            m_builder.addHeading(title, level);
        } else if (name == u"title" || name == u"author" || name == u"date") {
            readFact(name, depth);
        } else if (name == u"item") {
            flush();
            skipOptional();
            out += QStringLiteral("- ");
        } else if (name == u"par") {
            flush();
        } else if (name == u"maketitle") {
            m_builder.addParagraph(m_builder.facts().title);
        } else if (name == u"def") {
            skipDefinition(depth);
        } else {
            readOther(out, name, depth);
        }
    }

    void readAccented(QString &out, char16_t mark, int depth)
    {
        QString base = hasGroup() ? group(depth) : atEnd() ? QString() : QString(m_text[m_at++]);
        if (base == u"\\" && !atEnd())
            base = QString(m_text[m_at++]); // \'\i
        if (!base.isEmpty())
            out += base.first(1) + QChar(mark) + base.sliced(1);
    }

    void readSign(QString &out, QChar sign)
    {
        if (sign == u'\\')
            out += u'\n';
        else if (sign == u'(' || sign == u')')
            out += u'$';
        else if (sign == u'[' || sign == u']')
            out += QStringLiteral("$$");
        else if (sign == u'-' || sign == u'/')
            return;
        else if (sign == u',' || sign == u';' || sign == u' ' || sign == u'\n' || sign == u'!' || sign == u':')
            out += u' ';
        else
            out += sign;
    }

    void readEnvironment(bool begins, int depth)
    {
        const QString name = group(depth).trimmed();
        flush();
        if (begins)
            skipOptional();
        if (begins
            && (name == u"tabular" || name == u"tabular*" || name == u"array" || name == u"longtable"
                || name == u"thebibliography" || name == u"minipage"))
            static_cast<void>(group(depth));
        if (!begins || !isMathEnvironment(name))
            return;
        const QString close = QStringLiteral("\\end{") + name + u'}';
        const qsizetype end = m_text.indexOf(close, m_at);
        if (end < 0)
            return;
        m_builder.addVerbatim(m_text.sliced(m_at, end - m_at).toString());
        m_at = end + close.size();
    }

    void readFact(QStringView name, int depth)
    {
        skipOptional();
        const QString value = group(depth).simplified();
        if (name == u"title")
            m_builder.facts().title = value;
        else if (name == u"author")
            m_builder.facts().author = value;
    }

    void skipDefinition(int depth)
    {
        while (!atEnd() && m_text[m_at] != u'{' && m_text[m_at] != u'\n')
            ++m_at;
        static_cast<void>(group(depth));
    }

    void readOther(QString &out, QStringView name, int depth)
    {
        if (const QString sign = symbol(name); !sign.isEmpty()) {
            out += sign;
            skipSpace();
            return;
        }
        skipOptional();
        if (name == u"cite" || name == u"citep" || name == u"citet" || name == u"ref" || name == u"eqref") {
            skipOptional();
            out += u'[' + group(depth) + u']';
        } else if (name == u"footnote") {
            out += QStringLiteral(" (") + group(depth).simplified() + u')';
        } else if (isSilent(name)) {
            QString last;
            while (hasGroup()) {
                last = group(depth);
                skipOptional();
            }
            if (isLastRead(name))
                out += last;
        } else if (!hasGroup()) {
            skipSpace();
        }
        // The groups of all others are read where they stand.
    }

    void flush()
    {
        QStringList lines;
        for (const QStringView line : QStringView(m_paragraph).tokenize(u'\n'))
            lines << line.toString().simplified();
        m_paragraph.clear();
        const QString text = lines.join(u'\n');
        if (text.startsWith(u"- "))
            m_builder.addItem(text, 0);
        else
            m_builder.addParagraph(text);
    }

    QStringView m_text;
    DocumentBuilder &m_builder;
    QString m_paragraph;
    qsizetype m_at = 0;
};

} // namespace

Result<Document> readLatex(const Content &content, const Reading &reading)
{
    const auto text = textOf(content, reading);
    if (!text)
        return std::unexpected(text.error());
    DocumentBuilder builder(QStringLiteral("latex"));
    LatexText(*text, builder).read();
    // A file of definitions alone is still a text.
    return builder.isEmpty() ? writtenDocument(*text, QStringLiteral("latex"), {}) : builder.finish(content.name);
}

} // namespace quintet::document
