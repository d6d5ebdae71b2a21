// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/prompts/prompt.h"

#include <QTest>

using namespace quintet;
using namespace quintet::chat;
using namespace Qt::StringLiterals;

class TestPrompt final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void variablesAreFoundOnceEach()
    {
        const auto variables =
            variablesOf(u"Write to {{name}} in a {{tone:warm|cool}} tone, {{name}}; sign {{from=Ada}} "
                        "on {{date}} about {{clipboard}}."_s);
        QCOMPARE(variables.size(), size_t(3));
        QVERIFY(variables[0] == (PromptVariable{u"name"_s, {}, {}}));
        QVERIFY(variables[1] == (PromptVariable{u"tone"_s, u"warm"_s, {u"warm"_s, u"cool"_s}}));
        QVERIFY(variables[2] == (PromptVariable{u"from"_s, u"Ada"_s, {}}));
    }

    void valuesTakeTheirPlaces()
    {
        const QString text = u"{{a}}-{{b=two}}-{{c:x|y}}-{{ a }}"_s;
        QCOMPARE(filledIn(text, {{u"a"_s, u"{{b}}"_s}}), u"{{b}}-two-x-{{b}}"_s);
        QCOMPARE(filledIn(u"no variables, { braces }, {{}}"_s, {}), u"no variables, { braces }, {{}}"_s);
    }

    void namesSuitTheComposer()
    {
        QCOMPARE(promptNameFrom(u"Act as a Linux Terminal!"_s), u"act-as-a-linux-terminal"_s);
        QCOMPARE(promptNameFrom(u"Übersetzer"_s), u"übersetzer"_s);
        QCOMPARE(promptNameFrom(u" ! "_s), QString());
    }

    void sharedCollectionsAreRead()
    {
        const auto prompts = promptsFromCsv(
            u"\"act\",\"prompt\",\"for_devs\"\n\"Linux Terminal\",\"I want you to act, \"\"as it were\"\",\nas a "
            "terminal.\",TRUE\n,\"no name\",\n"_s);
        QVERIFY(prompts);
        QCOMPARE(prompts->size(), size_t(1));
        QCOMPARE(prompts->front().name, u"linux-terminal"_s);
        QCOMPARE(prompts->front().text, u"I want you to act, \"as it were\",\nas a terminal."_s);
        QCOMPARE(promptsFromCsv(u"a,b\n1,2\n"_s).error().kind, ErrorKind::BadInput);
        QCOMPARE(promptsFromCsv({}).error().kind, ErrorKind::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestPrompt)
#include "tst_prompt.moc"
