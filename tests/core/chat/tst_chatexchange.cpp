// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exchange/chatimport.h"

#include <KZip>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace quintet;
using namespace quintet::chat;
using namespace Qt::StringLiterals;

namespace {

struct Read {
    Result<Imported> imported;
    std::vector<ChatFile> files;
};

QStringList textsOf(const Conversation &conversation)
{
    QStringList texts;
    for (const Message *message : conversation.path())
        texts << nameOf(message->role) + u": "_s + message->text;
    return texts;
}

QByteArray data(const QString &name)
{
    QFile file(QStringLiteral(QUINTET_TEST_DATA) + u"/chats/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(name));
    return file.readAll().trimmed();
}

const QByteArray chatGpt = data(u"chatgpt.json"_s);
const QByteArray claude = data(u"claude.json"_s);
const QByteArray openWebUi = data(u"openwebui.json"_s);

} // namespace

class TestChatExchange final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(u"export.json"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return path;
    }

    static Read readFile(const QString &path)
    {
        Read read{std::unexpected(Error()), {}};
        read.imported = importChats(path,
                                    [&read](ChatFile file) -> Result<void> {
                                        read.files.push_back(std::move(file));
                                        return {};
                                    },
                                    {});
        return read;
    }

    Read readBytes(const QByteArray &bytes) { return readFile(write(bytes)); }

    static ChatFile sample()
    {
        ChatFile file{Conversation(ConversationId::make()),
                      QDateTime::fromMSecsSinceEpoch(1'800'000'000'123, QTimeZone::UTC),
                      {.folder = u"Work"_s, .tags = {{u"a"_s}}, .pinned = true, .archived = false, .removed = {}},
                      {}};
        Message question;
        question.id = MessageId::make();
        question.text = u"See <b>\"this\"</b>: \U0001F600"_s;
        question.time = file.changed;
        question.attachments = {{u"h1"_s, u"n.txt"_s, {}, u"text/plain"_s, 3},
                                {u"h2"_s, u"p.png"_s, {}, u"image/png"_s}};
        Message answer;
        answer.id = MessageId::make();
        answer.parent = question.id;
        answer.role = llm::Role::Assistant;
        answer.time = file.changed;
        answer.text =
            u"# Yes\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[x](javascript:alert(1)) <script>alert(2)</script>"_s;
        answer.facts.model = u"m"_s;
        answer.citations = {{u"1"_s, u"/n.txt"_s, u"n.txt"_s, u"line 1"_s, {}, 0, 3, u"abc"_s}};
        for (const ConversationEvent &event :
             std::vector<ConversationEvent>{MessageAdded{question}, MessageAdded{answer}, TitleSet{u"T: \"x\""_s, true},
                                            SettingsSet{{.system = u"Be kind."_s, .parameters = {}}}})
            file.conversation.apply(event);
        document::Document document;
        document.text = u"abc"_s;
        document.characters = 3;
        document.format = u"text"_s;
        file.attachments[u"h1"_s] = {document, {}};
        file.attachments[u"h2"_s] = {{}, QByteArray("\x89PNG\0x", 6)};
        return file;
    }

private Q_SLOTS:
    void whatIsExportedWholeComesBackTheSame()
    {
        const ChatFile file = sample();
        const Read read = readBytes(exported(file, ExportFormat::Json));
        QVERIFY(read.imported);
        QCOMPARE(read.files.size(), size_t(1));
        const ChatFile &back = read.files.front();
        QVERIFY(back.conversation == file.conversation);
        QVERIFY(back.placement == file.placement);
        QCOMPARE(back.changed, file.changed);
        QCOMPARE(back.attachments.at(u"h1"_s).document, file.attachments.at(u"h1"_s).document);
        QCOMPARE(back.attachments.at(u"h2"_s).image, file.attachments.at(u"h2"_s).image);
        QCOMPARE(exported(back, ExportFormat::Json), exported(file, ExportFormat::Json));
    }

    void chatGptsTreeIsKept()
    {
        const Read read = readBytes(chatGpt);
        QVERIFY(read.imported);
        QCOMPARE(read.imported->conversations, 1);
        QCOMPARE(read.imported->passedOver, 1);
        const Conversation &cats = read.files.front().conversation;
        QCOMPARE(cats.title(), u"Cats"_s);
        QCOMPARE(textsOf(cats), (QStringList{u"user: Do dogs bark?"_s, u"assistant: ```python\nprint('woof')\n```"_s}));
        QCOMPARE(cats.siblings(cats.path().front()->id).size(), size_t(2));
        QCOMPARE(cats.path().back()->facts.model, u"gpt-4"_s);
        QVERIFY(readBytes(chatGpt).files.front().conversation == cats);
    }

    void claudesAttachmentsComeAlong()
    {
        const Read read = readBytes(claude);
        QVERIFY(read.imported);
        const QStringList texts = textsOf(read.files.front().conversation);
        QCOMPARE(texts.size(), 2);
        QVERIFY(texts[0].startsWith(u"user: Where to?") && texts[0].contains(u"Lisbon"));
        QCOMPARE(texts[1], u"assistant: Lisbon."_s);
        QCOMPARE(read.files.front().changed.date(), QDate(2026, 1, 2));
    }

    void openWebUisTagsComeAlong()
    {
        const Read read = readBytes(openWebUi);
        QVERIFY(read.imported);
        QCOMPARE(textsOf(read.files.front().conversation), (QStringList{u"user: 2+2?"_s, u"assistant: 4"_s}));
        QCOMPARE(read.files.front().placement.tags, std::optional(QStringList{u"work"_s}));
        QCOMPARE(read.files.front().placement.pinned, std::optional(true));
    }

    void chatCompletionsAreReadAsOneOrALine()
    {
        const QByteArray one = "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"S\"},"
                               "{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\","
                               "\"content\":[{\"type\":\"text\",\"text\":\"A\"}]}]}";
        const Read single = readBytes(one);
        QVERIFY(single.imported);
        QCOMPARE(textsOf(single.files.front().conversation), (QStringList{u"user: Q"_s, u"assistant: A"_s}));
        QCOMPARE(single.files.front().conversation.settings().system, u"S"_s);
        const QByteArray line = QJsonDocument::fromJson(one).toJson(QJsonDocument::Compact);
        const Read lines = readBytes(line + "\n\n" + QByteArray(line).replace("\"Q\"", "\"R\"") + "\n");
        QVERIFY(lines.imported);
        QCOMPARE(lines.files.size(), size_t(2));
        const Read back = readBytes(exported(single.files.front(), ExportFormat::ChatCompletions));
        QCOMPARE(textsOf(back.files.front().conversation), textsOf(single.files.front().conversation));
    }

    void anArchiveIsReadWhereverTheFileLiesInIt()
    {
        const QString path = m_folder.filePath(u"export.zip"_s);
        KZip zip(path);
        QVERIFY(zip.open(QIODevice::WriteOnly));
        zip.writeFile(u"folder/conversations.json"_s, chatGpt);
        zip.writeFile(u"folder/user.json"_s, "{}");
        zip.close();
        const Read read = readFile(path);
        QVERIFY(read.imported);
        QCOMPARE(read.files.size(), size_t(1));
    }

    void ofADamagedExportTheBeginningIsKept()
    {
        QByteArray cut = claude;
        cut.chop(2);
        cut += "},{\"uuid\":\"c2\",\"name\":\"Broken\",\"chat_mess";
        const Read read = readBytes(cut);
        QVERIFY(read.imported);
        QVERIFY(read.imported->isDamaged);
        QCOMPARE(read.files.size(), size_t(1));
    }

    void whatIsNoExportIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addRow("empty") << QByteArray();
        QTest::addRow("text") << QByteArray("hello");
        QTest::addRow("numbers") << QByteArray("[1,2,3]");
        QTest::addRow("object") << QByteArray("{\"a\":1}");
        QTest::addRow("half an archive") << QByteArray("PK\x03\x04garbage");
        QTest::addRow("cut at once") << QByteArray("[{\"mapping\":{\"a\":");
        QTest::addRow("deep") << QByteArray(100'000, '[');
        QTest::addRow("no id") << QByteArray("{\"format\":\"quintet-chat\",\"id\":\"abc\",\"messages\":"
                                             "[{\"text\":\"hi\",\"role\":\"user\"}]}");
        QTest::addRow("circle") << QByteArray(
            "[{\"mapping\":{\"a\":{\"parent\":\"b\",\"message\":null},\"b\":{\"parent\":\"a\",\"message\":null}}}]");
    }

    void whatIsNoExportIsRefused()
    {
        QFETCH(QByteArray, bytes);
        const Read read = readBytes(bytes);
        QVERIFY(!read.imported);
        QCOMPARE(read.imported.error().kind, ErrorKind::BadInput);
        QVERIFY(!readFile(u"/nowhere/at-all.json"_s).imported);
    }

    void largeExportsAreReadWhole()
    {
        QByteArray large = "[";
        for (int i = 0; i < 3000; ++i)
            large += QByteArray(i ? "," : "")
                     + QByteArray(claude).sliced(1).chopped(1).replace("\"c1\"", "\"c" + QByteArray::number(i) + "\"");
        const Read read = readBytes(large + "]");
        QVERIFY(read.imported);
        QCOMPARE(read.imported->conversations, 3000);
        QCOMPARE(read.imported->isDamaged, false);
    }

    void aPageRunsNothing()
    {
        const QString page = QString::fromUtf8(exported(sample(), ExportFormat::Html));
        QVERIFY(!page.contains(u"javascript:"));
        QVERIFY(!page.contains(u"<script"));
        QVERIFY(!page.contains(u"<b>"));
        QVERIFY(page.contains(u"<table>"));
        QVERIFY(page.contains(u"<title>T: &quot;x&quot;</title>"));
    }

    void textsForPeopleNameTheSpeakersAndSources()
    {
        const QString markdown = QString::fromUtf8(exported(sample(), ExportFormat::Markdown));
        QVERIFY(markdown.startsWith(u"---\ntitle: \"T: \\\"x\\\"\"\n"));
        QVERIFY(markdown.contains(u"\n## m\n\n# Yes"));
        QVERIFY(markdown.contains(u"[1] n.txt, line 1"));
        const QString plain = QString::fromUtf8(exported(sample(), ExportFormat::Text));
        QVERIFY(plain.contains(u"\n[USER]\n") && plain.contains(u"\n[ASSISTANT]\n"));
    }
};

QTEST_GUILESS_MAIN(TestChatExchange)
#include "tst_chatexchange.moc"
