// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/calculate/calculatetool.h"
#include "support/resultof.h"

#include <QDir>
#include <QTest>
#include <QTimer>

using namespace quintet;
using namespace quintet::agent;
using namespace Qt::StringLiterals;

class TestCalculate final : public QObject {
    Q_OBJECT

private:
    CalculateTool m_tool{QStringLiteral(QUINTET_PROGRAMS "/quintet-calculate")};

    Result<ToolResult> calculated(const QString &expression, const QJsonObject &variables = {},
                                  const CancelToken &token = {})
    {
        return test::resultOf(m_tool.call({{u"expression"_s, expression}, {u"variables"_s, variables}}, token));
    }

private Q_SLOTS:
    void itCalculates_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("exact");
        QTest::addRow("fractions") << u"1/3 + 1/4"_s << u"0.583333333333333"_s << u"7/12"_s;
        QTest::addRow("decimals") << u"0.1 + 0.2"_s << u"0.3"_s << u"3/10"_s;
        QTest::addRow("percent of") << u"12 % of 250"_s << u"30"_s << QString();
        QTest::addRow("percent on top") << u"250 + 12%"_s << u"280"_s << QString();
        QTest::addRow("growth") << u"(48210.4 − 43044.1) / 43044.1 to %"_s << u"12.002341784356%"_s
                                << u"(5166300/430441)%"_s;
        QTest::addRow("units") << u"50 mph * 3 h to km"_s << u"241.4016 km"_s << u"(150876/625) km"_s;
        QTest::addRow("temperature") << u"72 °F to °C"_s << u"22.2222222222222 oC"_s << u"(200/9) oC"_s;
        QTest::addRow("date") << u"2026-11-21 + 30 days"_s << u"2026-12-21"_s << QString();
        QTest::addRow("month's end") << u"2024-02-28 + 2 days"_s << u"2024-03-01"_s << QString();
        QTest::addRow("days between") << u"days(2026-01-01, 2026-11-21)"_s << u"324"_s << QString();
        QTest::addRow("root") << u"sqrt(2)"_s << u"1.4142135623731"_s << u"sqrt(2)"_s;
        QTest::addRow("large") << u"2^100"_s << u"1.26765060022823E30"_s << u"1267650600228229401496703205376"_s;
        QTest::addRow("mean") << u"mean(1, 2, 3, 4)"_s << u"2.5"_s << u"5/2"_s;
        QTest::addRow("thousand") << u"1000 * 1000"_s << u"1000000"_s << QString();
        QTest::addRow("equation") << u"solve(x^2 = 4)"_s << u"[2  -2]"_s << QString();
    }

    void itCalculates()
    {
        QFETCH(const QString, expression);
        QFETCH(const QString, value);
        QFETCH(const QString, exact);
        const auto result = calculated(expression);
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QCOMPARE(result->value[u"value"].toString(), value);
        QCOMPARE(result->value[u"exact"].toString(), exact);
    }

    void theNumberComesWithoutItsUnit()
    {
        QCOMPARE(calculated(u"10 m/s to km/h"_s)->value[u"number"].toDouble(), 36.0);
        QCOMPARE(calculated(u"1/8 to %"_s)->value[u"number"].toDouble(), 12.5);
        QVERIFY(!calculated(u"2026-11-21 + 1 day"_s)->value.contains(u"number"));
        QVERIFY(!calculated(u"1 kg + 5 m"_s)->value.contains(u"number"));
    }

    void variablesAreNumbersOrExpressionsAndLastForOneCall()
    {
        const auto result = calculated(u"(new - old) / old to %"_s, {{u"new"_s, 110}, {u"old"_s, u"10^2"_s}});
        QVERIFY(result);
        QCOMPARE(result->value[u"value"].toString(), u"10%"_s);
        QVERIFY(!calculated(u"new * 2"_s));
        QVERIFY(!calculated(u"a + 1"_s, {{u"a b"_s, 1}}));
    }

    void whatMakesNoSenseIsSaidAndNotGuessed_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("says");
        QTest::addRow("unknown word") << u"growth(1)"_s << u"growth"_s;
        QTest::addRow("unknown short word") << u"foo + 1"_s << u"foo"_s;
        QTest::addRow("half an expression") << u"2 +"_s << u"Misplaced"_s;
        QTest::addRow("separators") << u"48,210.40 - 43,044.10"_s << u"separators"_s;
        QTest::addRow("keeping") << u"f := 5"_s << u"kept"_s;
    }

    void whatMakesNoSenseIsSaidAndNotGuessed()
    {
        QFETCH(const QString, expression);
        QFETCH(const QString, says);
        const auto result = calculated(expression);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::BadInput);
        QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
    }

    void nothingOutsideIsReached_data()
    {
        QTest::addColumn<QString>("expression");
        for (const char *expression :
             {"load(\"/etc/passwd\")", "export([1 2], \"/tmp/quintet-calculate-test\")", "command(\"id\", 1)",
              "save(5, name)", "plot(x)", "register(1)", "stack()", "SAVE(5, name)", "function(\"command\", \"id\")",
              "process(\"command(\\\"id\\\", 1)\", \"x\", 1)", "title(sqrt)"})
            QTest::addRow("%s", expression) << QString::fromLatin1(expression);
    }

    void nothingOutsideIsReached()
    {
        QFETCH(const QString, expression);
        const auto result = calculated(expression);
        if (result) {
            QVERIFY2(!result->text.contains(u"root"_s), qPrintable(result->text));
            QVERIFY2(!result->text.contains(u"uid"_s), qPrintable(result->text));
        }
        QVERIFY(!QFile::exists(u"/tmp/quintet-calculate-test"_s));
        QVERIFY(!QFile::exists(QDir::homePath() + u"/.local/share/qalculate"_s));
    }

    void whatNeverEndsIsEnded_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addRow("factorial") << u"factorial(100000000)"_s;
        QTest::addRow("tower") << u"round(10^10^10^10) mod 7"_s;
        QTest::addRow("sum") << u"sum(x^x, 1, 10000000)"_s;
        QTest::addRow("large numbers") << u"2^99999999999 - 1"_s;
    }

    void whatNeverEndsIsEnded()
    {
        QFETCH(const QString, expression);
        CalculateTool tool(QStringLiteral(QUINTET_PROGRAMS "/quintet-calculate"), std::chrono::seconds(2));
        const auto result = test::resultOf(tool.call({{u"expression"_s, expression}}, {}));
        QVERIFY(result || result.error().kind == ErrorKind::BadInput);
    }

    void stoppingItStopsTheWorkAndThoseThatWait()
    {
        CancelSource source;
        QTimer::singleShot(300, this, [&source] { source.request_stop(); });
        std::vector<Task<Result<ToolResult>>> calls;
        for (int i = 0; i < 5; ++i)
            calls.push_back(m_tool.call({{u"expression"_s, u"factorial(100000000)"_s}}, source.get_token()));
        for (auto &call : calls) {
            const auto result = test::resultOf(std::move(call));
            QVERIFY(!result);
            QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        }
    }

    void aHundredAtOnceComeOutRight()
    {
        std::vector<Task<Result<ToolResult>>> calls;
        for (int i = 0; i < 100; ++i)
            calls.push_back(m_tool.call({{u"expression"_s, u"%1 * 2"_s.arg(i)}}, {}));
        for (int i = 0; i < 100; ++i) {
            const auto result = test::resultOf(std::move(calls[size_t(i)]));
            QVERIFY(result);
            QCOMPARE(result->value[u"number"].toInt(), i * 2);
        }
    }
};

QTEST_GUILESS_MAIN(TestCalculate)
#include "tst_calculate.moc"
