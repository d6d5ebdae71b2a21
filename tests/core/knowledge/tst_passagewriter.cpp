// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/passagewriter.h"
#include "knowledge/store/collectionstore.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::knowledge;
using namespace Qt::StringLiterals;

class TestPassageWriter final : public QObject {
    Q_OBJECT

private:
    static Addition passage(const QByteArray &hash, int number)
    {
        PreparedChunk chunk;
        chunk.number = number;
        chunk.text = u"Passage %1 of %2."_s.arg(number).arg(QString::fromLatin1(hash));
        chunk.end = chunk.text.size();
        chunk.bodyTerms = u"passage"_s;
        chunk.tokens = 1;
        return {.content = {.hash = hash, .format = u"text"_s}, .chunks = {chunk}, .end = {}};
    }

    int passagesOf(const QByteArray &hash) const
    {
        auto reader = m_database->reader();
        ChunkStore chunks(*reader);
        const auto content = chunks.contentOf(hash);
        return content && *content ? chunks.chunksOf((*content)->id).value_or(-1) : 0;
    }

    /// Keeps the writer at work until it is released, so that what is added meanwhile waits together.
    void hold() const
    {
        m_database->writer().write([this](store::Connection &) {
            m_begun.release();
            m_go.acquire();
            return Result<void>();
        });
        m_begun.acquire();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    mutable QSemaphore m_begun;
    mutable QSemaphore m_go;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::move(*store::Database::open(m_folder->filePath(u"c.db"_s), collectionSchema()));
    }

    void cleanup() { m_database.reset(); }

    void whatWaitsTogetherIsWrittenTogether()
    {
        PassageWriter writer(m_database->writer());
        hold();
        std::vector<QFuture<Result<void>>> written;
        for (int i = 0; i < 300; ++i)
            written.push_back(writer.add(passage("one", i)));
        m_go.release();
        for (QFuture<Result<void>> &each : written)
            QVERIFY(each.result().has_value());
        QCOMPARE(passagesOf("one"), 300);
    }

    void whatFailsIsToldToAllThatItWasWrittenWithAndLeavesNothing()
    {
        PassageWriter writer(m_database->writer());
        hold();
        auto whole = writer.add(passage("one", 0));
        auto broken = writer.add(passage("two", 5)); // its first five are not there
        m_go.release();
        QVERIFY(!whole.result().has_value());
        QVERIFY(!broken.result().has_value());
        QCOMPARE(passagesOf("one"), 0);
        QCOMPARE(passagesOf("two"), 0);
        QVERIFY(writer.add(passage("one", 0)).result().has_value());
        QCOMPARE(passagesOf("one"), 1);
    }
};

QTEST_GUILESS_MAIN(TestPassageWriter)
#include "tst_passagewriter.moc"
