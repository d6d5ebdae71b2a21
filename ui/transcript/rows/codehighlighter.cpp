// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/codehighlighter.h"

#include "ui/theme/colors.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>

#include <memory>
#include <optional>

namespace quintet::ui {

namespace {

using KSyntaxHighlighting::Theme;

constexpr int keptPieces = 2000;
constexpr int longestLine = 2000; // of a longer one the rest stays plain

std::optional<CodeSpan::Role> roleOf(Theme::TextStyle style)
{
    switch (style) {
    case Theme::Keyword:
    case Theme::ControlFlow:
    case Theme::Import:
    case Theme::Preprocessor: return CodeSpan::Keyword;
    case Theme::Function:
    case Theme::BuiltIn:
    case Theme::DataType:
    case Theme::Extension:
    case Theme::Attribute: return CodeSpan::Function;
    case Theme::Char:
    case Theme::SpecialChar:
    case Theme::String:
    case Theme::VerbatimString:
    case Theme::SpecialString: return CodeSpan::String;
    case Theme::Comment:
    case Theme::Documentation:
    case Theme::Annotation:
    case Theme::CommentVar:
    case Theme::RegionMarker:
    case Theme::Information: return CodeSpan::Comment;
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
    case Theme::Constant: return CodeSpan::Number;
    case Theme::Warning:
    case Theme::Alert: return CodeSpan::Problem;
    default: return std::nullopt;
    }
}

/// The names that models give languages and KDE does not.
QString knownName(const QString &language)
{
    static const QHash<QString, QString> names{
        {QStringLiteral("py"), QStringLiteral("python")},     {QStringLiteral("js"), QStringLiteral("javascript")},
        {QStringLiteral("ts"), QStringLiteral("typescript")}, {QStringLiteral("sh"), QStringLiteral("bash")},
        {QStringLiteral("shell"), QStringLiteral("bash")},    {QStringLiteral("console"), QStringLiteral("bash")},
        {QStringLiteral("c++"), QStringLiteral("c++")},       {QStringLiteral("cpp"), QStringLiteral("c++")},
        {QStringLiteral("cs"), QStringLiteral("c#")},         {QStringLiteral("csharp"), QStringLiteral("c#")},
        {QStringLiteral("rs"), QStringLiteral("rust")},       {QStringLiteral("rb"), QStringLiteral("ruby")},
        {QStringLiteral("yml"), QStringLiteral("yaml")},      {QStringLiteral("md"), QStringLiteral("markdown")},
        {QStringLiteral("golang"), QStringLiteral("go")},     {QStringLiteral("jsonc"), QStringLiteral("json")},
        {QStringLiteral("patch"), QStringLiteral("diff")},    {QStringLiteral("tex"), QStringLiteral("latex")}};
    const QString name = language.toLower();
    return names.value(name, name);
}

} // namespace

/// Lives on the highlighter's thread.
class CodeHighlighter::Worker final : public QObject, private KSyntaxHighlighting::AbstractHighlighter {
public:
    std::vector<CodeSpan> highlight(quint64 before, quint64 chain, const QString &language, const QString &text)
    {
        m_spans.clear();
        m_line = 0;
        if (language.compare(u"diff", Qt::CaseInsensitive) == 0
            || language.compare(u"patch", Qt::CaseInsensitive) == 0) {
            readDiff(text);
            return std::move(m_spans);
        }
        if (!m_repository)
            m_repository = std::make_unique<KSyntaxHighlighting::Repository>();
        const auto definition = m_repository->definitionForName(knownName(language));
        if (!definition.isValid())
            return {};
        setDefinition(definition);
        const KSyntaxHighlighting::State *known = before == 0 ? nullptr : m_states.object(before);
        KSyntaxHighlighting::State state = known ? *known : KSyntaxHighlighting::State();
        for (const QStringView line : QStringView(text).split(u'\n')) {
            state = highlightLine(line.first(std::min<qsizetype>(line.size(), longestLine)), state);
            m_line += static_cast<int>(line.size()) + 1;
        }
        m_states.insert(chain, new KSyntaxHighlighting::State(state));
        return std::move(m_spans);
    }

private:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        if (const auto role = roleOf(format.textStyle()); role && length > 0)
            m_spans.push_back({m_line + offset, length, *role});
    }

    void readDiff(const QString &text)
    {
        for (const QStringView line : QStringView(text).split(u'\n')) {
            const int size = static_cast<int>(line.size());
            if (line.startsWith(u'+'))
                m_spans.push_back({m_line, size, CodeSpan::Added});
            else if (line.startsWith(u'-'))
                m_spans.push_back({m_line, size, CodeSpan::Removed});
            else if (line.startsWith(u"@@"))
                m_spans.push_back({m_line, size, CodeSpan::Keyword});
            m_line += size + 1;
        }
    }

    std::unique_ptr<KSyntaxHighlighting::Repository> m_repository; ///< made at the first use
    QCache<quint64, KSyntaxHighlighting::State> m_states{keptPieces};
    std::vector<CodeSpan> m_spans;
    int m_line = 0;
};

CodeHighlighter::CodeHighlighter(QObject *parent) : QObject(parent), m_worker(new Worker), m_spans(keptPieces)
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("highlighter"));
}

CodeHighlighter::~CodeHighlighter()
{
    if (!m_thread.isRunning()) {
        delete m_worker;
        return;
    }
    m_thread.quit();
    m_thread.wait();
}

quint64 CodeHighlighter::chain(quint64 before, const QString &language, const QString &text)
{
    return std::max<quint64>(1, qHash(text, qHash(language, before * 31 + 7)));
}

const std::vector<CodeSpan> *CodeHighlighter::spans(quint64 chain) const
{
    return m_spans.object(chain);
}

void CodeHighlighter::ask(quint64 before, quint64 chain, const QString &language, const QString &text)
{
    if (m_asked.contains(chain) || m_spans.contains(chain))
        return;
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    m_asked.insert(chain);
    QMetaObject::invokeMethod(m_worker, [this, before, chain, language, text] {
        auto spans = m_worker->highlight(before, chain, language, text);
        QMetaObject::invokeMethod(this, [this, chain, spans = std::move(spans)]() mutable {
            m_asked.remove(chain);
            m_spans.insert(chain, new std::vector<CodeSpan>(std::move(spans)));
            Q_EMIT done(chain);
        });
    });
}

QColor colourOf(CodeSpan::Role role, const Colors &colors)
{
    switch (role) {
    case CodeSpan::Keyword: return colors.keyword;
    case CodeSpan::Function: return colors.accent;
    case CodeSpan::String:
    case CodeSpan::Added: return colors.good;
    case CodeSpan::Comment: return colors.second;
    case CodeSpan::Number: return colors.warning;
    case CodeSpan::Removed:
    case CodeSpan::Problem: return colors.bad;
    }
    Q_UNREACHABLE();
}

} // namespace quintet::ui
