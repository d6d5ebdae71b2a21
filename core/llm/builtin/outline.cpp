// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/outline.h"

#include "text/language.h"
#include "text/markdown.h"
#include "text/words.h"

#include <algorithm>

namespace quintet::llm::builtin {

namespace {

using text::Block;
using text::BlockKind;

constexpr int headingsOfHeaded = 3;
constexpr int rolesOfPaper = 2;
constexpr int abstractSentences = 2;
constexpr int longestAbstract = 15; ///< sentences
constexpr qsizetype spokenSample = 60'000;
constexpr double shortSentences = 2.5;

/// Whether a sentence of its own begins there rather than the rest of a name, as in "Abstract Expressionism".
bool opensSentence(QStringView words)
{
    static constexpr QStringView openers[] = {u"The ", u"This ", u"These ", u"We ",  u"In ",  u"A ",    u"An ",
                                              u"Our ", u"It ",   u"Der ",   u"Die ", u"Das ", u"Diese", u"Wir "};
    return std::ranges::any_of(openers, [words](QStringView opener) { return words.startsWith(opener); });
}

/// Walks over the blocks and fills the outline.
class Reader final {
public:
    Reader(QStringView text, Outline &outline) : m_text(text), m_outline(outline) { m_outline.sections.push_back({}); }

    void read(const CancelToken &token)
    {
        size_t next = 0;
        const auto &sentences = m_outline.sentences;
        for (size_t i = 0; i < m_outline.blocks.size() && !token.stop_requested(); ++i) {
            m_firstInBlock = true;
            m_block = m_outline.blocks[i];
            enter();
            for (; next < sentences.size() && sentences[next].block == int(i); ++next)
                consider(sentences[next].span);
        }
    }

private:
    void enter()
    {
        const QStringView words = m_block.span.of(m_text);
        if (m_block.kind == BlockKind::Title
            || (m_outline.markdown && m_block.kind == BlockKind::Heading && m_block.level == 1)) {
            if (m_outline.title.isEmpty())
                m_outline.title = readable(words, m_outline.markdown);
            enterSection(Role::Body, m_outline.markdown);
        } else if (m_block.kind == BlockKind::Heading) {
            enterHeading(words);
        } else if (m_block.kind == BlockKind::Paragraph) {
            enterInlineAbstract(words);
        }
    }

    void enterHeading(QStringView words)
    {
        const Role role = roleOf(readable(words, m_outline.markdown));
        const bool sureHeading = m_block.level > 0
                                 || (m_block.blankBefore && (m_block.blankAfter || words.toString().toUpper() == words)
                                     && !words.contains(u','));
        // In plain text a short line is taken for a heading too easily to start a section without a reason; least of
        // all among the entries of a bibliography.
        const bool endsLeftOut = current().role == Role::LeftOut && m_block.blankBefore;
        const bool endsAbstract = current().role == Role::Abstract && m_inSection >= abstractSentences;
        if (role == Role::Body && !sureHeading && !endsLeftOut && !endsAbstract)
            return;
        const bool below = m_leftOutLevel > 0 && m_block.level > m_leftOutLevel;
        if (role == Role::Body && isLeftOut(current().role) && below)
            return;
        enterSection(role, true);
        m_leftOutLevel = isLeftOut(role) ? m_block.level : 0;
    }

    /// "Abstract—We show ..." in one paragraph.
    void enterInlineAbstract(QStringView words)
    {
        for (const QStringView name : {QStringView(u"abstract"), QStringView(u"zusammenfassung"), QStringView(u"摘要"),
                                       QStringView(u"résumé"), QStringView(u"аннотация")}) {
            if (!words.startsWith(name, Qt::CaseInsensitive))
                continue;
            qsizetype at = name.size();
            while (at < words.size() && (words[at].isSpace() || QStringView(u"*_").contains(words[at])))
                ++at;
            const bool isMarked = at < words.size() && QStringView(u":.—–-").contains(words[at]);
            // "Abstract The kettle is": its heading stands on the same line.
            const bool isHeading =
                at < words.size() && at > name.size() && words[0].isUpper() && opensSentence(words.sliced(at));
            if (isMarked || isHeading) {
                enterSection(Role::Abstract, true);
                m_skipTo = m_block.span.start + at + (isMarked ? 1 : 0);
            }
            return;
        }
        // An abstract is a paragraph or two; what follows it without a heading is the text.
        if (current().role == Role::Abstract && m_inlineAbstract)
            enterSection(Role::Body, false);
        m_inlineAbstract = false;
    }

    void enterSection(Role role, bool named)
    {
        m_outline.sections.push_back({role, named});
        m_outline.namedSections += named ? 1 : 0;
        m_inSection = 0;
        m_inlineAbstract = role == Role::Abstract && m_block.kind == BlockKind::Paragraph;
    }

    void consider(text::Span span)
    {
        if (m_skipTo > span.start)
            span = text::trimmed(m_text, {std::min(m_skipTo, span.end), span.end});
        const bool first = std::exchange(m_firstInBlock, false);
        if (first && m_block.kind == BlockKind::ListItem && !m_outline.markdown)
            span = text::trimmed(m_text, {span.start + text::listMarker(span.of(m_text)), span.end});
        if (span.isEmpty() || m_block.kind == BlockKind::Heading || m_block.kind == BlockKind::Title)
            return;
        if (current().role == Role::Abstract && m_inSection == longestAbstract)
            enterSection(Role::Body, false); // whose heading was not seen as one
        const int place = m_inSection++;
        if (isLeftOut(current().role))
            return;
        const QStringView source = span.of(m_text);
        const QString shown = m_outline.markdown ? text::plainInline(source) : QString();
        const QStringView words = m_outline.markdown ? QStringView(shown) : source;
        const Form form = formOf(words);
        const bool opens =
            first && m_block.kind == BlockKind::Paragraph && (m_outline.markdown || m_outline.candidates.empty());
        // A lower-case start is a fragment, unless a name like "npm" opens a paragraph that people wrote by hand, or
        // the text.
        const bool fragment = form.startsLower && !opens && !m_caseless;
        if (!isQuotable(form) || fragment || isCaption(words) || isBoilerplate(words))
            return;
        m_outline.candidates.push_back(
            {span, form, int(m_outline.sections.size()) - 1, place, m_block.kind == BlockKind::ListItem});
    }

    static bool isLeftOut(Role role) { return role == Role::LeftOut || role == Role::References; }
    const Section &current() const { return m_outline.sections.back(); }

    static bool isCaseless(QStringView text)
    {
        const QStringView sample = text.first(std::min<qsizetype>(text.size(), 20'000));
        const auto upper = std::ranges::count_if(sample, [](QChar c) { return c.isUpper(); });
        return upper * 1000 < sample.size();
    }

    QStringView m_text;
    Outline &m_outline;
    Block m_block;
    bool m_firstInBlock = true;
    bool m_caseless = isCaseless(m_text);
    bool m_inlineAbstract = false;
    int m_inSection = 0;
    int m_leftOutLevel = 0;
    qsizetype m_skipTo = 0;
};

bool isSpoken(QStringView text, const Outline &outline)
{
    const auto speeches = std::ranges::count(outline.blocks, BlockKind::Speech, &Block::kind);
    if (speeches >= 6 && speeches * 4 >= qsizetype(outline.blocks.size()))
        return true;
    const QStringView sample = text.first(std::min(text.size(), spokenSample));
    qsizetype words = 0;
    qsizetype first = 0;
    qsizetype second = 0;
    text::forEachWord(sample, [&](text::Span span, text::WordKind kind) {
        ++words;
        if (kind != text::WordKind::Letters || span.size() > 9)
            return;
        const Person person = personOf(span.of(sample).toString().toLower());
        first += person == Person::First ? 1 : 0;
        second += person == Person::Second ? 1 : 0;
    });
    // Manuals say "you", too, but seldom "I".
    return words >= 100 && (first + second) * 1000 > words * 35 && first * 1000 > words * 10;
}

/// Prose alone, from all over the text: names, code and tables would speak for any language.
QString proseSample(QStringView text, const std::vector<Block> &blocks, bool markdown)
{
    constexpr size_t blocksLookedAt = 80;
    constexpr qsizetype ofEach = 400;
    std::vector<const Block *> prose;
    for (const Block &block : blocks) {
        if ((block.kind == BlockKind::Paragraph || block.kind == BlockKind::Speech || block.kind == BlockKind::Quote)
            && block.span.size() > 40)
            prose.push_back(&block);
    }
    QString sample;
    const size_t step = std::max<size_t>(1, prose.size() / blocksLookedAt);
    for (size_t i = 0; i < prose.size(); i += step) {
        const QStringView words = prose[i]->span.of(text);
        sample += readable(words.first(std::min(ofEach, words.size())), markdown) + u' ';
    }
    return sample;
}

TextKind kindOf(QStringView text, const Outline &outline, int budget)
{
    int inAbstract = 0;
    int words = 0;
    for (const Candidate &candidate : outline.candidates) {
        inAbstract += outline.sections[size_t(candidate.section)].role == Role::Abstract ? 1 : 0;
        words += candidate.form.words;
    }
    int roles = 0;
    for (const Role role : {Role::Introduction, Role::Methods, Role::Conclusion, Role::References})
        roles += std::ranges::find(outline.sections, role, &Section::role) != outline.sections.end() ? 1 : 0;
    if (inAbstract >= abstractSentences)
        return TextKind::Abstract;
    if (roles >= rolesOfPaper && !outline.markdown)
        return TextKind::Paper;
    if (outline.namedSections >= headingsOfHeaded)
        return TextKind::Headed;
    if (isSpoken(text, outline))
        return TextKind::Spoken;
    const double mean = outline.candidates.empty() ? 0 : double(words) / double(outline.candidates.size());
    return !outline.title.isEmpty() && budget <= shortSentences * mean ? TextKind::TitledShort : TextKind::Plain;
}

} // namespace

Outline outlineOf(QStringView text, const QuoteOptions &options, const CancelToken &token)
{
    Outline outline;
    outline.markdown =
        options.markup == Markup::Markdown || (options.markup == Markup::Guess && text::looksLikeMarkdown(text));
    outline.title = options.title;
    outline.blocks = outline.markdown ? text::splitMarkdownBlocks(text) : text::splitBlocks(text);
    const QString sample = proseSample(text, outline.blocks, outline.markdown);
    outline.languages = text::guessLanguages(sample.size() > 80 ? QStringView(sample) : text);
    outline.language = outline.languages.value(0);
    if (token.stop_requested())
        return outline;
    outline.sentences = text::splitSentences(text, outline.blocks, {outline.language, outline.markdown});
    Reader(text, outline).read(token);
    outline.kind = kindOf(text, outline, options.words);
    return outline;
}

QString readable(QStringView stretch, bool markdown)
{
    return markdown ? text::plainInline(stretch) : text::flowed(stretch);
}

} // namespace quintet::llm::builtin
