// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/answerschema.h"
#include "batch/answer/instruction.h"
#include "batch/answer/keywords.h"
#include "batch/answer/template.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::batch;
using namespace Qt::StringLiterals;

/// What a run asks for one item, and what it takes for an answer.
class TestAnswers final : public QObject {
    Q_OBJECT

private:
    static TemplateValues values()
    {
        return {u"The text, with {{index}} in it."_s, u"a.pdf"_s, u"/in/a.pdf"_s, {{u"Name"_s, u"Ada"_s}}, 7};
    }

    static QJsonObject schema(const QString &text)
    {
        const auto parsed = schemaFrom(text);
        return parsed ? *parsed : QJsonObject{{u"error"_s, parsed.error().message}};
    }

private Q_SLOTS:
    void variablesStandForTheItem_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("filled");
        QTest::addRow("none") << u"Say it."_s << u"Say it."_s;
        QTest::addRow("text") << u"<{{text}}>"_s << u"<The text, with {{index}} in it.>"_s;
        QTest::addRow("spaces") << u"{{ file.name }} of {{file.path}}"_s << u"a.pdf of /in/a.pdf"_s;
        QTest::addRow("index") << u"{{index}}{{index}}"_s << u"77"_s;
        QTest::addRow("column, any case") << u"Dear {{row.name}},"_s << u"Dear Ada,"_s;
        QTest::addRow("braces alone") << u"{{}} { {text} }"_s << u"{{}} { {text} }"_s;
    }

    void variablesStandForTheItem()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, filled);
        const auto result = Template(prompt).filledWith(values());
        QVERIFY(result.has_value());
        QCOMPARE(*result, filled);
    }

    void whatIsNoVariableIsSaidBeforeAnythingIsSent()
    {
        QVERIFY(Template(u"{{text}} {{row.anything}}"_s).check());
        const auto checked = Template(u"{{colour}}"_s).check();
        QVERIFY(!checked);
        QVERIFY(checked.error().message.contains(u"{{colour}}"));
        QVERIFY(!Template(u"{{row.age}}"_s).filledWith(values()));
    }

    void theTextFollowsAPromptThatHasNoPlaceForIt()
    {
        RunSpec spec;
        spec.prompt = u"Say it about {{file.name}}."_s;
        const auto apart = requestFor(spec, {}, values());
        QCOMPARE(apart->messages.size(), 2);
        QCOMPARE(apart->messages[0].text, u"Say it about a.pdf."_s);
        QCOMPARE(apart->messages[1].text, values().text);
        spec.prompt = u"Say it: {{text}}"_s;
        QCOMPARE(requestFor(spec, {}, values())->messages.size(), 1);
        QCOMPARE(*apart->parameters.temperature, 0.0);
    }

    void theShortFormNamesFieldsAndTypes()
    {
        const QJsonObject parsed = schema(u"name, age int, tags list, paid bool, total number, due date"_s);
        QCOMPARE(fieldsOf(parsed), (QStringList{u"name"_s, u"age"_s, u"tags"_s, u"paid"_s, u"total"_s, u"due"_s}));
        QCOMPARE(parsed[u"properties"][u"age"][u"type"][0].toString(), u"integer"_s);
        QCOMPARE(parsed[u"properties"][u"tags"][u"type"].toString(), u"array"_s);
        QVERIFY(schema(u"name colour"_s)[u"error"].toString().contains(u"colour"));
        QVERIFY(schema(u" , "_s).contains(u"error"));
        QVERIFY(schema(u"missing.json"_s)[u"error"].toString().contains(u"missing.json"));
    }

    void aSchemaMayBeAFileOrJson()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"s.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}},\"required\":[\"b\"]}");
        file.close();
        QCOMPARE(fieldsOf(schema(file.fileName())), (QStringList{u"b"_s, u"a"_s}));
        QCOMPARE(schema(u"{\"type\":\"string\"}"_s)[u"type"].toString(), u"string"_s);
        QVERIFY(schema(u"{\"type\":"_s).contains(u"error"));
        QVERIFY(schema(u"{\"type\":17}"_s).contains(u"error"));
    }

    void answersAreTakenOutOfTheirWrapping_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("checked"); // empty: it does not fit
        const QString plain = u"{\"age\":36,\"name\":\"Ada\"}"_s;
        QTest::addRow("plain") << plain << plain;
        QTest::addRow("fence") << u"Here it is:\n```json\n%1\n```\nAnything else?"_s.arg(plain) << plain;
        QTest::addRow("null") << u"{\"age\":null,\"name\":\"Ada\"}"_s << u"{\"age\":null,\"name\":\"Ada\"}"_s;
        QTest::addRow("a number as text") << u"{\"age\":\"36\",\"name\":\"Ada\"}"_s << QString();
        QTest::addRow("a field missing") << u"{\"name\":\"Ada\"}"_s << QString();
        QTest::addRow("a field too many") << u"{\"age\":36,\"name\":\"Ada\",\"x\":1}"_s << QString();
        QTest::addRow("words") << u"Ada is 36."_s << QString();
        QTest::addRow("cut off") << u"{\"age\":36,\"na"_s << QString();
        QTest::addRow("nothing") << QString() << QString();
    }

    void answersAreTakenOutOfTheirWrapping()
    {
        QFETCH(QString, answer);
        QFETCH(QString, checked);
        const auto parsed = AnswerSchema::from(schema(u"name, age int"_s));
        QVERIFY(parsed.has_value());
        const auto result = (*parsed)->checked(answer);
        QCOMPARE(result.value_or(QString()), checked);
        if (checked.isEmpty())
            QVERIFY(!result.error().message.isEmpty());
    }

    void onlyTheGivenLabelsFit()
    {
        const auto labels = AnswerSchema::from(schemaOfLabels({u"good"_s, u"bad"_s}));
        QVERIFY(labels.has_value());
        QVERIFY((*labels)->checked(u"{\"label\": \"bad\"}"_s));
        QVERIFY(!(*labels)->checked(u"{\"label\": \"ugly\"}"_s));
    }

    void keywordsSayWhatATextIsAbout()
    {
        const QString text = u"The heat pump warms the house. A heat pump needs power, and the heat pump is quiet. "
                             "Power is cheap at night, so the heat pump runs at night."_s;
        const QStringList words = keywordsOf(text, 3);
        QCOMPARE(words.first(), u"heat pump"_s);
        QVERIFY(!words.contains(u"the"_s));
        QVERIFY(words.size() <= 3);
        QVERIFY(keywordsOf(u"…  !"_s, 5).isEmpty());
        QVERIFY(!keywordsOf(u"水壶是蓝色的。水壶能装两升水。"_s, 3).isEmpty());
    }

    void keywordsOfAShortTextNameThings_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("wanted");
        QTest::addColumn<QStringList>("unwanted");
        QTest::addRow("English")
            << u"Harbour shows where ships are. It provides a map of the coast, and you can follow "
               "every ferry on it. The map is stored on the disk, which makes Harbour useful "
               "without a network; updates are downloaded at night by Blue Anchor, etc."_s
            << QStringList{u"Harbour"_s, u"map"_s, u"coast"_s, u"ferry"_s, u"Blue Anchor"_s}
            << QStringList{u"provides"_s, u"follow"_s, u"makes"_s, u"stored"_s, u"downloaded"_s, u"etc"_s};
        QTest::addRow("letter")
            << u"Dear office,\n\nI write about a bicycle that came without its chain. Please tell me "
               "more of the chain before 2 March."_s
            << QStringList{u"bicycle"_s, u"chain"_s, u"office"_s, u"March"_s}
            << QStringList{u"Dear"_s, u"write"_s, u"Please"_s, u"tell"_s};
        QTest::addRow("German") << u"Hafenblick zeigt, wo Schiffe fahren. Das Programm ermöglicht den Blick auf die "
                                   "Küste und bietet zwei Karten, die man frei verschieben und vergrößern kann. "
                                   "Hafenblick bietet auch einen Fahrplan der Fähren."_s
                                << QStringList{u"Hafenblick"_s, u"Schiffe"_s, u"Küste"_s, u"Karten"_s, u"Fahrplan"_s}
                                << QStringList{u"bietet"_s,      u"ermöglicht"_s, u"zeigt"_s,
                                               u"verschieben"_s, u"zwei"_s,       u"Hafenblick bietet"_s};
        QTest::addRow("French") << u"Portvue permet de suivre les navires du port. Le logiciel offre une carte de la "
                                   "côte et peut afficher les horaires des ferries. Il utilise les données de "
                                   "l’annuaire, et la carte est enregistrée sur le disque."_s
                                << QStringList{u"carte"_s, u"Portvue"_s, u"navires"_s, u"port"_s}
                                << QStringList{u"permet"_s,   u"offre"_s,  u"utilise"_s,
                                               u"afficher"_s, u"suivre"_s, u"enregistrée"_s};
    }

    void keywordsOfAShortTextNameThings()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, wanted);
        QFETCH(QStringList, unwanted);
        const QStringList words = keywordsOf(text, 8);
        for (const QString &word : wanted)
            QVERIFY2(words.contains(word), qPrintable(word + u" is not in "_s + words.join(u", "_s)));
        for (const QString &word : unwanted)
            QVERIFY2(!words.contains(word), qPrintable(word + u" is in "_s + words.join(u", "_s)));
    }

    void theBuiltInEngineSaysWhatItCannotDo()
    {
        RunSpec spec;
        spec.endpoint = llm::builtinEndpoint();
        for (const TaskKind task : {TaskKind::Summarize, TaskKind::Keywords}) {
            spec.task = task;
            QVERIFY(check(spec));
        }
        spec.language = u"French"_s;
        spec.labels = {u"a"_s, u"b"_s};
        spec.prompt = u"plainly"_s;
        for (const TaskKind task : {TaskKind::Classify, TaskKind::Translate, TaskKind::Rewrite}) {
            spec.task = task;
            QCOMPARE(check(spec).error().kind, ErrorKind::NeedsModel);
        }
        spec.task = TaskKind::Extract;
        spec.schema = schema(u"name"_s);
        QCOMPARE(check(spec).error().kind, ErrorKind::NeedsModel);
    }

    void aRunIsWhatItsJsonSays()
    {
        RunSpec spec;
        spec.name = u"n"_s;
        spec.source = {SourceKind::Table, {u"/a.csv"_s}, {u"*.x"_s}, {u"y/**"_s}, u"id"_s};
        spec.task = TaskKind::Classify;
        spec.prompt = u"p"_s;
        spec.labels = {u"a"_s, u"b"_s};
        spec.language = u"l"_s;
        spec.schema = schema(u"name"_s);
        spec.endpoint = {u"e"_s, llm::EndpointKind::Anthropic, QUrl(u"http://h/v1"_s), u"m"_s, u"KEY"_s};
        spec.parameters = {
            .temperature = 0.5, .maxTokens = 9, .topP = 0.25, .seed = 7, .stop = {u"."_s}, .reasoningEffort = u"low"_s};
        spec.budget.money = usage::Money::fromDollars(1.5);
        spec.useCache = false;
        spec.jobs = 3;
        spec.output = {u"/out"_s, OutputFormat::Workbook, true, true};
        QCOMPARE(specFrom(toJson(spec)), spec);
    }
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
