// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/shelf.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace quintet;
using namespace quintet::knowledge;
using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

/// A text and the one line that somebody else wrote about it, which is not in it.
struct Item {
    QString line;
    QString text;
};

/// The descriptions of the packages that are installed: the short one asks for the long one.
std::vector<Item> packages()
{
    std::vector<Item> items;
    QFile file(u"/var/lib/dpkg/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return items;
    static const QRegularExpression description(u"^Description: (.+)\\n((?: .*\\n?)+)"_s,
                                                QRegularExpression::MultilineOption);
    for (const auto &match : description.globalMatch(QString::fromUtf8(file.readAll()))) {
        QString text = match.captured(2);
        text.replace(u"\n ."_s, u"\n"_s).replace(u"\n "_s, u"\n"_s);
        if (text.size() > 200)
            items.push_back({match.captured(1), text.trimmed()});
    }
    return items;
}

/// Quintet's own classes as they once were: what a header said of a class asks for its source.
std::vector<Item> classes()
{
    std::vector<Item> items;
    QFile file(QStringLiteral(QUINTET_TEST_DATA "/classes/classes.json"));
    if (!file.open(QIODevice::ReadOnly))
        return items;
    for (const QJsonValue &item : QJsonDocument::fromJson(file.readAll()).array())
        items.push_back({item[u"line"].toString(), item[u"text"].toString()});
    return items;
}

/// Manual pages as plain text: the line behind the name asks for what stands below.
std::vector<Item> manualPages()
{
    std::vector<Item> items;
    static const QRegularExpression name(u"\\.SH \"?NAME\"?\\n(.+?)\\n\\.SH"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression request(u"^[.'].*$"_s, QRegularExpression::MultilineOption);
    QDirIterator files(u"/usr/share/man/man1"_s, {u"*.1"_s, u"*.1.gz"_s}, QDir::Files | QDir::NoSymLinks);
    while (files.hasNext() && items.size() < 1'500) {
        QProcess reader;
        const QString path = files.next();
        reader.start(path.endsWith(u".gz") ? u"gzip"_s : u"cat"_s,
                     path.endsWith(u".gz") ? QStringList{u"-dc"_s, path} : QStringList{path});
        if (!reader.waitForFinished())
            continue;
        QString source = QString::fromUtf8(reader.readAllStandardOutput());
        source.replace(u"\\-"_s, u"-"_s);
        const auto match = name.match(source);
        const QString line = match.captured(1).section(u" - "_s, 1).remove(request).simplified();
        const QString text = source.sliced(std::max<qsizetype>(0, match.capturedEnd())).remove(request).left(4'000);
        if (line.count(u' ') >= 3 && text.size() > 400)
            items.push_back({line, text});
    }
    return items;
}

} // namespace

/// Retrieval with one right answer for each question, on texts that any machine has.
class TestKnownItems final : public QObject {
    Q_OBJECT

private:
    static double score(Shelf &shelf, const std::vector<Item> &items, SearchMode mode)
    {
        double sum = 0;
        int count = 0;
        for (size_t i = 0; i < items.size(); i += std::max<size_t>(1, items.size() / 200)) {
            ++count;
            const auto hits = shelf.search(u"Items"_s, items[i].line, 10, mode);
            for (size_t rank = 0; rank < hits.size(); ++rank) {
                if (hits[rank].document == shelf.path(u"%1.txt"_s.arg(i))) {
                    sum += 1 / std::log2(2.0 + double(rank));
                    break;
                }
            }
        }
        return count > 0 ? sum / count : 0;
    }

private Q_SLOTS:
    void hybridIsNeverWorseThanWords_data()
    {
        QTest::addColumn<std::vector<Item>>("items");
        // Some machines lack packages or manual pages; the classes are always there, and always the same.
        for (const auto &[name, items] :
             {std::pair("packages", packages()), std::pair("manual pages", manualPages())}) {
            if (items.size() >= 100)
                QTest::newRow(name) << items;
        }
        QTest::newRow("classes") << classes();
    }

    void hybridIsNeverWorseThanWords()
    {
        QFETCH(const std::vector<Item>, items);
        QVERIFY(items.size() >= 100);
        Shelf shelf;
        for (size_t i = 0; i < items.size(); ++i)
            shelf.write(u"%1.txt"_s.arg(i), items[i].text.toUtf8());
        const auto collection = shelf.filled(u"Items"_s);
        QVERIFY(resultOf(collection->keepVectors({}, {})).has_value());
        const auto info = resultOf(collection->info());
        QVERIFY(info && info->space && info->space->weight);
        const double words = score(shelf, items, SearchMode::Keyword);
        const double hybrid = score(shelf, items, SearchMode::Hybrid);
        qInfo("%zu texts, nDCG@10: words %.4f, hybrid %.4f, share of the vectors %.2f", items.size(), words, hybrid,
              *info->space->weight);
        QVERIFY(words > 0.4);
        QVERIFY(hybrid >= words - 0.005);
    }
};

QTEST_GUILESS_MAIN(TestKnownItems)
#include "tst_knownitems.moc"
