// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/title.h"

#include "text/markdown.h"

#include <QRegularExpression>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestTitle = 60;
constexpr qsizetype longestShown = 2000;

QString shortened(const QString &line)
{
    const QString words = line.simplified();
    if (words.size() <= longestTitle)
        return words;
    const qsizetype space = words.lastIndexOf(u' ', longestTitle - 1);
    return words.left(space > longestTitle / 2 ? space : longestTitle - 1) + u'…';
}

} // namespace

QString titleFromWords(const QString &text)
{
    for (const QString &line : text.trimmed().left(longestShown).split(u'\n')) {
        static const QRegularExpression marks(u"^[\\s#>*+-]+"_s);
        QString bare = line;
        bare.remove(marks);
        const QString words = shortened(text::plainInline(bare));
        if (!words.isEmpty() && !words.startsWith("```"_L1))
            return words;
    }
    return {};
}

llm::Request titleRequest(const Conversation &conversation)
{
    QString said;
    for (const Message *message : conversation.path()) {
        said += (message->role == llm::Role::User ? u"USER: "_s : u"ASSISTANT: "_s) + message->text.left(longestShown)
                + u"\n\n"_s;
        if (message->role == llm::Role::Assistant)
            break;
    }
    llm::Request request;
    request.pattern = u"chat"_s;
    request.parameters.temperature = 0;
    request.parameters.maxTokens = 1000; // a model that thinks first needs room for it
    request.messages = {{llm::Role::System,
                         u"Name this conversation in two to six words, in its own language, without quotation marks "
                         "and without a full stop. Answer with the name alone."_s},
                        {llm::Role::User, said}};
    return request;
}

QString titleFromAnswer(const QString &answer)
{
    static const QRegularExpression label(u"^(title|name)\\s*:\\s*"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression border(u"^[\\s\"'“”„«»*#`]+|[\\s\"'“”«»*`.。]+$"_s);
    QString title = answer.trimmed().section(u'\n', 0, 0);
    title.remove(border).remove(label).remove(border);
    return title.size() > 2 * longestTitle ? QString() : shortened(title);
}

} // namespace quintet::chat
