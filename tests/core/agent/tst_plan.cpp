// SPDX-License-Identifier: GPL-3.0-or-later
#include "agenthouse.h"

#include "agent/exchange/runexport.h"
#include "agent/exchange/trace.h"
#include "agent/plan/computeddates.h"
#include "agent/plan/planmaker.h"
#include "agent/plan/replayer.h"
#include "agent/plan/savedtasks.h"

#include <QJsonDocument>

using namespace quintet;
using namespace quintet::test;
using namespace std::chrono_literals;

namespace {

const QDate november(2026, 11, 21);

Call done(const QString &id, const QString &tool, const QJsonObject &arguments, const QJsonObject &value)
{
    Call call;
    call.id = id;
    call.wish.name = tool;
    call.arguments = arguments;
    call.state = CallState::Done;
    call.result = ToolResult{.text = u"…"_s, .value = value};
    return call;
}

/// A run as a model would have made it on that day: two months of sales, and the growth.
AgentRun salesRun()
{
    AgentRun run(RunId::make());
    run.apply(RunBegun{
        {.task = u"Find the total sales for last month and calculate growth"_s, .workplace = {.database = u"sample"_s}},
        QDateTime(november, QTime(12, 0), QTimeZone::UTC)});
    const QJsonObject rows{{u"rows"_s, QJsonArray{QJsonObject{{u"month"_s, u"2026-10"_s}, {u"total"_s, 48210.4}},
                                                  QJsonObject{{u"month"_s, u"2026-09"_s}, {u"total"_s, 43044.1}}}}};
    const std::vector<Call> calls{
        done(u"1.1"_s, u"list_tables"_s, {}, {{u"rows"_s, QJsonArray{}}}),
        done(u"2.1"_s, u"query_database"_s,
             {{u"sql"_s, u"SELECT … WHERE sold_at >= '2026-09-01' AND sold_at <= '2026-10-31'"_s}}, rows),
        done(u"3.1"_s, u"calculate"_s, {{u"expression"_s, u"(48210.4 - 43044.1) / 43044.1 * 100"_s}},
             {{u"value"_s, u"12.0023"_s}, {u"number"_s, 12.00234}})};
    for (int i = 1; i <= 3; ++i) {
        run.apply(StepBegun{i});
        run.apply(StepPlanned{.step = i, .text = u"Step"_s, .calls = {calls[size_t(i) - 1]}});
    }
    run.apply(RunEnded{.state = RunState::Finished,
                       .answer = u"In October 2026 sales were 48,210.40, up 12.0 % on 2026-09 (43,044.10)."_s});
    return run;
}

/// Tools that answer as a shop of another month would.
void addShop(AgentHouse &house, double newer, double older)
{
    house.add(u"query_database"_s, [=](const QJsonObject &arguments) -> Result<ToolResult> {
        ToolResult result{.text = arguments[u"sql"].toString()};
        result.value = {{u"rows"_s, QJsonArray{QJsonObject{{u"total"_s, newer}}, QJsonObject{{u"total"_s, older}}}}};
        return result;
    });
    house.add(u"calculate"_s, [](const QJsonObject &arguments) -> Result<ToolResult> {
        // "(a - b) / b * 100"
        const QStringList parts = arguments[u"expression"].toString().split(u' ');
        const double a = QString(parts[0]).remove(u'(').toDouble();
        const double b = QString(parts[2]).remove(u')').toDouble();
        const double growth = (a - b) / b * 100;
        ToolResult result{.text = QString::number(growth)};
        result.value = {{u"number"_s, growth}};
        return result;
    });
}

Result<AgentRun> replay(AgentHouse &house, const Plan &plan, std::vector<RunEvent> *told = nullptr)
{
    const AgentRun run = house.begin(replaySpec(u"test"_s, plan, {}));
    Replayer replayer(*house.database, house.clock, run, house.toolbox, house.approver, [told](const RunEvent &event) {
        if (told)
            told->push_back(event);
    });
    return resultOf(replayer.work({}));
}

} // namespace

class TestPlan final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void datesAreComputed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("date");
        QTest::newRow("today") << u"today"_s << u"2026-11-21"_s;
        QTest::newRow("yesterday") << u"yesterday"_s << u"2026-11-20"_s;
        QTest::newRow("last month") << u"month.previous.start"_s << u"2026-10-01"_s;
        QTest::newRow("its end") << u"month.previous.end"_s << u"2026-10-31"_s;
        QTest::newRow("behind it") << u"month.previous.after"_s << u"2026-11-01"_s;
        QTest::newRow("its name") << u"month.previous.name"_s << u"October 2026"_s;
        QTest::newRow("as written") << u"month.-12"_s << u"2025-11"_s;
        QTest::newRow("leap") << u"month.-33.end"_s << u"2024-02-29"_s;
        QTest::newRow("quarter") << u"quarter.previous.start"_s << u"2026-07-01"_s;
        QTest::newRow("quarter's name") << u"quarter.previous.name"_s << u"Q3 2026"_s;
        QTest::newRow("year") << u"year.previous.end"_s << u"2025-12-31"_s;
        QTest::newRow("week") << u"week.current.start"_s << u"2026-11-16"_s;
        QTest::newRow("next day") << u"day.next"_s << u"2026-11-22"_s;
        QTest::newRow("none") << u"month.soon.start"_s << QString();
        QTest::newRow("no part") << u"month.previous.middle"_s << QString();
    }

    void datesAreComputed()
    {
        QFETCH(QString, name);
        QFETCH(QString, date);
        QCOMPARE(computedDate(name, november).value_or(QString()), date);
    }

    void templatesAreFilled_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("filled");
        QTest::newRow("a value") << u"is {{a.rows.0.total}}!"_s << u"is 48210.4!"_s;
        QTest::newRow("grouped") << u"{{ a.rows.0.total | grouped:2 }}"_s << u"48,210.40"_s;
        QTest::newRow("signed") << u"{{b.number|signed:1}} %"_s << u"+12.0 %"_s;
        QTest::newRow("a date") << u"'{{month.previous.start}}'"_s << u"'2026-10-01'"_s;
        QTest::newRow("a variable") << u"{{who}}"_s << u"2026-11-21"_s;
        QTest::newRow("a table") << u"{{a.rows|table}}"_s << u"| total |\n| --- |\n| 48210.40 |"_s;
        QTest::newRow("no template") << u"{ {x} } {{"_s << u"{ {x} } {{"_s;
        QTest::newRow("nothing there") << u"{{a.rows.1.total}}"_s << QString();
        QTest::newRow("no number") << u"{{a.rows|number:2}}"_s << QString();
        QTest::newRow("unknown") << u"{{c.x}}"_s << QString();
    }

    void templatesAreFilled()
    {
        QFETCH(QString, text);
        QFETCH(QString, filled);
        const TemplateValues values{november,
                                    {{u"who"_s, u"{{today}}"_s}, {u"circle"_s, u"{{circle}}"_s}},
                                    {{u"a"_s, QJsonObject{{u"rows"_s, QJsonArray{QJsonObject{{u"total"_s, 48210.4}}}}}},
                                     {u"b"_s, QJsonObject{{u"number"_s, 12.002}}}}};
        const auto result = fill(text, values);
        QCOMPARE(result.value_or(QString()), filled);
        if (!result)
            QCOMPARE(result.error().kind, ErrorKind::BadInput);
        QVERIFY(!fill(u"{{circle}}"_s, values));
        // A template alone keeps its kind.
        QCOMPARE(fill(QJsonValue(u"{{b.number}}"_s), values).value(), QJsonValue(12.002));
    }

    void aRunBecomesAPlanThatHoldsInAnyMonth()
    {
        const auto plan = planFrom(salesRun(), november);
        QVERIFY(plan);
        QCOMPARE(plan->calls.size(), 2U); // looking at the tables is not needed again
        QCOMPARE(plan->calls[0].arguments[u"sql"].toString(),
                 u"SELECT … WHERE sold_at >= '{{month.-2.start}}' AND sold_at <= '{{month.previous.end}}'"_s);
        QCOMPARE(plan->calls[1].arguments[u"expression"].toString(),
                 u"({{c2_1.rows.0.total}} - {{c2_1.rows.1.total}}) / {{c2_1.rows.1.total}} * 100"_s);
        QCOMPARE(
            plan->answer,
            u"In {{month.previous.name}} sales were {{c2_1.rows.0.total|grouped:2}}, up {{c3_1.number|number:1}} % on "
            "{{month.-2}} ({{c2_1.rows.1.total|grouped:2}})."_s);
        const auto read = planFrom(toJson(*plan));
        QVERIFY(read && *read == *plan);
    }

    void aReplayGivesTodaysNumbers()
    {
        AgentHouse house; // whose clock stands in January 2026
        addShop(house, 2000, 1600);
        std::vector<RunEvent> told;
        const auto run = replay(house, *planFrom(salesRun(), november), &told);
        QVERIFY(run);
        QCOMPARE(run->state(), RunState::Finished);
        QCOMPARE(run->answer(), u"In December 2025 sales were 2,000.00, up 25.0 % on 2025-11 (1,600.00)."_s);
        QCOMPARE(run->steps()[0].calls[0].result->text,
                 u"SELECT … WHERE sold_at >= '2025-11-01' AND sold_at <= '2025-12-31'"_s);
        QVERIFY(run->spent().isKnown);
        QCOMPARE(run->spent().money, usage::Money{});
        QVERIFY(house.ledger.events.empty());
        QVERIFY(house.kept(*run) == *run);
        QVERIFY(run->spec().isReplay());
    }

    void aReplayThatFindsNothingSaysSo()
    {
        AgentHouse house;
        house.add(u"query_database"_s, [](const QJsonObject &) -> Result<ToolResult> {
            return ToolResult{.text = u"No rows."_s, .value = {{u"rows"_s, QJsonArray()}}};
        });
        house.add(u"calculate"_s, [](const QJsonObject &) { return says(u"?"_s); });
        const auto run = replay(house, *planFrom(salesRun(), november));
        QCOMPARE(run->state(), RunState::Failed);
        QVERIFY(run->failure()->message.contains(u"c2_1.rows.0.total"));
    }

    void aReplayThatWritesAsks()
    {
        AgentHouse house;
        const auto write =
            house.add(u"write_file"_s, [](const QJsonObject &) { return says(u"ok"_s); }, Effect::Writes);
        Plan plan{.title = u"Write"_s};
        plan.calls = {{u"w"_s, {}, u"write_file"_s, {{u"path"_s, u"{{today}}.md"_s}}}};
        plan.answer = u"Written: {{w.text}}"_s;
        const auto refused = replay(house, plan);
        QCOMPARE(refused->state(), RunState::Failed);
        QCOMPARE(refused->failure()->kind, ErrorKind::Refused);
        QVERIFY(write->calls.isEmpty());
        house.approver.asked.clear();
        house.approver.answers = {{Approval::Answer::Once, {}, {}}};
        QCOMPARE(replay(house, plan)->answer(), u"Written: ok"_s);
        QCOMPARE(write->calls.front()[u"path"].toString(), u"2026-01-02.md"_s);
    }

    void aRunWithoutNumbersIsAnsweredByItsResults()
    {
        AgentRun run(RunId::make());
        run.apply(RunBegun{{.task = u"Look"_s}, {}});
        run.apply(StepBegun{1});
        run.apply(StepPlanned{.step = 1, .text = u"Look around"_s, .calls = {done(u"1.1"_s, u"list_files"_s, {}, {})}});
        run.apply(RunEnded{.state = RunState::Finished, .answer = u"There are some files."_s});
        QCOMPARE(planFrom(run, november)->answer, u"**Look around**\n\n{{c1_1.text}}"_s);
        QCOMPARE(planFrom(AgentRun(RunId::make()), november).error().kind, ErrorKind::BadInput);
    }

    void readyMadeTasksAreSound()
    {
        const auto tasks = readyMadeTasks();
        QVERIFY(tasks.size() >= 3);
        for (const SavedTask &task : tasks) {
            QVERIFY(task.isReadyMade && !task.plan.title.isEmpty() && !task.plan.task.isEmpty());
            QVERIFY(!task.plan.answer.isEmpty());
        }
        AgentHouse house;
        TaskStore store(*house.database, house.clock);
        QCOMPARE(findTask(store, u"monthly-sales"_s)->value().plan.title, u"Monthly sales and growth"_s);
        QVERIFY(findTask(store, u"MONTHLY sales and growth"_s)->has_value());
        QVERIFY(!findTask(store, u"Write a poem"_s)->has_value());
    }

    void savedTasksAreKeptRemovedAndTakenBack()
    {
        AgentHouse house;
        TaskStore store(*house.database, house.clock);
        const auto ready = qsizetype(readyMadeTasks().size());
        const TaskId id = TaskId::make();
        store.put(id, u"Mine"_s, toJson(*planFrom(salesRun(), november))).waitForFinished();
        QCOMPARE(qsizetype(savedTasks(store)->size()), ready + 1);
        QCOMPARE(findTask(store, u"mine"_s)->value().plan.calls.size(), 2U);
        store.setRemoved(id, true).waitForFinished();
        QCOMPARE(qsizetype(savedTasks(store)->size()), ready);
        store.setRemoved(id, false).waitForFinished();
        QVERIFY(findTask(store, id.value.first(8))->has_value());
    }

    void aRunIsExported()
    {
        AgentHouse house;
        addShop(house, 2000, 1600);
        const auto run = replay(house, *planFrom(salesRun(), november));
        const auto events = house.runs.events(run->id()).value();
        QStringList types;
        for (const QByteArray &line : exported(run->id(), events, ExportFormat::JsonLines).trimmed().split('\n'))
            types << QJsonDocument::fromJson(line)[u"type"].toString();
        QCOMPARE(types, (QStringList{u"plan"_s, u"thought"_s, u"tool_call"_s, u"tool_result"_s, u"thought"_s,
                                     u"tool_call"_s, u"tool_result"_s, u"answer"_s}));
        const QByteArray markdown = exported(run->id(), events, ExportFormat::Markdown);
        QVERIFY(markdown.contains("## Answer\n\nIn December 2025") && markdown.contains("```sql\nSELECT"));
        const QByteArray html = exported(run->id(), events, ExportFormat::Html);
        QVERIFY(html.contains("<title>") && html.contains("2,000.00"));
        QVERIFY(!exportFormatFrom(u"pdf"_s));
    }

    void whatWasReadCannotBreakOutOfAnExport()
    {
        AgentRun run(RunId::make());
        std::vector<RunEvent> events{RunBegun{{.task = u"<script>alert(1)</script>"_s}, {}}, StepBegun{1}};
        Call call = done(u"1.1"_s, u"read"_s, {}, {});
        call.result->text = u"```\n<img src=x onerror=alert(1)>\n````"_s;
        events.push_back(StepPlanned{.step = 1, .calls = {call}});
        const QByteArray html = exported(run.id(), events, ExportFormat::Html);
        QVERIFY(!html.contains("<script>") && !html.contains("<img"));
    }

    void gridsAreWrittenAsCsv()
    {
        const Grid grid{{u"name"_s, u"total"_s},
                        {QJsonArray{u"a,\"b\""_s, 1.5}, QJsonArray{u"=cmd()"_s, QJsonValue()}, QJsonArray{u"c"_s, -2}},
                        true};
        QCOMPARE(csvOf(grid), "name,total\r\n\"a,\"\"b\"\"\",1.5\r\n'=cmd(),\r\nc,-2\r\n");
    }
};

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
